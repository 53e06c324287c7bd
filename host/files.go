package host

import (
	"io/fs"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// MaxFile is the most ReadFile reads, in bytes. A runner's config is a few
// hundred; what is larger than this is not one.
const MaxFile = 1 << 20

var (
	// ErrTooLarge reports a file above MaxFile.
	ErrTooLarge = say.Errorf("larger than 1 MiB")
	// ErrNotRegular reports a directory, FIFO, socket or device where a file must be.
	ErrNotRegular = say.Errorf("not a regular file")
)

// Info is what the file system says about one path, links not followed.
type Info struct {
	Mode      fs.FileMode // type and permission bits, setuid, setgid and sticky included
	Owner     Owner
	Size      int64 // bytes
	ModTime   time.Time
	Dev, Ino  uint64 // both 0 where the system has no such thing
	Links     uint64 // hard links; 0 where not known
	Immutable bool   // chattr +i: not even root may change it
	Append    bool   // chattr +a: may only grow
	Inside    bool   // no mount of its own: what holds its directory holds it; false where not known
}

// SameFile reports whether two paths are one file: a hard link or a bind mount.
func (i Info) SameFile(j Info) bool { return i.Ino != 0 && i.Ino == j.Ino && i.Dev == j.Dev }

// A Lifetime says how long what is written to a file system stays there. The
// zero Lifetime is as long as the disk.
type Lifetime string

// What ends a file system that does not last.
const (
	UntilReboot    Lifetime = "reboot"    // tmpfs, ramfs
	UntilRecreated Lifetime = "container" // a container's own layer, an anonymous volume
	UntilPodGone   Lifetime = "pod"       // emptyDir
	UntilStopped   Lifetime = "service"   // PrivateTmp=, RuntimeDirectory=
)

// Mount is the file system that holds a path.
type Mount struct {
	Type     string // "tmpfs", "overlay", "ext4"; "" when not known
	ReadOnly bool
	NoExec   bool
	Life     Lifetime
	Space    *Space // nil where the system does not say
}

// Space is what is left on a file system for somebody who is not root.
type Space struct {
	Free, Size         int64 // bytes
	FreeInodes, Inodes int64 // Inodes is 0 where the file system has no fixed number
}

// Files is the file system a runner sees. Paths are absolute, clean and
// slash-separated; errors are *fs.PathError and answer errors.Is for
// fs.ErrNotExist and fs.ErrPermission.
type Files interface {
	Lstat(name string) (Info, error)
	Readlink(name string) (string, error)
	// ReadFile reads at most MaxFile bytes of a regular file and never blocks:
	// anything else is ErrNotRegular or ErrTooLarge.
	ReadFile(name string) ([]byte, error)
	// ReadDir lists the names in a directory, sorted.
	ReadDir(name string) ([]string, error)
	// ACL is the access ACL of name beyond its mode, in the kernel's form
	// (xattr system.posix_acl_access); nil when there is none.
	ACL(name string) ([]byte, error)
	// Mount is the file system holding name, which must exist.
	Mount(name string) (Mount, error)
}
