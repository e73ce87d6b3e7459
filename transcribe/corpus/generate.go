package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Generate makes up a truth. Equal seeds make equal truths.
func Generate(seed uint64) *Truth {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 0x5851f42d4c957f2d)), used: map[string]bool{}}
	return finish(g.truth(seed))
}

// generator makes up one truth.
type generator struct {
	rng  *rand.Rand
	used map[string]bool // names are used once, so that facts cannot be mixed up unseen
}

var (
	nouns = [][2]string{{"color", "颜色"}, {"shape", "形状"}, {"part", "零件"}, {"box", "盒子"}, {"shelf", "货架"}, {"owner", "所有者"},
		{"maker", "制造者"}, {"stock", "库存"}, {"label", "标签"}, {"paint", "油漆"}, {"wheel", "轮子"}, {"lamp", "灯具"}, {"window", "窗户"},
		{"door", "门板"}, {"handle", "把手"}, {"spring", "弹簧"}, {"plate", "底板"}, {"cover", "外壳"}, {"cable", "线缆"}, {"button", "按钮"}}
	aspects = [][2]string{{"id", "编号"}, {"name", "名称"}, {"size", "尺寸"}, {"weight", "重量"}, {"count", "数量"}, {"type", "类型"},
		{"state", "状态"}, {"remark", "备注"}, {"info", "信息"}, {"list", "列表"}, {"price", "价格"}, {"level", "级别"}, {"code", "编码"}}
	valueWords = []string{"RED", "GREEN", "OLD_ONE", "NEW_ONE", "ON", "OFF", "HIDDEN", "SHOWN", "PART_A", "PART_B", "DONE", "OPEN", "CLOSED"}
	valueTexts = []string{"第一种", "第二种", "第三种", "其他情况", "已经完成", "尚未开始", "不再使用", "默认（推荐）", "其他，如试用等", "不同于ON的情况"}
)

func (g *generator) truth(seed uint64) *Truth {
	noun := nouns[g.rng.IntN(len(nouns))]
	method := []string{"GET", "POST", "POST", "PUT", "PATCH"}[g.rng.IntN(5)]
	op := &Op{Method: method, Path: fmt.Sprintf("/v3/demo/%s%d", noun[0], seed%1000)}
	if g.rng.IntN(2) == 0 {
		f := g.str()
		op.InPath = []*Field{f.Max(32)}
		op.Path += "/{" + f.Name + "}"
	}
	if method == "GET" {
		op.InQuery = g.flat(1 + g.rng.IntN(4))
	} else {
		op.Body = g.list(2+g.rng.IntN(6), 2)
	}
	op.Answer.Fields = g.list(2+g.rng.IntN(6), 3)
	unseen(g, op.Body)
	unseen(g, op.Answer.Fields)
	g.rest(op)
	t := one(fmt.Sprintf("made-%d", seed), "处理"+noun[1], op)
	t.Updated = fmt.Sprintf("2031-%02d-%02d", 1+g.rng.IntN(12), 1+g.rng.IntN(28))
	return t
}

// rest makes up what is not a field.
func (g *generator) rest(op *Op) {
	roles := [][]string{nil, nil, {partner}, {merchant, partner}, {partner, "平台商户"}, {merchant, "渠道商", "从业机构（银行）"}}
	op.Roles = roles[g.rng.IntN(len(roles))]
	op.Business = g.errors()
	op.BusinessFirst = g.rng.IntN(5) == 0
	if g.rng.IntN(5) == 0 {
		op.OneTable, op.BusinessFirst = true, false
	}
	if op.Method != "GET" && g.rng.IntN(6) == 0 {
		op.Idempotent = true
	}
	if g.rng.IntN(4) == 0 {
		op.Rates = []Rate{rates()[g.rng.IntN(len(rates()))]}
	}
	if g.rng.IntN(9) == 0 && len(op.InPath) == 0 {
		op.Path += "/"
	}
}

// unseen keeps a field out of the examples here and there. Behind members it
// could belong to them as well: nobody could tell where the table of members
// has no end.
func unseen(g *generator, fields []*Field) {
	for i, f := range fields {
		behind := i > 0 && (len(fields[i-1].Kids) > 0 || fields[i-1].NoSample)
		if i+1 < len(fields) && !behind && f.Need == page.Optional && len(f.Kids) == 0 && g.rng.IntN(8) == 0 {
			f.NoSample = true
		}
	}
	if len(fields) > 0 {
		fields[len(fields)-1].NoSample = false
	}
}

func (g *generator) name() (string, string) {
	for range 1000 {
		noun, aspect := nouns[g.rng.IntN(len(nouns))], aspects[g.rng.IntN(len(aspects))]
		if name := noun[0] + "_" + aspect[0]; !g.used[name] {
			g.used[name] = true
			return name, noun[1] + aspect[1]
		}
	}
	name := fmt.Sprintf("extra_%d", len(g.used))
	g.used[name] = true
	return name, "额外内容"
}

// list makes up fields, some with members of their own.
func (g *generator) list(n, depth int) []*Field {
	var out []*Field
	for range n {
		if depth > 0 && g.rng.IntN(4) == 0 {
			name, label := g.name()
			f := Obj(name, label, g.list(1+g.rng.IntN(3), depth-1)...)
			if g.rng.IntN(2) == 0 {
				f.Type, f.Items = page.Array, page.Object
			}
			out = append(out, g.flagged(f))
			continue
		}
		out = append(out, g.leaf())
	}
	return out
}

