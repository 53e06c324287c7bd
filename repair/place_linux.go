package repair

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"golang.org/x/sys/unix"
)

// A place is a name in an open directory. Whatever is done to it goes through
// the directory's handle: once it is open, nobody can lead it elsewhere.
type place struct {
	dir  *os.File // O_PATH
	name string
}

// open walks from the root to the directory of name. A link on the way is an
// error: plans hold resolved paths.
func (m Machine) open(name string) (*place, error) {
	if !path.IsAbs(name) || path.Clean(name) != name {
		return nil, fs.ErrInvalid
	}
	dir, err := os.OpenFile(m.Root+"/", unix.O_PATH|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil, fmt.Errorf("open the root directory: %v", err) //nolint:errorlint // not %w: name may well exist
	}
	for part := range strings.SplitSeq(strings.Trim(path.Dir(name), "/"), "/") {
		if part == "" {
			continue // name is in the root directory
		}
		next, err := openAt(dir, part, unix.O_PATH|unix.O_DIRECTORY, 0)
		if errors.Is(err, unix.ENOTDIR) && isLink(dir, part) {
			err = fmt.Errorf("%s: %w", part, errSymlink)
		}
		dir.Close()
		if err != nil {
			return nil, err
		}
		dir = next
	}
	if name == "/" {
		return &place{dir, "."}, nil
	}
	return &place{dir, path.Base(name)}, nil
}

func (p *place) close() { p.dir.Close() }

func (p *place) fd() int { return int(p.dir.Fd()) }

// openAt opens name in dir, and no link.
func openAt(dir *os.File, name string, flags int, perm uint32) (*os.File, error) {
	for {
		fd, err := unix.Openat(int(dir.Fd()), name, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC, perm)
		if err == nil {
			return os.NewFile(uintptr(fd), name), nil
		}
		if err != unix.EINTR { // FUSE and NFS may be interrupted (golang.org/issue/11180)
			return nil, err
		}
	}
}

func isLink(dir *os.File, name string) bool {
	var st unix.Stat_t
	err := unix.Fstatat(int(dir.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW)
	return err == nil && st.Mode&unix.S_IFMT == unix.S_IFLNK
}

// sync makes the directory's names durable. One that may not be read cannot be
// synced, and some file systems have no such thing: then it is the kernel's
// own time.
func (p *place) sync() error {
	d, err := openAt(p.dir, ".", unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if errors.Is(err, unix.EACCES) {
		return nil
	}
	if err != nil {
		return err
	}
	defer d.Close()
	if err := unix.Fsync(int(d.Fd())); err != nil && !errors.Is(err, unix.EINVAL) {
		return fmt.Errorf("sync the directory: %w", err)
	}
	return nil
}
