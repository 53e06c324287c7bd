package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// noState finds package variables that change: those with nothing in them yet,
// those made to be filled, and those that something assigns to.
func noState(t *tree) []breach {
	const do = "keep it in a value that is made in main and handed on"
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.sources() {
			for _, d := range f.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
					for _, id := range unset(g) {
						bs = append(bs, breach{t.at(id), "package variable " + id.Name + " has nothing in it", do})
					}
				}
			}
			for _, id := range p.assigned(f) {
				if id.Name == "cli" && p.dir == "cmd/semadoctor" {
					continue // cli/v2 has its --version flag in a variable, and no other way to name it
				}
				bs = append(bs, breach{t.at(id), "package variable " + id.Name + " is changed", do})
			}
		}
	}
	return bs
}

// unset are the variables without a value, or with an empty one to be filled.
// What go:embed fills has a comment that says so.
func unset(g *ast.GenDecl) []*ast.Ident {
	var ids []*ast.Ident
	for _, s := range g.Specs {
		s := s.(*ast.ValueSpec)
		if s.Values == nil && !embedded(g.Doc) && !embedded(s.Doc) || slices.ContainsFunc(s.Values, made) {
			ids = append(ids, s.Names...)
		}
	}
	return ids
}

func embedded(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// made reports whether a value is make(...) or new(...).
func made(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := call.Fun.(*ast.Ident)
	return ok && (id.Name == "make" || id.Name == "new")
}

// assigned are the package variables that a file changes: the whole, an
// element, a field, or through a pointer it takes.
func (p *pkg) assigned(f *file) []*ast.Ident {
	var ids []*ast.Ident
	change := func(e ast.Expr) {
		if id := root(e); id != nil && p.global(id) {
			ids = append(ids, id)
		}
	}
	ast.Inspect(f.File, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				change(e)
			}
		case *ast.IncDecStmt:
			change(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				change(n.X)
			}
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "delete" || id.Name == "clear") && len(n.Args) > 0 {
				change(n.Args[0])
			}
		}
		return true
	})
	return ids
}

// global reports whether a name is a package variable, or a package of which
// something is changed.
func (p *pkg) global(id *ast.Ident) bool {
	switch obj := p.info.Uses[id].(type) {
	case *types.PkgName:
		return true
	case *types.Var:
		return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
	}
	return false
}

// root is x of x, x.f, x[i] and *x; nil of anything else.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}
