package spec

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/transcribe/page"
)

// Names by which operations page, out of the catalogue.
var (
	offsetNames = []string{"offset"}
	indexNames  = []string{"page_index", "page_no", "page_num", "page_number"}
	tokenNames  = []string{"page_token", "next_page_token", "next_token", "cursor"}
	sizeNames   = []string{"limit", "page_size", "page_limit", "count"}
	totalNames  = []string{"total_count", "total_size", "total_num", "total", "count"}
)

// paging guesses x-wx-page where names and types leave no doubt about what is
// what. What a name cannot tell is assumed, and said so.
func (b *builder) paging(op *page.Operation) *yaml.Node {
	if len(op.Answers) == 0 {
		return nil
	}
	asked, answered := append(slices.Clone(op.Parameters), op.Body...), op.Answers[0].Fields
	items := onlyList(answered)
	size := find(asked, sizeNames, page.Integer)
	if items == nil {
		return nil
	}
	if token := find(asked, tokenNames, page.String); token != nil {
		if next := find(answered, tokenNames, page.String); next != nil {
			return pageNode("token", "", token, size, items, nil, next, -1)
		}
	}
	total := find(answered, totalNames, page.Integer)
	if index := find(asked, indexNames, page.Integer); index != nil && size != nil {
		start := int64(1)
		if index.Minimum.Known() {
			start = index.Minimum.Value
		} else {
			b.todo = append(b.todo, "x-wx-page: the first page is taken to be 1.")
		}
		return pageNode("index", "", index, size, items, total, nil, start)
	}
	offset := find(asked, offsetNames, page.Integer)
	if offset == nil || size == nil {
		return nil
	}
	unit := "item"
	switch said := offset.Label.Value + offset.Text.Value; {
	case strings.Contains(said, "页码"), strings.Contains(said, "第几页"):
		unit = "page"
	case !strings.Contains(said, "位置") && !strings.Contains(said, "条"):
		b.todo = append(b.todo, "x-wx-page: offset is taken to count items from 0.")
	}
	return pageNode("offset", unit, offset, size, items, total, nil, 0)
}

func pageNode(style, unit string, at, size, items, total, next *page.Field, start int64) *yaml.Node {
	n := mapping(pair{"style", text(style)}, pair{"unit", given(unit)})
	add := func(key string, f *page.Field) {
		if f != nil {
			n.Content = append(n.Content, text(key), text(f.Name.Value))
		}
	}
	add("offset", at)
	add("limit", size)
	add("items", items)
	add("total", total)
	add("next", next)
	if start >= 0 {
		n.Content = append(n.Content, text("start"), number(start))
	}
	if size != nil && size.Maximum.Known() {
		n.Content = append(n.Content, text("maxLimit"), number(size.Maximum.Value))
	}
	if style != "token" && at.Maximum.Known() {
		n.Content = append(n.Content, text("maxOffset"), number(at.Maximum.Value))
	}
	return n
}

func find(fields []*page.Field, names []string, of page.Type) *page.Field {
	for _, name := range names {
		for _, f := range fields {
			if f.Name.Value == name && f.Type.Value == of {
				return f
			}
		}
	}
	return nil
}

// onlyList gives the one list of an answer, or data where there are several.
func onlyList(fields []*page.Field) *page.Field {
	var lists []*page.Field
	for _, f := range fields {
		if f.Type.Value == page.Array {
			lists = append(lists, f)
		}
	}
	if len(lists) == 1 {
		return lists[0]
	}
	return find(lists, []string{"data"}, page.Array)
}
