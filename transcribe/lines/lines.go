// Package lines reads the pages of the doc centre as plain text, in the five
// shapes in which text tools and people save them:
//
//	docline                 one element a line, members of objects folded away
//	copy                    the same, copied out of a browser
//	docinline               paragraphs a line, members of objects run together
//	docs2023-bullets        the docs of 2022 and 2023, fields as list items
//	docs2023-trailing-labels the same without types, place lines behind lists
//
// All have name lines (gadget_id 必填 string(32)) and the platform's headings,
// and one walk over the lines reads them; a shape only adds what is its own.
package lines

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/label"
	"github.com/wxgen/wxgen/transcribe/source"
)

// The names of the formats.
const (
	Docline        = "docline"
	Copy           = "copy"
	Docinline      = "docinline"
	Bullets        = "docs2023-bullets"
	TrailingLabels = "docs2023-trailing-labels"
)

// ReadDocline reads a text with one element a line.
func ReadDocline(t source.Text) ([]block.Block, error) { return read(t, shape{}), nil }

// ReadCopy reads a text that was copied out of a browser.
func ReadCopy(t source.Text) ([]block.Block, error) { return read(t, shape{}), nil }

// ReadDocinline reads a flattened text.
func ReadDocinline(t source.Text) ([]block.Block, error) { return read(t, shape{glued: true}), nil }

// ReadBullets reads a text with fields as list items.
func ReadBullets(t source.Text) ([]block.Block, error) { return read(t, shape{indented: true}), nil }

// ReadTrailingLabels reads a text whose place lines stand behind their lists.
func ReadTrailingLabels(t source.Text) ([]block.Block, error) {
	return placed(read(t, shape{indented: true})), nil
}

// shape is what formats differ in.
type shape struct {
	glued    bool // texts of values run into the next name
	indented bool // the indent of an item tells its depth
}

var (
	trailingItem = regexp.MustCompile(`^\s*[-•·*]\s*` + "`?" + `[A-Za-z_][\w-]*` + "`?" + `\s*(?:必填|选填|条件选填|条件必填)\s*【`)
	inlineMember = regexp.MustCompile(`^\s*[|｜]?\s*属性\s*(?:[|｜]\s*)+$`)
	bullet       = regexp.MustCompile(`^\s*[•·●]`)
	tabLabel     = regexp.MustCompile(`^(?:curl|cURL|Java|JAVA|Go|GO|PHP|Python|Shell|JSON|C#|NodeJS|Node\.js)$`)
)

// signs are what tells the formats apart.
type signs struct {
	names, bullets, trailing int
	members, dated, tabs     bool
	wide                     bool // full-width colons
	call                     bool
	other                    bool // the head of a table: another reader's
}

func look(t source.Text) signs {
	var s signs
	for _, l := range t.Lines {
		text := l.Text
		if len(text) > 4000 || text == "" {
			continue
		}
		if _, ok := label.NameLine(text); ok {
			s.names++
			if bullet.MatchString(text) {
				s.bullets++
			}
			continue
		}
		switch {
		case strings.Contains(text, "属性") && inlineMember.MatchString(text):
			s.members = true
		case strings.Contains(text, "填") && trailingItem.MatchString(text):
			s.trailing++
		case len(text) < 24 && tabLabel.MatchString(strings.TrimSpace(text)):
			s.tabs = true
		case (strings.Contains(text, "变量") || strings.Contains(text, "参数名")) && tableHead(text):
			s.other = true
		case strings.Contains(text, "时间") || strings.Contains(text, "日期"):
			s.statement(text)
		case strings.Contains(text, "请求") || strings.Contains(text, "接口") || strings.Contains(text, "路径"):
			s.statement(text)
		}
	}
	return s
}

func (s *signs) statement(text string) {
	if _, rest, ok := label.DateLine(text); ok {
		s.dated = s.dated || rest != ""
	}
	switch key, value, _ := label.Statement(text); key {
	case label.KeyMethod, label.KeyURL:
		call := label.ReadCall(value)
		s.call = s.call || call.Method != "" || len(call.Paths) > 0
		s.wide = s.wide || strings.Contains(text, "：")
	}
}

// tableHead tells whether a line is the head of a table of fields.
func tableHead(text string) bool {
	cells := strings.Split(strings.Trim(strings.TrimSpace(text), "|"), "|")
	if len(cells) < 3 {
		cells = strings.Fields(text)
	}
	_, ok := label.FieldColumns(cells)
	return ok
}

func (s signs) ours() bool { return !s.other && (s.names > 0 || s.trailing > 0 || s.call) }

// RecogniseDocinline tells whether a text is flattened.
func RecogniseDocinline(t source.Text) bool {
	s := look(t)
	return s.ours() && (s.members || s.dated && s.bullets == 0)
}

// RecogniseBullets tells whether a text has fields as list items.
func RecogniseBullets(t source.Text) bool {
	s := look(t)
	return s.ours() && s.bullets > 0 && s.bullets*2 >= s.names
}

// RecogniseTrailingLabels tells whether a text has fields without types.
func RecogniseTrailingLabels(t source.Text) bool {
	s := look(t)
	return s.ours() && s.trailing > s.names
}

// RecogniseCopy tells whether a text comes out of a browser.
func RecogniseCopy(t source.Text) bool {
	s := look(t)
	return s.ours() && (s.wide || s.tabs)
}

// RecogniseDocline tells whether a text is of the doc centre at all.
func RecogniseDocline(t source.Text) bool { return look(t).ours() }
