package archtest

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// module is the path of the module; what follows it is a directory.
const module = "github.com/semadoctor/semadoctor"

// A tree is the source of the module, of every operating system at once.
type tree struct {
	fset     *token.FileSet
	packages []*pkg
}

// A pkg is the files of one directory, tests included.
type pkg struct {
	dir   string // "host", "internal/jsondoc"
	files []*file
	info  types.Info // who each name is, as far as one package alone can tell
}

// A file is one source file.
type file struct {
	*ast.File
	name  string // from the root of the module
	test  bool
	lines int
}

// load reads every Go file, but for what the go command does not look at and
// what releases are built in.
func load(fsys fs.FS) (*tree, error) {
	t := &tree{fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch base := path.Base(name); {
		case err != nil:
			return err
		case d.IsDir() && base != "." && (base == "testdata" || base == "dist" || base[0] == '.' || base[0] == '_'):
			return fs.SkipDir
		case d.IsDir() || path.Ext(base) != ".go":
			return nil
		}
		return t.add(fsys, name)
	})
	for _, p := range t.packages {
		p.resolve(t.fset)
	}
	return t, err
}

// add parses one file into the package of its directory.
func (t *tree) add(fsys fs.FS, name string) error {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(t.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	dir := path.Dir(name)
	i := slices.IndexFunc(t.packages, func(p *pkg) bool { return p.dir == dir })
	if i < 0 {
		i = len(t.packages)
		t.packages = append(t.packages, &pkg{dir: dir})
	}
	p := t.packages[i]
	p.files = append(p.files, &file{File: f, name: name, test: strings.HasSuffix(name, "_test.go"), lines: bytes.Count(src, []byte("\n"))})
	return nil
}

// resolve finds out what every name means. The packages it imports are not
// read, so there are errors, and they do not matter: what counts is that a name
// is told from a local variable of the same name.
func (p *pkg) resolve(fset *token.FileSet) {
	p.info = types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	byName := map[string][]*ast.File{} // a directory holds p and p_test
	for _, f := range p.files {
		byName[f.Name.Name] = append(byName[f.Name.Name], f.File)
	}
	for _, files := range byName {
		conf := types.Config{Importer: hollow{}, Error: func(error) {}}
		_, _ = conf.Check(p.dir, fset, files, &p.info) // see above
	}
}

// hollow imports packages with nothing in them.
type hollow struct{}

func (hollow) Import(importPath string) (*types.Package, error) {
	if importPath == "unsafe" {
		return types.Unsafe, nil
	}
	p := types.NewPackage(importPath, nameOf(importPath))
	p.MarkComplete()
	return p, nil
}

// nameOf guesses the name of a package from its path.
func nameOf(importPath string) string {
	base := path.Base(importPath)
	if len(base) > 1 && base[0] == 'v' && base[1] >= '0' && base[1] <= '9' {
		base = path.Base(path.Dir(importPath))
	}
	return strings.TrimPrefix(base, "go-")
}

// sources are the files that are not tests.
func (p *pkg) sources() []*file {
	return slices.DeleteFunc(slices.Clone(p.files), func(f *file) bool { return f.test })
}

// at is where a node is, for people.
func (t *tree) at(n ast.Node) string {
	pos := t.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", pos.Filename, pos.Line)
}

// imported is the import path of what a selector like os.Remove is of, or "".
func (p *pkg) imported(s *ast.SelectorExpr) string {
	if id, ok := s.X.(*ast.Ident); ok {
		if name, ok := p.info.Uses[id].(*types.PkgName); ok {
			return name.Imported().Path()
		}
	}
	return ""
}
