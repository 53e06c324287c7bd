package repair

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// private takes what is in a user's own directory to be the user's.
func private(fs.FileInfo) bool { return true }

// lockFile locks a byte far behind the process id, which others shall read.
func lockFile(f *os.File) error {
	at := &windows.Overlapped{Offset: 1 << 20}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrLocked
	}
	return err
}

// syncDir is not needed: NTFS logs its names.
func syncDir(*os.Root) error { return nil }

// openPlan opens a plan: links need a privilege here.
func openPlan(name string) (*os.File, error) { return os.Open(name) }
