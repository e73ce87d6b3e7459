package emit

import (
	"bytes"
	"slices"
	"strings"
)

// groupImports sets the standard library's imports apart from the others, as
// Go programmers do; jennifer writes them in one group.
func groupImports(source []byte) []byte {
	const open, end = "import (\n", "\n)\n"
	start := bytes.Index(source, []byte(open))
	if start < 0 {
		return source
	}
	start += len(open)
	length := bytes.Index(source[start:], []byte(end))
	if length < 0 {
		return source
	}
	var std, others []string
	for line := range strings.Lines(string(source[start:start+length]) + "\n") {
		line = strings.TrimSpace(line)
		switch first, _, _ := strings.Cut(strings.Trim(line[strings.Index(line, `"`):], `"`), "/"); {
		case strings.Contains(first, "."):
			others = append(others, line)
		default:
			std = append(std, line)
		}
	}
	block := slices.Concat(std, []string{""}, others)
	if len(std) == 0 || len(others) == 0 {
		block = slices.Concat(std, others)
	}
	return slices.Concat(source[:start], []byte(strings.Join(block, "\n")), source[start+length:])
}
