package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/generator/model"
)

// computed are the members of an upload's description that the runtime fills
// in from the file, so that an example leaves them to it.
var computed = map[string]bool{
	"filename": true, "file_name": true, "sha256": true, "file_digest": true, "digest": true,
}

func uploads(op *model.Operation) bool {
	return op.Request != nil && slices.ContainsFunc(op.Request.Fields, func(f *model.Field) bool { return f.Type.Kind == model.File })
}

// openFile writes how an example comes by the file that it uploads.
func (x *exampleWriter) openFile(g *jen.Group) {
	g.List(jen.Id("file"), jen.Err()).Op(":=").Qual("os", "Open").Call(jen.Lit("license.jpg"))
	g.If(jen.Err().Op("!=").Nil()).Block(fatal())
	g.Defer().Id("file").Dot("Close").Call()
}

func (x *exampleWriter) file() *jen.Statement {
	return x.runtime("File").Values(entry("Name", jen.Lit("license.jpg")), entry("Content", jen.Id("file")))
}
