package checks_test

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
)

// swapping is a machine on which somebody puts another ignore file into the place of
// one as soon as that has been looked at.
type swapping struct {
	host.OS
	at, name string // where, and how semadoctor calls it
}

func (s swapping) Lstat(name string) (host.Info, error) {
	info, err := s.OS.Lstat(name)
	if name == s.name {
		err = errors.Join(err, os.Rename(filepath.Join(s.at, "evil"), filepath.Join(s.at, checks.IgnoreName)))
	}
	return info, err
}

// TestIgnoreFileSwapped: what is read is what was looked at, be it a link or not.
func TestIgnoreFileSwapped(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("on Windows files have no owners, and an ignore file is judged by its owner")
	}
	write := func(t *testing.T, name, text string, mode os.FileMode) {
		if err := errors.Join(os.WriteFile(name, []byte(text), mode), os.Chmod(name, mode)); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name   string
		linked bool // what is put there is a link
		inside bool // seen through --root
	}{{"a file", false, false}, {"a link", true, false}, {"a file in a root", false, true}, {"a link in a root", true, true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "config.json"), "{}", 0o600)
			write(t, filepath.Join(dir, checks.IgnoreName), "ignore: []\n", 0o600)
			evil := filepath.Join(dir, "evil")
			if tt.linked {
				write(t, filepath.Join(dir, "target"), ignored, 0o666)
				if err := os.Symlink("target", evil); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, evil, ignored, 0o666)
			}
			files, config := swapping{host.OS{}, dir, ""}, path.Join(filepath.ToSlash(dir), "config.json")
			if tt.inside {
				files.Root, config = dir, "/config.json"
			}
			files.name = path.Join(path.Dir(config), checks.IgnoreName)
			as := checks.AcceptedBeside(files, config, host.Self(), checks.Builtin())
			if as == nil || !errors.Is(as.Err, checks.ErrStranger) {
				t.Errorf("what others may write counts: %+v", as)
			}
		})
	}
}
