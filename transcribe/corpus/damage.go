package corpus

import (
	"math/rand/v2"
	"regexp"
	"strings"
)

// Damage is what happens to a page on its way: a mirror, a copy or a program
// that flattens it does so. None of it takes a fact away.
type Damage struct {
	Name  string
	Fits  []string // shapes that suffer it
	apply func(text string, rng *rand.Rand) string
}

// Shapes by what can happen to them.
var (
	textShapes = []string{"docline", "copy", "docinline", "docs2023-bullets", "docs2023-trailing-labels", "wiki-flat", "wiki-celllines"}
	wikiShapes = []string{"wiki-flat", "wiki-celllines"}
	loosely    = []string{"copy", "docs2023-bullets", "wiki-flat", "wiki-celllines"} // their code has no line numbers
)

// Damages are all kinds, in the order in which they happen.
func Damages() []Damage {
	return []Damage{
		{"json-slips", loosely, inCode(slips)},
		{"one-line-samples", loosely, inCode(squeeze)},
		{"line-numbers", loosely, inCode(glueNumbers)},
		{"mixed-width", textShapes, inText(mixWidth)},
		{"question-marks", []string{"docline", "docs2023-bullets"}, inText(loseBullets)},
		{"traditional", textShapes, inText(traditional)},
		{"pinyin", textShapes, inText(pinyin)},
		{"blanks", textShapes, inText(oddBlanks)},
		{"hosts", wikiShapes, replaceHosts},
		{"entities", textShapes, entities},
		{"spam", textShapes, spam},
		{"tail", textShapes, tailJunk},
		{"line-ends", append([]string{"wiki-comment", "hugo-wiki", "md-official", "html"}, textShapes...), lineEnds},
	}
}

// Damaged is a rendering after damages of the names.
func Damaged(r *Rendering, shape string, seed uint64, names ...string) *Rendering {
	out := *r
	for i, d := range Damages() {
		if contains(names, d.Name) && contains(d.Fits, shape) {
			out.marked = d.apply(out.marked, rand.New(rand.NewPCG(seed, uint64(i)+1)))
		}
	}
	out.set(out.marked)
	return &out
}

// Suffers tells whether a shape can have a damage.
func (d Damage) Suffers(shape string) bool { return contains(d.Fits, shape) }

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

var marked = regexp.MustCompile(`(?s)` + codeBegin + `.*?` + codeEnd)

// inCode changes what stands between the marks of code.
func inCode(change func(text string, rng *rand.Rand) string) func(string, *rand.Rand) string {
	return func(text string, rng *rand.Rand) string {
		return marked.ReplaceAllStringFunc(text, func(block string) string {
			inner := strings.TrimSuffix(strings.TrimPrefix(block, codeBegin), codeEnd)
			return codeBegin + change(inner, rng) + codeEnd
		})
	}
}

// inText changes what stands outside of code.
func inText(change func(text string, rng *rand.Rand) string) func(string, *rand.Rand) string {
	return func(text string, rng *rand.Rand) string {
		var b strings.Builder
		at := 0
		for _, span := range marked.FindAllStringIndex(text, -1) {
			b.WriteString(change(text[at:span[0]], rng))
			b.WriteString(text[span[0]:span[1]])
			at = span[1]
		}
		b.WriteString(change(text[at:], rng))
		return b.String()
	}
}

// slips are what people get wrong in JSON: a comma too many, a comment.
func slips(text string, rng *rand.Rand) string {
	lines := strings.Split(text, "\n")
	for i := 0; i+1 < len(lines); i++ {
		shut := strings.TrimSpace(lines[i+1])
		if !strings.HasSuffix(lines[i], `"`) || shut != "}" && shut != "]" && shut != "}'" {
			continue
		}
		lines[i] += ","
		if rng.IntN(2) == 0 && len(lines) > 2 {
			lines[i] += " // 小物件说明"
		}
	}
	return strings.Join(lines, "\n")
}

// squeeze puts a JSON document on one line.
func squeeze(text string, _ *rand.Rand) string {
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i], _, _ = strings.Cut(strings.TrimSpace(lines[i]), " // ") // a comment would hide the rest
	}
	return strings.TrimSpace(strings.Join(lines, " "))
}

