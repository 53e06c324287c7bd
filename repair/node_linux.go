package repair

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"golang.org/x/sys/unix"
)

// A node is an open file or directory, by whatever name. An O_PATH handle does:
// what such a handle cannot do is done through its link in /proc/self/fd.
type node struct{ *os.File }

// look opens what is at p; nil when there is nothing.
func (p *place) look() (*node, error) {
	f, err := openAt(p.dir, p.name, unix.O_PATH, 0)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &node{f}, nil
}

// proc is a path that leads to the node whatever becomes of its name.
func (n *node) proc() string { return fmt.Sprintf("/proc/self/fd/%d", n.Fd()) }

// reopen opens the node, and surely nothing else, to read or write it.
func (n *node) reopen(flags int) (*os.File, error) {
	f, err := os.OpenFile(n.proc(), flags|unix.O_NONBLOCK, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("/proc is not mounted")
	}
	return f, bare(err)
}

// snapshot is all that a plan knows of the node.
func (n *node) snapshot() (*Snapshot, error) {
	s, err := n.meta()
	if err == nil && s.Mode.IsRegular() {
		s.Data, err = n.read()
	}
	return s, err
}

// meta is the snapshot without the content.
func (n *node) meta() (*Snapshot, error) {
	var st unix.Stat_t
	if err := unix.Fstat(int(n.Fd()), &st); err != nil {
		return nil, err
	}
	s := &Snapshot{Mode: modeOf(st.Mode), Owner: host.Owner{UID: int(st.Uid), GID: int(st.Gid)}, ModTime: time.Unix(st.Mtim.Unix())}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		s.Mode |= fs.ModeDir
	case unix.S_IFLNK:
		return nil, errSymlink
	default:
		return nil, host.ErrNotRegular
	}
	var err error
	s.Xattrs, err = n.xattrs()
	return s, err
}

func (n *node) read() ([]byte, error) {
	f, err := n.reopen(os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, host.MaxFile+1))
	if err == nil && len(data) > host.MaxFile {
		err = host.ErrTooLarge
	}
	return data, bare(err)
}

// xattrs reads the extended attributes, as many as we may see.
func (n *node) xattrs() (map[string][]byte, error) {
	buf := make([]byte, 64<<10) // XATTR_LIST_MAX and XATTR_SIZE_MAX
	size, err := unix.Listxattr(n.proc(), buf)
	if errors.Is(err, unix.ENOTSUP) || size == 0 && err == nil {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list attributes: %w", err)
	}
	all := map[string][]byte{}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(buf[:size]), "\x00"), "\x00") {
		if ofContent(name) {
			continue
		}
		if size, err = unix.Getxattr(n.proc(), name, buf); err == nil {
			all[name] = bytes.Clone(buf[:size])
		} else if !errors.Is(err, unix.ENODATA) && !errors.Is(err, unix.EPERM) && !errors.Is(err, unix.ENOTSUP) {
			return nil, fmt.Errorf("read attribute %s: %w", name, err)
		}
	}
	return all, nil
}

// ofContent reports attributes that are made from a file's content and mode,
// by the kernel's integrity subsystem: wrong on any other.
func ofContent(xattr string) bool { return xattr == "security.ima" || xattr == "security.evm" }

// links is the number of names the node has.
func (n *node) links() uint64 {
	var st unix.Stat_t
	if unix.Fstat(int(n.Fd()), &st) != nil {
		return 1
	}
	return uint64(st.Nlink) //nolint:unconvert // its type depends on the architecture
}

// has reports whether statx knows an attribute of the node. Kernels before 4.11
// (5.8 for STATX_ATTR_MOUNT_ROOT) do not; the errors that follow tell as much,
// if less clearly.
func (n *node) has(attribute uint64) bool {
	var st unix.Statx_t
	err := unix.Statx(int(n.Fd()), "", unix.AT_EMPTY_PATH, 0, &st)
	return err == nil && st.Attributes&attribute != 0
}

func (n *node) locked() bool { return n.has(unix.STATX_ATTR_IMMUTABLE | unix.STATX_ATTR_APPEND) }
