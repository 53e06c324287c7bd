package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// OS is the real file system, as a process sees it whose root directory is
// Root; "" is the root of this machine. With a Root no name and no symbolic
// link, not even one swapped in meanwhile, leads out of it: os.Root opens the
// names component by component. For that it must be allowed to read, and not
// only to enter, every directory on the way.
//
// Lstat, Readlink and ACL do not follow the last component; ReadFile, ReadDir
// and Mount do. On Windows C:\x is named /C:/x.
type OS struct{ Root string }

var _ Files = OS{}

// Lstat says what name is, links not followed.
func (o OS) Lstat(name string) (Info, error) {
	info, err := o.info(name)
	return info, o.resting(name, err)
}

// Readlink says where a symbolic link points, in the link's own words.
func (o OS) Readlink(name string) (string, error) {
	return in(o, "readlink", name, noFollow, func(t tree, name string) (string, error) {
		target, err := t.Readlink(name)
		return filepath.ToSlash(target), err
	})
}

// ReadFile reads a regular file of at most MaxFile bytes.
func (o OS) ReadFile(name string) ([]byte, error) {
	if o.Root == "" && path.IsAbs(name) {
		data, err := readPlain(o.local(name))
		return data, named("read", name, err)
	}
	data, err := in(o, "read", name, follow, readRegular)
	return data, o.resting(name, err)
}

// ReadDir lists the names in a directory, sorted.
func (o OS) ReadDir(name string) ([]string, error) {
	return in(o, "readdir", name, follow, func(t tree, name string) ([]string, error) {
		d, err := t.OpenFile(name, os.O_RDONLY|onlyDir, 0)
		if err != nil {
			return nil, err
		}
		defer d.Close()
		names, err := d.Readdirnames(-1)
		slices.Sort(names)
		return names, err
	})
}

// readRegular looks before it opens: opening is felt at the other end of a
// FIFO, and by some devices. Then it looks again at what it has opened. A size
// is not believed either: that of a file in /proc is 0.
func readRegular(t tree, name string) ([]byte, error) {
	if err := wantRegular(t.Stat(name)); err != nil {
		return nil, err
	}
	f, err := t.OpenFile(name, os.O_RDONLY|noBlock, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := wantRegular(f.Stat()); err != nil {
		return nil, err
	}
	return readWhole(f)
}

func wantRegular(fi fs.FileInfo, err error) error {
	switch {
	case err != nil:
		return err
	case !fi.Mode().IsRegular():
		return ErrNotRegular
	case fi.Size() > MaxFile:
		return ErrTooLarge
	}
	return nil
}

// A tree is what OS needs of an os.Root, and of package os when there is none.
type tree interface {
	Lstat(name string) (fs.FileInfo, error)
	Stat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
	Close() error
}

// whole is the tree of the machine itself.
type whole struct{}

func (whole) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(name) }
func (whole) Stat(name string) (fs.FileInfo, error)  { return os.Stat(name) }
func (whole) Readlink(name string) (string, error)   { return os.Readlink(name) }
func (whole) Close() error                           { return nil }

func (whole) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag, perm)
}

// A resolver makes a name free of the links that os.Root will not follow.
type resolver func(o OS, name string) (string, error)

func follow(o OS, name string) (string, error) { return Resolve(o, name) }

func noFollow(o OS, name string) (string, error) {
	dir, err := Resolve(o, path.Dir(name))
	return path.Join(dir, path.Base(name)), err
}

// in calls f with the tree of o and with name as that tree calls it. os.Root
// refuses a link to an absolute path or above its root, where a process with
// that root directory would be led back inside: only then is name resolved,
// and f called once more.
func in[T any](o OS, op, name string, resolve resolver, f func(tree, string) (T, error)) (T, error) {
	v, err := once(o, op, name, f)
	if o.Root == "" || !escapes(err) {
		return v, err
	}
	real, err := resolve(o, name)
	if err != nil {
		return v, err
	}
	return once(o, op, real, f)
}

func once[T any](o OS, op, name string, f func(tree, string) (T, error)) (v T, err error) {
	if !path.IsAbs(name) {
		return v, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	t, err := o.tree()
	if err != nil {
		return v, &fs.PathError{Op: op, Path: name, Err: err}
	}
	defer t.Close()
	if v, err = f(t, o.local(name)); err != nil {
		err = &fs.PathError{Op: op, Path: name, Err: bare(err)}
	}
	return v, err
}

// tree opens the root directory. Its absence must not be mistaken for that of
// the file looked for, so the error is not fs.ErrNotExist.
func (o OS) tree() (tree, error) {
	if o.Root == "" {
		return whole{}, nil
	}
	r, err := os.OpenRoot(o.Root)
	if err != nil {
		return nil, rootError{fmt.Sprintf("root directory %s: %v", o.Root, bare(err))}
	}
	return r, nil
}

type rootError struct{ text string }

func (e rootError) Error() string { return e.text }

// local is name as the operating system, or an os.Root, wants it.
func (o OS) local(name string) string {
	inside := strings.TrimPrefix(name, "/")
	switch {
	case o.Root != "":
		name = path.Clean(inside)
	case filepath.VolumeName(inside) != "":
		name = inside
	}
	return filepath.FromSlash(name)
}

// named is what went wrong with name; nil when nothing did.
func named(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: name, Err: bare(err)}
}

// bare is err without the *fs.PathError around it, whose path would be the
// one inside an os.Root.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// escapes reports whether os.Root refused to leave its directory. Its error has
// no name of its own, but everything the system itself says is an Errno.
func escapes(err error) bool {
	var errno syscall.Errno
	var root rootError
	return err != nil && !errors.As(err, &errno) && !errors.As(err, &root) &&
		!errors.Is(err, ErrNotRegular) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrSwapped) && !errors.Is(err, fs.ErrInvalid)
}
