package host

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

// TestStatxIsLstat holds what statx says against package os, for each kind of
// file and every special bit.
func TestStatxIsLstat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for name, mode := range map[string]fs.FileMode{"plain": 0o640, "setuid": 0o4711, "setgid": 0o2751, "all": 0o7777, "none": 0} {
		must(t, os.WriteFile(at(name), []byte(name), 0o600))
		must(t, unix.Chmod(at(name), uint32(mode)))
	}
	must(t, os.Mkdir(at("dir"), 0o700))
	must(t, unix.Chmod(at("dir"), 0o1777))
	must(t, os.Symlink("plain", at("link")))
	must(t, unix.Mkfifo(at("fifo"), 0o600))
	must(t, os.Link(at("plain"), at("hard")))
	must(t, os.Chtimes(at("plain"), time.Unix(1, 2), time.Unix(-3, 4)))
	names, err := OS{}.ReadDir(dir)
	must(t, err)
	for _, name := range append(names, "/dev/null", "/proc/self/exe", "/") {
		if !filepath.IsAbs(name) {
			name = at(name)
		}
		fi, err := os.Lstat(name)
		must(t, err)
		want := infoOf(fi)
		got, err := statx(unix.AT_FDCWD, name)
		must(t, err)
		if name == "/" && got.Inside {
			t.Error("the root directory is said to be no mount")
		}
		got.Inside = false // package os does not know
		if diff := cmp.Diff(want, got); diff != "" && name != "/proc/self/exe" {
			t.Errorf("%s (-os +statx):\n%s", name, diff)
		}
		if got.Mode != want.Mode {
			t.Errorf("%s has mode %v, want %v", name, got.Mode, want.Mode)
		}
	}
}
