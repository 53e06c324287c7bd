package archtest

import (
	"fmt"
	"go/ast"
	"slices"
)

// maxLines is how long a file may be; 250 is what to aim at.
const maxLines = 400

func shortFiles(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.sources() {
			if f.lines > maxLines {
				bs = append(bs, breach{fmt.Sprintf("%s:%d", f.name, maxLines+1), fmt.Sprintf("%d lines, %d are allowed", f.lines, maxLines),
					"find the second idea in it and give it a file"})
			}
		}
	}
	return bs
}

func packageComments(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		commented := slices.ContainsFunc(p.files, func(f *file) bool { return f.Doc != nil })
		if !commented {
			bs = append(bs, breach{p.files[0].name + ":1", "package " + p.dir + " has no comment", "say in one sentence what it is for, above package"})
		}
	}
	return bs
}

func noInit(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					bs = append(bs, breach{t.at(fn), "func init", "make it a function and call it, or a value that needs no making"})
				}
			}
		}
	}
	return bs
}

// wellKnown are the methods whose meaning an interface of the standard library
// has written down.
func wellKnown() []string {
	return []string{
		"Error", "Unwrap", "Is", "String", "GoString", "Format", "MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText",
		"Read", "Write", "Close", "ServeHTTP",
	}
}

func docComments(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.sources() {
			for _, d := range f.Decls {
				for _, id := range undocumented(d) {
					bs = append(bs, breach{t.at(id), id.Name + " is exported and has no comment", "say what it promises, or do not export it"})
				}
			}
		}
	}
	return bs
}

// undocumented are the exported names a declaration does not explain. A comment
// on a group explains what is in it.
func undocumented(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc != nil || !d.Name.IsExported() || d.Recv != nil && (!exportedReceiver(d.Recv) || slices.Contains(wellKnown(), d.Name.Name)) {
			return nil
		}
		return []*ast.Ident{d.Name}
	case *ast.GenDecl:
		if d.Doc == nil {
			return undocumentedSpecs(d.Specs)
		}
	}
	return nil
}

func undocumentedSpecs(specs []ast.Spec) []*ast.Ident {
	var ids []*ast.Ident
	for _, s := range specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			if s.Doc == nil && s.Name.IsExported() {
				ids = append(ids, s.Name)
			}
		case *ast.ValueSpec:
			for _, id := range s.Names {
				if s.Doc == nil && s.Comment == nil && id.IsExported() {
					ids = append(ids, id)
				}
			}
		}
	}
	return ids
}

func exportedReceiver(recv *ast.FieldList) bool {
	exported := false
	ast.Inspect(recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !exported {
			exported = id.IsExported()
			return false
		}
		return true
	})
	return exported
}
