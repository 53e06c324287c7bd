package repair

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/semadoctor/semadoctor/host"
	"golang.org/x/sys/unix"
)

// rewrite turns old into new without a new file. The space is reserved before
// a byte changes, others are kept out, and there is a last look whether the bytes
// are still the old ones; after any error the old ones are put back.
func (n *node) rewrite(old, new *Snapshot) error {
	f, err := n.reopen(os.O_RDWR)
	if errors.Is(err, unix.EACCES) {
		f, err = n.reopen(os.O_WRONLY)
	}
	if err != nil {
		return fmt.Errorf("write in place: %w", err)
	}
	defer f.Close()
	if err := reserve(f, len(old.Data), len(new.Data)); err != nil {
		return fmt.Errorf("write in place: reserve space: %w", err)
	}
	if err := n.adjust(old, new); err != nil {
		return err
	}
	defer alone(f)()
	if now, err := content(f); err == nil && !bytes.Equal(now, old.Data) {
		return also(fmt.Errorf("write in place: %w", ErrChanged), n.settle(old))
	}
	err = overwrite(f, new.Data)
	if err == nil {
		err = n.settle(new) // writing takes setuid and capabilities away
	}
	if err != nil {
		return also(also(fmt.Errorf("write in place: %w", err), overwrite(f, old.Data)), n.settle(old))
	}
	return nil
}

// reserve fails with ENOSPC while there is still nothing lost.
func reserve(f *os.File, have, want int) error {
	if want <= have {
		return nil
	}
	err := unix.Fallocate(int(f.Fd()), unix.FALLOC_FL_KEEP_SIZE, 0, int64(want))
	if errors.Is(err, unix.EOPNOTSUPP) || errors.Is(err, unix.ENOSYS) {
		return nil
	}
	return err
}

func overwrite(f *os.File, data []byte) error {
	if _, err := f.WriteAt(data, 0); err != nil {
		return bare(err)
	}
	if err := f.Truncate(int64(len(data))); err != nil {
		return bare(err)
	}
	return bare(f.Sync())
}

// alone keeps everybody from opening a file until release is called: they wait, so
// that nobody reads half of what is written, and nobody writes in between. It does
// what it can: somebody may have the file open, and not every file system has leases.
func alone(f *os.File) (release func()) {
	if _, err := unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_WRLCK); err != nil {
		return func() {}
	}
	return func() { _, _ = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK) }
}

// content reads a file that is open, for it may be open to nobody else.
func content(f *os.File) ([]byte, error) {
	return io.ReadAll(io.NewSectionReader(f, 0, host.MaxFile+1))
}
