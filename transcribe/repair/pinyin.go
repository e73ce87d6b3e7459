package repair

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/source"
)

// toned are the letters that only pinyin has. (ms) and (API) have none.
const toned = `āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ`

const group = `[(（][a-zü]{0,6}[` + toned + `][a-zü]{0,6}[)）]`

var (
	pinyinGroup  = regexp.MustCompile(`(\p{Han})((?:` + group + `)+)`)
	damagedGroup = regexp.MustCompile(`([?？{}\x{FFFD}])[(（]?[a-zü]{0,6}[` + toned + `][a-zü]{0,6}[)）]`)
)

// pinyin drops the reading that stands in parentheses behind a character.
func pinyin(m *mending) {
	for i, l := range m.lines {
		if !strings.ContainsAny(l.Text, toned) {
			continue
		}
		var changes []source.Change
		for _, at := range pinyinGroup.FindAllStringSubmatchIndex(l.Text, -1) {
			changes = append(changes, source.Change{From: at[4], To: at[5]})
		}
		m.change(i, changes)
	}
}

// damage marks characters that were lost while their pinyin was kept. Which
// ones they were is not guessed.
func damage(m *mending) {
	for i, l := range m.lines {
		if !strings.ContainsAny(l.Text, toned) {
			continue
		}
		var changes []source.Change
		for _, at := range damagedGroup.FindAllStringIndex(l.Text, -1) {
			changes = append(changes, source.Change{From: at[0], To: at[1], With: "\uFFFD"})
		}
		m.change(i, changes)
	}
}
