package host

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func box() *View {
	machine := memory{
		"/etc/semaphore/config.json": file(0o640, 0, 1001, "{}"),
		"/srv/data":                  dir(0o750, 1001, 0),
		"/srv/data/token":            file(0o600, 1001, 0, "t"),
		"/srv/data/link":             link("/etc/semaphore/config.json"),
		"/home/joe/key":              file(0o600, 0, 0, "k"),
		"/run":                       {mode: fs.ModeDir | 0o755, mount: Mount{Type: "tmpfs", Life: UntilReboot}},
	}
	return &View{Base: machine, Layers: []Layer{
		{At: "/", Kind: Same, ReadOnly: true},
		{At: "/var/lib/semaphore", Kind: Bound, Path: "/srv/data"},
		{At: "/var/lib/semaphore/secret", Kind: Bound, Path: "/home/joe/key", ReadOnly: true},
		{At: "/tmp", Kind: Empty, Root: Info{Mode: 0o777 | fs.ModeSticky}, Life: UntilStopped},
		{At: "/home", Kind: Hidden},
		{At: "/srv/data", Kind: Same},
	}}
}

func TestViewAccess(t *testing.T) {
	t.Parallel()
	as := Identity{UID: 1001}
	tests := []struct {
		name string
		ask  func(Files, string, Identity) Access
		want Verdict
		at   string
	}{
		{"/etc/semaphore/config.json", CanRead, Denied, "/etc/semaphore/config.json"},
		{"/etc/semaphore/new", CanCreate, ReadOnly, "/etc/semaphore"},
		{"/var/lib/semaphore/token", CanWrite, Granted, "/var/lib/semaphore/token"},
		{"/var/lib/semaphore/new", CanCreate, Granted, "/var/lib/semaphore"},
		{"/var/lib/semaphore/secret", CanWrite, ReadOnly, "/var/lib/semaphore/secret"},
		{"/var/lib/semaphore/link", CanRead, Denied, "/etc/semaphore/config.json"},
		{"/var/lib/other", CanCreate, ReadOnly, "/var/lib"},
		{"/srv/data/new", CanCreate, Granted, "/srv/data"},
		{"/tmp/x", CanCreate, Granted, "/tmp"},
		{"/tmp/x", CanRead, Missing, "/tmp/x"},
		{"/home/joe/key", CanRead, Denied, "/home"},
	}
	for _, tt := range tests {
		for _, files := range []Files{box(), NewGlance(box())} {
			if got := tt.ask(files, tt.name, as); got.Verdict != tt.want || got.At != tt.at {
				t.Errorf("%T: %s: %v at %s (%v), want %v at %s", files, tt.name, got.Verdict, got.At, got.Why, tt.want, tt.at)
			}
		}
	}
}

func TestViewFiles(t *testing.T) {
	t.Parallel()
	v := box()
	if data, err := v.ReadFile("/var/lib/semaphore/token"); string(data) != "t" || err != nil {
		t.Errorf("ReadFile through a layer = %q, %v", data, err)
	}
	if _, err := v.ReadFile("/tmp"); !errors.Is(err, ErrNotRegular) {
		t.Errorf("ReadFile of an empty layer: %v, want %v", err, ErrNotRegular)
	}
	if _, err := v.ReadFile("/home/joe/key"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("ReadFile of what is hidden: %v, want %v", err, fs.ErrPermission)
	}
	names, err := v.ReadDir("/var/lib/semaphore")
	if diff := cmp.Diff([]string{"link", "secret", "token"}, names); diff != "" || err != nil {
		t.Errorf("ReadDir: %v (-want +got):\n%s", err, diff)
	}
	if names, err = v.ReadDir("/var"); len(names) != 1 || err != nil {
		t.Errorf("ReadDir of a directory that only leads to a layer = %v, %v", names, err)
	}
}

func TestViewMount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		want Mount
	}{
		{"/etc", Mount{Type: "ext4", ReadOnly: true}},
		{"/tmp", Mount{Life: UntilStopped}},
		{"/var/lib/semaphore", Mount{Type: "ext4"}},
		{"/var/lib/semaphore/secret", Mount{Type: "ext4", ReadOnly: true}},
	}
	for _, tt := range tests {
		if got, err := box().Mount(tt.name); got != tt.want || err != nil {
			t.Errorf("Mount(%s) = %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
}

func TestViewBehind(t *testing.T) {
	t.Parallel()
	v := box()
	outer := &View{Base: v, Layers: []Layer{{At: "/x", Kind: Bound, Path: "/var/lib/semaphore"}}}
	for name, want := range map[string]string{"/x/token": "/srv/data/token", "/etc/semaphore/config.json": "/etc/semaphore/config.json"} {
		if _, real, ok := outer.Behind(name); real != want || !ok {
			t.Errorf("Behind(%s) = %s, %v, want %s", name, real, ok, want)
		}
	}
	if _, real, ok := v.Behind("/tmp/x"); ok {
		t.Errorf("Behind a new directory there is %s", real)
	}
}
