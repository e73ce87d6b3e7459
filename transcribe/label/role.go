package label

import (
	"regexp"
	"strings"
)

// roles maps the words of all generations to the doc centre's names.
var roles = map[string]string{
	"直连商户": "普通商户", "普通商户": "普通商户", "商户": "普通商户", "服务商": "普通服务商", "普通服务商": "普通服务商",
	"平台商户": "平台商户", "电商平台": "电商平台", "渠道商": "渠道商", "清算机构": "清算机构", "机构": "机构",
	"从业机构": "从业机构", "从业机构(银行)": "从业机构（银行）", "从业机构(支付机构)": "从业机构（支付机构）",
	"银行": "从业机构（银行）", "间连商户(医疗机构)": "间连商户（医疗机构）", "品牌": "品牌", "品牌商户": "品牌商户",
	"合作伙伴": "普通服务商", "特约商户": "特约商户", "银行服务商": "银行服务商", "机构服务商": "机构服务商",
}

var bracketed = regexp.MustCompile(`【([^【】]{1,30})】`)

// Roles reads the value of 支持商户 or 适用对象. Words in 【】 count whatever
// they are, other words only if a role is called so.
func Roles(s string) []string {
	text := Fold(s)
	var found []string
	add := func(word string) {
		if !contains(found, word) {
			found = append(found, word)
		}
	}
	if marked := bracketed.FindAllStringSubmatch(text, -1); marked != nil {
		for _, m := range marked {
			word := strings.ReplaceAll(m[1], " ", "")
			if name, ok := roles[word]; ok {
				word = name
			}
			add(word)
		}
		return found
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" 、,;/|。", r) }) {
		name, ok := roles[word]
		if !ok {
			break // the introduction has begun on the same line
		}
		add(name)
	}
	return found
}
