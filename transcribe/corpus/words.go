package corpus

import (
	"fmt"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Words of the platform that several shapes share.

// statusLine is the status as pages write it.
func statusLine(status int) string {
	switch status {
	case 202:
		return "202 Accepted"
	case 204:
		return "204 No Content"
	}
	return fmt.Sprintf("%d OK", status)
}

// docType is the type as the doc centre writes it.
func (f *Field) docType() string {
	if f.Spelt != "" {
		return f.Spelt
	}
	switch f.Type {
	case page.String:
		return "string" + bounds(f, "(", ")")
	case page.Array:
		if f.Items == page.String {
			return "array[string" + bounds(f, "(", ")") + "]"
		}
		return "array[" + string(f.Items) + "]"
	}
	return string(f.Type)
}

func bounds(f *Field, open, shut string) string {
	switch {
	case f.MinLength != nil && f.MaxLength != nil:
		return fmt.Sprintf("%s%d,%d%s", open, *f.MinLength, *f.MaxLength, shut)
	case f.MaxLength != nil:
		return fmt.Sprintf("%s%d%s", open, *f.MaxLength, shut)
	}
	return ""
}

// wikiType is the type as the wiki writes it.
func (f *Field) wikiType() string {
	switch f.Type {
	case page.Object, page.Array:
		return string(f.Type)
	}
	if f.Spelt != "" {
		return f.Spelt
	}
	switch f.Type {
	case page.String:
		if f.MinLength == nil {
			return "string" + bounds(f, "(", ")")
		}
		return "string" + bounds(f, "[", "]")
	case page.Integer:
		return "int"
	case page.Boolean:
		return "bool"
	case page.File:
		return "message"
	}
	return string(f.Type)
}

// rules are the lines that state limits in prose.
func (f *Field) rules() []string {
	var out []string
	if f.MinItems != nil {
		rule := fmt.Sprintf("条目个数限制为【%d,%d】", *f.MinItems, *f.MaxItems)
		if f.Items == page.String && f.MinLength != nil {
			rule = fmt.Sprintf("单个编码的字符长度为【%d,%d】，", *f.MinLength, *f.MaxLength) + rule
		}
		out = append(out, "特殊规则："+rule)
	}
	if f.Maximum != nil {
		out = append(out, fmt.Sprintf("取值范围：[%d,%d]", *f.Minimum, *f.Maximum))
	}
	if f.Default != "" {
		out = append(out, "不填默认为"+f.Default+"。")
	}
	return out
}

// docFlag is the flag as the doc centre writes it.
func (f *Field) docFlag() string {
	switch {
	case f.Flag != "":
		return f.Flag
	case f.Need == page.Required:
		return "必填"
	}
	return "选填"
}

// wikiFlag is the flag as the wiki writes it.
func (f *Field) wikiFlag() string {
	switch {
	case f.Flag != "":
		return f.Flag
	case f.Need == page.Required:
		return "是"
	}
	return "否"
}

// docLabel opens a description of the doc centre.
func (f *Field) docLabel() string {
	if f.NoLabel || f.Label == "" {
		return ""
	}
	return "【" + f.Label + "】"
}

// enumWord is the label above the values in the doc centre.
func (f *Field) enumWord() string {
	if f.EnumWord != "" {
		return f.EnumWord
	}
	return "可选取值"
}

// wikiRoles are the roles in the wiki's words.
func wikiRoles(roles []string) string {
	var out []string
	for _, r := range roles {
		switch r {
		case merchant:
			r = "直连商户"
		case partner:
			r = "服务商"
		}
		out = append(out, r)
	}
	return strings.Join(out, " ")
}

// path is the path as the page writes it.
func (o *Op) written() string {
	path := o.Path
	if o.Or != "" {
		path += " 或 " + o.Or
	}
	if o.Blank {
		path = strings.NewReplacer("{", "{ ", "}", " }").Replace(path)
	}
	return path + o.Query
}

// dotted is a date with points, as all pages have it.
func dotted(date string) string { return strings.ReplaceAll(date, "-", ".") }

// everyCall are the headers that the doc centre lists for all operations.
func everyCall(o *Op) []*Field {
	fields := []*Field{
		Str("Authorization", "").Must().Tell("请参考签名认证生成认证信息"),
		Str("Accept", "").Must().Tell("请设置为application/json"),
	}
	if len(o.Body) > 0 {
		kind := "application/json"
		if o.Upload {
			kind = "multipart/form-data"
		}
		fields = append(fields, Str("Content-Type", "").Must().Tell("请设置为"+kind))
	}
	secret := false
	eachField(o.Body, func(f *Field) { secret = secret || f.Secret })
	if secret {
		fields = append(fields, Str("Wechatpay-Serial", "公钥ID").Must().Tell("请求参数中的敏感字段需要加密，请传入公钥ID。"))
	}
	return fields
}

// tables are the operation's error tables in page order, each with its heading.
type errTable struct {
	heading string
	rows    []Err
}

// commonTable is the heading of the rows that every operation has.
const commonTable = "公共错误码"

func (o *Op) tables() []errTable {
	if o.OneTable {
		return []errTable{{"", append(append([]Err(nil), o.Common...), o.Business...)}}
	}
	tables := []errTable{{commonTable, o.Common}}
	if len(o.Business) > 0 {
		tables = append(tables, errTable{"业务错误码", o.Business})
	}
	if o.BusinessFirst {
		tables[0], tables[1] = tables[1], tables[0]
	}
	return tables
}

// code is the error code as the page spells it.
func (e Err) code() string {
	if e.Spelt != "" {
		return e.Spelt
	}
	return e.Code
}
