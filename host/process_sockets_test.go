package host

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table of a busy machine's sockets is longer than any file of a runner.
func TestEachLineOfMuch(t *testing.T) {
	t.Parallel()
	const lines = 20_000
	name := filepath.Join(t.TempDir(), "tcp")
	if err := os.WriteFile(name, []byte(strings.Repeat(strings.Repeat("x", 149)+"\n", lines)), 0o600); err != nil {
		t.Fatal(err)
	}
	for root, want := range map[string]int{"": lines, filepath.Dir(name): 0} { // below a root nothing is at work
		n := 0
		at := name
		if root != "" {
			at = "/tcp"
		}
		err := eachLine(OS{Root: root}, filepath.ToSlash(at), func(string) { n++ })
		if n != want || (err != nil) != (want == 0) {
			t.Errorf("eachLine() below %q: %d lines, %v, want %d", root, n, err, want)
		}
	}
}
