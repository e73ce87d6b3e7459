package diff

import (
	"fmt"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// pager compares the methods that walk through all pages.
func (c *comparison) pager(old, new *model.Operation) {
	a, b := old.Pager, new.Pager
	switch {
	case a == nil && b == nil:
	case a == nil:
		c.add("pager-added", "the iterator "+b.Name+" is new", "", paging(b), load.Pos{}, b.Page.Pos)
	case b == nil:
		c.add("pager-removed", "the iterator "+a.Name+" is gone", paging(a), "", a.Page.Pos, load.Pos{})
	default:
		c.addIf("pager-renamed", "the iterator has another name", a.Name, b.Name, a.Page.Pos, b.Page.Pos)
		if !c.sameType(a.Item, b.Item) {
			c.add("pager-item-changed", "the iterator "+b.Name+" yields another type", typeText(a.Item), typeText(b.Item), a.Page.Pos, b.Page.Pos)
		}
		c.addIf("pager-changed", "the iterator "+b.Name+" pages otherwise", paging(a), paging(b), a.Page.Pos, b.Page.Pos)
	}
}

// paging says how pages are walked through.
func paging(p *model.Pager) string {
	page := p.Page
	text := page.Items + " by " + page.Offset
	if page.Style == "token" {
		return text + ", taken from " + page.Next + size(page)
	}
	text += fmt.Sprintf(", counting %ss from %d", page.Unit, page.Start)
	if page.Total != "" {
		text += ", up to " + page.Total
	}
	if page.MaxOffset > 0 {
		text += fmt.Sprintf(", at most %d", page.MaxOffset)
	}
	return text + size(page)
}

// size says how large pages are where the caller does not care.
func size(page *load.Page) string {
	if page.Limit == "" || page.MaxLimit == 0 {
		return ""
	}
	return fmt.Sprintf(", pages of %d by %s", page.MaxLimit, page.Limit)
}
