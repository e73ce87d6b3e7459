package wiki

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/label"
)

// Some copies put the members of an object into a table of their own further
// down, with the object's label or name as its caption.

// owner is a field that may have such a table.
type owner struct {
	path   string // with a dot
	shown  *members
	folded int // the block that says that its members are lost, or 0
}

// owners are those of a part, by label and by name, each with those of that
// word in the order in which they stand.
type owners map[string][]owner

// add keeps a field that can have members.
func (o owners) add(p *piece, l *level, folded int) {
	if !container(p.Field.Type) && !l.shown.of(p.Field.Name).known() {
		return
	}
	found := owner{path: l.path + p.Field.Name + ".", shown: l.shown.of(p.Field.Name), folded: folded}
	for _, word := range []string{captionOf(p.Field.Label), p.Field.Name} {
		if word != "" {
			o[word] = append(o[word], found)
		}
	}
}

// find takes the first field of a caption that has had no table yet.
func (o owners) find(caption string) (owner, bool) {
	word := captionOf(caption)
	for _, key := range append([]string{word}, strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune(" ()[]:", r) })...) {
		if all := o[key]; len(all) > 0 {
			o[key] = all[1:]
			return all[0], true
		}
	}
	return owner{}, false
}

var captionEnd = regexp.MustCompile(`(?:对象|字段|参数)?(?:说明|列表|如下|信息说明)?[::]?$`)

// captionOf brings a label or a caption into the form in which they are
// compared.
func captionOf(s string) string {
	s = strings.Trim(label.Fold(s), "+-*#` :")
	if len([]rune(s)) > maxLabel {
		return ""
	}
	if cut := captionEnd.ReplaceAllString(s, ""); cut != "" && !strings.HasSuffix(s, "列表") {
		return cut
	}
	return s
}
