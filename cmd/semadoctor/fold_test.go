package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
)

// TestHelpFits: no line of any help, nor of the list of checks, is wider than a
// terminal, and nothing of it is lost.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	for _, cells := range []int{0, 40, 72, 200} {
		for _, args := range [][]string{{"--help"}, {"check", "--help"}, {"fix", "--help"}, {"run", "--help"}, {"config", "--help"}, {"explain", "--help"}, {"checks", "--help"}, {"checks"}} {
			var out, errs bytes.Buffer
			w := &world{Stdout: &out, Stderr: &errs, Cells: cells}
			if code := Main(w, checks.Builtin(), append([]string{"semadoctor"}, args...)); code != 0 || errs.Len() > 0 {
				t.Errorf("%v: exit code %d, %s", args, code, errs.String())
			}
			most := cells
			if cells == 0 || cells > helpCells && args[len(args)-1] == "--help" {
				most = helpCells
			}
			for line := range strings.Lines(out.String()) {
				if n := len(strings.TrimSuffix(line, "\n")); n > most {
					t.Errorf("%v: %d cells, %d are there: %s", args, n, most, line)
				}
			}
			if text := strings.Join(strings.Fields(out.String()), " "); args[0] == "--help" && !strings.Contains(text, "root causes; change nothing fix ") {
				t.Errorf("something is missing:\n%s", out.String())
			}
		}
	}
}
