package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
)

// unnumber takes line numbers off code that has them.
func unnumber(blocks []block.Block) []block.Block {
	var all []block.Block
	for _, b := range blocks {
		if b.Kind != block.Code {
			all = append(all, b)
			continue
		}
		all = append(all, unnumbered(b)...)
	}
	return all
}

var leading = regexp.MustCompile(`^\d{1,5}`)

// mostGaps is how often the numbers may leave some out. A tool that took
// List<T> for a tag swallowed all lines up to the next one, and so made one
// block of two programs.
const mostGaps = 3

// unnumbered is a block of code without the numbers of its lines, if they
// count up from 1: one block for each run without a gap. The numbers are
// found by counting, since code may begin with a digit itself.
func unnumbered(b block.Block) []block.Block {
	lines := strings.Split(b.Text, "\n")
	if len(lines) != len(b.Lines) {
		return []block.Block{b}
	}
	var runs []block.Block
	var text []string
	begin, next := 0, 1
	end := func(to int) {
		if to > begin {
			part := b
			part.Text, part.Lines = strings.Join(text, "\n"), b.Lines[begin:to]
			part.Pos = part.Lines[0]
			runs = append(runs, part)
		}
		begin, text = to, nil
	}
	original := append(b.Lines[:0:0], b.Lines...)
	for i, line := range lines {
		number := strconv.Itoa(next)
		if !strings.HasPrefix(line, number) {
			found, err := strconv.Atoi(leading.FindString(line))
			if err != nil || i == 0 || found <= next || len(runs) == mostGaps {
				b.Lines = original
				return []block.Block{b}
			}
			end(i)
			next, number = found, strconv.Itoa(found)
		}
		text = append(text, line[len(number):])
		b.Lines[i].Col += len(number)
		next++
	}
	end(len(lines))
	return runs
}
