package model

import (
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
)

// Options tell what a package depends on beside its spec.
type Options struct {
	// RuntimeDeclares tells which error codes the runtime has a sentinel for.
	RuntimeDeclares func(code string) bool
	// Names are those that were made up in an earlier run, by the place that
	// they were made up for. They are kept.
	Names map[string]string
}

// Build turns a document into a package. It reports all problems at once.
func Build(doc *load.Document, opts Options) (*Package, error) {
	b := &builder{
		pkg:     &Package{Spec: doc, Folder: Folder(doc.File), Name: path.Base(Folder(doc.File)), Names: map[string]string{}},
		doc:     doc,
		scope:   newScope(opts.Names),
		methods: &scope{names: map[string]holder{}},
		named:   map[*load.Schema]*Named{},
		shape:   map[string]*Named{},
		flat:    map[*load.Schema]*load.Schema{},
		sent:    map[*load.Schema]bool{},
	}
	if !importable.MatchString(b.pkg.Folder) {
		b.fail(load.Pos{File: doc.File, Line: 1, Col: 1}, "use ASCII letters and digits, in the file's name a letter first",
			"%s cannot be the name of a Go package", b.pkg.Folder)
	}
	b.markSent()
	b.pins()
	for _, op := range doc.Operations {
		b.operation(op)
	}
	for _, hook := range doc.Webhooks {
		b.event(hook)
	}
	b.enumConstants()
	b.explainTypes()
	b.errorCodes(opts.RuntimeDeclares)
	return b.pkg, b.problems.Err()
}

// Folder is where the package of a spec file goes, below the output folder.
// Hyphens and underscores go, since Go package names have none, and a word
// that Go keeps for itself gets a tail.
func Folder(file string) string {
	folder := strings.TrimSuffix(file, path.Ext(file))
	folder = strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(folder))
	if name := path.Base(folder); token.IsKeyword(name) || name == "main" {
		folder += "api"
	}
	return folder
}

// importable matches folders that an import can name, with a package's name
// at the end.
var importable = regexp.MustCompile(`^([a-z0-9]+/)*[a-z][a-z0-9]*$`)

// HasPackage tells whether a document becomes a package: one that declares
// nothing but components is shared by others.
func HasPackage(doc *load.Document) bool {
	return len(doc.Operations)+len(doc.Webhooks) > 0
}

// builder makes one package.
type builder struct {
	pkg      *Package
	doc      *load.Document
	scope    *scope
	methods  *scope // of the client
	named    map[*load.Schema]*Named
	shape    map[string]*Named // name and shape → type, for inline schemas
	flat     map[*load.Schema]*load.Schema
	sent     map[*load.Schema]bool // part of what an operation of this package sends
	problems load.Problems
}

// pins takes the names that people chose, before any name is made up.
func (b *builder) pins() {
	for _, op := range b.doc.Webhooks {
		b.scope.pin(eventName(op), "the webhook "+op.ID, "change one operationId", op.Pos, &b.problems)
	}
	for _, op := range b.doc.Operations {
		b.methods.pin(GoName(op.ID), "the operation "+op.ID, "change one operationId", op.Pos, &b.problems)
	}
	for _, s := range b.doc.Schemas {
		if b.declares(s) && !b.absorbed(s) {
			b.scope.pin(schemaName(s), "the schema "+s.Name, "rename one of them, or pin another name with x-go-name", s.Pos, &b.problems)
		}
	}
}

// declares tells whether a component becomes a Go type of its own.
func (b *builder) declares(s *load.Schema) bool {
	t := s.Target()
	return t == s && (isObject(s) || isUnion(s) || len(s.Enum) > 0 && !isBoolean(s))
}

// absorbed tells whether a component serves only as the body of one request,
// which becomes a struct of the request's own.
func (b *builder) absorbed(s *load.Schema) bool {
	if s.Uses != 1 {
		return false
	}
	return slices.ContainsFunc(b.doc.Operations, func(op *load.Operation) bool {
		body := bodySchema(op)
		return body != nil && body.Ref == s
	})
}

func schemaName(s *load.Schema) string {
	if s.GoName != "" {
		return s.GoName
	}
	return GoName(s.Name)
}

func eventName(op *load.Operation) string {
	name := GoName(op.ID)
	if strings.HasPrefix(name, "On") {
		return name
	}
	return "On" + name
}

func (b *builder) fail(pos load.Pos, remedy, format string, args ...any) {
	b.problems.Add(pos, remedy, format, args...)
}

// named gives the type of a component, and makes it on its first use.
func (b *builder) component(s *load.Schema) *Named {
	if n, ok := b.named[s]; ok {
		return n
	}
	name := schemaName(s)
	if s.Document != b.doc {
		name = b.foreignName(s)
	}
	n := b.declare(s, name, s.Name)
	b.fill(n)
	return n
}

// foreignName names the type of a schema from another file. Each package that
// uses one declares it for itself: so packages never import each other, which
// could make a circle, and each can be generated without the others.
func (b *builder) foreignName(s *load.Schema) string {
	file := s.Document.File
	return b.typeName("the schema "+s.Name+" of "+file, file+" "+s.Name, s.Pos, schemaName(s), GoName(path.Base(Folder(file)))+schemaName(s))
}

// declare adds a named type without its contents, so that contents can refer
// back to it.
func (b *builder) declare(s *load.Schema, name, at string) *Named {
	n := &Named{at: at, Spec: s, Name: name, Title: s.Title, Doc: s.Description, Sent: b.sent[s]}
	b.named[s] = n
	b.pkg.Types = append(b.pkg.Types, n)
	return n
}

func (b *builder) fill(n *Named) {
	flat := b.flatten(n.Spec)
	if len(flat.Enum) > 0 {
		n.Enum = b.enum(n, flat)
		return
	}
	if isUnion(n.Spec) {
		n.Union = b.union(n)
		return
	}
	for _, p := range flat.Properties {
		f := b.field(n, p.Name, p.Schema, flat.IsRequired(p.Name), origin{parent: n.Name, at: n.at})
		f.Pos = p.Pos
		b.addField(n, f)
	}
}

// addField gives the field its name among those of the struct.
func (b *builder) addField(n *Named, f *Field) {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	if n.taken[f.Name] {
		from := f.Name
		f.Name += "Value"
		for i := 2; n.taken[f.Name]; i++ {
			f.Name = from + "Value" + strconv.Itoa(i)
		}
		b.pkg.Renames = append(b.pkg.Renames, Rename{Pos: f.Pos, What: "field " + f.Wire + " of " + n.Name, From: from, To: f.Name})
	}
	n.taken[f.Name] = true
	n.Fields = append(n.Fields, f)
}
