package label

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

var needs = map[string]page.Need{
	"必填": page.Required, "是": page.Required, "true": page.Required, "yes": page.Required, "y": page.Required,
	"必传": page.Required, "必须": page.Required, "required": page.Required, "必选": page.Required, "√": page.Required,
	"必返": page.Required, "m": page.Required,
	"选填": page.Optional, "否": page.Optional, "false": page.Optional, "no": page.Optional, "n": page.Optional,
	"选传": page.Optional, "可选": page.Optional, "非必填": page.Optional, "optional": page.Optional, "×": page.Optional,
	"非必传": page.Optional, "可空": page.Optional, "o": page.Optional,
	"条件选填": page.Conditional, "条件必填": page.Conditional, "conditional": page.Conditional, "条件": page.Conditional,
	"条件选传": page.Conditional, "条件必传": page.Conditional, "c": page.Conditional, "特殊必填": page.Conditional,
}

var oneOf = regexp.MustCompile(`^(?:[二两三四五多2-9N]|[2-9])选(?:一|1|其一|二|多)(?:必填|选填)?$|^(?i)choose\s*one(?:\s*to\s*submit)?$`)

// Need reads the cell that tells whether a field has to be there.
func Need(s string) (page.Need, bool) {
	if len(s) > 40 {
		return "", false
	}
	word := strings.Trim(squeeze(s), "*_`【】[]()")
	if n, ok := needs[strings.ToLower(word)]; ok {
		return n, true
	}
	if oneOf.MatchString(word) {
		return page.Conditional, true
	}
	return "", false
}
