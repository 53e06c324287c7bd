package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// Lstat says what name is. Below a Root it asks through an O_PATH handle, which
// opens nothing and needs no permission on the file itself: os.Root does not
// know about attributes.
func (o OS) Lstat(name string) (Info, error) {
	return in(o, "lstat", name, noFollow, func(t tree, name string) (Info, error) {
		if o.Root == "" {
			fi, err := t.Lstat(name)
			return withAttributes(fi, err, unix.AT_FDCWD, name)
		}
		f, err := handle(t, name)
		if err != nil {
			return Info{}, err
		}
		defer f.Close()
		fi, err := f.Stat()
		return withAttributes(fi, err, int(f.Fd()), "")
	})
}

// withAttributes adds to a stat what only statx says. That needs Linux 4.11, and
// a file system that has attributes; without, no file is immutable.
func withAttributes(fi fs.FileInfo, err error, fd int, name string) (Info, error) {
	if err != nil {
		return Info{}, err
	}
	info := infoOf(fi)
	var st unix.Statx_t
	if unix.Statx(fd, name, unix.AT_EMPTY_PATH|unix.AT_SYMLINK_NOFOLLOW, 0, &st) == nil {
		info.Immutable = st.Attributes&unix.STATX_ATTR_IMMUTABLE != 0
		info.Append = st.Attributes&unix.STATX_ATTR_APPEND != 0
	}
	return info, nil
}

// ACL is the access ACL of name. There is no such system call for an O_PATH
// handle: below a Root it is asked for through /proc/self/fd.
func (o OS) ACL(name string) ([]byte, error) {
	return in(o, "getxattr", name, noFollow, func(t tree, name string) ([]byte, error) {
		if o.Root == "" {
			return xattr(unix.Lgetxattr, name)
		}
		f, err := handle(t, name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		acl, err := xattr(unix.Getxattr, fmt.Sprintf("/proc/self/fd/%d", f.Fd()))
		if errors.Is(err, unix.ENOENT) { // /proc is missing, not the file
			err = errors.New("ACL cannot be read without /proc")
		}
		return acl, err
	})
}

// Mount asks statfs: the flags are those of the mount and of the file system.
func (o OS) Mount(name string) (Mount, error) {
	if o.Root == "" {
		return in(o, "statfs", name, follow, func(_ tree, name string) (Mount, error) {
			var st unix.Statfs_t
			err := unix.Statfs(name, &st)
			return mountOf(st), err
		})
	}
	real, err := Resolve(o, name) // an O_PATH handle does not follow the last link
	if err != nil {
		return Mount{}, err
	}
	return in(o, "statfs", real, follow, func(t tree, name string) (Mount, error) {
		f, err := handle(t, name)
		if err != nil {
			return Mount{}, err
		}
		defer f.Close()
		var st unix.Statfs_t
		err = unix.Fstatfs(int(f.Fd()), &st)
		return mountOf(st), err
	})
}

func handle(t tree, name string) (*os.File, error) {
	return t.OpenFile(name, unix.O_PATH|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
}

// xattrMax is the largest value Linux keeps (XATTR_SIZE_MAX), in bytes.
const xattrMax = 64 << 10

// xattr reads an access ACL with get; nil when the file or its file system has
// none.
func xattr(get func(path, attr string, dest []byte) (int, error), path string) ([]byte, error) {
	for _, size := range []int{256, xattrMax} {
		buf := make([]byte, size)
		n, err := get(path, "system.posix_acl_access", buf)
		switch {
		case err == nil:
			return buf[:n:n], nil
		case errors.Is(err, unix.ENODATA), errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.ENOSYS):
			return nil, nil
		case !errors.Is(err, unix.ERANGE):
			return nil, err
		}
	}
	return nil, unix.ERANGE
}
