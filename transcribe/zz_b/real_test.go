package zzb

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/infer"
	"github.com/wxgen/wxgen/transcribe/page"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

type ren struct {
	b      strings.Builder
	mode   string // docline, copy, inline, bullets
	open   bool
	nested int
	date   bool
}

func attr(n *html.Node, k string) string {
	for _, a := range n.Attr {
		if a.Key == k {
			return a.Val
		}
	}
	return ""
}
func has(n *html.Node, c string) bool { return strings.Contains(" "+attr(n, "class")+" ", " "+c+" ") }
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Data == "br" {
		return "\n"
	}
	if has(n, "toggle-all-expand-btn") || n.Data == "style" || n.Data == "script" || n.Data == "svg" {
		return ""
	}
	s := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s += textOf(c)
	}
	return s
}
func (r *ren) p(s string) {
	s = strings.ReplaceAll(s, "\n", " ")
	if strings.TrimSpace(s) == "" && r.mode != "docline" {
		return
	}
	if r.mode == "inline" {
		s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
		if r.date {
			r.b.WriteString(s + "\n")
			r.date = false
			return
		}
		if r.nested > 0 {
			r.b.WriteString(s + " ")
			return
		}
	}
	r.b.WriteString(s + "\n")
	if r.mode == "docline" {
		r.b.WriteString("\n")
	}
}
func find(n *html.Node, f func(*html.Node) bool) *html.Node {
	if f(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if x := find(c, f); x != nil {
			return x
		}
	}
	return nil
}
func (r *ren) kids(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c)
	}
}
func (r *ren) walk(n *html.Node) {
	if n.Type == html.TextNode {
		if strings.TrimSpace(n.Data) != "" {
			r.p(n.Data)
		}
		return
	}
	switch {
	case has(n, "toggle-all-expand-btn"), n.Data == "style", n.Data == "script", n.Data == "svg", n.Data == "img":
	case has(n, "content-title"):
		r.p(textOf(n))
	case has(n, "last-updated-date"):
		if r.mode == "inline" {
			r.b.WriteString(strings.TrimSpace(textOf(n)))
			r.date = true
		} else {
			r.p(textOf(n))
		}
	case n.Data == "pre":
		i := 0
		var ls []string
		var w func(*html.Node)
		w = func(x *html.Node) {
			if has(x, "iwiki-codeBlock-line") {
				i++
				ls = append(ls, fmt.Sprintf("%s", strings.TrimRight(textOf(x), "\n")))
				return
			}
			for c := x.FirstChild; c != nil; c = c.NextSibling {
				w(c)
			}
		}
		w(n)
		if ls == nil {
			ls = strings.Split(textOf(n), "\n")
		}
		switch r.mode {
		case "inline":
			var parts []string
			for i, l := range ls {
				parts = append(parts, fmt.Sprint(i+1)+l)
			}
			r.b.WriteString(strings.Join(strings.Fields(strings.ReplaceAll(strings.Join(parts, " "), "\u00a0", " ")), " ") + "\n")
		case "docline":
			for i, l := range ls {
				r.b.WriteString(fmt.Sprint(i+1) + l + "\n")
			}
			r.b.WriteString("\n")
		default:
			for _, l := range ls {
				r.b.WriteString(l + "\n")
			}
		}
	case n.Data == "table" && has(n, "iwiki-expand"):
		c := find(n, func(x *html.Node) bool { return has(x, "iwiki-expand-content") })
		if r.mode == "inline" {
			if r.nested > 0 {
				return
			}
			r.b.WriteString("属性 | |\n")
			r.nested++
			if c != nil {
				r.kids(c)
			}
			r.nested--
			s := strings.TrimRight(r.b.String(), " \n")
			r.b.Reset()
			r.b.WriteString(s + " |\n")
			return
		}
		r.p("属性")
		if r.open && c != nil {
			r.kids(c)
		}
	case n.Data == "table":
		var rows [][]string
		var w func(*html.Node)
		w = func(x *html.Node) {
			if x.Data == "tr" {
				var row []string
				for c := x.FirstChild; c != nil; c = c.NextSibling {
					if c.Data == "td" || c.Data == "th" {
						var ps []string
						var v func(*html.Node)
						v = func(y *html.Node) {
							if y.Data == "p" || y.Data == "li" {
								if t := strings.TrimSpace(textOf(y)); t != "" {
									ps = append(ps, t)
								}
								return
							}
							for d := y.FirstChild; d != nil; d = d.NextSibling {
								v(d)
							}
						}
						v(c)
						if ps == nil {
							ps = []string{strings.TrimSpace(textOf(c))}
						}
						row = append(row, strings.Join(ps, "\n"))
					}
				}
				rows = append(rows, row)
				return
			}
			for c := x.FirstChild; c != nil; c = c.NextSibling {
				w(c)
			}
		}
		w(n)
		for i, row := range rows {
			switch r.mode {
			case "inline":
				r.b.WriteString(strings.ReplaceAll(strings.Join(row, " | "), "\n", " ") + " |\n")
				if i == 0 {
					r.b.WriteString("---|---|---|---|\n")
				}
			case "docline":
				for _, c := range row {
					r.b.WriteString(c + "\n\n")
				}
			default:
				r.b.WriteString(strings.ReplaceAll(strings.Join(row, "\t"), "\n", " ") + "\n")
			}
		}
	case n.Data == "li":
		switch r.mode {
		case "inline":
			if r.nested > 0 {
				return
			}
			r.b.WriteString("@@" + strings.TrimSpace(textOf(n)) + "\n")
		case "docline":
			r.p("  • " + strings.TrimSpace(textOf(n)))
		default:
			r.p("  " + strings.TrimSpace(textOf(n)))
		}
	case n.Data == "p", n.Data == "h1", n.Data == "h2", n.Data == "h3", n.Data == "h4", n.Data == "h5":
		r.p(textOf(n))
	default:
		r.kids(n)
	}
}

