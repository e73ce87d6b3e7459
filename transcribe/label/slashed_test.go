package label_test

import (
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe/label"
)

func TestEnumSlashed(t *testing.T) {
	for text, want := range map[string]string{
		"PAINT_DONE / NO_PAINT":            "PAINT_DONE= NO_PAINT=",
		"`DRY` / `WET` / `SOLD`":           "DRY= WET= SOLD=",
		"上色状态：`DRY`（已干）/ `WET`（未干）":        "DRY=已干 WET=未干",
		"A_B（甲）/C_D（乙）。":                   "A_B=甲 C_D=乙",
		"AES/CBC":                          "",
		"加密算法：AES/CBC":                     "",
		"上色状态：DRY/WET/SOLD":                "DRY= WET= SOLD=",
		"BIG_PART / SMALL_PART / ... 详见总览": "",
		"颜色，如 RED / BLUE":                  "",
		"一次 / 多次":                          "",
		"RED":                              "",
	} {
		values, texts := label.EnumSlashed(text)
		var got []string
		for i, v := range values {
			got = append(got, v+"="+texts[i])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestEnumExplained: a label of values, and values whose short text stands in
// brackets.
func TestEnumExplained(t *testing.T) {
	if rest, ok := label.EnumLabel("枚举值说明:"); !ok || rest != "" {
		t.Errorf("label: %q %v", rest, ok)
	}
	for text, want := range map[string]string{
		"PAINT_STATE_WET-【未干】: 请等待":    "PAINT_STATE_WET",
		"8、PAINT_STATE_DRY-【已干】: 可以使用": "PAINT_STATE_DRY",
	} {
		if value, _, ok := label.EnumItem(text); !ok || value != want {
			t.Errorf("%s: got %q %v", text, value, ok)
		}
	}
}
