//go:build unix

package supervise

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/semadoctor/semadoctor/say"
)

// errOthers reports a directory in which somebody else may have put the file.
var errOthers = say.Errorf("somebody else may write there")

// Claim notes in a file of a directory that this process starts a runner, or is about to
// become it. by is the process that has done so before and is still there; 0: nobody.
// The note is a lock of fcntl(2): it stays over exec (where a process has several
// threads, from Linux 5.11 on), no child of the runner inherits it, and it goes with the
// process, however that ends. A file that is left means nothing. With kept the process
// becomes the runner, which keeps the descriptor; it is never closed.
func Claim(dir, name string, kept bool) (by int, err error) {
	fd, err := openClaim(dir, name, kept)
	if err != nil {
		return 0, err
	}
	lock := syscall.Flock_t{Type: syscall.F_WRLCK}
	err = syscall.FcntlFlock(uintptr(fd), syscall.F_SETLK, &lock)
	if err == nil {
		return 0, nil
	}
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) {
		by, err = claimant(fd)
	}
	_ = syscall.Close(fd)
	return by, err
}

// claimant is who holds the lock; 0 if nobody does any more.
func claimant(fd int) (int, error) {
	lock := syscall.Flock_t{Type: syscall.F_WRLCK}
	if err := syscall.FcntlFlock(uintptr(fd), syscall.F_GETLK, &lock); err != nil || lock.Type == syscall.F_UNLCK {
		return 0, err
	}
	return int(lock.Pid), nil
}

func openClaim(dir, name string, kept bool) (fd int, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return -1, err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return -1, err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(st.Uid) != os.Geteuid() || info.Mode().Perm()&0o022 != 0 {
		return -1, &fs.PathError{Op: "open", Path: dir, Err: errOthers}
	}
	flags := syscall.O_RDWR | syscall.O_CREAT | syscall.O_NOFOLLOW
	if !kept {
		flags |= syscall.O_CLOEXEC
	}
	file := filepath.Join(dir, name)
	if fd, err = syscall.Open(file, flags, 0o600); err != nil {
		return -1, &fs.PathError{Op: "open", Path: file, Err: err}
	}
	return fd, nil
}
