//go:build unix

// Elsewhere no connection is kept: see host.Quiet.

package runner

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

// TestDirectHostile: whatever a server answers to any kind of request, a report says of
// it what it would if http.Transport had asked.
func TestDirectHostile(t *testing.T) {
	t.Parallel()
	log.SetOutput(io.Discard) // net/http writes there what came that nobody has asked for
	for _, h := range hostilities() {
		for _, method := range []string{"GET", "HEAD", "PUT", "POST"} {
			t.Run(method+" "+clipped(fmt.Sprintf("%q", h.name)), func(t *testing.T) {
				t.Parallel()
				w := &Wire{Net: host.RealNet(), Connect: 10 * time.Second}
				t.Cleanup(w.Close)
				want, got := h.told(t, w.through(nil, nil), method), h.told(t, &direct{dial: w.dial}, method)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-Transport +direct):\n%s", diff)
				}
			})
		}
	}
}

// told is what becomes of a request to a hostile server.
func (h hostility) told(t *testing.T, rt http.RoundTripper, method string) upshot {
	t.Helper()
	addr := accepting(t, func(conn net.Conn) {
		req, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		h.do(conn)
	})
	patience := 10 * time.Second
	if strings.HasSuffix(h.name, " and hangs") {
		patience = 300 * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return roundTrip(ctx, rt, method, "http://"+addr+"/api/ping", map[string]string{"PUT": "{}", "POST": "{}"}[method], http.Header{})
}

// TestDirectBytes: a server gets the same, byte for byte, at the same address.
func TestDirectBytes(t *testing.T) {
	t.Parallel()
	tests := []struct{ method, target, body string }{
		{"GET", "http://semaphore.test:3000/api/ping", ""},
		{"HEAD", "http://semaphore.test/api/internal/runners", ""},
		{"PUT", "http://semaphore.test:3000/api/runners/3", "{}"},
		{"POST", "http://semaphore.test:3000/api/internal/runners", `{"a":"` + strings.Repeat("b", 9000) + `"}`},
		{"DELETE", "http://semaphore.test:3000/api/runners/3", ""},
		{"GET", "http://user:pa%20ss@semaphore.test:3000/api/ping", ""},
		{"GET", "http://user@SEMAPHORE.test:/", ""},
		{"GET", "http://semaphore.test:3000", ""},
		{"GET", "http://semaphore.test:3000//a%2fb/../ü ?x=y+z&é=%zz#part", ""},
		{"PUT", "http://[::1]:3000/api/ping", "{}"},
		{"GET", "http://[fe80::1%25eth0]/api/ping", ""},
		{"GET", "http://a_b!.test/api/ping", ""},
	}
	for _, tt := range tests {
		want := recorded(t, func(w *Wire) http.RoundTripper { return w.through(nil, nil) }, tt.method, tt.target, tt.body)
		got := recorded(t, func(w *Wire) http.RoundTripper { return &direct{dial: w.dial} }, tt.method, tt.target, tt.body)
		if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(got, tt.method+" /") {
			t.Errorf("%s %s (-Transport +direct):\n%s", tt.method, tt.target, diff)
		}
	}
}

// recorded is what is dialled and sent for two requests over one connection.
func recorded(t *testing.T, by func(*Wire) http.RoundTripper, method, target, body string) string {
	t.Helper()
	var mu sync.Mutex
	var all strings.Builder
	note := func(p []byte) {
		mu.Lock()
		defer mu.Unlock()
		all.Write(p)
	}
	addr := accepting(t, func(conn net.Conn) {
		for r := bufio.NewReader(io.TeeReader(conn, writer(note))); ; {
			req, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, req.Body)
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		}
	})
	w := &Wire{Net: host.RealNet()}
	w.Net.Dial = func(ctx context.Context, network, to string) (net.Conn, error) {
		note([]byte(network + " " + to + "\n"))
		return new(net.Dialer).DialContext(ctx, network, addr)
	}
	t.Cleanup(w.Close)
	rt := by(w)
	for range 2 {
		if o := roundTrip(t.Context(), rt, method, target, body, http.Header{"X-Runner-Token": {"a b"}, "Content-Type": {"application/json"}}); o.Err != "" {
			t.Errorf("%s %s: %s", method, target, o.Err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	return all.String()
}

type writer func([]byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

// TestDirectOver: a request whose time is over before it begins goes nowhere.
func TestDirectOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(io.ErrShortBuffer)
		dials := make(chan string, 100)
		d := &direct{dial: func(_ context.Context, _, addr string) (net.Conn, error) {
			dials <- addr
			return nil, io.ErrClosedPipe
		}}
		for range 100 {
			if o := roundTrip(ctx, d, "GET", "http://h/", "", http.Header{}); o.Err != io.ErrShortBuffer.Error() {
				t.Fatalf("%+v, want %v", o, io.ErrShortBuffer)
			}
		}
		if synctest.Wait(); len(dials) > 0 {
			t.Errorf("%d connections, want none", len(dials))
		}
	})
}

// hostility is what a server does to a connection once it has read the request.
type hostility struct {
	name string
	do   func(net.Conn)
}

func says(words string) hostility {
	return hostility{words, func(c net.Conn) { _, _ = io.WriteString(c, words) }}
}

func saysAndResets(words string) hostility {
	return hostility{words + " and resets", func(c net.Conn) {
		_, _ = io.WriteString(c, words)
		_ = c.(*net.TCPConn).SetLinger(0)
	}}
}

func hangs(words string) hostility {
	return hostility{words + " and hangs", func(c net.Conn) {
		_, _ = io.WriteString(c, words)
		_, _ = c.Read(make([]byte, 1))
	}}
}

func endless(first, more string) hostility {
	return hostility{first + more + " without end", func(c net.Conn) {
		_, err := io.WriteString(c, first)
		for chunk := strings.Repeat(more, 100); err == nil; {
			_, err = io.WriteString(c, chunk)
		}
	}}
}

func hostilities() []hostility {
	const ok = "HTTP/1.1 200 OK\r\n"
	return []hostility{
		says(""), says("\r\n"), says("HTTP/1.1"), says(ok), says(ok + "X-A: b\r\n"), says(ok + "no colon\r\n\r\n"),
		says(ok + " folded: x\r\n\r\n"), says("\x15\x03\x01\x00\x02\x02\x46"), says("SSH-2.0-OpenSSH_9.2\r\n"),
		says("HTTP/1.1 abc OK\r\n\r\n"), says("HTTP/1.1 2000 OK\r\n\r\n"), says("HTTP/9.x 200 OK\r\n\r\n"), says("HTTP/1.1 200\r\n\r\n"),
		says("HTTP/1.1 500 " + strings.Repeat("語", 5000) + "\r\n\r\n"), says("HTTP/1.0 200 OK\r\n\r\npong"),
		says(ok + "Content-Length: 4\r\n\r\npong"), says(ok + "Content-Length: 4\r\n\r\npongHTTP/1.1 200 OK\r\n\r\n"),
		says(ok + "Content-Length: 10\r\n\r\npo"), says(ok + "Content-Length: x\r\n\r\npong"), says(ok + "Content-Length: -1\r\n\r\n"),
		says(ok + "Content-Length: 4\r\nContent-Length: 5\r\n\r\npong"), says(ok + "Connection: close\r\n\r\npong"),
		says(ok + "Transfer-Encoding: chunked\r\n\r\n4\r\npong\r\n0\r\nX-T: u\r\n\r\n"),
		says(ok + "Transfer-Encoding: chunked\r\n\r\n4\r\npong\r\n0\r\n"), says(ok + "Transfer-Encoding: chunked\r\n\r\n4\r\npo"),
		says(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\npong"), says(ok + "Transfer-Encoding: gzip\r\n\r\npong"),
		says(ok + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\npong"), says("HTTP/1.1 204 No Content\r\n\r\npong"),
		says("HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n"), says("HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
		says("HTTP/1.1 100 Continue\r\n\r\n" + ok + "\r\npong"), says(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 20) + ok + "\r\npong"),
		says("HTTP/1.1 103 Early Hints\r\n\r\n"), says("HTTP/1.1 101 Switching Protocols\r\n\r\npong"),
		says("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n\r\npong"),
		says(ok + "Content-Length: 200000\r\n\r\n" + strings.Repeat("a", 200000)), says(ok + "X-A: " + strings.Repeat("a", maxBody-100) + "\r\n\r\npong"),
		says(ok + "X-A: " + strings.Repeat("a", maxBody) + "\r\n\r\npong"),
		saysAndResets(""), saysAndResets(ok), saysAndResets(ok + "Content-Length: 10\r\n\r\npo"), saysAndResets("HTTP/1.1"),
		hangs(""), hangs(ok), hangs(ok + "Content-Length: 10\r\n\r\npo"), hangs("HTTP/1.1 103 Early Hints\r\n\r\n"),
		endless(ok+"\r\n", "a"), endless(ok, "X-More: and more\r\n"), endless("HTTP/1.1 ", "9"), endless("", "HTTP/1.1 103 Early Hints\r\n\r\n"),
		endless(ok+"Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
	}
}
