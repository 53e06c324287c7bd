//go:build unix

package host

import (
	"errors"
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// Quiet reports whether nothing has come over a connection that was kept: no byte
// that nobody has asked for, and no end. What cannot be looked into is not quiet.
func Quiet(c net.Conn) bool {
	sc, ok := c.(syscall.Conn)
	if !ok {
		return false
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return false
	}
	quiet := false
	err = raw.Read(func(fd uintptr) bool {
		var b [1]byte
		_, _, err := unix.Recvfrom(int(fd), b[:], unix.MSG_PEEK) // does not wait: Go's sockets never do
		quiet = errors.Is(err, unix.EAGAIN)
		return true
	})
	return quiet && err == nil
}
