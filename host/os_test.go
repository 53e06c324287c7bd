package host

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rooted is a directory to be a root, with a secret outside of it.
func rooted(t *testing.T) (o OS, outside string) {
	t.Helper()
	base := t.TempDir()
	o.Root = filepath.Join(base, "root")
	outside = filepath.Join(base, "secret")
	for _, d := range []string{"etc/semaphore", "var/lib"} {
		must(t, os.MkdirAll(filepath.Join(o.Root, d), 0o755))
	}
	must(t, os.WriteFile(outside, []byte("outside"), 0o644))
	must(t, os.WriteFile(filepath.Join(o.Root, "etc/semaphore/config.json"), []byte("inside"), 0o640))
	for name, target := range map[string]string{
		"etc/abs": "/etc/semaphore/config.json", // absolute: inside the root
		"etc/rel": "semaphore/config.json",
		"etc/up":  "../../../../../../etc/semaphore/config.json", // ".." stops at the root
		"etc/dir": "/etc/semaphore",
		"etc/out": outside,
		"etc/way": "../../secret",
		"loop":    "loop",
	} {
		must(t, os.Symlink(target, filepath.Join(o.Root, name)))
	}
	return o, outside
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestOSRoot(t *testing.T) {
	t.Parallel()
	o, outside := rooted(t)
	tests := []struct {
		name string
		want string // content
		err  error
	}{
		{"/etc/semaphore/config.json", "inside", nil},
		{"/etc/abs", "inside", nil},
		{"/etc/rel", "inside", nil},
		{"/etc/up", "inside", nil},
		{"/etc/dir/config.json", "inside", nil},
		{"/../../etc/rel", "inside", nil},
		{"/etc/out", "", fs.ErrNotExist},
		{"/etc/way", "", fs.ErrNotExist},
		{"/../secret", "", fs.ErrNotExist},
		{outside, "", fs.ErrNotExist},
		{"/etc/dir", "", ErrNotRegular},
		{"etc/rel", "", fs.ErrInvalid},
	}
	for _, tt := range tests {
		data, err := o.ReadFile(tt.name)
		if string(data) != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("ReadFile(%s) = %q, %v, want %q, %v", tt.name, data, err, tt.want, tt.err)
		}
		checkPathError(t, tt.name, err)
	}
}

// checkPathError demands that an error is an *fs.PathError for a name as seen
// from the root.
func checkPathError(t *testing.T, name string, err error) {
	t.Helper()
	var p *fs.PathError
	if err != nil && (!errors.As(err, &p) || strings.Contains(p.Path, "/root/")) {
		t.Errorf("error about %s = %#v, want a PathError for it", name, err)
	}
}

func TestOSNoFollow(t *testing.T) {
	t.Parallel()
	o, _ := rooted(t)
	whole := OS{}
	for _, tt := range []struct{ name, target string }{
		{"/etc/abs", "/etc/semaphore/config.json"},
		{"/etc/way", "../../secret"},
		{"/loop", "loop"},
	} {
		for _, at := range []struct {
			files Files
			name  string
		}{{o, tt.name}, {whole, filepath.ToSlash(o.Root) + tt.name}} {
			info, err := at.files.Lstat(at.name)
			target, rerr := at.files.Readlink(at.name)
			if err != nil || rerr != nil || info.Mode.Type() != fs.ModeSymlink || target != tt.target {
				t.Errorf("%+v: Lstat(%s) = %v, %v; Readlink = %q, %v, want a link to %q", at.files, at.name, info.Mode, err, target, rerr, tt.target)
			}
		}
	}
	if _, err := o.Readlink("/etc/semaphore/config.json"); err == nil {
		t.Error("Readlink of a file = nil, want an error")
	}
}

func TestOSLstat(t *testing.T) {
	t.Parallel()
	o, _ := rooted(t)
	const name = "/etc/semaphore/config.json"
	must(t, os.Link(filepath.Join(o.Root, name), filepath.Join(o.Root, "hard")))
	inside, err := o.Lstat(name)
	must(t, err)
	throughDir, err := o.Lstat("/etc/dir/config.json")
	must(t, err)
	plain, err := OS{}.Lstat(filepath.ToSlash(o.Root) + "/hard")
	must(t, err)
	if diff := cmp.Diff(inside, plain) + cmp.Diff(inside, throughDir); diff != "" {
		t.Errorf("one file, seen from the root, through a link and from outside:\n%s", diff)
	}
	if inside.Size != 6 || inside.Mode != 0o640 || inside.Links != 2 || !inside.SameFile(plain) || inside.Owner != Self().Owner() {
		t.Errorf("Lstat(%s) = %+v", name, inside)
	}
}

func TestOSReadDir(t *testing.T) {
	t.Parallel()
	o, _ := rooted(t)
	for _, name := range []string{"/etc", "/etc/semaphore/../../etc"} {
		got, err := o.ReadDir(name)
		if diff := cmp.Diff([]string{"abs", "dir", "out", "rel", "semaphore", "up", "way"}, got); diff != "" || err != nil {
			t.Errorf("ReadDir(%s): %v (-want +got):\n%s", name, err, diff)
		}
	}
	if got, err := o.ReadDir("/etc/dir"); err != nil || len(got) != 1 {
		t.Errorf("ReadDir(/etc/dir) = %q, %v, want what the link leads to", got, err)
	}
	if got, err := o.ReadDir("/"); err != nil || len(got) != 3 {
		t.Errorf("ReadDir(/) = %q, %v, want etc, loop, var", got, err)
	}
	_, err := o.ReadDir("/none")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ReadDir(/none) = %v, want fs.ErrNotExist", err)
	}
	if _, err = o.ReadDir("/etc/rel"); err == nil {
		t.Error("ReadDir of a file = nil, want an error")
	}
}

// TestOSWithoutRoot: that the root directory itself is missing says nothing
// about the files looked for.
func TestOSWithoutRoot(t *testing.T) {
	t.Parallel()
	o := OS{Root: filepath.Join(t.TempDir(), "none")}
	_, err := o.Lstat("/etc")
	_, rerr := o.ReadFile("/etc/passwd")
	for _, err := range []error{err, rerr} {
		if err == nil || errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), o.Root) {
			t.Errorf("in a root that is missing: %v, want an error that names it", err)
		}
	}
	if a := CanRead(o, "/etc/passwd", runner); a.Verdict != Unclear {
		t.Errorf("CanRead in a root that is missing = %v, want Unclear", see(a))
	}
}

// TestOSSwap changes a directory for a link to outside, as fast as it can. What
// is read must always be from inside.
func TestOSSwap(t *testing.T) {
	t.Parallel()
	o, _ := rooted(t)
	base := filepath.Dir(o.Root)
	must(t, os.Mkdir(filepath.Join(base, "evil"), 0o755))
	must(t, os.WriteFile(filepath.Join(base, "evil/config.json"), []byte("outside"), 0o644))
	done := make(chan struct{})
	go func() {
		defer close(done)
		real, side, bad := filepath.Join(o.Root, "etc/semaphore"), filepath.Join(o.Root, "side"), filepath.Join(base, "evil")
		for range 2000 {
			_ = os.Rename(real, side)
			_ = os.Symlink(bad, real)
			_ = os.Remove(real)
			_ = os.Rename(side, real)
		}
	}()
	for reads := 0; ; reads++ {
		data, err := o.ReadFile("/etc/semaphore/config.json")
		if err == nil && string(data) != "inside" {
			t.Fatalf("ReadFile = %q, want inside or an error", data)
		}
		select {
		case <-done:
			return
		default:
		}
	}
}
