//go:build unix

// Elsewhere no connection is kept: see host.Quiet.

package runner

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

// habitual is a server that answers the first request of each connection with first, and
// does something else when the second comes. It writes down what it gets.
type habitual struct {
	first string
	idle  func(*net.TCPConn) // after the first answer
	next  func(*net.TCPConn) // when the second request has come; nil: answers it, too
	stood chan struct{}      // idle is over

	mu  sync.Mutex
	got []string
}

func (k *habitual) serve(conn net.Conn) {
	c, r := conn.(*net.TCPConn), bufio.NewReader(conn)
	k.note("connection")
	for n := 0; ; n++ {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		if k.note(req.Method); n > 0 && k.next != nil {
			k.next(c)
			return
		}
		_, _ = io.WriteString(c, k.first)
		if n == 0 {
			k.idle(c)
			k.stood <- struct{}{}
		}
	}
}

func (k *habitual) note(word string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.got = append(k.got, word)
}

const pong = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong"

// TestDirectKept: the connection is used for the next request where it is good for
// that; one that is not is no reason to ask twice for what must happen once.
func TestDirectKept(t *testing.T) {
	t.Parallel()
	nothing, hangUp := func(*net.TCPConn) {}, func(c *net.TCPConn) { c.Close() }
	reset := func(c *net.TCPConn) { _ = c.SetLinger(0); c.Close() }
	stray := func(c *net.TCPConn) { _, _ = io.WriteString(c, "HTTP/1.1 401 Unauthorized\r\n\r\n") }
	tests := []struct {
		name, first string
		idle, next  func(*net.TCPConn)
		restless    bool // something happens while nobody asks
		method      string
		got, err    string
	}{
		{"is good", pong, nothing, nil, false, "POST", "connection GET POST", ""},
		{"has no body", "HTTP/1.1 204 No Content\r\n\r\n", nothing, nil, false, "PUT", "connection GET PUT", ""},
		{"is in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npong\r\n0\r\n\r\n", nothing, nil, false, "PUT", "connection GET PUT", ""},
		{"is closed", pong, hangUp, nil, true, "POST", "connection GET connection POST", ""},
		{"is reset", pong, reset, nil, true, "POST", "connection GET connection POST", ""},
		{"says more", pong, stray, nil, true, "POST", "connection GET connection POST", ""},
		{"says more at once", pong + pong, nothing, nil, true, "POST", "connection GET connection POST", ""},
		{"said that it closes", strings.Replace(pong, "\r\n", "\r\nConnection: close\r\n", 1), nothing, nil, false, "POST", "connection GET connection POST", ""},
		{"switched", "HTTP/1.1 101 Switching Protocols\r\n\r\n", nothing, nil, false, "PUT", "connection GET connection PUT", ""},
		{"has too much to say", "HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n" + strings.Repeat("a", 70000), nothing, nil, false, "PUT", "connection GET connection PUT", ""},
		{"closes too late", pong, nothing, hangUp, false, "GET", "connection GET GET connection GET", ""},
		{"closes too late", pong, nothing, hangUp, false, "PUT", "connection GET PUT connection PUT", ""},
		{"closes too late", pong, nothing, hangUp, false, "POST", "connection GET POST", "EOF"},
		{"resets too late", pong, nothing, reset, false, "PUT", "connection GET PUT connection PUT", ""},
		{"breaks off", pong, nothing, func(c *net.TCPConn) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n"); c.Close() }, false, "PUT", "connection GET PUT",
			"net/http: HTTP/1.x transport connection broken: unexpected EOF"},
	}
	for _, tt := range tests {
		for _, name := range []string{"direct", "transport"} {
			if name == "transport" && tt.restless {
				continue // its goroutine may notice too late
			}
			t.Run(tt.name+" "+tt.method+" "+name, func(t *testing.T) {
				t.Parallel()
				server := &habitual{first: tt.first, idle: tt.idle, next: tt.next, stood: make(chan struct{}, 2)}
				url, w := "http://"+accepting(t, server.serve), &Wire{Net: host.RealNet(), direct: &direct{dial: (&net.Dialer{}).DialContext}}
				t.Cleanup(w.Close)
				rt := map[string]http.RoundTripper{"direct": w.direct, "transport": w.through(nil, nil)}[name]
				roundTrip(t.Context(), rt, "GET", url, "", http.Header{})
				<-server.stood
				o := roundTrip(t.Context(), rt, tt.method, url, map[string]string{"PUT": "{}", "POST": "{}"}[tt.method], http.Header{})
				server.mu.Lock()
				defer server.mu.Unlock()
				if diff := cmp.Diff(tt.got, strings.Join(server.got, " ")); diff != "" || o.Err != tt.err {
					t.Errorf("error %q, want %q; (-want +got):\n%s", o.Err, tt.err, diff)
				}
			})
		}
	}
}

// TestDirectStaysWithItsServer: a connection that was kept is not for another server,
// which may not see a token.
func TestDirectStaysWithItsServer(t *testing.T) {
	t.Parallel()
	d := &direct{dial: (&net.Dialer{}).DialContext}
	t.Cleanup(d.close)
	for range 2 {
		server := newScripted(t, waits, pong, pong)
		for range 2 {
			roundTrip(t.Context(), d, "GET", "http://"+server.Addr().String(), "", http.Header{})
		}
		server.mu.Lock()
		if server.conns != 1 || len(server.heard) != 2 {
			t.Errorf("%d requests over %d connections, want 2 over 1", len(server.heard), server.conns)
		}
		server.mu.Unlock()
	}
}
