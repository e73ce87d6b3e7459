package official

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// call is what the body of a method says of the request that it sends.
type call struct {
	method  string
	path    string
	body    ast.Expr
	request map[string]string
}

func (c *call) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				c.assigned(name.Name, n.Values[i])
			}
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if name, ok := left.(*ast.Ident); ok && i < len(n.Rhs) {
				c.assigned(name.Name, n.Rhs[i])
			}
		}
	case *ast.CallExpr:
		c.called(n)
	}
	return true
}

func (c *call) assigned(name string, value ast.Expr) {
	switch name {
	case "localVarHTTPMethod":
		if sel, ok := value.(*ast.SelectorExpr); ok {
			c.method = strings.ToUpper(strings.TrimPrefix(sel.Sel.Name, "Method"))
		}
	case "localVarPath":
		if sum, ok := value.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
			c.path = text(sum.Y)
		}
	case "localVarPostBody":
		c.body = value
	}
}

// called notes query parameters and headers, and the paths of uploads.
func (c *call) called(n *ast.CallExpr) {
	sel, ok := n.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	on, _ := sel.X.(*ast.Ident)
	switch {
	case on != nil && on.Name == "localVarQueryParams" && sel.Sel.Name == "Add":
		c.request["query:"+text(n.Args[0])] = "any"
	case on != nil && on.Name == "localVarHeaderParams" && sel.Sel.Name == "Set":
		if name := text(n.Args[0]); name != "" { // others are constants for what every call has
			c.request["header:"+name] = "any"
		}
	case strings.HasPrefix(sel.Sel.Name, "upload") || strings.HasPrefix(sel.Sel.Name, "doUpload"):
		for _, arg := range n.Args {
			if path := text(arg); strings.HasPrefix(path, "/v3/") {
				c.method, c.path = "POST", path
			}
		}
	}
}

func text(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}
