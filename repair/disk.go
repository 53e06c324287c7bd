package repair

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

var (
	// ErrNotEmpty reports a directory that cannot be removed because somebody
	// has put something into it.
	ErrNotEmpty = say.Errorf("directory not empty")
	// ErrImmutable reports an attribute that forbids even root to change a path.
	ErrImmutable = say.Errorf("set immutable or append-only (lsattr shows it, chattr -i or -a lifts it)")
	// ErrNotKept reports that an owner, a mode or an attribute cannot be kept or set.
	ErrNotKept = say.Errorf("owner, mode or attributes cannot be kept")
	// errSymlink reports a link where there must be none: plans hold resolved
	// paths, so somebody has put it there since.
	errSymlink = say.Errorf("is a symbolic link")

	errNotDirectory = syscall.ENOTDIR
)

// A Machine is the real disk: host.OS and the right hand that writes. With a
// Root, everything stays inside it. Store follows no link, not even in parents.
//
// A file is replaced by a new one, written and synced beside it under the name
// .NAME.semadoctor-XXXX and renamed over it, with the owner, mode, ACL and
// extended attributes it shall have. It is written in place instead if it has
// hard links, is itself a mount (a single-file bind mount), or lies where we
// may not write or keep its owner. In place is not safe from a power cut: the
// journal is for that.
type Machine struct{ host.OS }

// NewMachine is the disk below root; "" is the machine itself.
func NewMachine(root string) Machine { return Machine{host.OS{Root: root}} }

// randomLen is how much of a temporary name is random, in letters: 40 bits.
const randomLen = 8

// tempName is where the successor of name is made. It is random, because
// somebody else's file may not be in the way, and hidden, because Semaphore's
// neighbours may read whole directories.
func tempName(name, random string) string {
	const most = 200 // bytes of name kept, so that NAME_MAX, 255, is never reached
	name = strings.TrimPrefix(name, ".")
	return "." + name[:min(len(name), most)] + ".semadoctor-" + random
}

// also is err, and what went wrong after it.
func also(err, then error) error {
	if then == nil {
		return err
	}
	return say.Errorf("%w; and %w", err, then)
}

// bare is err without a *fs.PathError, whose path is that of a handle or inside an os.Root.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// kernelOwn reports whether the system gives an attribute to files by itself:
// security labels. They are neither taken away nor missed in a comparison.
// Capabilities are somebody's decision.
func kernelOwn(xattr string) bool {
	return strings.HasPrefix(xattr, "security.") && xattr != "security.capability"
}
