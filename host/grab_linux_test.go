package host

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestGrab: what was opened, with and without a root.
func TestGrab(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "file"), []byte("text"), 0o640),
		os.Chmod(filepath.Join(dir, "file"), 0o640),
		os.WriteFile(filepath.Join(dir, "large"), make([]byte, MaxFile+1), 0o600),
		os.Symlink("/file", filepath.Join(dir, "link")),
	); err != nil {
		t.Fatal(err)
	}
	files := map[string]Files{"OS": OS{Root: dir}, "Glance": NewGlance(OS{Root: dir}), "Trail": NewTrail(OS{Root: dir}), "Guard": Guard{Files: OS{Root: dir}, As: Self()}, "View": &View{Base: OS{Root: dir}}}
	for name, files := range files {
		got, err := Grab(files, "/file")
		if want, _ := files.Lstat("/file"); err != nil || string(got.Data) != "text" || !got.Info.SameFile(want) || got.Info.Mode != want.Mode || got.Info.Owner != want.Owner {
			t.Errorf("%s: Grab(file) = %+v, %v", name, got, err)
		}
		got, err = Grab(files, "/link")
		if err != nil || got.Link != "/file" || got.Data != nil || got.Info.Mode&fs.ModeSymlink == 0 {
			t.Errorf("%s: Grab(link) = %+v, %v", name, got, err)
		}
		for at, want := range map[string]error{"/nosuch": fs.ErrNotExist, "/large": ErrTooLarge} {
			if _, err := Grab(files, at); !errors.Is(err, want) {
				t.Errorf("%s: Grab(%s): %v, want %v", name, at, err, want)
			}
		}
	}
}

// hasty is a tree in which something else is at a name as soon as it was looked at.
type hasty struct {
	whole
	then string
}

func (h hasty) OpenFile(string, int, fs.FileMode) (*os.File, error) { return os.Open(h.then) }

// TestGrabSwapped: what is opened is what was looked at, or nothing is said of it.
func TestGrabSwapped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, other := filepath.Join(dir, "one"), filepath.Join(dir, "other")
	if err := errors.Join(os.WriteFile(one, nil, 0o600), os.WriteFile(other, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := grab(hasty{then: one}, one); err != nil {
		t.Error(err)
	}
	if _, err := grab(hasty{then: other}, one); !errors.Is(err, ErrSwapped) {
		t.Errorf("another file: %v", err)
	}
}
