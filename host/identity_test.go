package host

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCapabilities is what the rights over all files come to that root has, or
// lacks, on a machine where nobody else may look.
func TestCapabilities(t *testing.T) {
	t.Parallel()
	m := memory{
		"/var/lib/semaphore":        dir(0o700, 1001, 1001),
		"/var/lib/semaphore/token":  file(0o600, 1001, 1001, "x"),
		"/var/lib/semaphore/script": file(0o644, 1001, 1001, ""),
		"/var/lib/semaphore/tool":   file(0o700, 1001, 1001, ""),
		"/tmp":                      dir(fs.ModeSticky|0o777, 0, 0),
		"/tmp/theirs":               file(0o666, 1002, 1002, ""),
		"/root":                     dir(0o700, 0, 0),
		"/root/x":                   file(0o600, 0, 0, ""),
	}
	const token, script, tool = "/var/lib/semaphore/token", "/var/lib/semaphore/script", "/var/lib/semaphore/tool"
	root, bare := Identity{Name: "root"}, Identity{Name: "root", Caps: &Caps{}}
	reader := Identity{UID: 5, GID: 5, Caps: &Caps{Read: true}}
	all := &Caps{Override: true, Read: true}
	boxed := Identity{UID: 1001, GID: 1001, Caps: all, Mapped: []IDRange{{1001, 2}}} // root of a user namespace
	other := Identity{UID: 1002, GID: 1002, Caps: all, Mapped: []IDRange{{1002, 1}}}
	tests := []struct {
		name string
		can  func(Files, string, Identity) Access
		path string
		as   Identity
		want Verdict
	}{
		{"root reads", CanRead, token, root, Granted},
		{"root without capabilities does not", CanRead, token, bare, Denied},
		{"CAP_DAC_READ_SEARCH reads", CanRead, token, reader, Granted},
		{"and does not write", CanWrite, token, reader, Denied},
		{"nor creates", CanCreate, "/var/lib/semaphore/new", reader, Denied},
		{"root executes what somebody may", CanExecute, tool, root, Granted},
		{"and not what nobody may", CanExecute, script, root, Denied},
		{"namespace's root and its own", CanRead, token, boxed, Granted},
		{"and a file of root's", CanRead, "/root/x", boxed, Denied},
		{"and a directory of an id that it does not know", CanRead, token, other, Denied},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.can(m, tt.path, tt.as); got.Verdict != tt.want {
				t.Errorf("%s as %v = %v, want %v", tt.path, tt.as, see(got), tt.want)
			}
		})
	}
	want := "root (0:0) cannot enter /var/lib/semaphore (drwx------ 1001:1001), for it lacks CAP_DAC_OVERRIDE here"
	if diff := cmp.Diff(want, CanRead(m, token, bare).Why.String()); diff != "" {
		t.Errorf("in words (-want +got):\n%s", diff)
	}
}

func TestSameAs(t *testing.T) {
	t.Parallel()
	one := Identity{UID: 1001, GID: 0, Groups: []int{5, 6}}
	tests := []struct {
		other Identity
		want  bool
	}{
		{Identity{Name: "semaphore", UID: 1001, Groups: []int{6, 5, 0}}, true},
		{Identity{UID: 1001, Groups: []int{5}}, false},
		{Identity{UID: 1001, Groups: []int{5, 6}, Caps: &Caps{}}, true},
		{Identity{UID: 1001, Groups: []int{5, 6}, Caps: &Caps{Read: true}}, false},
		{Identity{UID: 1001, Groups: []int{5, 6}, Mapped: []IDRange{{0, 5000}}}, false},
	}
	for _, tt := range tests {
		if got := one.SameAs(tt.other); got != tt.want {
			t.Errorf("%+v same as %+v = %v, want %v", one, tt.other, got, tt.want)
		}
	}
}
