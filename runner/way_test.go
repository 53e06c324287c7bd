package runner

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// steps is a way in one word each, with a ! behind what broke.
func steps(w Way) (all []string) {
	for _, l := range w {
		step := string(l.Step)
		if l.Err != nil {
			step += "!"
		}
		all = append(all, step)
	}
	return all
}

// through asks target by way of a proxy at proxy.
func through(t *testing.T, proxy, target string) *Exchange {
	t.Helper()
	u, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{Net: host.RealNet(), Proxy: func(*url.URL) (*url.URL, error) { return u, nil }}
	t.Cleanup(w.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	return w.do(ctx, http.MethodGet, target, "", http.Header{})
}

// TestWayThroughProxy: a proxy's answer and its end are told apart, and what it
// says is kept.
func TestWayThroughProxy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer string
		steps  []string
		err    string
	}{
		{"refuses", "HTTP/1.1 403 Filtered\r\nServer: tinyproxy/1.11.1\r\n\r\n", []string{"connect", "proxy!"}, "Filtered"},
		{"has much to say", "HTTP/1.1 403 " + strings.Repeat("A", 50000) + "\r\nServer: tinyproxy/1.11.1\r\n\r\n", []string{"connect", "proxy!"}, strings.Repeat("A", 296) + "…"},
		{"hangs up", "", []string{"connect", "proxy!"}, "unexpected EOF"},
		{"speaks something else", "SSH-2.0-OpenSSH_9.2\r\n", []string{"connect", "proxy!"}, `malformed HTTP response "SSH-2.0-OpenSSH_9.2"`},
		{"has a page", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html></html>", []string{"connect", "proxy", "tls!"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x := through(t, "http://"+answering(t, tt.answer), "https://semaphore.test:3443/api/ping")
			if diff := cmp.Diff(tt.steps, steps(x.Way)); diff != "" || tt.err != "" && x.Err.Error() != tt.err {
				t.Errorf("error %v, want %q; steps (-want +got):\n%s", x.Err, tt.err, diff)
			}
			var refused *TunnelError
			if errors.As(x.Err, &refused) && (refused.Status != 403 || refused.Header.Get("Server") != "tinyproxy/1.11.1") {
				t.Errorf("refused with %+v", refused)
			}
			if tunnelled := x.Way.Tunnelled(); tunnelled != slices.Contains(tt.steps, "proxy") {
				t.Errorf("Tunnelled() = %v", tunnelled)
			}
		})
	}
}

// answering is a port that reads once, says something and hangs up.
func answering(t *testing.T, words string) (addr string) {
	t.Helper()
	return accepting(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, words)
	})
}

// accepting is a port at which serve gets every connection.
func accepting(t *testing.T, serve func(net.Conn)) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
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
			go func() {
				defer conn.Close()
				serve(conn)
			}()
		}
	}()
	return l.Addr().String()
}

// TestWayRace: an address that is given up because the next one let in who came has
// not answered, whatever Go calls that, and whether it says so in time or not.
func TestWayRace(t *testing.T) {
	t.Parallel()
	given, cancel := context.WithCancel(t.Context())
	cancel()
	_, lost := new(net.Dialer).DialContext(given, "tcp", "192.0.2.1:3000")
	if lost == nil || !strings.Contains(lost.Error(), "canceled") {
		t.Fatalf("Go says %v", lost)
	}
	at := accepting(t, func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong") })
	race := host.Net{Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		trace := httptrace.ContextClientTrace(ctx)
		trace.ConnectStart("tcp", "[fd00::7]:3000")
		conn, err := new(net.Dialer).DialContext(ctx, network, at)
		trace.ConnectDone("tcp", "[fd00::7]:3000", lost)
		return conn, err
	}, Now: time.Now}
	w := &Wire{Net: race}
	t.Cleanup(w.Close)
	x := w.do(t.Context(), http.MethodGet, "http://semaphore.test:3000/api/ping", "", http.Header{})
	if all := x.Way.Of(StepConnect); len(all) != 2 || all[0].Err != ErrSilent || all[1].Err != nil {
		t.Errorf("answered %q, %v, by way of %v", x.Body, x.Err, all)
	}
}

// TestWayThroughSOCKS: http.Transport says nothing of what it asks a SOCKS proxy.
func TestWayThroughSOCKS(t *testing.T) {
	t.Parallel()
	target, _, _ := recorder(t, fakeserver.New(fakeserver.Options{Era: "E4c"}))
	to := strings.TrimPrefix(target, "http://")
	x := through(t, "socks5://"+accepting(t, func(c net.Conn) { socks(c, to, 0) }), "http://semaphore.test:3000/api/ping")
	if diff := cmp.Diff([]string{"connect", "proxy", "http"}, steps(x.Way)); diff != "" || x.Body != "pong" {
		t.Errorf("answered %q, %v; steps (-want +got):\n%s", x.Body, x.Err, diff)
	}
	x = through(t, "socks5://"+accepting(t, func(c net.Conn) { socks(c, to, 5) }), "https://semaphore.test:3443/api/ping")
	if diff := cmp.Diff([]string{"connect", "proxy!"}, steps(x.Way)); diff != "" || x.Way[1].To != "semaphore.test:3443" {
		t.Errorf("%v; steps (-want +got):\n%s", x.Err, diff)
	}
}

// socks is a proxy that leads everybody to one address, or says that it cannot.
func socks(conn net.Conn, to string, status byte) {
	b := make([]byte, 512)
	_, _ = conn.Read(b)
	_, _ = conn.Write([]byte{5, 0})
	_, _ = conn.Read(b)
	_, _ = conn.Write([]byte{5, status, 0, 1, 127, 0, 0, 1, 0, 0})
	out, err := net.Dial("tcp", to)
	if err != nil || status != 0 {
		return
	}
	defer out.Close()
	go func() { _, _ = io.Copy(out, conn) }()
	_, _ = io.Copy(conn, out)
}

// TestWayHandshakes: a proxy that speaks TLS has a handshake of its own.
func TestWayHandshakes(t *testing.T) {
	t.Parallel()
	x := through(t, "https://"+answering(t, "HTTP/1.1 400 Bad Request\r\n\r\n"), "https://semaphore.test:3443/api/ping")
	if diff := cmp.Diff([]string{"connect", "tls!"}, steps(x.Way)); diff != "" {
		t.Fatalf("%v; steps (-want +got):\n%s", x.Err, diff)
	}
	if to := x.Way[1].To; to == "semaphore.test:3443" || !strings.HasPrefix(to, "127.0.0.1:") {
		t.Errorf("the handshake is with %s, want the proxy", to)
	}
}
