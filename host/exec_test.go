package host

import (
	"errors"
	"io/fs"
	"os/exec"
	"testing"
)

func TestLookPath(t *testing.T) {
	t.Parallel()
	m := memory{
		"/usr/bin/git":       file(0o755, 0, 0, ""),
		"/usr/bin/ansible":   link("../lib/ansible/main"),
		"/usr/lib/ansible":   dir(0o755, 0, 0),
		"/usr/bin/README":    file(0o644, 0, 0, ""),
		"/usr/bin/terraform": dir(0o755, 0, 0),
		"/opt/bin/git":       file(0o755, 0, 0, ""),
		"/opt/bin/README":    file(0o700, 0, 0, ""),
		"/srv/job/run.sh":    file(0o755, 0, 0, ""),
		"/srv/job/a:b/run":   file(0o755, 0, 0, ""),
		"/closed/git":        {mode: 0o755, denied: true},
	}
	m["/usr/lib/ansible/main"] = file(0o755, 0, 0, "")
	const both = "/opt/bin:/usr/bin"
	tests := []struct {
		pathVar, name, want string
		err                 error
	}{
		{both, "git", "/opt/bin/git", nil},
		{"/none:/usr/bin", "git", "/usr/bin/git", nil},
		{both, "ansible", "/usr/bin/ansible", nil},
		{"/usr/bin:/opt/bin", "README", "/opt/bin/README", nil},
		{"/usr/bin", "README", "", exec.ErrNotFound},
		{both, "terraform", "", exec.ErrNotFound},
		{both, "run.sh", "", exec.ErrNotFound},
		{"/usr/bin:", "run.sh", "", exec.ErrNotFound},
		{".", "run.sh", "", exec.ErrNotFound},
		{both, "./run.sh", "/srv/job/run.sh", nil},
		{both, "a:b/run", "/srv/job/a:b/run", nil},
		{both, "/usr/bin/git", "/usr/bin/git", nil},
		{both, "/usr/bin/none", "", exec.ErrNotFound},
		{"/closed", "git", "", fs.ErrPermission},
		{"/closed:/usr/bin", "git", "/usr/bin/git", nil},
		{"", "git", "", exec.ErrNotFound},
	}
	for _, tt := range tests {
		got, err := LookPath(m, tt.pathVar, "/srv/job", tt.name)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("LookPath(%q, %s) = %q, %v, want %q, %v", tt.pathVar, tt.name, got, err, tt.want, tt.err)
		}
	}
}

func TestRealExecRefuses(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "sh", "./sh", "/none/sh"} {
		if _, err := RealExec(t.Context(), Command{Path: name}); err == nil {
			t.Errorf("RealExec(%q) = nil, want an error", name)
		}
	}
}
