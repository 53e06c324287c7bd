//go:build integration && linux

package main

import (
	"net"
	"strconv"
	"testing"

	"golang.org/x/sys/unix"
)

// loopback is an address there; the kernel chooses the port 0.
func loopback(port int) *unix.SockaddrInet4 {
	return &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}, Port: port}
}

// listener is a TCP port of loopback.
func listener(t *testing.T) (l *net.TCPListener, port string) {
	t.Helper()
	l, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	return l, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// deadPort is a TCP port of loopback that refuses all: it is taken until the test
// ends, by a socket that does not listen.
func deadPort(t *testing.T) string {
	t.Helper()
	_, port := take(t, unix.SOCK_STREAM, 0)
	return port
}

// tcpPort is a TCP port of loopback for a program that asks for it with
// SO_REUSEADDR, as servers do. A port that was merely free a moment ago goes, now
// and then, to another test before the program is there.
func tcpPort(t *testing.T) string {
	t.Helper()
	_, port := take(t, unix.SOCK_STREAM, 1)
	return port
}

// udpPort is the same of UDP. What is sent there is the program's: the socket that
// keeps the port hears only a peer that never speaks.
func udpPort(t *testing.T) string {
	t.Helper()
	fd, port := take(t, unix.SOCK_DGRAM, 1)
	if err := unix.Connect(fd, loopback(9)); err != nil {
		t.Fatal(err)
	}
	return port
}

// take keeps a port until the test ends: nobody is given it who asks for any, and,
// but for reuse, nobody who asks for this one.
func take(t *testing.T, kind, reuse int) (fd int, port string) {
	t.Helper()
	fd, err := unix.Socket(unix.AF_INET, kind|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, reuse); err != nil {
		t.Fatal(err)
	}
	if err := unix.Bind(fd, loopback(0)); err != nil {
		t.Fatal(err)
	}
	addr, err := unix.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	return fd, strconv.Itoa(addr.(*unix.SockaddrInet4).Port)
}

// TestPorts: a port that is kept for a program is given to nobody else, refuses all
// before the program listens, and belongs to it then.
func TestPorts(t *testing.T) {
	t.Parallel()
	kept := tcpPort(t)
	if c, err := net.Dial("tcp4", "127.0.0.1:"+kept); err == nil {
		c.Close()
		t.Error("a port at which nothing listens lets in who comes")
	}
	l, err := net.Listen("tcp4", "127.0.0.1:"+kept)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := net.Dial("tcp4", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	if l, err := net.Listen("tcp4", "127.0.0.1:"+deadPort(t)); err == nil {
		l.Close()
		t.Error("a dead port lets somebody listen")
	}
	heard(t, udpPort(t))
}

// heard has a server listen at a kept UDP port and demands that it hears.
func heard(t *testing.T, port string) {
	t.Helper()
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	number, _ := strconv.Atoi(port)
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1); err != nil {
		t.Fatal(err)
	}
	if err := unix.Bind(fd, loopback(number)); err != nil {
		t.Fatal(err)
	}
	if err := unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: int64(patience.Seconds())}); err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("udp4", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Write([]byte("well?")); err != nil {
		t.Fatal(err)
	}
	if n, _, err := unix.Recvfrom(fd, make([]byte, 16), 0); err != nil || n != 5 {
		t.Errorf("the server hears %d bytes, %v", n, err)
	}
}
