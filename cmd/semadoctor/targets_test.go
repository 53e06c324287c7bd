package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
)

func TestExpand(t *testing.T) {
	t.Parallel()
	dir := filepath.ToSlash(t.TempDir())
	for _, name := range []string{"real/deep", "here"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../real/deep", filepath.Join(dir, "here/link")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "real/config.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ arg, want string }{
		{"real/config.json", "real/config.json"},
		{"./real/config.json", "real/config.json"},
		{"here/link/../config.json", "here/link/../config.json"},
		{"here/link/..", "here/link/../config.json"},
		{"here/link/../", "here/link/../config.json"},
		{"here/link/../*.json", "here/link/../config.json"},
		{"real/", "real/config.json"},
		{"real/config.json/", "real/config.json/"},
		{"none/../real/config.json", "none/../real/config.json"},
		{dir + "/real", "real/config.json"},
	}
	for _, tt := range tests {
		got, err := expand(host.OS{}, dir, []string{tt.arg})
		if want := []string{dir + "/" + tt.want}; err != nil || !slices.Equal(got, want) {
			t.Errorf("expand(%s) = %v, %v, want %v", strings.TrimPrefix(tt.arg, dir), got, err, want)
		}
	}
}