func glue(s string) string {
	ls := strings.Split(s, "\n")
	var out []string
	for i := 0; i < len(ls); i++ {
		if !strings.HasPrefix(ls[i], "@@") {
			out = append(out, ls[i])
			continue
		}
		first := true
		for ; i < len(ls) && strings.HasPrefix(ls[i], "@@"); i++ {
			name, text, ok := strings.Cut(ls[i][2:], ":")
			if !ok {
				name, text, ok = strings.Cut(ls[i][2:], "：")
			}
			if !ok {
				out = append(out, ls[i][2:])
				first = true
				continue
			}
			if first {
				out = append(out, name)
			} else {
				out[len(out)-1] += name
			}
			out = append(out, ":"+text)
			first = false
		}
		i--
	}
	return strings.Join(out, "\n")
}

func facts(p *page.Page, depth int) map[string]bool {
	m := map[string]bool{}
	add := func(f string, a ...any) { m[fmt.Sprintf(f, a...)] = true }
	var walk func(where string, fs []*page.Field, d int)
	walk = func(where string, fs []*page.Field, d int) {
		for _, f := range fs {
			w := where + f.Name.Value
			add("%s place=%v", w, f.Place.Value)
			add("%s type=%v/%v", w, f.Type.Value, f.Items.Value)
			add("%s need=%v", w, f.Required.Value)
			add("%s len=%v..%v items=%v..%v val=%v..%v", w, f.MinLength.Value, f.MaxLength.Value, f.MinItems.Value, f.MaxItems.Value, f.Minimum.Value, f.Maximum.Value)
			add("%s label=%v", w, norm.NFKC.String(f.Label.Value))
			var e []string
			for _, v := range f.Enum {
				e = append(e, v.Value.Value)
			}
			if d == 0 || depth > 2 {
				add("%s enum=%v", w, e)
				add("%s marks=%v %v %v ex=%v def=%v", w, f.Time.Value, f.Secret.Value, f.JSON.Value, f.Example.Value, f.Default.Value)
			}
			if d+1 < depth {
				walk(w+".", f.Fields, d+1)
			}
		}
	}
	for i, o := range p.Operations {
		w := fmt.Sprintf("op%d ", i)
		add("%s %s %s", w, o.Method.Value, o.Path.Value)
		add("%s title %s %s", w, o.Title.Value, o.Updated.Value)
		for _, r := range o.Roles {
			add("%s role %s", w, r.Value)
		}
		for _, r := range o.RateLimits {
			add("%s rate %v", w, r.Value)
		}
		add("%s flags %v %v %v", w, o.Idempotent.Value, o.Multipart.Value, o.Unsigned.Value)
		walk(w+"param ", o.Parameters, 0)
		walk(w+"body ", o.Body, 0)
		for j, a := range o.Answers {
			add("%s answer%d %d %v %v", w, j, a.Status.Value, a.Empty.Value, a.Stream.Value)
			walk(fmt.Sprintf("%s answer%d ", w, j), a.Fields, 0)
			add("%s answer%d examples %d", w, j, len(a.Examples))
		}
		for j, r := range o.Errors {
			add("%s err%d %d %s", w, j, r.Status.Value, r.Code.Value)
			add("%s err%d %d %s %s", w, j, r.Status.Value, r.Code.Value, strings.Join(strings.Fields(norm.NFKC.String(r.Description.Value)), ""))
		}
		add("%s requests %d samples %d", w, len(o.Requests), len(o.Samples))
	}
	for i, e := range p.Events {
		w := fmt.Sprintf("event%d ", i)
		add("%s %s", w, e.Title.Value)
		var t []string
		for _, v := range e.Types {
			t = append(t, v.Value.Value)
		}
		add("%s types %v", w, t)
		walk(w+"env ", e.Envelope, 0)
		walk(w+"res ", e.Resource, 0)
	}
	return m
}

