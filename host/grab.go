package host

import (
	"io"
	"io/fs"
	"os"

	"github.com/semadoctor/semadoctor/say"
)

// Grabbed is what a path was in one moment: whoever looks at a file by its name and
// then reads it by its name may have read another, where somebody may write the
// directory.
type Grabbed struct {
	Info Info
	Data []byte // of a regular file
	Link string // of a symbolic link: where it points
}

// A Grabber is Files that can open a path once, tell what they have opened, and read
// that; the last link is not followed.
type Grabber interface {
	Grab(name string) (Grabbed, error)
}

// ErrSwapped reports a path at which something else was put in the very moment.
var ErrSwapped = say.Errorf("somebody has put something else there while it was looked at")

// Grab opens a path once. Files that cannot do so are not those of a machine at work:
// nobody changes them meanwhile.
func Grab(files Files, name string) (got Grabbed, err error) {
	if g, ok := files.(Grabber); ok {
		return g.Grab(name)
	}
	if got.Info, err = files.Lstat(name); err != nil {
		return Grabbed{}, err
	}
	if got.Info.Mode&fs.ModeSymlink != 0 {
		got.Link, err = files.Readlink(name)
		return got, err
	}
	got.Data, err = files.ReadFile(name)
	return got, err
}

// Grab implements Grabber.
func (o OS) Grab(name string) (Grabbed, error) { return in(o, "open", name, noFollow, grab) }

func grab(t tree, name string) (Grabbed, error) {
	seen, err := t.Lstat(name)
	if err == nil && seen.Mode()&fs.ModeSymlink != 0 {
		return grabLink(t, name)
	}
	if err := wantRegular(seen, err); err != nil { // opening is felt at the other end of a FIFO
		return Grabbed{}, err
	}
	f, err := t.OpenFile(name, os.O_RDONLY|noBlock, 0)
	if err != nil {
		return Grabbed{}, err
	}
	defer f.Close()
	opened, err := f.Stat()
	if err := wantRegular(opened, err); err != nil {
		return Grabbed{}, err
	}
	if !os.SameFile(seen, opened) { // a link to something else, perhaps
		return Grabbed{}, ErrSwapped
	}
	data, err := readWhole(f)
	return Grabbed{Info: infoOf(opened), Data: data}, err
}

// readWhole reads at most MaxFile bytes.
func readWhole(f io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err == nil && len(data) > MaxFile {
		return nil, ErrTooLarge
	}
	return data, err
}

// Grab implements Grabber: what is kept is what was seen at some other time.
func (g *Glance) Grab(name string) (Grabbed, error) { return Grab(g.Files, name) }

// Grab implements Grabber.
func (t *Trail) Grab(name string) (Grabbed, error) {
	t.note(name, inContent)
	return Grab(t.Files, name)
}

// Grab implements Grabber.
func (g Guard) Grab(name string) (Grabbed, error) {
	if err := g.refuse(name); err != nil {
		return Grabbed{}, err
	}
	return Grab(g.Files, name)
}

// Grab implements Grabber.
func (v *View) Grab(name string) (Grabbed, error) {
	at := v.find(name)
	if at.files == nil {
		_, err := v.missing("open", name, at)
		if err == nil {
			err = &fs.PathError{Op: "open", Path: name, Err: ErrNotRegular}
		}
		return Grabbed{}, err
	}
	got, err := Grab(at.files, at.path)
	if err != nil {
		return Grabbed{}, renamed(err, name)
	}
	v.amend(name, &got.Info)
	return got, nil
}
