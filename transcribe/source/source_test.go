package source_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/wxgen/wxgen/transcribe/source"
)

func read(t *testing.T, data string) source.Text {
	t.Helper()
	text, err := source.Read("page.txt", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestLinesEndInThreeWays(t *testing.T) {
	text := read(t, "一\r\n二\r三\n\n五")
	var got []string
	for i, l := range text.Lines {
		got = append(got, l.Text)
		if at := l.Pos(0); at.Line != i+1 || at.Col != 1 || at.File != "page.txt" {
			t.Errorf("line %d stands at %v", i+1, at)
		}
	}
	if joined := strings.Join(got, "|"); joined != "一|二|三||五" {
		t.Errorf("got %s", joined)
	}
	if text.String() != "一\n二\n三\n\n五\n" {
		t.Errorf("got %q", text.String())
	}
}

// origin names the place of each character.
func origin(l source.Line) string {
	var cols []string
	for i := range l.Text {
		at := l.Pos(i)
		cols = append(cols, string(rune('0'+at.Line))+string(rune('a'+at.Col-1)))
	}
	return strings.Join(cols, " ")
}

func TestCharactersKeepTheirPlaces(t *testing.T) {
	line := read(t, "上色颜色=1\n完\n").Lines[0]
	next := read(t, "上色颜色=1\n完\n").Lines[1]
	tests := []struct {
		name, text, want string
		line             source.Line
	}{
		{"untouched", "上色颜色=1", "1a 1b 1c 1d 1e 1f", line},
		{"cut", "颜色=", "1c 1d 1e", line.Slice(6, 13)},
		{"cut twice", "色", "1d", line.Slice(6, 13).Slice(3, 6)},
		{"replaced one by one", "甲乙颜色=1", "1a 1b 1c 1d 1e 1f", line.Changed([]source.Change{{From: 0, To: 6, With: "甲乙"}})},
		{"shortened", "甲颜色=1", "1a 1c 1d 1e 1f", line.Changed([]source.Change{{From: 0, To: 6, With: "甲"}})},
		{"lengthened", "上甲乙丙色=1", "1a 1b 1b 1b 1d 1e 1f", line.Changed([]source.Change{{From: 3, To: 9, With: "甲乙丙"}})},
		{"dropped", "上=1", "1a 1e 1f", line.Changed([]source.Change{{From: 3, To: 12}})},
		{"all dropped", "", "", line.Changed([]source.Change{{From: 0, To: 14}})},
		{"inserted", "上 色颜色=1", "1a 1b 1b 1c 1d 1e 1f", line.Changed([]source.Change{{From: 3, To: 3, With: " "}})},
		{"dropped, then cut", "1", "1f", line.Changed([]source.Change{{From: 3, To: 12}}).Slice(4, 5)},
		{"joined", "上色, 完", "1a 1b 1c 1c 2a", source.Join(", ", line.Slice(0, 6), next)},
		{"mapped", "上se颜色=1", "1a 1b 1b 1c 1d 1e 1f", line.Changed([]source.Change{{From: 3, To: 6, With: "se"}}).Mapped(func(r rune) rune { return r })},
		{"mapped to shorter ones", "xx颜x=1", "1a 1b 1c 1d 1e 1f", line.Mapped(func(r rune) rune {
			if r == '上' || r == '色' {
				return 'x'
			}
			return r
		})},
	}
	for _, tt := range tests {
		if tt.line.Text != tt.text {
			t.Errorf("%s: text %q, want %q", tt.name, tt.line.Text, tt.text)
		}
		if got := origin(tt.line); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if at := line.Changed([]source.Change{{From: 0, To: 14}}).Pos(0); at.Line != 1 || at.Col != 1 {
		t.Errorf("an emptied line stands at %v", at)
	}
}

// Lines that a reader made up stand nowhere, and may be joined all the same.
func TestMadeUpLines(t *testing.T) {
	line := read(t, "上色\n").Lines[0]
	made := source.Line{Text: "甲"}
	if joined := source.Join(" ", made, line); joined.Text != "甲 上色" || joined.Pos(4).Line != 1 || joined.Pos(0).Line != 1 {
		t.Errorf("%q stands at %v", joined.Text, joined.Pos(4))
	}
	if joined := source.Join(" ", made, made); joined.Text != "甲 甲" || joined.Pos(0).Line != 0 {
		t.Errorf("%q stands at %v", joined.Text, joined.Pos(0))
	}
	if empty := source.Join(""); empty.Text != "" || empty.Pos(0).Line != 0 {
		t.Errorf("%q stands at %v", empty.Text, empty.Pos(0))
	}
}

func TestTrim(t *testing.T) {
	line := read(t, " \u3000上色 \n").Lines[0].Trim()
	if line.Text != "上色" || line.Pos(0).Col != 3 {
		t.Errorf("%q at %v", line.Text, line.Pos(0))
	}
	if blank := read(t, " \u3000\nx").Lines[0]; !blank.Blank() || blank.Trim().Text != "" {
		t.Error("a line of blanks is not blank")
	}
}

func TestWhole(t *testing.T) {
	whole := read(t, "一二\n三四\n").Whole()
	at := whole.Pos(strings.Index(whole.Text, "四"))
	if at.Line != 2 || at.Col != 2 || whole.Line(0) != 0 || whole.Line(-1) != -1 {
		t.Errorf("found at %v", at)
	}
}

func TestEncodings(t *testing.T) {
	const simplified, traditional = "请求参数：小物件\n颜色", "請求參數：小物件\n顏色"
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String(simplified)
	big5, _ := traditionalchinese.Big5.NewEncoder().String(traditional)
	wide, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(simplified)
	long := strings.Repeat(simplified, 20)
	tests := []struct{ name, data, want, how string }{
		{"UTF-8", simplified, simplified, ""},
		{"byte order mark", "\uFEFF" + simplified, simplified, ""},
		{"UTF-16", wide, simplified, "UTF-16"},
		{"GB18030", gbk, simplified, "GB18030"},
		{"Big5", big5, traditional, "Big5"},
		{"truncated", simplified[:len(simplified)-1], simplified[:len(simplified)-3], "cut off"},
		{"a damaged byte", long + "\xe9" + simplified, long + "\uFFFD" + simplified, "U+FFFD"},
	}
	for _, tt := range tests {
		text := read(t, tt.data)
		if got := strings.TrimSuffix(text.String(), "\n"); got != tt.want {
			t.Errorf("%s: got %q", tt.name, got)
		}
		how := ""
		if len(text.Repairs) > 0 {
			how = text.Repairs[0].What
		}
		if (how == "") != (tt.how == "") || !strings.Contains(how, tt.how) {
			t.Errorf("%s: repaired by %q", tt.name, how)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, data string
		want       error
	}{
		{"nothing", "", source.ErrEmpty},
		{"blanks", " \n\u3000\n", source.ErrEmpty},
		{"PDF", "%PDF-1.7\nxyz", source.ErrBinary},
		{"archive", "PK\x03\x04xyz", source.ErrBinary},
		{"zeros", strings.Repeat("a\x00\x01", 100), source.ErrBinary},
		{"another encoding", "\xa4\xc1\xd2\xfe\xff\x80 caf\xe9", source.ErrEncoding},
		{"too large", strings.Repeat("x", source.MaxBytes+1), source.ErrTooLarge},
		{"too many lines", strings.Repeat("\n", source.MaxLines+1) + "x", source.ErrTooLarge},
	}
	for _, tt := range tests {
		if _, err := source.Read("page.txt", []byte(tt.data)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// One long line, cut into all its words and each word's place asked for: if
// that counted from the line's start each time, it would take minutes.
func TestLongLine(t *testing.T) {
	const words = 300_000
	line := read(t, strings.Repeat("小物件 ", words)).Lines[0]
	for i := range words {
		if got := line.Slice(i*10, i*10+9).Pos(3).Col; got != 4*i+2 {
			t.Fatalf("word %d stands at %d", i, got)
		}
	}
}
