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

// ErrOthers reports a directory in which somebody else may have put the file.
var ErrOthers = say.Errorf("somebody else may write there")

// Claim notes in a directory that this process starts the runner of some numbers, or is
// about to become it. by is the process that has done so before, with one of them, and is
// still there; 0: nobody. The note is a lock of fcntl(2) on one byte for each number, of an
// empty file that all runners share: it stays over exec (where a process has several
// threads, from Linux 5.11 on), no child of the runner inherits it, and it goes with the
// process, however that ends. The file by itself means nothing. With kept the process
// becomes the runner, which keeps the descriptor; it is never closed. Whoever has claimed
// something in a directory must not claim there again: all is lost with the first
// descriptor that is closed.
func Claim(dir string, kept bool, numbers ...uint64) (by int, err error) {
	fd, err := openClaim(dir, kept)
	if err != nil {
		return 0, err
	}
	for _, number := range numbers {
		lock := lockOf(number)
		if err = syscall.FcntlFlock(uintptr(fd), syscall.F_SETLK, &lock); err == nil {
			continue
		}
		if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) {
			by, err = claimant(fd, number)
		}
		_ = syscall.Close(fd) // and what was claimed goes with it
		return by, err
	}
	return 0, nil
}

// lockOf is on the byte of a number: as far as files go, it need not be there.
func lockOf(number uint64) syscall.Flock_t {
	return syscall.Flock_t{Type: syscall.F_WRLCK, Start: int64(number >> 2), Len: 1}
}

// claimant is who holds the lock; 0 if nobody does any more.
func claimant(fd int, number uint64) (int, error) {
	lock := lockOf(number)
	if err := syscall.FcntlFlock(uintptr(fd), syscall.F_GETLK, &lock); err != nil || lock.Type == syscall.F_UNLCK {
		return 0, err
	}
	return int(lock.Pid), nil
}

func openClaim(dir string, kept bool) (fd int, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return -1, err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return -1, err
	}
	if st, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(st.Uid) != os.Geteuid() && st.Uid != 0 || info.Mode().Perm()&0o022 != 0 {
		return -1, &fs.PathError{Op: "open", Path: dir, Err: ErrOthers}
	}
	flags := syscall.O_RDWR | syscall.O_CREAT | syscall.O_NOFOLLOW
	if !kept {
		flags |= syscall.O_CLOEXEC
	}
	file := filepath.Join(dir, "starts")
	if fd, err = syscall.Open(file, flags, 0o600); err != nil {
		return -1, &fs.PathError{Op: "open", Path: file, Err: err}
	}
	return fd, nil
}
