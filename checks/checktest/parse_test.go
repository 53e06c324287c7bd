package checktest

import (
	"io/fs"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/host"
)

// TestParseFile: what stands behind the name of a file may be left out from the end.
func TestParseFile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		mode fs.FileMode
		own  host.Owner
	}{
		{"/x", 0o644, host.Owner{}},
		{"/x 600", 0o600, host.Owner{}},
		{"/x 600 1001:0", 0o600, host.Owner{UID: 1001}},
		{"/x 4755 0:5 nonl", fs.ModeSetuid | 0o755, host.Owner{GID: 5}},
		{"/x/ 700", fs.ModeDir | 0o700, host.Owner{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := Parse("test", &txtar.Archive{Files: []txtar.File{{Name: tt.name, Data: []byte("text\n")}}})
			if err != nil {
				t.Fatal(err)
			}
			if n := c.Machine.nodes["/x"]; n.Mode != tt.mode || n.Owner != tt.own {
				t.Errorf("%v %v, want %v %v", n.Mode, n.Owner, tt.mode, tt.own)
			}
		})
	}
	if _, err := Parse("test", &txtar.Archive{Files: []txtar.File{{Name: "/x 600 0:0 odd"}}}); err == nil {
		t.Error("a word that nobody knows is taken")
	}
}
