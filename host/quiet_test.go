package host

import (
	"net"
	"runtime"
	"testing"
)

func TestQuiet(t *testing.T) {
	t.Parallel()
	tells := runtime.GOOS != "windows" // which does not say what has come before it is read: nothing is quiet there
	tests := []struct {
		name string
		do   func(other net.Conn)
		want bool
	}{
		{"nothing has come", func(net.Conn) {}, tells},
		{"a byte has come", func(other net.Conn) { _, _ = other.Write([]byte("x")) }, false},
		{"the other side has closed it", func(other net.Conn) { other.Close() }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			here, there := connected(t)
			tt.do(there)
			for !tt.want && Quiet(here) { // until it has come
				runtime.Gosched()
			}
			if got := Quiet(here); got != tt.want {
				t.Errorf("Quiet() = %v, want %v", got, tt.want)
			}
		})
	}
	closed, _ := connected(t)
	closed.Close()
	pipe, _ := net.Pipe()
	for name, c := range map[string]net.Conn{"closed": closed, "no socket": pipe} {
		if Quiet(c) {
			t.Errorf("a connection that is %s is quiet", name)
		}
	}
}

// connected are both ends of a connection.
func connected(t *testing.T) (here, there net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	here, err = net.Dial("tcp", l.Addr().String())
	must(t, err)
	there, err = l.Accept()
	must(t, err)
	t.Cleanup(func() { here.Close(); there.Close() })
	return here, there
}