func (g *generator) flat(n int) []*Field {
	var out []*Field
	for range n {
		f := g.leaf()
		if f.Type == page.Array || f.JSON {
			f = g.flagged(g.str())
		}
		out = append(out, f)
	}
	return out
}

func (g *generator) flagged(f *Field) *Field {
	switch g.rng.IntN(10) {
	case 0:
		return f.Cond("条件选填")
	case 1, 2, 3, 4:
		return f.May()
	}
	return f.Must()
}

func (g *generator) str() *Field {
	name, label := g.name()
	return Str(name, label)
}

// tells are sentences with words in them that mean something elsewhere.
var tells = []string{"具体枚举值的含义请见附录。", "该参数必填与否取决于类型。", "与应答参数中的编号一致。", "例如：不传则返回200条。",
	"支持多选，选填时可为空。", "注意：1、不可重复；2、不可为空。", "格式：编号+日期（如A20310520）。", "取值来自上一接口的返回参数。"}

func (g *generator) leaf() *Field {
	f := g.str()
	if g.rng.IntN(6) == 0 {
		f.Says = tells[g.rng.IntN(len(tells))]
	}
	if g.rng.IntN(16) == 0 {
		f.NoLabel = true
	}
	g.kind(f)
	return g.flagged(f)
}

func (g *generator) kind(f *Field) {
	switch g.rng.IntN(18) {
	case 0, 1:
		f.Type = page.Integer
	case 2:
		f.Type = page.Boolean
	case 3:
		f.Type, f.Items = page.Array, page.String
	case 4, 5:
		g.values(f)
	case 6:
		f.Max(64).Stamp()
	case 7:
		f.Max(1024).Hide()
	case 8:
		f.Len(1+g.rng.IntN(8), 32)
	case 9:
		f.Type = page.Integer
		f.Range(1, 100)
	case 10:
		f.Type = page.Number
	case 11:
		f.Type, f.Items = page.Array, page.Integer
	case 12:
		f.Type, f.Format = page.Integer, "uint32"
		f.Spelt = "uint32"
	case 13:
		f.Vals("small", "小号", "middle", "中号", "large", "大号")
	case 14:
		f.Vals("1", "第一档", "2", "第二档", "3", "第三档")
	case 15:
		f.Type, f.Items = page.Array, page.String
		f.Count(1, 20)
	default:
		f.Max([]int{16, 20, 32, 64, 128}[g.rng.IntN(5)])
	}
}

func (g *generator) values(f *Field) {
	first := g.rng.IntN(len(valueWords) - 4)
	for i := range 2 + g.rng.IntN(3) {
		f.Enum = append(f.Enum, Value{valueWords[first+i], valueTexts[g.rng.IntN(len(valueTexts))]})
	}
}

func (g *generator) errors() []Err {
	codes := []Err{{Status: 400, Code: "INVALID_REQUEST"}, {Status: 403, Code: "NO_AUTH"}, {Status: 403, Code: "RULE_LIMIT"},
		{Status: 404, Code: "RESOURCE_NOT_EXISTS"}, {Status: 429, Code: "FREQUENCY_LIMITED"}, {Status: 500, Code: "SYSTEM_ERROR"}}
	var out []Err
	for i := range 1 + g.rng.IntN(6) {
		e := codes[g.rng.IntN(len(codes))]
		if g.rng.IntN(12) == 0 {
			e.Spelt = strings.Replace(e.Code, "_", "_ ", 1)
		}
		e.Says, e.Solve = fmt.Sprintf("第%d种小物件错误", i+1), "请按说明处理"
		out = append(out, e)
	}
	return out
}

// MergeCells merges the first cells of rows with those above, where they are
// alike, and puts all rows into one table, as the wiki has it.
func MergeCells(t *Truth, rng *rand.Rand) *Truth {
	t = t.clone()
	for _, op := range t.Ops {
		op.OneTable = true
		for i := 1; i < len(op.Business); i++ {
			above, e := op.Business[i-1], &op.Business[i]
			switch {
			case e.Spelt != "" || above.Spelt != "":
			case above.Status == e.Status && above.Code == e.Code && rng.IntN(2) == 0:
				e.Merge = 2
			case above.Status == e.Status:
				e.Merge = 1
			}
		}
	}
	return t
}

// Together puts several renderings of a shape into one file.
func Together(list ...*Rendering) *Rendering {
	out := &Rendering{Shape: list[0].Shape, File: list[0].File, True: &page.Page{}, Held: &page.Page{}}
	text := ""
	for i, r := range list {
		if i > 0 {
			text += "\n\n"
		}
		text += r.marked
		out.True.Operations = append(out.True.Operations, dated(r.True)...)
		out.Held.Operations = append(out.Held.Operations, dated(r.Held)...)
	}
	out.set(text)
	return out
}

// dated are the operations of a page, each with the page's date.
func dated(p *page.Page) []*page.Operation {
	for _, op := range p.Operations {
		if !op.Updated.Known() {
			op.Updated = p.Updated
		}
	}
	return p.Operations
}

// Numbered are as many fields as one wants.
func Numbered(n int) []*Field {
	var out []*Field
	for i := range n {
		f := Str(fmt.Sprintf("field_%d", i), fmt.Sprintf("第%d项", i)).Max(32).Must()
		if i%10 == 9 {
			f = Obj(fmt.Sprintf("object_%d", i), "对象", Int(fmt.Sprintf("inner_%d", i), "内项").May()).May()
		}
		eachField([]*Field{f}, func(f *Field) { finishField(f, i) })
		out = append(out, f)
	}
	return out
}
