package archtest

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestRulesBite shows each rule one file. Lines it must object to end in
// "// bad", so that a rule that has gone blind, or sees ghosts, is noticed.
func TestRulesBite(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ rule, name, src string }{
		{"layers", "runner/a.go", `
import "github.com/semadoctor/semadoctor/host"
import "github.com/semadoctor/semadoctor/checks" // bad
`},
		{"layers", "report/a.go", `
import "github.com/semadoctor/semadoctor/checks"
import "github.com/semadoctor/semadoctor/repair" // bad
`},
		{"layers", "internal/fakeserver/a.go", `
import "github.com/semadoctor/semadoctor/say" // bad
`},
		{"layers", "checks/a.go", `
import "github.com/semadoctor/semadoctor/internal/fakeserver" // bad
`},
		{"layers", "checks/a_test.go", `
import "github.com/semadoctor/semadoctor/internal/fakeserver"
import "github.com/semadoctor/semadoctor/report" // bad
`},
		{"libraries", "checks/a.go", `
import "github.com/fatih/color" // bad
import "github.com/urfave/cli/v2" // bad
import "github.com/urfave/climate"
import "github.com/beevik/ntp" // bad
import "github.com/olekukonko/tablewriter/tw" // bad
`},
		{"libraries", "report/a.go", `
import "github.com/fatih/color"
import "github.com/olekukonko/tablewriter/tw"
`},
		{"dot imports", "host/a_test.go", `
import "os"
import . "net" // bad
`},
		{"disk", "checks/a.go", `
import "os"
import disk "os"
import "golang.org/x/sys/unix"
func a() {
	os.Remove("") // bad
	f := disk.MkdirAll // bad
	unix.Renameat(0, "", 0, "") // bad
	unix.Lsetxattr("", "", nil, 0) // bad
	var os struct{ Remove func() }
	os.Remove()
}
`},
		{"disk", "host/a.go", `
import "os"
func a() {
	os.OpenFile("", 0, 0)
	os.Create("") // bad
}
`},
		{"disk", "cmd/semadoctor/demo_stage.go", "import \"os\"\nfunc a() { os.Remove(\"\") }\n"},
		{"disk", "cmd/semadoctor/check.go", "import \"os\"\nfunc a() { os.Remove(\"\") } // bad\n"},
		{"disk", "checks/a_test.go", "import \"os\"\nfunc a() { os.Remove(\"\") }\n"},
		{"world", "runner/a.go", `
import "os"
import "net"
import "net/http"
import "time"
func a() {
	_ = time.Now // bad
	time.Sleep(0)
	os.Getenv("") // bad
	net.Dial("", "") // bad
	http.Get("") // bad
}
func b(time struct{ Now func() }) { time.Now() }
`},
		{"world", "host/a.go", "import \"time\"\nvar now = time.Now\n"},
		{"streams", "checks/a.go", `
import "fmt"
import "os"
func a() {
	fmt.Println() // bad
	fmt.Fprintln(nil)
	os.Exit(1) // bad
}
`},
		{"no init", "host/a_test.go", `
type a struct{}
func (a) init() {}
func init() {} // bad
`},
		{"no state", "runner/a.go", `
import "errors"
import "net/http"
var ErrA = errors.New("a")
var table = map[string]int{"a": 1}
var seen = make(map[string]bool) // bad
var n, m int // bad // bad
var list = []int{1}
func a() {
	list[0] = 2 // bad
	http.DefaultClient = nil // bad
	delete(table, "a") // bad
	list := list
	list[0] = 3
	_ = list
}
`},
		{"no state", "runner/b.go", "import \"embed\"\n//go:embed a.txt\nvar pages embed.FS\n"},
		{"package comments", "say/a.go", "package a // bad\n"},
		{"package comments", "say/a.go", "// Package a is an example.\npackage a\n"},
		{"doc comments", "say/a.go", `
type A struct{} // bad
type a struct{}
// B is explained.
type B struct{}
func (B) Do() {} // bad
func (B) String() string { return "" }
func (a) Do() {}
func (b *B) do() {}
func New() B { return B{} } // bad
// The ways to do it.
const (
	C = 1
	D = 2
)
var (
	E = 1 // the third
	f = 2
	// G is explained.
	G = 3
	H, i = 3, 4 // bad
)
type Generic[T any] struct{} // bad
func (g *Generic[T]) Do() {} // bad
`},
		{"doc comments", "say/a_test.go", "type A struct{}\n"},
		{"short files", "say/a.go", strings.Repeat("\n", maxLines-1)},
		{"short files", "say/a.go", strings.Repeat("\n", maxLines-1) + "// bad\n"},
	} {
		t.Run(tt.rule+" "+tt.name, func(t *testing.T) {
			t.Parallel()
			bite(t, tt.rule, tt.name, tt.src)
		})
	}
}

// bite compares the lines a rule objects to with those that say "// bad".
func bite(t *testing.T, name, file, body string) {
	t.Helper()
	src := body
	if !strings.Contains(body, "package a") {
		src = "package a\n" + body
	}
	var want, got []string
	for i, line := range strings.Split(src, "\n") {
		for range strings.Count(line, "// bad") {
			want = append(want, fmt.Sprintf("%s:%d", file, i+1))
		}
	}
	tree, err := load(fstest.MapFS{file: {Data: []byte(strings.ReplaceAll(src, "// bad", ""))}})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range ruleNamed(t, name)(tree) {
		got = append(got, b.at)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s objects to (-want +got):\n%s", name, diff)
	}
}

func ruleNamed(t *testing.T, name string) func(*tree) []breach {
	t.Helper()
	for _, r := range rules() {
		if r.name == name {
			return r.find
		}
	}
	t.Fatalf("no rule %q", name)
	return nil
}
