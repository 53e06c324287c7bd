package archtest

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// A room is a package and those of the project that it may import.
type room struct {
	dir string
	may []string
}

// rooms is the house, from left to right, with the cellar below: nothing in
// internal may know a room unless it says so here.
func rooms() []room {
	return []room{
		{"say", nil},
		{"host", []string{"say"}},
		{"runner", []string{"say", "host", "internal/jsondoc", "internal/literals", "internal/yamldoc"}},
		{"repair", []string{"say", "host", "internal/jsondoc", "internal/yamldoc"}},
		{"checks", []string{"say", "host", "runner", "repair", "internal/jsondoc", "internal/yamldoc"}},
		{"report", []string{"say", "checks"}},
		{"cmd/semadoctor", []string{"say", "host", "runner", "repair", "checks", "report", "internal/supervise", "internal/fakeserver"}},

		{"internal/jsondoc", nil},
		{"internal/yamldoc", []string{"internal/jsondoc"}},
		{"internal/literals", nil},
		{"internal/supervise", []string{"say", "host"}},
		{"internal/fakeserver", nil},
		{"internal/fakentp", nil},
		{"internal/archtest", nil},
		{"checks/checktest", []string{"say", "host", "runner", "repair", "checks", "internal/fakeserver", "internal/fakentp"}},
		{"bench", []string{"internal/fakeserver", "internal/fakentp"}},
		{"bench/floor", nil},
		{"bench/hello", nil},
		{"bench/poller", nil},
		{"bench/timer", nil},
	}
}

// props are what the tests of any room may use too: they know no room that is
// tested with them, except for checktest, which knows all up to checks.
func props(dir string) []string {
	ps := []string{dir, "internal/fakeserver", "internal/fakentp"}
	if dir == "checks" || dir == "report" || dir == "cmd/semadoctor" {
		ps = append(ps, "checks/checktest")
	}
	return ps
}

func layers(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		i := slices.IndexFunc(rooms(), func(r room) bool { return r.dir == p.dir })
		if i < 0 {
			bs = append(bs, breach{p.files[0].name + ":1", "package " + p.dir + " has no place in the house",
				"give it one in rooms (internal/archtest/layers_test.go) and in docs/architecture.md, or put the code into a package that has one"})
			continue
		}
		may := rooms()[i].may
		for _, f := range p.files {
			for _, spec := range f.Imports {
				dir, ours := strings.CutPrefix(pathOf(spec), module+"/")
				if !ours || slices.Contains(may, dir) || f.test && slices.Contains(props(p.dir), dir) {
					continue
				}
				bs = append(bs, breach{t.at(spec), fmt.Sprintf("%s imports %s, and may only import %s", p.dir, dir, orNothing(may)),
					"move what is needed to the left, or hand it over as an argument"})
			}
		}
	}
	return bs
}

func orNothing(dirs []string) string {
	if len(dirs) == 0 {
		return "nothing of the project"
	}
	return strings.Join(dirs, ", ")
}

// homes says which packages import a library: one, but for YAML, which is what
// configs and what compose files and manifests are written in.
func homes() map[string][]string {
	return map[string][]string{
		"github.com/urfave/cli":             {"cmd/semadoctor"},
		"github.com/fatih/color":            {"report"},
		"github.com/olekukonko/tablewriter": {"report"},
		"github.com/mattn/go-runewidth":     {"report"},
		"github.com/beevik/ntp":             {"host"},
		"github.com/tailscale/hujson":       {"checks"},
		"github.com/aymanbagabas/go-udiff":  {"repair"},
		"go.yaml.in/yaml":                   {"internal/yamldoc", "host"},
	}
}

// libraries looks at tests of other packages with more patience: a test may
// compare what we made with what the library reads.
func libraries(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.sources() {
			for _, spec := range f.Imports {
				for lib, home := range homes() {
					if got := pathOf(spec); (got == lib || strings.HasPrefix(got, lib+"/")) && !slices.Contains(home, p.dir) {
						bs = append(bs, breach{t.at(spec), fmt.Sprintf("%s imports %s, which belongs to %s", p.dir, lib, strings.Join(home, " and ")),
							"call what " + home[0] + " offers, or let it offer more"})
					}
				}
			}
		}
	}
	return bs
}

func dotImports(t *tree) []breach {
	var bs []breach
	for _, p := range t.packages {
		for _, f := range p.files {
			for _, spec := range f.Imports {
				if spec.Name != nil && spec.Name.Name == "." {
					bs = append(bs, breach{t.at(spec), "dot import of " + pathOf(spec), "import it by its name"})
				}
			}
		}
	}
	return bs
}

func pathOf(spec *ast.ImportSpec) string {
	s, _ := strconv.Unquote(spec.Path.Value) // the parser has seen it
	return s
}
