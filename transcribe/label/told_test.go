package label_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/label"
)

// TestEnumTold: values that a sentence lists, in the forms that pages use.
func TestEnumTold(t *testing.T) {
	for in, want := range map[string][]string{
		"可选值：A、B":                                    {"A", "", "B", ""},
		"漆面，可选值为：MATT 或 GLOSS。":                      {"MATT", "", "GLOSS", ""},
		"取值：1、2、3":                                   {"1", "", "2", "", "3", ""},
		"取值 1-是 2-否":                                 {"1", "是", "2", "否"},
		"是否上色，取值：1-是，2-否":                            {"1", "是", "2", "否"},
		"取值为1（是）、2（否）。":                              {"1", "是", "2", "否"},
		"枚举值：1：待上色；2：已上色；":                           {"1", "待上色", "2", "已上色"},
		"枚举值 RED：红色，BLUE：蓝色":                         {"RED", "红色", "BLUE", "蓝色"},
		"枚举值：RED - 红色；BLUE — 蓝色":                     {"RED", "红色", "BLUE", "蓝色"},
		"枚举值：RED红色，BLUE蓝色":                           nil, // where the value ends is a guess
		"枚举值：(1) RED：红色 (2) BLUE：蓝色":                 {"RED", "红色", "BLUE", "蓝色"},
		"枚举值：1、RED：红色；2、BLUE：蓝色":                     {"RED", "红色", "BLUE", "蓝色"},
		"漆面（可选值：MATT、GLOSS），默认 MATT":                 {"MATT", "", "GLOSS", ""},
		"漆面状态，包括：DRY：已干；WET：未干":                      {"DRY", "已干", "WET", "未干"},
		"漆面状态，包括：DRY、WET":                            {"DRY", "", "WET", ""},
		"取值范围：RED/BLUE":                              {"RED", "", "BLUE", ""},
		"枚举值：RED：红色，最常用；BLUE：蓝色。其他颜色不支持":             {"RED", "红色,最常用", "BLUE", "蓝色"},
		"可选取值：\"RED\"、“BLUE”":                        {"RED", "", "BLUE", ""},
		"可选值：1=白天；2=夜间":                              {"1", "白天", "2", "夜间"},
		"取值：0-100":                                   nil,
		"取值范围：1~5":                                   nil,
		"取值范围：1-5，默认1":                               nil,
		"取值范围：[0-9a-z]":                              nil,
		"枚举值见文档":                                     nil,
		"枚举值：RED、BLUE等":                              nil, // the list is not complete
		"包括：color、size":                              nil, // names of fields, as it seems
		"包括：1、颜色；2、尺寸":                               nil,
		"包括：1：颜色；2：尺寸":                               nil, // a numbered list
		"取值：大于0的整数":                                  nil,
		"取值：yyyy-MM-dd HH:mm:ss":                     nil,
		"取值不超过10":                                    nil,
		"取值：RED":                                     nil,
		"不包括：DRY、WET":                                nil,
		"颜色取值可参考 3.2.1":                              nil,
		"默认取值：RED、BLUE 中的一种":                         nil,
		"枚举值：RED：红色，BLUE：蓝色等":                        nil,
		"取值：2024-01-02、2024-01-03":                   nil,
		"该枚举值已废弃，请使用 RED、BLUE":                       nil,
		"枚举值：https://example.com/a：说明，http://b.c：说明": nil,
	} {
		var got []string
		values, texts, _ := label.EnumTold(in)
		for i, v := range values {
			got = append(got, v, texts[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("EnumTold(%q): %s", in, diff)
		}
	}
}

// TestEnumToldSurely: 枚举值 says that there are no others, 包括 does not.
func TestEnumToldSurely(t *testing.T) {
	for in, want := range map[string]bool{
		"枚举值：DRY、WET": true, "漆面，取值：DRY：已干；WET：未干": true, "漆面状态，包括：DRY、WET": false, "包括：DRY：已干；WET：未干": false,
	} {
		if values, _, sure := label.EnumTold(in); sure != want || len(values) != 2 {
			t.Errorf("EnumTold(%q) gives %v, sure: %v", in, values, sure)
		}
	}
}
