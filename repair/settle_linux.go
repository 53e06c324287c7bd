package repair

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// settle gives the node the owner, attributes, mode and time of want, touching
// only what differs, and looks whether they have stayed. The order matters:
// chown takes setuid and capabilities away, and an ACL sets the mode's group bits.
func (n *node) settle(want *Snapshot) error {
	for _, step := range []func(now, want *Snapshot) error{n.setOwner, n.setXattrs, n.setMode, n.setTime} {
		now, err := n.meta()
		if err != nil {
			return err
		}
		if err := step(now, want); err != nil {
			return fmt.Errorf("%w: %w", ErrNotKept, err)
		}
	}
	now, err := n.meta()
	if err != nil {
		return err
	}
	now.Data = want.Data
	if !same(now, want) {
		return fmt.Errorf("%w: the file system keeps %04o %v instead of %04o %v", ErrNotKept, bits(now.Mode), now.Owner, bits(want.Mode), want.Owner)
	}
	return nil
}

func (n *node) setOwner(now, want *Snapshot) error {
	if now.Owner == want.Owner {
		return nil
	}
	if err := unix.Fchownat(int(n.Fd()), "", want.Owner.UID, want.Owner.GID, unix.AT_EMPTY_PATH); err != nil {
		return fmt.Errorf("change owner to %v: %w", want.Owner, err)
	}
	return nil
}

func (n *node) setXattrs(now, want *Snapshot) error {
	for name := range now.Xattrs {
		if _, ok := want.Xattrs[name]; ok || kernelOwn(name) {
			continue
		}
		if err := unix.Removexattr(n.proc(), name); err != nil {
			return fmt.Errorf("remove attribute %s: %w", name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want.Xattrs)) {
		value, ok := now.Xattrs[name]
		if ok && bytes.Equal(value, want.Xattrs[name]) {
			continue
		}
		if err := unix.Setxattr(n.proc(), name, want.Xattrs[name], 0); err != nil {
			return fmt.Errorf("set attribute %s: %w", name, err)
		}
	}
	return nil
}

func (n *node) setMode(now, want *Snapshot) error {
	if now.Mode == want.Mode {
		return nil
	}
	if err := unix.Chmod(n.proc(), bits(want.Mode)); err != nil {
		return fmt.Errorf("change mode to %04o: %w", bits(want.Mode), err)
	}
	return nil
}

// setTime does what it can: only its owner may set a file's time, and nothing
// depends on it.
func (n *node) setTime(now, want *Snapshot) error {
	if want.ModTime.IsZero() || now.ModTime.Equal(want.ModTime) {
		return nil
	}
	mtime, err := unix.TimeToTimespec(want.ModTime)
	if err == nil {
		_ = unix.UtimesNanoAt(unix.AT_FDCWD, n.proc(), []unix.Timespec{{Nsec: unix.UTIME_OMIT}, mtime}, 0)
	}
	return nil
}

// adjust turns old into new where only owner, mode or attributes differ: all
// of them or none.
func (n *node) adjust(old, new *Snapshot) error {
	if err := n.settle(new); err != nil {
		return also(err, n.settle(old))
	}
	if f, err := n.reopen(os.O_RDONLY); err == nil {
		defer f.Close()
		return f.Sync()
	}
	return nil // may not be read, so cannot be synced
}
