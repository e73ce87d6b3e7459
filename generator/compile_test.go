package generator_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

// TestGoldenCompiles has the Go command compile and vet all wanted packages
// in one run. They lie in testdata, where no other run looks, inside this
// module, so that they find the runtime and the build cache.
func TestGoldenCompiles(t *testing.T) {
	out, err := exec.Command("go", "vet", "./testdata/golden/...").CombinedOutput()
	if err != nil {
		t.Errorf("go vet ./testdata/golden/...: %v\n%s", err, out)
	}
}

// TestGoldenStyle looks at what the compiler does not mind.
func TestGoldenStyle(t *testing.T) {
	for name, source := range goldenFiles(t) {
		formatted, err := format.Source(source)
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.Equal(formatted, source) {
			t.Errorf("%s: gofmt would change it", name)
		}
		first, _, _ := bytes.Cut(source, []byte("\n"))
		if !generatedLine.Match(first) {
			t.Errorf("%s: begins with %q, which no tool takes for generated", name, first)
		}
	}
}

// generatedLine is what go help generate demands of generated files.
var generatedLine = regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.$`)

// TestGoldenNames looks for shouting or underscored names, and for names that
// are declared twice in one package, which the compiler reports in one case
// only: when it gets that far.
func TestGoldenNames(t *testing.T) {
	declared := map[string]string{}
	for name, file := range parseAll(t, goldenFiles(t)) {
		for _, ident := range declarations(file) {
			key := path.Dir(name) + "." + ident
			if other, ok := declared[key]; ok {
				t.Errorf("%s: %s is declared in %s too", name, ident, other)
			}
			declared[key] = name
			last := ident[strings.LastIndex(ident, ".")+1:]
			if strings.Contains(last, "_") && !strings.HasPrefix(last, "Example") {
				t.Errorf("%s: %s has an underscore", name, ident)
			}
		}
	}
}

// TestGoldenImports holds emitted code to the standard library and the
// runtime, and its examples to the package that they show.
func TestGoldenImports(t *testing.T) {
	for name, file := range parseAll(t, goldenFiles(t)) {
		for _, spec := range file.Imports {
			from, _ := strconv.Unquote(spec.Path.Value)
			first, _, _ := strings.Cut(from, "/")
			own := strings.HasSuffix(name, "_test.go") && from == path.Join(goldenImports, path.Dir(name))
			if strings.Contains(first, ".") && from != generator.Runtime && !own {
				t.Errorf("%s imports %s", name, from)
			}
			if spec.Name != nil {
				t.Errorf("%s imports %s by another name, %s", name, from, spec.Name)
			}
		}
	}
}

// TestGoldenUsesItsTypes finds unexported variables and struct types that
// nothing refers to.
func TestGoldenUsesItsTypes(t *testing.T) {
	used, declared := map[string]bool{}, map[string]string{}
	for name, file := range parseAll(t, goldenFiles(t)) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		pkg := path.Dir(name)
		defining := map[*ast.Ident]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				declared[pkg+"."+n.Name.Name] = name
				defining[n.Name] = true
			case *ast.ValueSpec:
				for _, id := range n.Names {
					defining[id] = true
					if !id.IsExported() && id.Name != "_" {
						declared[pkg+"."+id.Name] = name
					}
				}
			case *ast.Ident:
				if !defining[n] {
					used[pkg+"."+n.Name] = true
				}
			}
			return true
		})
	}
	for ident, name := range declared {
		if !used[ident] {
			t.Errorf("%s: %s is used nowhere", name, ident[strings.LastIndex(ident, ".")+1:])
		}
	}
}

func parseAll(t *testing.T, files output.Files) map[string]*ast.File {
	t.Helper()
	out := map[string]*ast.File{}
	for name, source := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = file
	}
	return out
}

// declarations lists what a file declares; methods bear their receiver's name.
func declarations(file *ast.File) []string {
	var out []string
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			out = append(out, receiver(d)+d.Name.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					out = append(out, s.Name.Name)
					out = append(out, members(s)...)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						if id.Name != "_" {
							out = append(out, id.Name)
						}
					}
				}
			}
		}
	}
	return out
}

func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	return t.(*ast.Ident).Name + "."
}

func members(s *ast.TypeSpec) []string {
	st, ok := s.Type.(*ast.StructType)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range st.Fields.List {
		for _, id := range f.Names {
			out = append(out, s.Name.Name+"."+id.Name)
		}
	}
	return out
}
