package lint

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
)

// checkEnglish looks at the language of texts. Names in Chinese may stand in
// them, and keep their own punctuation.
func checkEnglish(f *file, r report) {
	for _, t := range f.texts {
		if t.value.Value != "" && !english(t.value.Value) {
			r(f.pos(t.key), "say it in English; the Chinese label is the title", "the text is not English")
			continue
		}
		if mark := strayMark(t.value.Value); mark != 0 {
			r(f.pos(t.key), "use ASCII punctuation in English", "the text has the Chinese punctuation mark %c", mark)
		}
	}
}

// english tells whether a text is English rather than Chinese, of which a
// character is worth at least two letters. Chinese names may stand in it.
func english(s string) bool {
	latin, han := 0, 0
	for _, c := range s {
		switch {
		case unicode.Is(unicode.Han, c):
			han++
		case unicode.Is(unicode.Latin, c):
			latin++
		}
	}
	return 2*latin > han
}

const (
	chineseMarks = "，。；：！？、（）《》【】"
	chineseOpens = "（《【"
)

// strayMark gives the first Chinese punctuation mark that does not belong to
// Chinese words.
func strayMark(s string) rune {
	runes := []rune(s)
	for i, c := range runes {
		if !strings.ContainsRune(chineseMarks, c) {
			continue
		}
		before, after := near(runes, i-1), near(runes, i+1)
		if strings.ContainsRune(chineseOpens, c) {
			before = after // the words in a bracket are what it belongs to
		}
		if !before && !(after && i > 0) {
			return c
		}
	}
	return 0
}

// near tells whether Chinese stands at an index.
func near(runes []rune, i int) bool {
	return i >= 0 && i < len(runes) && (unicode.Is(unicode.Han, runes[i]) || strings.ContainsRune(chineseMarks, runes[i]))
}

// checkFullStop wants sentences.
func checkFullStop(f *file, r report) {
	for _, t := range f.texts {
		s := strings.TrimRight(t.value.Value, " \n)'\"”…")
		if s != "" && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
			r(f.pos(t.key), "end it with a full stop", "the text %s does not end with a full stop", tail(t.value.Value))
		}
	}
}

// tail quotes the end of a text.
func tail(s string) string {
	const most = 30
	runes := []rune(strings.TrimSpace(s))
	if len(runes) > most {
		return quoted("…" + string(runes[len(runes)-most:]))
	}
	return quoted(string(runes))
}

func quoted(s string) string { return strconv.Quote(s) }

// checkTrailingBlanks looks at lines, and at texts whose blanks stand before
// a quotation mark.
func checkTrailingBlanks(f *file, r report) {
	for i, line := range f.lines {
		line = strings.TrimSuffix(line, "\r")
		if trimmed := strings.TrimRight(line, " \t"); trimmed != line {
			r(load.Pos{File: f.name, Line: i + 1, Col: len([]rune(trimmed)) + 1}, "remove them", "the line ends with blanks")
		}
	}
	for _, o := range f.objects {
		for _, name := range []string{"title", "summary", "description", "x-wx-note"} {
			key, v := o.member(name)
			if v == nil || v.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
				continue
			}
			if strings.TrimRight(v.Value, " \t\u3000") != v.Value {
				r(f.pos(key), "remove them", "the %s ends with blanks", name)
			}
		}
	}
}

var machinePath = regexp.MustCompile(`(^|[\s'"(=])(/(home|tmp|root|work|var|usr|Users|mnt|opt)/\S|file://|[A-Z]:\\)`)

// checkMachinePaths finds folders that slipped in while somebody worked.
func checkMachinePaths(f *file, r report) {
	for _, t := range f.texts {
		if m := machinePath.FindStringSubmatch(t.value.Value); m != nil {
			r(f.pos(t.key), "name the source in a way that others can follow", "the text names a folder of a machine, %s…", m[2])
		}
	}
}

// checkTodo finds what is left to decide.
func checkTodo(f *file, r report) {
	for _, o := range f.objects {
		key, v := o.member("x-wx-todo")
		if key == nil {
			continue
		}
		items := []*yaml.Node{v}
		if v.Kind == yaml.SequenceNode {
			items = v.Content
		}
		for _, item := range items {
			r(f.pos(item), "decide it, and remove the note", "something is left to decide: %s", item.Value)
		}
	}
}

// checkLabels wants what the page calls a field.
func checkLabels(f *file, r report) {
	for _, x := range f.fields {
		if x.title() == "" && f.glossary[x.name].label == "" {
			r(x.pos, "write title: with the page's label"+inSchema(x), "%s has no label", x.name)
		}
	}
}

func inSchema(x field) string {
	if x.parameter != nil {
		return ", in its schema"
	}
	return ""
}

// checkExplanations wants what a field means.
func checkExplanations(f *file, r report) {
	for _, x := range f.fields {
		if x.description() == "" && f.glossary[x.name].description == "" {
			r(x.pos, "write description: in English", "%s has no explanation", x.name)
		}
	}
}
