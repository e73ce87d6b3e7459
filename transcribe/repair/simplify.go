package repair

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed simplified.txt
var simplifiedPairs string

// simplified holds the simplified form of each traditional character.
var simplified = func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(simplifiedPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			from, size := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[size:])
			m[from] = to
		}
	}
	return m
}()

// phrases decide characters that have two readings, by their neighbours.
var phrases = strings.NewReplacer("回覆", "回复", "答覆", "答复", "反覆", "反复", "覆核", "复核", "隨著", "随着", "接著", "接着",
	"藉由", "借由", "憑藉", "凭借", "若乾", "若干")

// platformWords are some of the platform's words that simplified pages write
// otherwise.
var platformWords = []string{"請求", "參數", "錯誤", "類型", "變量", "說明", "商戶", "應答", "狀態碼", "示例碼"}

// simplify acts only on documents that are traditional as a whole: a name or
// an example in traditional characters is right as it is. In traditional text
// about a third of the characters have another form.
func simplify(m *mending) {
	han, traditional, sure := 0, 0, false
	for _, l := range m.lines {
		if plain(l.Text) {
			continue
		}
		for i := 0; i < len(platformWords) && !sure; i++ {
			sure = strings.Contains(l.Text, platformWords[i])
		}
		for _, r := range l.Text {
			if r < 0x3400 || !unicode.Is(unicode.Han, r) {
				continue
			}
			han++
			if _, ok := simplified[r]; ok {
				traditional++
			}
		}
	}
	if !sure || traditional*20 < han {
		return
	}
	for i, l := range m.lines {
		n, first := 0, -1
		for at, r := range l.Text {
			if _, ok := simplified[r]; ok {
				if first < 0 {
					first = at
				}
				n++
			}
		}
		if n == 0 {
			continue
		}
		m.note(n, l.Pos(first))
		if text := phrases.Replace(l.Text); text != l.Text {
			// The phrases have as many characters as what stands for them.
			mended := []rune(text)
			next := -1
			l = l.Mapped(func(rune) rune { next++; return mended[next] })
		}
		m.set(i, l.Mapped(func(r rune) rune {
			if to, ok := simplified[r]; ok {
				return to
			}
			return r
		}))
	}
}