// glueNumbers puts line numbers before the lines of code, or between them if
// it is all on one line.
func glueNumbers(text string, _ *rand.Rand) string {
	if strings.Contains(strings.TrimSpace(text), "\n") {
		return strings.TrimSuffix(numbered(text), "\n")
	}
	return text
}

// mixWidth changes the width of punctuation here and there.
func mixWidth(text string, rng *rand.Rand) string {
	var b strings.Builder
	for _, r := range text {
		if rng.IntN(3) == 0 {
			switch r {
			case '：':
				r = ':'
			case '，':
				r = ','
			case '（':
				r = '('
			case '）':
				r = ')'
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func loseBullets(text string, _ *rand.Rand) string { return strings.ReplaceAll(text, "•", "?") }

var gaps = regexp.MustCompile(`\S \S`)

// oddBlanks writes some blanks as other characters that look like one, and
// leaves characters that nobody sees.
func oddBlanks(text string, rng *rand.Rand) string {
	text = gaps.ReplaceAllStringFunc(text, func(m string) string {
		if rng.IntN(4) > 0 {
			return m
		}
		return strings.Replace(m, " ", []string{"\u00a0", "\u3000"}[rng.IntN(2)], 1)
	})
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.Count(line, " ") == 1 && !strings.ContainsAny(line, "\u00a0\u3000") && gaps.MatchString(line) && rng.IntN(9) == 0 {
			lines[i] = strings.Replace(line, " ", "\t", 1) // more than one would look like cells
		}
		if strings.TrimSpace(line) != "" && rng.IntN(9) == 0 {
			lines[i] = "\u200b" + lines[i]
		}
		if rng.IntN(9) == 0 {
			lines[i] += "\u00a0 "
		}
	}
	return strings.Join(lines, "\n")
}

var callURL = regexp.MustCompile(`(?m)^(请求URL|請求URL|请求(\([^)]*\))?URL)(.*?)https://api\.mch\.weixin\.qq\.com/v3/`)

// replaceHosts writes a mirror's host for the platform's, and leaves a line
// that is only an address behind an example.
func replaceHosts(text string, rng *rand.Rand) string {
	if rng.IntN(2) == 0 {
		text = callURL.ReplaceAllString(text, "${1}${3}http://www.gadgetmirror885.com/v3/")
	}
	text = strings.ReplaceAll(text, "wechatpay-api.gitbook.io", "www.gadgetmirror885.com")
	return strings.ReplaceAll(text, "}"+codeEnd+"\n", "}"+codeEnd+"\n\n    http://2323weixin.qq.com\n                                \n")
}

// entities writes some characters as HTML does.
func entities(text string, rng *rand.Rand) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	if rng.IntN(2) == 0 {
		text = strings.ReplaceAll(text, `"`, "&quot;")
	}
	return text
}

// spam is a line of a mirror's own, and the menu of the site.
func spam(text string, rng *rand.Rand) string {
	menu := []string{"基础支付", "JSAPI支付", "小物件支付", "经营能力", "小物件工具(公共API)", "营销工具", "资金应用", "其他能力", "图片上传"}
	head := "小物件大全_在线观看小物件_免费小物件下载_小物件高清大图\n\n"
	if rng.IntN(3) > 0 {
		head += strings.Join(menu, "\n") + "\n\n"
	}
	return head + text
}

// tailJunk is what the site has below its pages.
func tailJunk(text string, rng *rand.Rand) string {
	tails := []string{
		"\n版本说明\n\n关闭\nV1.0\n2030年12月20日\n1. 小物件接口上线\n\n技术咨询\n\n文档反馈\n",
		"\n\n反馈\n咨询\n目录\n置顶\n",
		"\n技术咨询\n\n文档反馈",
	}
	return strings.TrimRight(text, "\n") + "\n" + tails[rng.IntN(len(tails))]
}

// lineEnds are those of another system.
func lineEnds(text string, rng *rand.Rand) string {
	text = strings.ReplaceAll(text, "\n", "\r\n")
	if rng.IntN(2) == 0 {
		text = "\ufeff" + text
	}
	return text
}
