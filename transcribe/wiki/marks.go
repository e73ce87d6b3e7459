package wiki

import (
	"strings"

	"github.com/wxgen/wxgen/transcribe/block"
)

// buttons tells the signs of the page's buttons, which fold members (-) and
// unfold them (+), from signs that mark members. A button stands before a row
// that has members, so where only such rows have a sign and no table follows
// them, their members are lost. Otherwise the number of signs is the depth,
// but for a row that would be a member of what has none.
func buttons(ps pieces) {
	only, any := true, false
	for i := range ps {
		if p := &ps[i]; p.isField() && p.marks > 0 {
			any, only = true, only && container(p.Field.Type)
		}
	}
	if !any {
		return
	}
	places := unmarkedPlaces(ps)
	var above []*piece // the last field of each depth
	for i := range ps {
		p := &ps[i]
		switch {
		case p.head:
			above = nil
			continue
		case !p.isField():
			continue
		case p.marks > 0 && only:
			p.folded = !opened(ps[i+1:])
		case p.marks > 0 && !(places && p.Field.Place != ""):
			p.Field.Depth = min(p.marks, len(above))
			if d := p.Field.Depth; d > 0 && container(p.Field.Type) && !container(above[d-1].Field.Type) {
				p.Field.Depth--
			}
		}
		above = append(above[:min(p.Field.Depth, len(above))], p)
	}
}

// unmarkedPlaces tells whether the rows of the outermost table name a place,
// and its members do not: what has both a sign and a place has a button.
func unmarkedPlaces(ps pieces) bool {
	bare := false
	for i := range ps {
		switch p := &ps[i]; {
		case !p.isField():
		case p.marks == 0 && p.Field.Place == "":
			return false
		case p.marks > 0 && p.Field.Place == "":
			bare = true
		}
	}
	return bare
}

// opened tells whether the members of a field follow in a table.
func opened(after pieces) bool {
	for i := range after {
		if after[i].head || after[i].Kind == block.Open {
			return true
		}
		if !after[i].Within {
			return false
		}
	}
	return false
}

// choices gives the rows of a merged flag cell their flag: 二选一 stands once
// for two rows.
func choices(ps pieces) {
	flag, left := "", 0
	for i := range ps {
		p := &ps[i]
		switch n := choice(p.Field.Need); {
		case p.head:
			left = 0
		case !p.isField():
		case n > 0 && p.Field.Need == flag && left > 0:
			left--
		case n > 0:
			flag, left = p.Field.Need, n-1
		case p.Field.Need == "" && left > 0:
			p.Field.Need = flag
			left--
		default:
			left = 0
		}
	}
}

// choice is the number of rows that a flag like 二选一 stands for, or 0.
func choice(need string) int {
	if !strings.Contains(need, "选一") {
		return 0
	}
	for i, word := range []string{"二", "三", "四", "五"} {
		if strings.HasPrefix(need, word) {
			return i + 2
		}
	}
	if strings.HasPrefix(need, "两") {
		return 2
	}
	return 1
}
