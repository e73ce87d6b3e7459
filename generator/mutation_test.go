package generator_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/output"
)

// FuzzMutated puts pieces of specs where they do not belong: whatever is taken
// is valid OpenAPI, as the library reads it itself, and becomes Go that gofmt
// would not change and that compiles. Whatever is not is refused with a
// Problems.
func FuzzMutated(f *testing.F) {
	corpus := readCorpus(f)
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		spec := mutate(t, corpus, rand.New(rand.NewPCG(seed, 0)))
		fsys := fstest.MapFS{"pay.yaml": {Data: spec}}
		res, err := generator.Generate(generator.Options{Specs: fsys, SpecsName: "specs", ImportPath: "example.com"})
		if _, ok := errors.AsType[load.Problems](err); err != nil && !ok {
			t.Fatalf("%T: %v\n%s", err, err, spec)
		}
		if err != nil {
			return
		}
		if err := errors.Join(load.Validate(fsys, "pay.yaml"), formatted(res.Files), compile(res.Files)); err != nil {
			t.Errorf("%v\n%s", err, spec)
		}
	})
}

// readCorpus reads all specs that are there to test with.
func readCorpus(f *testing.F) []*yaml.Node {
	f.Helper()
	var corpus []*yaml.Node
	for _, dir := range []string{"testdata/golden", "testdata/broken", "../specs"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".yaml" {
				return err
			}
			data, err := fs.ReadFile(os.DirFS(dir), name)
			root := new(yaml.Node)
			if err == nil && yaml.Load(data, root) == nil {
				corpus = append(corpus, root)
			}
			return err
		})
		if err != nil {
			f.Fatal(err)
		}
	}
	return corpus
}

// mutate copies a spec and, a few times, replaces, removes or adds a piece.
func mutate(t *testing.T, corpus []*yaml.Node, random *rand.Rand) []byte {
	t.Helper()
	root := deepCopy(corpus[random.IntN(len(corpus))])
	for range 1 + random.IntN(3) {
		all := pieces(root)
		donors := pieces(corpus[random.IntN(len(corpus))])
		at, donor := all[random.IntN(len(all))], donors[random.IntN(len(donors))]
		switch last := len(at.Content); random.IntN(4) {
		case 0:
			*at = *deepCopy(donor)
		case 1:
			*at = *deepCopy(all[random.IntN(len(all))])
		case 2:
			if at.Kind == yaml.MappingNode && last >= 2 {
				i := random.IntN(last/2) * 2
				at.Content = slices.Delete(at.Content, i, i+2)
			}
		case 3:
			if at.Kind == yaml.MappingNode && donor.Kind == yaml.MappingNode {
				at.Content = append(at.Content, deepCopy(donor).Content...)
			}
		}
	}
	out, err := yaml.Marshal(root)
	if err != nil {
		t.Skip("pieces that make no YAML")
	}
	return out
}

// pieces lists the values of a tree: its nodes but the keys of mappings.
func pieces(n *yaml.Node) []*yaml.Node {
	var out []*yaml.Node
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue
		}
		out = append(append(out, child), pieces(child)...)
	}
	return out
}

func deepCopy(n *yaml.Node) *yaml.Node {
	if n == nil {
		return nil
	}
	c := *n
	c.Anchor, c.Alias = "", nil
	if n.Kind == yaml.AliasNode {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "alias"}
	}
	c.Content = nil
	for _, child := range n.Content {
		c.Content = append(c.Content, deepCopy(child))
	}
	return &c
}

// formatted tells which files gofmt would change.
func formatted(files output.Files) error {
	var errs []error
	for name, source := range files {
		if out, err := format.Source(source); err != nil || !bytes.Equal(out, source) {
			errs = append(errs, fmt.Errorf("%s: not as gofmt has it: %v\n%s", name, err, source))
		}
	}
	return errors.Join(errs...)
}

// compile type-checks generated packages.
func compile(files output.Files) error {
	checker.Lock()
	defer checker.Unlock()
	packages := map[string][]*ast.File{}
	for name, source := range files {
		if strings.HasSuffix(name, "_test.go") || path.Ext(name) != ".go" {
			continue
		}
		file, err := parser.ParseFile(checker.fset, name, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		packages[path.Dir(name)] = append(packages[path.Dir(name)], file)
	}
	for folder, files := range packages {
		config := types.Config{Importer: checker.importer}
		if _, err := config.Check("example.com/"+folder, checker.fset, files, nil); err != nil {
			return err
		}
	}
	return nil
}

// checker reads the runtime and the standard library once.
var checker = struct {
	sync.Mutex
	fset     *token.FileSet
	importer types.Importer
}{fset: token.NewFileSet()}

func init() { checker.importer = importer.ForCompiler(checker.fset, "source", nil) }
