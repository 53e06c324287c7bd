package say

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestCatalogueIsComplete demands a Chinese sentence for every English one in
// the code, with the same arguments, and none that nobody says any more.
func TestCatalogueIsComplete(t *testing.T) {
	t.Parallel()
	said := sentences(t, "..")
	for _, s := range said {
		zhText, ok := zh()[s]
		switch {
		case !ok && !wordy(s):
		case !ok:
			t.Errorf("no Chinese for %q", s)
		case !slices.Equal(verbs(s), verbs(zhText)):
			t.Errorf("the Chinese of %q has the arguments %q, want %q", s, verbs(zhText), verbs(s))
		}
	}
	for s := range zh() {
		if !slices.Contains(said, s) {
			t.Errorf("nobody says %q", s)
		}
	}
}

// TestCataloguePairs demands that every English text stands once, with one
// Chinese behind it.
func TestCataloguePairs(t *testing.T) {
	t.Parallel()
	n := 0
	for _, part := range zhParts() {
		for i, s := range part {
			if chinese := i%2 == 1; chinese && s == "" {
				t.Errorf("the Chinese of %q is empty", part[i-1])
			} else if han := regexp.MustCompile(`\p{Han}`).MatchString(s); !chinese && han {
				t.Errorf("%q stands in the place of an English text", s)
			}
		}
		n += (len(part) + 1) / 2
	}
	if n != len(zh()) {
		t.Errorf("the parts hold %d English texts, %d different ones", n, len(zh()))
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+#0]*\d*(?:\.\d+)?([a-zA-Z%])`)

// verbs are the arguments of a format by number, with how they are printed.
func verbs(format string) []string {
	var all []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		all = append(all, strconv.Itoa(next)+m[2])
		next++
	}
	slices.Sort(all)
	return all
}

// sayers are the functions whose first text is a sentence.
var sayers = []string{"Textf", "usagef", "Sentence", "note", "NotApplicable", "CannotTell", "word", "refuse"}

// sentences are all texts for people in the code below dir, the titles of
// checks and problems, and the names of roles.
func sentences(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "checktest") || strings.Contains(name, "fakeserver") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err == nil {
			ast.Inspect(f, func(n ast.Node) bool { all = append(all, sentence(n)...); return true })
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// wordy reports whether a format has words in it: one that has none needs no
// Chinese, but may have it for its punctuation.
func wordy(format string) bool {
	return regexp.MustCompile(`[A-Za-z]{2}`).MatchString(verb.ReplaceAllString(format, ""))
}

func sentence(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if called(n) == "listFlag" {
			return literals(n.Args[1:2])
		}
		if !says(n) {
			return nil
		}
		for _, arg := range n.Args {
			if s, ok := literal(arg); ok {
				return []string{s}
			}
		}
	case *ast.ValueSpec:
		if typ, ok := n.Type.(*ast.Ident); ok && (typ.Name == "Role" || typ.Name == "State") { // what a file is for, how far a repair is: arguments of sentences
			return literals(n.Values)
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Title", "Usage", "DefaultText"}, key.Name) {
			if s, ok := literal(n.Value); ok {
				return []string{s}
			}
		}
	}
	return nil
}

// says reports whether a call is of one of the sayers; Errorf is one of say's own.
func says(c *ast.CallExpr) bool {
	if called(c) != "Errorf" {
		return slices.Contains(sayers, called(c))
	}
	f, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	room, ok := f.X.(*ast.Ident)
	return ok && room.Name == "say"
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literals(es []ast.Expr) (all []string) {
	for _, e := range es {
		if s, ok := literal(e); ok {
			all = append(all, s)
		}
	}
	return all
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
