package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/say"
)

// TestCatalogue keeps docs/problems fresh: every page is what the problem's
// declaration, its page and the cases generate. -update writes them.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "docs", "problems")
	pages := catalogue(t)
	for name, want := range pages {
		file := filepath.Join(dir, name)
		if *update {
			write(t, file, want)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%v: run go test ./cmd/semadoctor -run TestCatalogue -update", err)
			continue
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s is stale; run go test ./cmd/semadoctor -run TestCatalogue -update (-want +got):\n%s", file, diff)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := pages[e.Name()]; !ok {
			t.Errorf("%s is about no problem", filepath.Join(dir, e.Name()))
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// catalogue is all pages by file name, the index among them.
func catalogue(t *testing.T) map[string]string {
	pages := map[string]string{}
	examples := examples(t)
	index := &strings.Builder{}
	index.WriteString("# What semadoctor can find\n\nGenerated from the declarations in `checks`; `semadoctor explain ID` prints the same pages offline.\n")
	for _, c := range checks.Builtin() {
		fmt.Fprintf(index, "\n## %s\n\nWhen all is well: %s.\n\n", c.ID, c.Title)
		for _, p := range c.Problems {
			fmt.Fprintf(index, "- [`%s`](%s.md) (%s): %s\n", p.ID, p.ID, p.Status, p.Title)
			pages[p.ID+".md"] = page(p, examples[p.ID])
		}
	}
	pages["README.md"] = index.String()
	return pages
}

func page(p *checks.Problem, examples []string) string {
	var b strings.Builder
	a := &app{checks: checks.Builtin()}
	b.WriteString(a.page(p, say.English))
	if len(examples) > 0 {
		b.WriteString("\n## Machines on which it is found\n\n")
		for _, e := range examples {
			fmt.Fprintf(&b, "- [`%s`](../../testdata/cases/%s)\n", e, e)
		}
	}
	return b.String()
}

var foundLine = regexp.MustCompile(`(?m)^\t(?:root cause|fail|warn) ([a-z0-9-]+)`)

// examples maps a problem to the cases in which it is found.
func examples(t *testing.T) map[string][]string {
	root := filepath.Join("..", "..", "testdata", "cases")
	files, err := filepath.Glob(filepath.Join(root, "*", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(root, file)
		for _, f := range a.Files {
			if f.Name != "want/findings" {
				continue
			}
			for _, m := range foundLine.FindAllStringSubmatch(string(f.Data), -1) {
				if id := m[1]; !slices.Contains(found[id], filepath.ToSlash(name)) {
					found[id] = append(found[id], filepath.ToSlash(name))
				}
			}
		}
	}
	return found
}
