// Package synthetic writes OpenAPI documents of any size that are alike in
// every operation, so that tools can be compared and their growth be seen.
//
// An operation is a POST with a path and two query parameters, a JSON body of
// ten fields (two nested objects, an enum by reference, an enum in place), an
// answer of five fields (an enum in place and an array of an object of five
// fields, one of them an enum in place) and the platform's error: 28 fields,
// 5 object schemas and 4 enums, with Chinese texts of the length that the
// platform's pages have.
package synthetic

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Corpus says what to write.
type Corpus struct {
	Operations int
	PerFile    int // operations in a file; 0: 20

	// Dialect adds what wxgen lint demands and the plain corpus lacks: labels,
	// explained enum values, examples of answers, dates of pages.
	Dialect bool

	// SameEnums gives the enums in place the same values in every operation. By
	// default no two are the same, so that nothing is saved by finding that
	// they are.
	SameEnums bool
}

func (c Corpus) perFile() int { return cmp.Or(c.PerFile, 20) }

// WriteFiles writes the corpus as OpenAPI 3.1 in a folder, split into files
// that share common.yaml, and returns the names of the files without it.
func (c Corpus) WriteFiles(dir string) ([]string, error) {
	perFile := c.perFile()
	err := create(filepath.Join(dir, "common.yaml"), func(w *writer) {
		w.Corpus = c
		w.head("common")
		w.line("paths: {}")
		w.line("components:")
		w.errorComponents()
	})
	if err != nil {
		return nil, err
	}
	var files []string
	for first := 0; first < c.Operations; first += perFile {
		ops := make([]operation, 0, perFile)
		for i := range min(perFile, c.Operations-first) {
			ops = append(ops, newOperation(first+i, perFile))
		}
		name := fmt.Sprintf("products/p%03d.yaml", len(files)+1)
		files = append(files, name)
		err := create(filepath.Join(dir, filepath.FromSlash(name)), func(w *writer) {
			w.Corpus, w.shared = c, "../common.yaml"
			w.document(fmt.Sprintf("产品 %d", len(files)), ops)
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// WriteDocument writes the corpus as one document of an OpenAPI version,
// 3.1.0 or 3.0.3.
func (c Corpus) WriteDocument(name, version string) error {
	ops := make([]operation, c.Operations)
	for i := range ops {
		ops[i] = newOperation(i, c.perFile())
	}
	return create(name, func(w *writer) {
		w.Corpus, w.version = c, version
		w.document("全部产品", ops)
	})
}

// create writes a file piece by piece: a program that measures others must
// stay small itself.
func create(name string, write func(*writer)) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	buf := bufio.NewWriter(f)
	w := &writer{out: buf, version: "3.1.0"}
	write(w)
	if err := buf.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// writer prints block YAML.
type writer struct {
	out     io.Writer
	indent  int
	version string
	shared  string // file of the shared components; empty: this one
	Corpus
	op operation // whose schemas are printed
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(w.out, "%*s", 2*w.indent, "")
	fmt.Fprintf(w.out, format, args...)
	fmt.Fprintln(w.out)
}

// block prints a key and what it holds.
func (w *writer) block(key string, f func()) {
	w.line("%s:", key)
	w.indent++
	f()
	w.indent--
}

// item prints a list item of one mapping: its first line bears the dash.
func (w *writer) item(first string, f func()) {
	w.line("- %s", first)
	w.indent++
	f()
	w.indent--
}

func (w *writer) head(title string) {
	w.line("openapi: %s", w.version)
	w.block("info", func() {
		w.line("title: %s", title)
		w.line("version: '2026-01-01'")
		w.line("description: Synthetic operations for measurements.")
	})
	w.block("servers", func() {
		w.item("url: https://api.mch.weixin.qq.com", func() {})
		w.item("url: https://api2.mch.weixin.qq.com", func() {})
	})
}

func (w *writer) document(title string, ops []operation) {
	w.head(title)
	w.block("paths", func() {
		for _, op := range ops {
			w.block(op.path, func() { w.block("post", func() { w.operation(op) }) })
		}
	})
	w.line("components:")
	if w.shared == "" {
		w.errorComponents()
	}
	w.indent++
	if w.shared != "" {
		w.line("schemas:")
	}
	w.indent++
	for _, op := range ops {
		w.op = op
		for _, o := range op.objects() {
			w.block(op.id+o.suffix, func() { w.object(o) })
		}
		w.block(op.id+"Scene", func() { w.property(scene) })
	}
	w.indent -= 2
}

// errorComponents end in the map of schemas, for others to follow.
func (w *writer) errorComponents() {
	w.indent++
	w.block("responses", func() {
		w.block("Error", func() {
			w.line("description: The call failed, and the body says why.")
			w.block("content", func() {
				w.block("application/json", func() { w.line("schema: {$ref: '#/components/schemas/Error'}") })
			})
		})
	})
	w.block("schemas", func() {
		w.block("Error", func() {
			w.object(object{"", "错误信息", []field{
				{name: "code", label: "错误码", required: true},
				{name: "message", label: "错误描述", required: true},
			}})
		})
	})
	w.indent--
}
