package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
)

// TestHelpFits: no line of any help is wider than a terminal, and nothing of it is
// lost.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"check", "--help"}, {"fix", "--help"}, {"run", "--help"}, {"config", "--help"}, {"explain", "--help"}, {"checks", "--help"}} {
		var out, errs bytes.Buffer
		w := &world{Stdout: &out, Stderr: &errs}
		if code := Main(w, checks.Builtin(), append([]string{"semadoctor"}, args...)); code != 0 || errs.Len() > 0 {
			t.Errorf("%v: exit code %d, %s", args, code, errs.String())
		}
		for line := range strings.Lines(out.String()) {
			if n := len(strings.TrimSuffix(line, "\n")); n > helpCells {
				t.Errorf("%v: %d cells, %d are there: %s", args, n, helpCells, line)
			}
		}
		if text := strings.Join(strings.Fields(out.String()), " "); len(args) == 1 && !strings.Contains(text, "root causes; change nothing fix ") {
			t.Errorf("something is missing:\n%s", out.String())
		}
	}
}
