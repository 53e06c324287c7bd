package repair

import (
	"io/fs"
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/host"
)

// accessACL is the extended attribute that holds a path's ACL (acl(5)).
const accessACL = "system.posix_acl_access"

// syntheticDev is the device of a path that is drawn below nothing known.
const syntheticDev = ^uint64(0)

// Lstat implements host.Files.
func (d *Draft) Lstat(name string) (host.Info, error) {
	real, err := d.parentResolved(name)
	if err != nil {
		return host.Info{}, err
	}
	return flat{d}.Lstat(real)
}

// Readlink implements host.Files.
func (d *Draft) Readlink(name string) (string, error) {
	real, err := d.parentResolved(name)
	if err != nil {
		return "", err
	}
	return flat{d}.Readlink(real)
}

// ReadFile implements host.Files.
func (d *Draft) ReadFile(name string) ([]byte, error) {
	p, real, err := d.find("open", name)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		return d.disk.ReadFile(real)
	case !p.snapshot.Mode.IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: host.ErrNotRegular}
	case len(p.snapshot.Data) > host.MaxFile:
		return nil, &fs.PathError{Op: "read", Path: name, Err: host.ErrTooLarge}
	}
	return slices.Clone(p.snapshot.Data), nil
}

// Grab implements host.Grabber.
func (d *Draft) Grab(name string) (got host.Grabbed, err error) {
	real, err := d.parentResolved(name)
	if err != nil {
		return got, err
	}
	if _, drawn := d.look(d.twin(real)); !drawn {
		return host.Grab(d.disk, real)
	}
	if got.Info, err = d.Lstat(name); err == nil { // a link is never drawn
		got.Data, err = d.ReadFile(name)
	}
	return got, err
}

// ReadDir implements host.Files.
func (d *Draft) ReadDir(name string) ([]string, error) {
	p, real, err := d.find("open", name)
	if err != nil {
		return nil, err
	}
	if p != nil && !p.snapshot.Mode.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errNotDirectory}
	}
	var names []string
	if p == nil || p.base.Mode.IsDir() {
		if names, err = d.disk.ReadDir(real); err != nil {
			return nil, err
		}
	}
	return d.childrenDrawn(real, names), nil
}

// childrenDrawn adds to names what is drawn in dir, and takes out what is gone.
func (d *Draft) childrenDrawn(dir string, names []string) []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for name, p := range d.drawn {
		base := path.Base(name)
		if path.Dir(name) != dir || name == dir {
			continue
		}
		names = slices.DeleteFunc(names, func(s string) bool { return s == base })
		if p.snapshot != nil {
			names = append(names, base)
		}
	}
	slices.Sort(names)
	return names
}

// ACL implements host.Files. As everywhere, the last part is not followed.
func (d *Draft) ACL(name string) ([]byte, error) {
	real, err := d.parentResolved(name)
	if err != nil {
		return nil, err
	}
	p, ok := d.look(d.twin(real))
	switch {
	case !ok:
		return d.disk.ACL(real)
	case p.snapshot == nil:
		return nil, &fs.PathError{Op: "getxattr", Path: name, Err: fs.ErrNotExist}
	}
	return slices.Clone(p.snapshot.Xattrs[accessACL]), nil
}

// Mount implements host.Files. What is new lies on its parent's file system.
func (d *Draft) Mount(name string) (host.Mount, error) {
	p, real, err := d.find("statfs", name)
	if err != nil {
		return host.Mount{}, err
	}
	if p != nil {
		real = d.existing(real)
	}
	return d.disk.Mount(real)
}

// existing is the nearest path at or above name that the disk itself has.
func (d *Draft) existing(name string) string {
	for name != "/" {
		if _, err := d.disk.Lstat(name); !missing(err) {
			return name
		}
		name = path.Dir(name)
	}
	return name
}

// find follows all links of name. The drawing is nil where nothing is drawn;
// where it is drawn away, the error says that it does not exist.
func (d *Draft) find(op, name string) (*drawing, string, error) {
	real, err := d.real(name)
	if err != nil {
		return nil, "", err
	}
	p, ok := d.look(real)
	if !ok {
		return nil, real, nil
	}
	if p.snapshot == nil {
		return nil, real, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return &p, real, nil
}

// real is the path behind the links of name, or its twin.
func (d *Draft) real(name string) (string, error) {
	real, err := host.Resolve(flat{d}, name)
	if err != nil {
		return "", err
	}
	return d.twin(real), nil
}

// twin is the name under which the file called real is drawn, if that is
// another: a hard link or a bind mount. A change made to one is made to both.
func (d *Draft) twin(real string) string {
	if _, ok := d.look(real); ok || d.blank() {
		return real
	}
	info, err := d.disk.Lstat(real)
	if err != nil || info.Mode.IsDir() {
		return real // nobody's second name; what is wrong shows when it is used
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	for other, p := range d.drawn {
		if p.snapshot != nil && p.base.SameFile(info) {
			return other
		}
	}
	return real
}

// blank reports whether nothing is drawn.
func (d *Draft) blank() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return len(d.drawn) == 0
}

// parentResolved follows the links of all of name but its last part.
func (d *Draft) parentResolved(name string) (string, error) {
	if name == "/" {
		return name, nil
	}
	dir, err := host.Resolve(flat{d}, path.Dir(name))
	return path.Join(dir, path.Base(name)), err
}

// flat is a draft seen by paths whose parents have no links, as host.Resolve asks.
type flat struct{ *Draft }

// Lstat is Draft.Lstat for such a path.
func (f flat) Lstat(name string) (host.Info, error) {
	p, ok := f.look(f.twin(name))
	if !ok {
		return f.disk.Lstat(name)
	}
	if p.snapshot == nil {
		return host.Info{}, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	info := p.base
	info.Mode, info.Owner, info.Size = p.snapshot.Mode, p.snapshot.Owner, int64(len(p.snapshot.Data))
	if !p.snapshot.ModTime.IsZero() {
		info.ModTime = p.snapshot.ModTime
	}
	if p.inode != 0 {
		info.Ino, info.Links, info.Dev = p.inode, 1, syntheticDev
		if above, err := f.disk.Lstat(f.existing(path.Dir(name))); err == nil {
			info.Dev = above.Dev
		}
	}
	return info, nil
}

// Readlink is Draft.Readlink for such a path. Links are never drawn.
func (f flat) Readlink(name string) (string, error) {
	if _, ok := f.look(name); ok {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	return f.disk.Readlink(name)
}
