package repair

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"errors"
	"io/fs"

	"golang.org/x/sys/unix"

	"github.com/semadoctor/semadoctor/say"
)

// Load implements Disk.
func (m Machine) Load(name string) (*Snapshot, error) {
	s, err := load(m, name)
	if err != nil {
		return nil, &fs.PathError{Op: "load", Path: name, Err: err}
	}
	return s, nil
}

func load(m Machine, name string) (*Snapshot, error) {
	p, err := m.open(name)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer p.close()
	n, err := p.look()
	if n == nil || err != nil {
		return nil, err
	}
	defer n.Close()
	return n.snapshot()
}

// Store implements Disk.
func (m Machine) Store(name string, s *Snapshot) error {
	if err := store(m, name, s); err != nil {
		return &fs.PathError{Op: "store", Path: name, Err: err}
	}
	return nil
}

func store(m Machine, name string, s *Snapshot) error {
	p, err := m.open(name)
	if err != nil {
		return err
	}
	defer p.close()
	n, err := p.look()
	if err != nil {
		return err
	}
	if n == nil {
		return p.create(s)
	}
	defer n.Close()
	old, err := n.snapshot()
	if err != nil {
		return err
	}
	if n.locked() {
		return ErrImmutable
	}
	return p.turn(n, old, s)
}

// turn makes of old, which is there, what is wanted.
func (p *place) turn(n *node, old, new *Snapshot) error {
	switch {
	case new == nil:
		return p.remove(p.name, old.Mode.IsDir())
	case old.Mode.Type() != new.Mode.Type():
		return p.exchange(old, new)
	case bytes.Equal(old.Data, new.Data):
		return n.adjust(old, new)
	case n.links() > 1 || n.has(unix.STATX_ATTR_MOUNT_ROOT):
		return n.rewrite(old, new)
	}
	err := p.replace(old, new)
	if !inPlaceMayHelp(err) {
		return err
	}
	if in := n.rewrite(old, new); in != nil {
		return also(err, in)
	}
	return nil
}

// inPlaceMayHelp reports errors that only stand in the way of a new file.
func inPlaceMayHelp(err error) bool {
	for _, is := range []error{unix.EACCES, unix.EPERM, unix.EBUSY, unix.EXDEV, ErrNotKept} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

// create makes what must not be there yet. s may be nil: then all is done.
func (p *place) create(s *Snapshot) error {
	if s == nil {
		return nil
	}
	return p.via(s, func(temp string) error {
		err := unix.Renameat2(p.fd(), temp, p.fd(), p.name, unix.RENAME_NOREPLACE)
		if !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOSYS) {
			return err
		}
		// A file system without NOREPLACE: NFS, some FUSE.
		if err := unix.Faccessat(p.fd(), p.name, unix.F_OK, unix.AT_SYMLINK_NOFOLLOW); !errors.Is(err, unix.ENOENT) {
			return cmp.Or(err, error(unix.EEXIST))
		}
		return unix.Renameat(p.fd(), temp, p.fd(), p.name)
	})
}

// replace puts a new file in the place of the old one.
func (p *place) replace(old, s *Snapshot) error {
	return p.via(s, func(temp string) error {
		err := p.swap(temp, old, s)
		if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
			// A file system without EXCHANGE: what is written right now is lost.
			return unix.Renameat(p.fd(), temp, p.fd(), p.name)
		}
		return err
	})
}

// exchange puts a file where an empty directory was, or the reverse.
func (p *place) exchange(old, s *Snapshot) error {
	return p.via(s, func(temp string) error { return p.swap(temp, old, s) })
}

// via builds s under a temporary name and hands it to put. Whatever goes wrong,
// the temporary name is gone afterwards, unless it is somebody else's: errUnsettled.
func (p *place) via(s *Snapshot, put func(temp string) error) error {
	temp := tempName(p.name, rand.Text()[:randomLen])
	n, err := p.build(temp, s)
	if err != nil {
		return p.explain(err)
	}
	defer n.Close()
	if err = n.finish(s); err == nil {
		err = put(temp)
	}
	if errors.Is(err, errUnsettled) {
		return say.Errorf("%w: a save may be in %s", err, temp)
	}
	if err != nil {
		return also(p.explain(err), p.remove(temp, s.Mode.IsDir()))
	}
	return p.sync()
}

// build makes an empty file or directory that only we can use.
func (p *place) build(temp string, s *Snapshot) (*node, error) {
	flags, perm := unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, uint32(0o600)
	if s.Mode.IsDir() {
		if err := unix.Mkdirat(p.fd(), temp, 0o700); err != nil {
			return nil, err
		}
		flags, perm = unix.O_RDONLY|unix.O_DIRECTORY, 0
	}
	f, err := openAt(p.dir, temp, flags, perm)
	if err != nil && s.Mode.IsDir() {
		_ = unix.Unlinkat(p.fd(), temp, unix.AT_REMOVEDIR)
	}
	if err != nil {
		return nil, err
	}
	if names, _ := f.Readdirnames(1); len(names) > 0 {
		f.Close() // whoever owns p may have put another directory there, to be given away
		return nil, ErrNotEmpty
	}
	return &node{f}, nil
}

// finish fills a node that build made.
func (n *node) finish(s *Snapshot) error {
	if !s.Mode.IsDir() {
		if _, err := n.Write(s.Data); err != nil {
			return bare(err)
		}
	}
	if err := n.settle(s); err != nil {
		return err
	}
	return bare(n.Sync())
}

// remove takes a name away, durably; of directories only an empty one.
func (p *place) remove(name string, dir bool) error {
	if err := p.unlink(name, dir); err != nil {
		return err
	}
	return p.sync()
}

func (p *place) unlink(name string, dir bool) error {
	flags := 0
	if dir {
		flags = unix.AT_REMOVEDIR
	}
	err := unix.Unlinkat(p.fd(), name, flags)
	switch {
	case errors.Is(err, unix.ENOENT):
		return nil
	case errors.Is(err, unix.ENOTEMPTY), errors.Is(err, unix.EEXIST):
		return ErrNotEmpty
	case err != nil:
		return p.explain(err)
	}
	return nil
}

// explain says why a directory takes no changes where the kernel says EPERM, and
// that it is not space that there is none of. EPERM is no longer in the error:
// nobody shall find a way around an attribute.
func (p *place) explain(err error) error {
	switch {
	case errors.Is(err, unix.EPERM) && (&node{p.dir}).locked():
		return say.Errorf("the directory is %w", ErrImmutable)
	case errors.Is(err, unix.ENOSPC) && p.noInodes():
		return say.Errorf("no inodes left, df -i shows it: %w", err)
	}
	return err
}

// noInodes reports a file system that says so: some count none.
func (p *place) noInodes() bool {
	var st unix.Statfs_t
	return unix.Fstatfs(p.fd(), &st) == nil && st.Files > 0 && st.Ffree == 0
}

var _ Disk = Machine{}
