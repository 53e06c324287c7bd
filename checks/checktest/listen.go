package checktest

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"testing"
)

// The addresses of the server.
const (
	plainAddr = "semaphore.test:3000"
	tlsAddr   = "semaphore.test:3443"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// listen serves h and returns the way there, whatever address was asked for.
func (n *network) listen(t testing.TB, h http.Handler, c *certificate) dialer {
	s := httptestServer(t, n.recorder.before(h))
	if c == nil {
		s.Start()
	} else {
		s.TLS = &tls.Config{Certificates: []tls.Certificate{c.pair}, ClientAuth: c.asks}
		s.StartTLS()
	}
	return to(s.Listener.Addr().String())
}

// speechless accepts connections and speaks no HTTP: it says nothing ("hang"),
// hangs up ("reset"), answers as a TLS port does that knows no HTTP ("alert") or no
// such name ("nameless"), or as SSH ("ssh") or HTTP/2 ("h2") does.
func speechless(t testing.TB, kind string) dialer {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			go speechlessly(conn.(*net.TCPConn), kind)
		}
	}()
	return to(l.Addr().String())
}

func speechlessly(conn *net.TCPConn, kind string) {
	if kind == "hang" {
		return
	}
	defer conn.Close()
	_, _ = conn.Read(make([]byte, 1024))
	switch kind {
	case "reset":
		_ = conn.SetLinger(0)
	case "ssh":
		_, _ = conn.Write([]byte("SSH-2.0-OpenSSH_9.2p1\r\n"))
	case "h2": // as nginx 1.22 does with "listen PORT http2": settings, window, goodbye
		_, _ = conn.Write([]byte("\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x80\x00\x04\x00\x01\x00\x00\x00\x05\x00\xff\xff\xff" +
			"\x00\x00\x04\x08\x00\x00\x00\x00\x00\x7f\xff\x00\x00\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"))
	case "alert":
		_, _ = conn.Write([]byte("\x15\x03\x01\x00\x02\x02\x16"))
	case "nameless": // as nginx does with ssl_reject_handshake
		_, _ = conn.Write([]byte("\x15\x03\x03\x00\x02\x02\x70"))
	}
}