func TestReal(t *testing.T) {
	mode := os.Getenv("MODE")
	if mode == "" {
		t.Skip()
	}
	files, _ := filepath.Glob("/tmp/docs/html/docs/*/pages/*/*.html")
	n, good, wrongs, misses, total, asfmt := 0, 0, 0, 0, 0, map[string]int{}
	kinds := map[string]int{}
	var list []string
	for _, f := range files {
		data, _ := os.ReadFile(f)
		truth, err := transcribe.Read(f, data, transcribe.Options{})
		if err != nil {
			continue
		}
		doc, _ := html.Parse(strings.NewReader(string(data)))
		root := find(doc, func(n *html.Node) bool { return attr(n, "id") == "page-content" })
		if root == nil {
			continue
		}
		r := &ren{mode: strings.TrimSuffix(mode, "+"), open: strings.HasSuffix(mode, "+")}
		r.walk(root)
		txt := r.b.String()
		if r.mode == "inline" {
			txt = glue(txt)
		}
		if r.mode != "copy" {
			txt = norm.NFKC.String(txt)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".html")
		os.WriteFile("/tmp/helperB/real/"+mode+"/"+name+".txt", []byte(txt), 0o644)
		got, err := transcribe.Read("/tmp/helperB/real/"+mode+"/"+name+".txt", []byte(txt), transcribe.Options{})
		n++
		if err != nil {
			list = append(list, name+" ERR "+err.Error())
			misses += 1000
			continue
		}
		asfmt[got.Format]++
		depth := 1
		if r.mode == "inline" {
			depth = 2
		}
		if r.open {
			depth = 9
			infer.Complete(got)
		}
		if r.open {
			infer.Complete(truth)
		}
		a, b := facts(truth, depth), facts(got, depth)
		total += len(a)
		var w, m []string
		for k := range b {
			if !a[k] {
				w = append(w, "+"+k)
			}
		}
		for k := range a {
			if !b[k] {
				m = append(m, "-"+k)
			}
		}
		wrongs += len(w)
		misses += len(m)
		if len(w)+len(m) == 0 {
			good++
			continue
		}
		all := append(w, m...)
		sort.Slice(all, func(i, j int) bool { return all[i][1:] < all[j][1:] })
		for _, x := range all {
			kinds[strings.Join(strings.Fields(strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return -1
				}
				return r
			}, x))[:1], " ")]++
		}
		list = append(list, name+" "+strings.Join(all, "\n      "))
	}
	fmt.Println(mode, "pages", n, "good", good, "facts", total, "wrong", wrongs, "missed", misses, asfmt)
	os.WriteFile("/tmp/helperB/real/"+mode+".log", []byte(strings.Join(list, "\n")), 0o644)
}
