// Package official compares the specs with the official Go SDK: for each
// operation that the SDK has, its method, path, fields and types. It reads the
// SDK's sources for these facts, and takes nothing else from them.
package official

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Operation is one call. Fields are named by dotted paths; lists add nothing.
type Operation struct {
	Name     string
	Method   string
	Path     string
	Request  map[string]string // field → type; parameters begin with their place: path:, query:, header:
	Response map[string]string
}

// sdk is the parsed source: types by package folder and name.
type sdk struct {
	root  string
	types map[string]map[string]ast.Expr
	files map[string][]*ast.File
}

// Read reads the services of an SDK's checkout.
func Read(root string) ([]Operation, error) {
	s := &sdk{root: root, types: map[string]map[string]ast.Expr{}, files: map[string][]*ast.File{}}
	if err := filepath.WalkDir(filepath.Join(root, "services"), s.parse); err != nil {
		return nil, fmt.Errorf("reading the SDK: %w", err)
	}
	var out []Operation
	for folder, files := range s.files {
		for _, file := range files {
			out = append(out, s.operations(folder, file)...)
		}
	}
	slices.SortFunc(out, func(a, b Operation) int { return cmp.Compare(a.Path+a.Method, b.Path+b.Method) })
	return out, nil
}

func (s *sdk) parse(name string, d fs.DirEntry, err error) error {
	if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	folder, err := filepath.Rel(s.root, filepath.Dir(name))
	if err != nil {
		return err
	}
	s.files[folder] = append(s.files[folder], file)
	if s.types[folder] == nil {
		s.types[folder] = map[string]ast.Expr{}
	}
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range gen.Specs {
			if t, ok := spec.(*ast.TypeSpec); ok {
				s.types[folder][t.Name.Name] = t.Type
			}
		}
	}
	return nil
}

var variable = regexp.MustCompile(`\{([^{}]+)\}`)

func (s *sdk) operations(folder string, file *ast.File) []Operation {
	imports := imported(file)
	var out []Operation
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil || fn.Recv == nil {
			continue
		}
		c := &call{request: map[string]string{}}
		ast.Inspect(fn.Body, c.visit)
		if c.path == "" {
			continue
		}
		for _, m := range variable.FindAllStringSubmatch(c.path, -1) {
			c.request["path:"+m[1]] = "any"
		}
		op := Operation{Name: filepath.Base(folder) + "." + fn.Name.Name, Method: c.method, Path: c.path, Request: c.request, Response: map[string]string{}}
		if c.body != nil {
			s.flatten(folder, imports, s.bodyType(fn, c.body), "", op.Request, 0)
		}
		if results := fn.Type.Results; results != nil && len(results.List) == 3 {
			s.flatten(folder, imports, results.List[0].Type, "", op.Response, 0)
		}
		out = append(out, op)
	}
	return out
}

func imported(file *ast.File) map[string]string {
	out := map[string]string{}
	for _, imp := range file.Imports {
		path, _ := strconv.Unquote(imp.Path.Value)
		if at := strings.Index(path, "/services"); at >= 0 {
			out[filepath.Base(path)] = path[at+1:]
		}
	}
	return out
}

// bodyType is the type of what becomes the body: the request itself, or a
// literal that the method makes of it.
func (s *sdk) bodyType(fn *ast.FuncDecl, body ast.Expr) ast.Expr {
	switch b := body.(type) {
	case *ast.UnaryExpr:
		return s.bodyType(fn, b.X)
	case *ast.CompositeLit:
		return b.Type
	case *ast.Ident:
		for _, p := range fn.Type.Params.List {
			if len(p.Names) > 0 && p.Names[0].Name == b.Name {
				return p.Type
			}
		}
	}
	return nil
}

// flatten lists the fields of a type.
func (s *sdk) flatten(folder string, imports map[string]string, t ast.Expr, at string, into map[string]string, depth int) {
	if depth > 12 {
		return
	}
	switch t := t.(type) {
	case *ast.StarExpr:
		s.flatten(folder, imports, t.X, at, into, depth)
	case *ast.ArrayType:
		s.flatten(folder, imports, t.Elt, at, into, depth)
	case *ast.SelectorExpr:
		pkg, _ := t.X.(*ast.Ident)
		if other, ok := imports[pkg.Name]; ok {
			s.flatten(other, imports, s.types[other][t.Sel.Name], at, into, depth+1)
		}
	case *ast.Ident:
		if under := s.types[folder][t.Name]; under != nil {
			s.flatten(folder, imports, under, at, into, depth+1)
		}
	case *ast.StructType:
		for _, f := range t.Fields.List {
			name := wireName(f)
			if name == "" || name == "-" {
				continue
			}
			into[at+name] = s.kind(folder, imports, f.Type)
			s.flatten(folder, imports, f.Type, at+name+".", into, depth+1)
		}
	}
}

func wireName(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	tag, _ := strconv.Unquote(f.Tag.Value)
	_, rest, ok := strings.Cut(tag, `json:"`)
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, `"`)
	name, _, _ = strings.Cut(name, ",")
	return name
}

// kind is a type in the words of JSON Schema.
func (s *sdk) kind(folder string, imports map[string]string, t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return s.kind(folder, imports, t.X)
	case *ast.ArrayType:
		return "array of " + s.kind(folder, imports, t.Elt)
	case *ast.MapType, *ast.StructType, *ast.InterfaceType:
		return "object"
	case *ast.SelectorExpr:
		pkg, _ := t.X.(*ast.Ident)
		if pkg.Name == "time" {
			return "string" // times are strings on the wire
		}
		return s.named(imports[pkg.Name], imports, t.Sel.Name)
	case *ast.Ident:
		return s.named(folder, imports, t.Name)
	}
	return "unknown"
}

func (s *sdk) named(folder string, imports map[string]string, name string) string {
	switch {
	case name == "string":
		return "string"
	case strings.HasPrefix(name, "int"), strings.HasPrefix(name, "uint"):
		return "integer"
	case strings.HasPrefix(name, "float"):
		return "number"
	case name == "bool":
		return "boolean"
	}
	if under := s.types[folder][name]; under != nil {
		return s.kind(folder, imports, under)
	}
	return "unknown"
}
