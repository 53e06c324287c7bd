package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

// TestClaimDirs: starts of one user meet in a place that a session and a unit both have,
// whatever their environments say.
func TestClaimDirs(t *testing.T) {
	t.Parallel()
	root := host.OS{Root: t.TempDir()}
	self := os.Getuid()
	if self == 0 {
		self = 1000
	}
	session := fmt.Sprintf("/run/user/%d", self)
	own, anybodys := filepath.Join(root.Root, session), filepath.Join(root.Root, fmt.Sprintf("/run/user/%d", self+1))
	for _, dir := range []string{own, anybodys} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getuid() == 0 {
		if err := os.Chown(own, self, self); err != nil {
			t.Fatal(err)
		}
	}
	shared := func(uid int) string { return fmt.Sprintf("/tmp/semadoctor-%d", uid) }
	tests := []struct {
		name, named string
		self        int
		want        []string
	}{
		{"named", "/srv/journal", self, []string{"/srv/journal"}},
		{"root", "", 0, []string{"/run/semadoctor"}},
		{"with a session", "", self, []string{session + "/semadoctor", shared(self)}},
		{"without one", "", self + 2, []string{shared(self + 2)}},
		{"somebody else's", "", self + 1, []string{shared(self + 1)}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, claimDirs(root, tt.named, tt.self)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}
