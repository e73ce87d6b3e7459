package label

import (
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

var places = map[string]page.Place{
	"header": page.Header, "path": page.Path, "query": page.Query, "body": page.Body, "form": page.Form,
	"url": page.Query, "json": page.Body,
}

var (
	placeLine = regexp.MustCompile(`(?i)^(header|path|query|body|form)(?:http)?(?:请求)?(?:头参数|路径参数|查询参数|包体参数|请求体参数|表单(?:参数)?|参数|parameters?|params)?$`)
	legend    = regexp.MustCompile(`(?i)^(path|query|body|header)\s*(?:指该参数|parameter (?:is|needs|refers))`)
	placeWord = regexp.MustCompile(`^(?:【|\[)?(path|query|body|header|Path|Query|Body|Header|PATH|QUERY|BODY)(?:】|\])?`)
)

// PlaceLine tells which place a line opens: "path 路径参数", "BODY包体参数",
// "### Body 参数". A line with a place's name and nothing else counts too.
func PlaceLine(s string) (page.Place, bool) {
	if len(s) == 0 || len(s) > 60 {
		return "", false
	}
	m := placeLine.FindStringSubmatch(headingWords(s))
	if m == nil {
		return "", false
	}
	return places[strings.ToLower(m[1])], true
}

// Legend tells the wiki's three lines that explain the words for places
// (body 指该参数需在请求JSON传参) from lines that open a place.
func Legend(s string) bool { return legend.MatchString(Fold(s)) }

// Place reads a cell that names a place and nothing else.
func Place(s string) (page.Place, bool) {
	p, ok := places[strings.ToLower(strings.Trim(squeeze(s), "*_`【】[]"))]
	return p, ok
}

// SplitPlace takes the place off the front of a wiki description, where it
// stands as a word or glued to what follows: "body小物件的编号". A word that
// goes on in Latin letters (bodybuilding, path_id) is none.
func SplitPlace(s string) (p page.Place, rest string) {
	trimmed := strings.TrimLeft(s, " \t\u00a0\u3000")
	m := placeWord.FindStringSubmatch(trimmed)
	if m == nil {
		return "", s
	}
	after := trimmed[len(m[0]):]
	if after != "" && nameRune(after[0]) {
		return "", s
	}
	return places[strings.ToLower(m[1])], strings.TrimLeft(after, " \t\u00a0\u3000,，:：")
}

func nameRune(c byte) bool {
	return c == '_' || c == '-' || c == '.' || c == '/' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
