package label_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/page"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"请求方式：【POST】":             "请求方式:【POST】",
		"  a\u00a0\u3000b\u200b ": "a b",
		"string（32）":              "string(32)",
		"plain text":              "plain text",
		"two  blanks":             "two blanks",
		"":                        "",
	} {
		if got := label.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHeading(t *testing.T) {
	for in, want := range map[string]label.Section{
		"接口说明":                     label.Interface,
		"1、接口说明":                   label.Interface,
		"# 请求参数":                   label.Request,
		"请求参数折叠全部参数":               label.Request,
		"**请求参数**":                 label.Request,
		"应答参数折叠全部参数":               label.Answer,
		"返回参数：":                    label.Answer,
		"请求示例":                     label.RequestExample,
		"返回示例":                     label.AnswerExample,
		"错误码公共错误码":                 label.Errors,
		"3.1、业务错误码":                label.BusinessErrors,
		"3.2. 公共错误码":               label.CommonErrors,
		"3、常见错误码":                  label.Errors,
		"文件格式说明":                   label.FileFormat,
		"一、回调描述":                   label.EventAbout,
		"通知参数":                     label.EventFields,
		"1、服务商接收回调通知报文":            label.EventFields,
		"1、商户/服务商接收回调通知报文":         label.EventFields,
		"2.2、对回调通知进行应答":            label.EventAnswer,
		"3、对回调通知内容进行解密":            label.EventResource,
		"resource中ciphertext解密后字段": label.EventResource,
		"商户对resource中ciphertext对象进行解密后，得到的资源对象示例": label.EventDecrypted,
		"Request Parameters": label.Request,
		"版本说明":               label.Changes,
		"请求参数有误":             label.NoSection,
		"见返回参数":              label.NoSection,
		"":                   label.NoSection,
	} {
		got, ok := label.Heading(in)
		if got != want || ok != (want != label.NoSection) {
			t.Errorf("Heading(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for in, want := range map[string]page.Place{
		"Header HTTP头参数":      page.Header,
		"HeaderHTTP头参数":       page.Header,
		"path 路径参数":           page.Path,
		"query 查询参数":          page.Query,
		"Query":               page.Query,
		"body包体参数":            page.Body,
		"BODY包体参数":            page.Body,
		"### Form 参数":         page.Form,
		"Form  表单":            page.Form,
		"body 指该参数需在请求JSON传参": "",
		"body 中的小物件":          "",
	} {
		got, ok := label.PlaceLine(in)
		if got != want || ok != (want != "") {
			t.Errorf("PlaceLine(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	if !label.Legend("path指该参数为路径参数") || label.Legend("path 路径参数") {
		t.Error("Legend does not tell the legend from a place line")
	}
	for _, c := range []struct {
		in    string
		place page.Place
		rest  string
	}{
		{"body小物件的编号", page.Body, "小物件的编号"},
		{"query 小物件的编号", page.Query, "小物件的编号"},
		{"path", page.Path, ""},
		{"path_id 的值", "", "path_id 的值"},
		{"bodywork", "", "bodywork"},
		{"小物件", "", "小物件"},
	} {
		place, rest := label.SplitPlace(c.in)
		if place != c.place || rest != c.rest {
			t.Errorf("SplitPlace(%q) = %q, %q, want %q, %q", c.in, place, rest, c.place, c.rest)
		}
	}
}

func TestNeed(t *testing.T) {
	for in, want := range map[string]page.Need{
		"必填": page.Required, "是": page.Required, "true": page.Required, "Yes": page.Required, "　必填　": page.Required,
		"选填": page.Optional, "否": page.Optional, "false": page.Optional, "No": page.Optional,
		"条件选填": page.Conditional, "二选一": page.Conditional, "多选一": page.Conditional, "三选一必填": page.Conditional,
		"": "", "body": "", "必填的小物件": "",
	} {
		got, ok := label.Need(in)
		if got != want || ok != (want != "") {
			t.Errorf("Need(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func TestParseType(t *testing.T) {
	text := func(max int64) label.Type { return label.Type{Type: page.String, Max: max, HasMax: true} }
	between := func(min, max int64) label.Type {
		return label.Type{Type: page.String, Min: min, Max: max, HasMin: true, HasMax: true}
	}
	for in, want := range map[string]label.Type{
		"string":              {Type: page.String},
		"string(32)":          text(32),
		"string（32）":          text(32),
		"string(32）":          text(32),
		"string(6,32)":        between(6, 32),
		"string[6,32]":        between(6, 32),
		"string[6, 32]":       between(6, 32),
		"string [6，32］":       between(6, 32),
		"string[32,6]":        {Type: page.String},
		"int":                 {Type: page.Integer},
		"int(10)":             {Type: page.Integer},
		"integer":             {Type: page.Integer},
		"uint64":              {Type: page.Integer, Format: "uint64"},
		"int64":               {Type: page.Integer, Format: "int64"},
		"number":              {Type: page.Number},
		"bool":                {Type: page.Boolean},
		"Object":              {Type: page.Object},
		"message":             {Type: page.Object},
		"GadgetInfo":          {Type: page.Object, Named: "GadgetInfo"},
		"UBOInfoList":         {Type: page.Object, Named: "UBOInfoList"},
		"array":               {Type: page.Array},
		"array[object]":       {Type: page.Array, Items: page.Object},
		"array[GadgetInfo]":   {Type: page.Array, Items: page.Object, Named: "GadgetInfo"},
		"array[string]":       {Type: page.Array, Items: page.String},
		"array[string(32)]":   {Type: page.Array, Items: page.String, Max: 32, HasMax: true},
		"array[string[1,32]]": {Type: page.Array, Items: page.String, Min: 1, Max: 32, HasMin: true, HasMax: true},
		"array[integer]":      {Type: page.Array, Items: page.Integer},
		"file":                {Type: page.File},
		"`string(32)`":        text(32),
		"**string(32)**":      text(32),
	} {
		got, rest, ok := label.ParseType(in)
		if !ok || rest != "" {
			t.Errorf("ParseType(%q): rest %q, %v", in, rest, ok)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseType(%q): %s", in, diff)
		}
	}
	for in, want := range map[string]string{"uint32query": "query", "string(36)小物件的编号": "小物件的编号", "string[1,32]body小物件": "body小物件"} {
		if _, rest, ok := label.ParseType(in); !ok || rest != want {
			t.Errorf("ParseType(%q): rest %q, %v, want %q", in, rest, ok, want)
		}
	}
	for _, in := range []string{"", "必填", "number/string(32)", "Function", "小物件", "GET"} {
		if got, _, ok := label.ParseType(in); ok {
			t.Errorf("ParseType(%q) = %+v, want no type", in, got)
		}
	}
}

func TestNameLine(t *testing.T) {
	for in, want := range map[string][3]string{
		"gadget_id  必填 string(32)":                {"gadget_id", "必填", "string(32)"},
		"color必填 string":                          {"color", "必填", "string"},
		"color 选填string":                          {"color", "选填", "string"},
		"\u00a0parts \u3000必填\u3000array[object]": {"parts", "必填", "array[object]"},
		"Wechatpay-Serial 必填 string":              {"Wechatpay-Serial", "必填", "string"},
		"  • size 选填 integer":                     {"size", "选填", "integer"},
		"tags 选填 array[string(32)]":               {"tags", "选填", "array[string(32)]"},
		"color 条件选填 string":                       {"color", "条件选填", "string"},
		"color 选填":                                {"color", "选填", ""},
		"info 选填 GadgetInfo":                      {"info", "选填", "GadgetInfo"},
	} {
		got, ok := label.NameLine(in)
		if !ok || [3]string{got.Name, got.Need, got.Type} != want {
			t.Errorf("NameLine(%q) = %+v, %v, want %v", in, got, ok, want)
		}
		if ok && in[got.NameAt:got.NameAt+len(got.Name)] != got.Name {
			t.Errorf("NameLine(%q): the name does not stand at %d", in, got.NameAt)
		}
	}
	for _, in := range []string{"颜色 必填 string", "color 为必填 string", "color 必填 的说明", "若传 color 则 size 必填", ""} {
		if got, ok := label.NameLine(in); ok {
			t.Errorf("NameLine(%q) = %+v, want none", in, got)
		}
	}
}

func TestShortName(t *testing.T) {
	for in, want := range map[string][2]string{
		"【小物件ID】 小物件的编号":  {"小物件ID", "小物件的编号"},
		"【小物件\u00a0ID】编号": {"小物件 ID", "编号"},
		"小物件【ID】":         {"", "小物件【ID】"},
	} {
		name, rest := label.ShortName(in)
		if name != want[0] || rest != want[1] {
			t.Errorf("ShortName(%q) = %q, %q", in, name, rest)
		}
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string][2]string{
		"更新时间：2025.03.04":            {"2025-03-04", ""},
		"最新更新时间：2020.3.4 版本说明":       {"2020-03-04", ""},
		"更新时间:2025.05.21通过该接口可查询小物件": {"2025-05-21", "通过该接口可查询小物件"},
		">更新时间：2025年3月4日":            {"2025-03-04", ""},
		"**更新时间**：2025-03-04":        {"2025-03-04", ""},
		"更新时间：2025.13.04":            {"", ""},
		"小物件的更新时间：2025.03.04":        {"", ""},
		"更新时间：刚刚":                    {"", ""},
	} {
		date, rest, ok := label.DateLine(in)
		if date != want[0] || rest != want[1] || ok != (want[0] != "") {
			t.Errorf("DateLine(%q) = %q, %q, %v", in, date, rest, ok)
		}
	}
}

func TestStatus(t *testing.T) {
	for in, want := range map[string][]int{
		"200 OK": {200}, "200OK": {200}, "204No Content": {204}, "> 204 No Content": {204}, "202 Accepted": {202},
		"200或204": {200, 204}, "HTTP状态码为204": {204}, "5XX或4XX": nil, "2020": nil, "200 个": nil,
	} {
		got, ok := label.StatusLine(in)
		if diff := cmp.Diff(want, got); diff != "" || ok != (want != nil) {
			t.Errorf("StatusLine(%q): %s", in, diff)
		}
	}
	for in, want := range map[string]int{"无应答包体": 0, `"无应答包体"`: 0, "无数据（HTTP状态码为204）": 204} {
		if code, ok := label.EmptyBody(in); !ok || code != want {
			t.Errorf("EmptyBody(%q) = %d, %v", in, code, ok)
		}
	}
	if _, ok := label.EmptyBody("若无更多数据，则不返回该字段"); ok {
		t.Error("EmptyBody takes a description for an empty body")
	}
}

func TestReadCall(t *testing.T) {
	for in, want := range map[string]label.Call{
		"【POST】/v3/demo/gadgets/{gadget_id}/paint":                       {Method: "POST", Paths: []string{"/v3/demo/gadgets/{gadget_id}/paint"}},
		"【GET】 /v3/demo/gadgets/{ gadget_id }":                           {Method: "GET", Paths: []string{"/v3/demo/gadgets/{gadget_id}"}},
		"https://api.mch.weixin.qq.com/v3/demo/gadgets?":                 {Paths: []string{"/v3/demo/gadgets"}, Host: "api.mch.weixin.qq.com"},
		"https://apihk.mch.weixin.qq.com/v3/demo/gadgets/?limit={limit}": {Paths: []string{"/v3/demo/gadgets/"}, Host: "apihk.mch.weixin.qq.com"},
		"【POST】/v3/demo/a 或 /v3/demo/b":                                  {Method: "POST", Paths: []string{"/v3/demo/a", "/v3/demo/b"}},
		"【POST】/brand/demo/gadgets":                                      {Method: "POST", Paths: []string{"/brand/demo/gadgets"}},
		"Patch":                                                          {Method: "PATCH"},
		"https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter1.shtml":   {},
		"http://mirror.example.com/gadgets":                              {},
		"通过申请接口返回的 download_url":                                         {},
		`【GET】/v3/demo/gadgets/{out\_no}`:                                {Method: "GET", Paths: []string{"/v3/demo/gadgets/{out_no}"}},
	} {
		got := label.ReadCall(in)
		got.MethodAt, got.PathAt = 0, 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ReadCall(%q): %s", in, diff)
		}
	}
	if diff := cmp.Diff([]string{"a", "b"}, label.Variables("/v3/{a}/x/{ b }/")); diff != "" {
		t.Error(diff)
	}
}

func TestCallLine(t *testing.T) {
	for _, c := range []struct {
		text       string
		call, path bool
	}{
		{"GET https://api.mch.weixin.qq.com/v3/demo/gadgets", true, false},
		{"https://api.mch.weixin.qq.com/v3/demo/gadgets", false, true},
		{"/v3/demo/gadgets", false, true},
		{"请先调用 GET /v3/demo/gadgets 接口", false, false},
		{"https://mirror.example/v3/demo", false, true}, // copies replace the host
		{"https://mirror.example/about", false, false},
	} {
		if call, path := label.CallLine(c.text), label.PathLine(c.text); call != c.call || path != c.path {
			t.Errorf("%q: call %v, path %v", c.text, call, path)
		}
	}
}

func TestRoles(t *testing.T) {
	for in, want := range map[string][]string{
		"【普通商户】【普通服务商】":      {"普通商户", "普通服务商"},
		"【普通服务商】　【从业机构（银行）】": {"普通服务商", "从业机构（银行）"},
		"直连商户 服务商 渠道商":       {"普通商户", "普通服务商", "渠道商"},
		"直连商户、电商平台":          {"普通商户", "电商平台"},
		"直连商户 用于查询小物件的接口":    {"普通商户"},
		"【新角色】":              {"新角色"},
		"所有人":                nil,
	} {
		if diff := cmp.Diff(want, label.Roles(in)); diff != "" {
			t.Errorf("Roles(%q): %s", in, diff)
		}
	}
}

func first[T any](v T, _ bool) T { return v }

func TestRates(t *testing.T) {
	type limits = []page.RateLimit
	for in, want := range map[string]limits{
		"接口限频：100/秒（商户号维度）":                           {{Requests: 100, Seconds: 1, Per: "merchant"}},
		"接口频率：不区分来源 1000/min，单ip 200/min":             {{Requests: 1000, Seconds: 60, Per: "all"}, {Requests: 200, Seconds: 60, Per: "ip"}},
		"接口频率:不区分来源 100/s 单ip 10/s":                   {{Requests: 100, Seconds: 1, Per: "all"}, {Requests: 10, Seconds: 1, Per: "ip"}},
		"频率限制为100QPS":                                 {{Requests: 100, Seconds: 1}},
		"单个商户的接口频率限制为100次/s":                          {{Requests: 100, Seconds: 1, Per: "merchant"}},
		"请求频率限制：150qps，即每秒钟正常的请求次数不超过150次":            {{Requests: 150, Seconds: 1}},
		"接口限频：900/分钟（商户号维度）":                          {{Requests: 900, Seconds: 60, Per: "merchant"}},
		"接口频率：单个商户号调用频率60/min，所有商户号调用频率为1000/min":     {{Requests: 60, Seconds: 60, Per: "merchant"}, {Requests: 1000, Seconds: 60, Per: "all"}},
		"同一商户号下，此接口调用成功的频率限制为150QPS，而调用失败的频率限制为6QPS。": {{Requests: 150, Seconds: 1, Per: "merchant"}},
		"通知频率为15s/15s/30s/3m":                         nil,
		"建议每间隔1分钟调用该接口查询一次，逐步衰减查询频率":                  nil,
		"错误或无效请求频率限制：6qps":                            nil,
		"单笔订单的请求频率限制：1次/分钟":                           nil,
		"每次最多传100个":                                   nil,
		"2024/10/01 起执行":                              nil,
	} {
		var got limits
		for _, r := range first(label.Rates(in)) {
			got = append(got, r.RateLimit)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Rates(%q): %s", in, diff)
		}
	}
	if _, some := label.Rates("错误或无效请求频率限制：6qps"); !some {
		t.Error("a limit for a part of the calls went unseen")
	}
}

func TestStatement(t *testing.T) {
	for in, want := range map[string]label.Key{
		"支持商户：【普通商户】":          label.KeyRoles,
		"适用对象：直连商户":            label.KeyRoles,
		"请求方式： GET":            label.KeyMethod,
		"请求URL：https://x/v3/a": label.KeyURL,
		"**接口频率**：100/s":       label.KeyRate,
		"是否支持幂等： 是":            label.KeyIdempotent,
		"示例值：G1":               label.KeyExample,
		"特殊规则：条目个数限制为【1,10】":   label.KeyRule,
		"小物件：红色":               "",
		"没有标签":                 "",
	} {
		if key, _, _ := label.Statement(in); key != want {
			t.Errorf("Statement(%q) = %q, want %q", in, key, want)
		}
	}
	_, value, offset := label.Statement("示例值： G1 ")
	if value != "G1" || "示例值： G1 "[offset:offset+2] != "G1" {
		t.Errorf("Statement gives %q at %d", value, offset)
	}
	if yes, ok := label.Idempotent("接口支持幂等重入"); !yes || !ok {
		t.Error("Idempotent")
	}
	if yes, ok := label.Idempotent("不支持"); yes || !ok {
		t.Error("Idempotent: 不支持")
	}
}

func TestEnum(t *testing.T) {
	for in, want := range map[string]bool{
		"可选取值": true, "可选取值：": true, "可选取值：：": true, "枚举值:": true, "小物件状态，枚举值：": true, "以下枚举：": true,
		"【颜色】枚举值：": true, "颜色，枚举值：RED：红色": true,
		"枚举值见文档": false, "各枚举值含义见说明": false, "枚举值多选，以逗号分隔": false, "颜色": false,
	} {
		if _, ok := label.EnumLabel(in); ok != want {
			t.Errorf("EnumLabel(%q) = %v", in, ok)
		}
	}
	for in, want := range map[string][2]string{
		"RED：红色":          {"RED", "红色"},
		"• RED: 红色":       {"RED", "红色"},
		"`RED`:  红色":      {"RED", "红色"},
		"RED - 红色":        {"RED", "红色"},
		"RED—红色":          {"RED", "红色"},
		"1、RED：红色":        {"RED", "红色"},
		"0：未知":            {"0", "未知"},
		"PAINT.DONE：上色完成": {"PAINT.DONE", "上色完成"},
		"red_light：浅红":    {"red_light", "浅红"},
	} {
		value, text, ok := label.EnumItem(in)
		if !ok || value != want[0] || text != want[1] {
			t.Errorf("EnumItem(%q) = %q, %q, %v", in, value, text, ok)
		}
	}
	for _, in := range []string{"HH:mm:ss表示时分秒", "https://example.com", "红色：RED", "RED"} {
		if value, _, ok := label.EnumItem(in); ok {
			t.Errorf("EnumItem(%q) = %q, want none", in, value)
		}
	}
	for in, want := range map[string][]string{
		"颜色，枚举值：RED BLUE": {"RED", "BLUE"}, "枚举值：`RED`、`BLUE`。": {"RED", "BLUE"}, "颜色，枚举值：RED": {"RED"},
		"枚举值：见文档": nil, "枚举值：RED 红色": nil,
	} {
		if diff := cmp.Diff(want, label.EnumWords(in)); diff != "" {
			t.Errorf("EnumWords(%q): %s", in, diff)
		}
	}
	values, texts := label.EnumList("ALL：全部；ONE：单个。")
	if diff := cmp.Diff([]string{"ALL", "ONE"}, values); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"全部", "单个"}, texts); diff != "" {
		t.Error(diff)
	}
	values, texts = label.EnumListed("Manual：手工 AutoMode：自动")
	if diff := cmp.Diff([]string{"Manual", "AutoMode", "手工", "自动"}, append(values, texts...)); diff != "" {
		t.Error(diff)
	}
	for word, want := range map[string]bool{"RED": true, "RED_2": true, "A": false, "Red": false, "12": false, "COUPON.USE": true} {
		if got := label.CodeLike(word); got != want {
			t.Errorf("CodeLike(%q) = %v", word, got)
		}
	}
}

func TestRules(t *testing.T) {
	type bounds = []label.Bound
	for _, c := range []struct {
		in   string
		kind page.Type
		want bounds
	}{
		{"单个颜色的字符长度为【1,128】,条目个数限制为【1,100】。", page.Array, bounds{{label.MinLength, 1}, {label.MaxLength, 128}, {label.MinItems, 1}, {label.MaxItems, 100}}},
		{"最小长度：1", page.String, bounds{{label.MinLength, 1}}},
		{"字符长度【1，128】", page.String, bounds{{label.MinLength, 1}, {label.MaxLength, 128}}},
		{"字符长度【1，128】", page.Integer, nil},
		{"必须为红色", page.String, nil},
	} {
		if diff := cmp.Diff(c.want, label.Rules(c.in, c.kind)); diff != "" {
			t.Errorf("Rules(%q): %s", c.in, diff)
		}
	}
	for _, c := range []struct {
		in   string
		kind page.Type
		want bounds
	}{
		{"分页大小，最大500。", page.Integer, bounds{{label.Maximum, 500}}},
		{"该次请求的最大条数，不超过10", page.Integer, bounds{{label.Maximum, 10}}},
		{"最大100,000,000元", page.Integer, nil},
		{"金额不超过10元", page.Integer, nil},
		{"分页大小，范围为1~20", page.Integer, bounds{{label.Minimum, 1}, {label.Maximum, 20}}},
		{"取值范围：1-100，默认20", page.Integer, bounds{{label.Minimum, 1}, {label.Maximum, 100}}},
		{"取值范围：1-3个月", page.Integer, nil},
		{"查询的时间范围：1-3", page.Integer, nil},
		{"范围为1~20，大的范围为1~50", page.Integer, nil},
		{"最多上传10张", page.Array, bounds{{label.MaxItems, 10}}},
		{"要求6-32个字符内，只能是数字", page.String, bounds{{label.MinLength, 6}, {label.MaxLength, 32}}},
		{"长度为3-15个UTF-8字符", page.String, bounds{{label.MinLength, 3}, {label.MaxLength, 15}}},
		{"不超过20个字符", page.String, bounds{{label.MaxLength, 20}}},
		{"不超过9个中文字符或18个英文字符", page.String, nil},
		{"有效期最长不超过365天", page.String, nil},
	} {
		if diff := cmp.Diff(c.want, label.Prose(c.in, c.kind)); diff != "" {
			t.Errorf("Prose(%q): %s", c.in, diff)
		}
	}
}

func TestMarks(t *testing.T) {
	if !label.Time("遵循rfc3339标准格式") || label.Time("格式为yyyyMMdd") || label.Time("RFC 3339 标准的 full-date 格式") {
		t.Error("Time")
	}
	for in, want := range map[string]bool{
		"该字段需要使用微信支付公钥加密": true, "该字段已做加密处理": true, "该字段为密文字段，请加密": true,
		"该字段无需加密": false, "加密算法，目前只支持AEAD_AES_256_GCM": false, "加密使用的随机串": false, "Base64编码后的数据密文": false,
	} {
		if got := label.Secret(in); got != want {
			t.Errorf("Secret(%q) = %v", in, got)
		}
	}
	for in, want := range map[string]string{
		"不填默认为20，最大值50": "20", "默认值：RED": "RED", "默认为false。": "false", "默认10分钟": "", "不填默认查询全部": "",
		"红色默认为1，蓝色默认为2。": "",
	} {
		if got, _ := label.Default(in); got != want {
			t.Errorf("Default(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"上色小物件API": "上色小物件", "# 上色小物件": "上色小物件", "JSAPI": "JSAPI", "API": "API"} {
		if got := label.Title(in); got != want {
			t.Errorf("Title(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for in, want := range map[string][2]string{
		"PARAM_ERROR":     {"PARAM_ERROR", ""},
		`PARAM\_ERROR`:    {"PARAM_ERROR", ""},
		"SYSTEM ERROR":    {"SYSTEM_ERROR", "SYSTEM ERROR"},
		"SYSTEM*ERROR":    {"SYSTEM_ERROR", "SYSTEM*ERROR"},
		"NOT_ FOUND":      {"NOT_FOUND", "NOT_ FOUND"},
		"SYSTEMERROR":     {"SYSTEMERROR", ""},
		"GADGET_NOT_ FIT": {"GADGET_NOT_FIT", "GADGET_NOT_ FIT"},
	} {
		code, spelt, ok := label.Code(in)
		if !ok || code != want[0] || spelt != want[1] {
			t.Errorf("Code(%q) = %q, %q, %v", in, code, spelt, ok)
		}
	}
	for _, in := range []string{"", "参数错误", "param_error", "GADGET FIT"} {
		if code, _, ok := label.Code(in); ok {
			t.Errorf("Code(%q) = %q, want none", in, code)
		}
	}
	for in, want := range map[string][3]string{
		"400 PARAM_ERROR 参数错误 请检查":     {"400", "PARAM_ERROR", "参数错误 请检查"},
		"PARAM_ERROR appid必填 请输入appid": {"", "PARAM_ERROR", "appid必填 请输入appid"},
		"券已被核销 请查询":                    {"", "", "券已被核销 请查询"},
		"500 SYSTEM ERROR 系统错误 重试":     {"500", "SYSTEM ERROR", "系统错误 重试"},
		"403 NOAUTH 无权限 请开通":           {"403", "NOAUTH", "无权限 请开通"},
		"API 不可用":                      {"", "", "API 不可用"},
	} {
		status, code, rest := label.ErrorLine(in)
		if [3]string{status, code, rest} != want {
			t.Errorf("ErrorLine(%q) = %q, %q, %q", in, status, code, rest)
		}
	}
	columns, ok := label.ErrorHeader([]string{"状态码", "错误码", "描述", "解决方案"})
	if !ok || columns != [4]int{0, 1, 2, 3} {
		t.Errorf("ErrorHeader = %v, %v", columns, ok)
	}
	if _, ok := label.ErrorHeader([]string{"错误码", "描述", "解决方案"}); ok {
		t.Error("a table without a status is taken for one of errors")
	}
}

func TestCommonError(t *testing.T) {
	for _, c := range []struct {
		status     int
		code, text string
		want       bool
	}{
		{400, "PARAM_ERROR", "参数错误", true}, {500, "SYSTEM_ERROR", "系统异常，请稍后重试", true}, {401, "SIGN_ERROR", "验证不通过。", true},
		{400, "INVALID_REQUEST", "HTTP 请求不符合微信支付 APIv3 接口规则", true}, {400, "PARAM_ERROR", "小物件单号错误", false},
		{403, "PARAM_ERROR", "参数错误", false}, {404, "GADGET_LOST", "", false},
	} {
		if got := label.CommonError(c.status, c.code, c.text); got != c.want {
			t.Errorf("%d %s %s: %v", c.status, c.code, c.text, got)
		}
	}
}

func TestEventRoles(t *testing.T) {
	for text, want := range map[string]string{
		"1、商户接收回调通知报文":      "普通商户",
		"### 1、服务商接收回调通知报文": "普通服务商",
		"1、商户/服务商接收回调通知报文：": "普通商户 普通服务商",
		"通知参数": "",
		"商户接收到回调通知报文后，需应答": "",
		"微信支付侧接收回调通知报文":    "",
	} {
		if got := strings.Join(label.EventRoles(text), " "); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestJSONText(t *testing.T) {
	for text, want := range map[string]string{
		`[\"2017-10-28\",\"长期\"]`: `["2017-10-28","长期"]`,
		`{\"a\":1}`:               `{"a":1}`,
		`{"a":"\"b\""}`:           `{"a":"\"b\""}`,
		`["a"]`:                   `["a"]`,
		`[1,2]`:                   "",
		`[\"a\"`:                  "",
		`"a"`:                     "",
		`\"a\"`:                   "",
	} {
		got, ok := label.JSONText(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s %v", text, got, ok)
		}
	}
}
