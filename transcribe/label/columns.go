package label

import "strings"

// Columns says which cell of a table of fields holds what; -1 for none.
type Columns struct{ Name, Label, Type, Need, Place, Text, Example int }

// columnWords are the heads of columns, in small letters and without blanks.
// Those of titles hold the name where no other column does (变量 on the
// wiki), and the label otherwise.
var columnWords = func() map[string]func(*Columns) *int {
	m := map[string]func(*Columns) *int{}
	for column, words := range map[string]string{
		"name":    "变量 变量名 变量名称 id variable variablename",
		"type":    "类型 参数类型 字段类型 数据类型 类型[长度限制] 类型(长度限制) 类型[长度] 类型(长度) type datatype type[lengthlimit] type(lengthlimit) type[length]",
		"need":    "必填 是否必填 必选 必传 是否必传 必须 是否必须 required mandatory",
		"place":   "位置 参数位置 传参方式 in",
		"text":    "描述 说明 参数说明 参数描述 字段说明 备注 含义 description 参数名/描述/示例值 参数名/描述",
		"example": "示例值 示例 example examplevalue",
	} {
		for _, word := range strings.Fields(words) {
			m[word] = columnOf[column]
		}
	}
	return m
}()

var columnOf = map[string]func(*Columns) *int{
	"name": func(c *Columns) *int { return &c.Name }, "type": func(c *Columns) *int { return &c.Type },
	"need": func(c *Columns) *int { return &c.Need }, "place": func(c *Columns) *int { return &c.Place },
	"text": func(c *Columns) *int { return &c.Text }, "example": func(c *Columns) *int { return &c.Example },
}

var titleWords = func() map[string]bool {
	m := map[string]bool{}
	for _, word := range strings.Fields("参数名 参数名称 参数 字段 字段名 字段名称 名称 参数中文名 中文名 属性 属性名 name fieldname field parameter parametername") {
		m[word] = true
	}
	return m
}()

// FieldColumns reads the head of a table of fields. 参数名 is the name where
// no other column is (变量 on the wiki), and the label otherwise.
func FieldColumns(cells []string) (Columns, bool) {
	c := Columns{-1, -1, -1, -1, -1, -1, -1}
	title := -1
	for i, cell := range cells {
		word := columnWord(cell)
		if titleWords[word] && title < 0 {
			title = i
		} else if of := columnWords[word]; of != nil {
			*of(&c) = i
		}
	}
	if c.Name < 0 {
		c.Name = title
	} else {
		c.Label = title
	}
	return c, c.Name >= 0 && c.Type >= 0 && (c.Need >= 0 || c.Text >= 0)
}

// NoteColumns reads the head of a table that tells of fields what they are for,
// and nothing of their types.
func NoteColumns(cells []string) (Columns, bool) {
	c, typed := FieldColumns(cells)
	return c, !typed && len(cells) == 2 && c.Name >= 0 && c.Text >= 0 && titleWords[columnWord(cells[c.Name])]
}

func columnWord(cell string) string {
	return strings.ToLower(strings.ReplaceAll(plain(cell), " ", ""))
}

// Column tells whether a text is the head of a column, of fields or of
// errors, and nothing else.
func Column(s string) bool {
	if len(s) > 60 {
		return false
	}
	word := columnWord(s)
	if titleWords[word] || columnWords[word] != nil {
		return true
	}
	columns, _ := ErrorHeader([]string{s})
	return columns != [4]int{-1, -1, -1, -1}
}
