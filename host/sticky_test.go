package host

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSticky is what a sticky directory keeps from others: to follow, and to open
// with O_CREAT, what somebody else has put there.
func TestSticky(t *testing.T) {
	t.Parallel()
	const sysctl = "/proc/sys/fs/protected_regular"
	root, other := Identity{Name: "root"}, Identity{UID: 1002, GID: 1002}
	tests := []struct {
		name  string
		can   func(Files, string, Identity) Access
		path  string
		as    Identity
		level string // of the sysctl; "" is none to be read
		want  seen
	}{
		{"into somebody else's link", CanFill, "/tmp/link", root, "1", seen{Granted, "/root", ""}},
		{"the link is the last", CanExecute, "/tmp/link", root, "1",
			seen{Denied, "/tmp/link", "root (0:0) may not follow the link /tmp/link, which 1001:1001 put into a directory open to all (fs.protected_symlinks)"}},

		{"own file", CanOverwrite, "/tmp/x", runner, "2", seen{Granted, "/tmp/x", ""}},
		{"root too finds somebody else's", CanOverwrite, "/tmp/x", root, "1",
			seen{Denied, "/tmp/x", "root (0:0) may not write /tmp/x, which 1001:1001 put into a sticky directory that others may write to (fs.protected_regular)"}},
		{"without O_CREAT it may", CanWrite, "/tmp/x", root, "1", seen{Granted, "/tmp/x", ""}},
		{"as systemd sets it", CanOverwrite, "/tmp/x", root, "",
			seen{Denied, "/tmp/x", "root (0:0) may not write /tmp/x, which 1001:1001 put into a sticky directory that others may write to (fs.protected_regular)"}},
		{"switched off", CanOverwrite, "/tmp/x", root, "0", seen{Granted, "/tmp/x", ""}},
		{"the directory's owner's", CanOverwrite, "/tmp/roots", other, "2", seen{Granted, "/tmp/roots", ""}},
		{"group may write", CanOverwrite, "/srv/spool/x", root, "1", seen{Granted, "/srv/spool/x", ""}},
		{"group may write, and that counts", CanOverwrite, "/srv/spool/x", root, "2",
			seen{Denied, "/srv/spool/x", "root (0:0) may not write /srv/spool/x, which 1001:1001 put into a sticky directory that others may write to (fs.protected_regular)"}},
		{"not sticky, overwritten", CanOverwrite, "/srv/open/x", root, "2", seen{Granted, "/srv/open/x", ""}},
		{"mode before attribute", CanOverwrite, "/srv/open/log", other, "2",
			seen{Denied, "/srv/open/log", "uid 1002:1002 cannot write /srv/open/log (-rw-r--r-- 0:0)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := memory{
				"/tmp":            dir(fs.ModeSticky|0o777, 0, 0),
				"/tmp/x":          file(0o666, 1001, 1001, ""),
				"/tmp/roots":      file(0o666, 0, 0, ""),
				"/tmp/link":       {mode: fs.ModeSymlink | 0o777, owner: Owner{1001, 1001}, data: "/root"},
				"/root":           dir(0o700, 0, 0),
				"/srv/spool":      dir(fs.ModeSticky|0o775, 1003, 0),
				"/srv/spool/x":    file(0o666, 1001, 1001, ""),
				"/srv/open":       dir(0o777, 0, 0),
				"/srv/open/x":     file(0o666, 1001, 1001, ""),
				"/srv/open/log":   {mode: 0o644, attr: "a"},
				"/srv/open/fixed": {mode: 0o644, attr: "i"},
				"/srv/log":        {mode: fs.ModeDir | 0o777, attr: "a"},
				"/srv/log/x":      file(0o666, 1001, 1001, ""),
			}
			if tt.level != "" {
				m[sysctl] = file(0o644, 0, 0, tt.level+"\n")
			}
			if diff := cmp.Diff(tt.want, see(tt.can(m, tt.path, tt.as))); diff != "" {
				t.Errorf("%s as %v (-want +got):\n%s", tt.path, tt.as, diff)
			}
		})
	}
}

func TestCanExecuteOnNoExec(t *testing.T) {
	t.Parallel()
	m := memory{
		"/tmp/tool": {mode: 0o755, mount: Mount{NoExec: true}},
		"/opt/tool": {mode: 0o755},
		"/opt/text": {mode: 0o644},
	}
	for name, want := range map[string]seen{
		"/tmp/tool": {NoExec, "/tmp/tool", "/tmp/tool is on a file system that is mounted noexec"},
		"/opt/tool": {Granted, "/opt/tool", ""},
		"/opt/text": {Denied, "/opt/text", "uid 1001:0 cannot execute /opt/text (-rw-r--r-- 0:0)"},
		"/opt":      {NotFile, "/opt", "/opt is a directory, not a file"},
	} {
		if diff := cmp.Diff(want, see(CanExecute(m, name, runner))); diff != "" {
			t.Errorf("CanExecute(%s) (-want +got):\n%s", name, diff)
		}
	}
}
