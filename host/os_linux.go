package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"time"

	"golang.org/x/sys/unix"
)

// info says what name is. Below a Root it asks through an O_PATH handle, which
// opens nothing and needs no permission on the file itself: os.Root does not
// know about attributes.
func (o OS) info(name string) (Info, error) {
	if o.Root == "" && path.IsAbs(name) {
		if info, err := statx(unix.AT_FDCWD, o.local(name)); !errors.Is(err, unix.ENOSYS) {
			return info, named("lstat", name, err)
		}
	}
	return in(o, "lstat", name, noFollow, func(t tree, name string) (Info, error) {
		if o.Root == "" {
			fi, err := t.Lstat(name)
			return without(fi, err)
		}
		f, err := handle(t, name)
		if err != nil {
			return Info{}, err
		}
		defer f.Close()
		if info, err := statx(int(f.Fd()), ""); err == nil {
			return info, nil
		}
		return without(f.Stat())
	})
}

// without is what a Linux before 4.11 says, or a sandbox that does not let
// statx through: no file is immutable then.
func without(fi fs.FileInfo, err error) (Info, error) {
	if err != nil {
		return Info{}, err
	}
	return infoOf(fi), nil
}

// statx is what the kernel says of a path, or of a handle when name is "", the
// last link not followed: a stat with the attributes.
func statx(fd int, name string) (Info, error) {
	var st unix.Statx_t
	for {
		err := unix.Statx(fd, name, unix.AT_EMPTY_PATH|unix.AT_SYMLINK_NOFOLLOW, unix.STATX_BASIC_STATS, &st)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return Info{}, err
		}
		break
	}
	return Info{
		Mode: modeOf(uint32(st.Mode)), Owner: Owner{int(st.Uid), int(st.Gid)}, Size: int64(st.Size),
		ModTime: time.Unix(st.Mtime.Sec, int64(st.Mtime.Nsec)),
		Dev:     device(uint64(st.Dev_major), uint64(st.Dev_minor)), Ino: st.Ino, Links: uint64(st.Nlink),
		Immutable: st.Attributes&unix.STATX_ATTR_IMMUTABLE != 0, Append: st.Attributes&unix.STATX_ATTR_APPEND != 0,
		Inside: st.Attributes_mask&^st.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0, // since Linux 5.8
	}, nil
}

// device is the number of a device as stat says it (gnu_dev_makedev).
func device(major, minor uint64) uint64 {
	return minor&0xff | major&0xfff<<8 | minor&^0xff<<12 | major&^0xfff<<32
}

// modeOf is a mode of the kernel's as package fs writes it.
func modeOf(m uint32) fs.FileMode {
	mode := fs.FileMode(m & 0o777)
	switch m & unix.S_IFMT {
	case unix.S_IFDIR:
		mode |= fs.ModeDir
	case unix.S_IFLNK:
		mode |= fs.ModeSymlink
	case unix.S_IFIFO:
		mode |= fs.ModeNamedPipe
	case unix.S_IFSOCK:
		mode |= fs.ModeSocket
	case unix.S_IFBLK:
		mode |= fs.ModeDevice
	case unix.S_IFCHR:
		mode |= fs.ModeDevice | fs.ModeCharDevice
	}
	for _, special := range [...]struct {
		bit   uint32
		means fs.FileMode
	}{{unix.S_ISUID, fs.ModeSetuid}, {unix.S_ISGID, fs.ModeSetgid}, {unix.S_ISVTX, fs.ModeSticky}} {
		if m&special.bit != 0 {
			mode |= special.means
		}
	}
	return mode
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

// grabLink is a symbolic link and where that very link points.
func grabLink(t tree, name string) (Grabbed, error) {
	f, err := handle(t, name)
	if err != nil {
		return Grabbed{}, err
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return Grabbed{}, err
	}
	if fi.Mode()&fs.ModeSymlink == 0 {
		return Grabbed{}, ErrSwapped
	}
	buf := make([]byte, unix.PathMax)
	n, err := unix.Readlinkat(int(f.Fd()), "", buf)
	return Grabbed{Info: infoOf(fi), Link: string(buf[:max(n, 0)])}, err
}
