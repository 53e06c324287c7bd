//go:build unix

// Elsewhere no connection is kept: see host.Quiet.

package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

// upshot is what became of a request, for people.
type upshot struct {
	Err    string
	Status int
	Header http.Header
	Body   string
	Way    []string
}

var ports = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// roundTrip sends a request as a Wire does.
func roundTrip(ctx context.Context, rt http.RoundTripper, method, url, body string, header http.Header) (o upshot) {
	tr := &tracer{now: time.Now, x: &Exchange{}}
	req, err := http.NewRequest(method, url, reader(body))
	if err != nil {
		return upshot{Err: err.Error()}
	}
	tr.through(nil, req.URL)
	req = req.WithContext(tr.with(ctx))
	req.Header = header.Clone()
	if method != http.MethodPost {
		req.Header["Idempotency-Key"] = nil
	}
	resp, err := rt.RoundTrip(req)
	if err != nil {
		err = outward(err)
		tr.broke(err)
		o.Err = err.Error()
	} else {
		defer resp.Body.Close()
		o.Status, o.Header = resp.StatusCode, resp.Header
		o.Body, err = readBody(resp)
		if o.Err = words(err); len(o.Body) > 100 {
			o.Body = o.Body[:100] + fmt.Sprint(len(o.Body))
		}
		tr.end(StepHTTP, "", err, resp.Status)
	}
	for _, l := range tr.done() {
		o.Way = append(o.Way, fmt.Sprintf("%s %s %s %s", l.Step, ports.ReplaceAllString(l.To, "server"), l.Got, ports.ReplaceAllString(words(l.Err), "server")))
	}
	o.Err = ports.ReplaceAllString(o.Err, "server")
	return o
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestDirectIsAsTransport: whatever a server does, a request that is sent without
// http.Transport looks the same to it, and comes to the same.
func TestDirectIsAsTransport(t *testing.T) {
	t.Parallel()
	const ok, empty = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong", "HTTP/1.1 204 No Content\r\nDate: Sun, 01 Mar 2026 12:00:00 GMT\r\n\r\n"
	tests := []struct {
		name  string
		then  ending
		texts []string
		last  string // the method of the last request; "" is GET
	}{
		{"answers on one connection", waits, []string{ok, empty, ok}, ""},
		{"is asked for a head", waits, []string{ok, empty, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"}, "HEAD"},
		{"chunks", waits, []string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npong\r\n0\r\n\r\n", empty, ok}, ""},
		{"closes after each", hangsUp, []string{ok}, ""},
		{"closes after two", hangsUp, []string{ok, empty}, ""},
		{"says that it closes", hangsUp, []string{"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\npong"}, ""},
		{"ends a body by closing", hangsUp, []string{"HTTP/1.1 200 OK\r\n\r\npong"}, ""},
		{"speaks 1.0", hangsUp, []string{"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\npong"}, ""},
		{"interim answers", waits, []string{"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + ok, empty, ok}, ""},
		{"refuses", waits, []string{"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno", ok}, ""},
		{"moves", waits, []string{"HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.test/\r\nContent-Length: 0\r\n\r\n", empty, ok}, ""},
		{"hangs up", hangsUp, []string{""}, ""},
		{"resets", resets, nil, ""},
		{"resets what was kept", resets, []string{ok}, ""},
		{"speaks TLS", hangsUp, []string{"\x15\x03\x01\x00\x02\x02\x16"}, ""},
		{"speaks SSH", hangsUp, []string{"SSH-2.0-OpenSSH_9.2\r\n"}, ""},
		{"has no status", hangsUp, []string{"HTTP/1.1\r\n\r\n"}, ""},
		{"has an odd status", hangsUp, []string{"HTTP/1.1 abc what\r\n\r\n"}, ""},
		{"ends within the status", hangsUp, []string{"HTTP/1.1 20"}, ""},
		{"ends within the headers", hangsUp, []string{"HTTP/1.1 200 OK\r\nContent-Le"}, ""},
		{"has a broken header", hangsUp, []string{"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"}, ""},
		{"has two lengths", hangsUp, []string{"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\npong!"}, ""},
		{"ends within the body", hangsUp, []string{"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\npong"}, ""},
		{"ends within a chunk", hangsUp, []string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\npong"}, ""},
		{"has headers without end", hangsUp, []string{"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*maxBody)}, ""},
		{"has a thousand cookies", waits, []string{"HTTP/1.1 200 OK\r\n" + strings.Repeat("Set-Cookie: a=b\r\n", 1000) + "Content-Length: 0\r\n\r\n", empty, ok}, ""},
		{"has a long body", hangsUp, []string{"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + strings.Repeat("x", 1000000)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &Wire{Net: host.RealNet(), Connect: 5 * time.Second}
			method := tt.last
			if method == "" {
				method = "GET"
			}
			told := func(rt http.RoundTripper) (all []upshot, heard []string, conns int) {
				s := newScripted(t, tt.then, tt.texts...)
				at := "http://" + s.Addr().String()
				all = append(all, roundTrip(t.Context(), rt, "GET", at+"/api/ping", "", http.Header{}))
				all = append(all, roundTrip(t.Context(), rt, "PUT", at+"/api/runners/1?q=%20", "{}", http.Header{"X-Runner-Token": {"t"}, "Content-Type": {"application/json"}}))
				all = append(all, roundTrip(t.Context(), rt, method, at+"/", "", http.Header{}))
				s.mu.Lock()
				defer s.mu.Unlock()
				for _, h := range s.heard {
					heard = append(heard, ports.ReplaceAllString(h, "server"))
				}
				return all, heard, s.conns
			}
			d := &direct{dial: w.dial}
			defer d.close()
			got, gotHeard, gotConns := told(d)
			want, wantHeard, wantConns := told(w.through(nil, nil))
			w.Close()
			for i := 1; i < len(want); i++ { // whether Transport knows by then that a kept connection has ended is chance
				want[i].Way, got[i].Way = nil, nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("what comes of it (-Transport +direct):\n%s", diff)
			}
			if diff := cmp.Diff(wantHeard, gotHeard); diff != "" {
				t.Errorf("what the server hears (-Transport +direct):\n%s", diff)
			}
			if wantConns != gotConns {
				t.Errorf("%d connections, with Transport %d", gotConns, wantConns)
			}
		})
	}
}

// TestDirectEndsWithItsContext: whoever is waited for, the end of the context is the
// end of the wait, in the words of Transport, and of the connection.
func TestDirectEndsWithItsContext(t *testing.T) {
	t.Parallel()
	deaf := host.Net{Dial: func(context.Context, string, string) (net.Conn, error) { select {} }, Now: time.Now}
	why := errors.New("why it ended")
	for name, tt := range map[string]struct {
		net   host.Net
		texts []string
	}{
		"nobody takes the connection": {deaf, nil},
		"silence":                     {host.RealNet(), []string{""}},
		"half a head":                 {host.RealNet(), []string{"HTTP/1.1 200 OK\r\nContent-"}},
		"half a body":                 {host.RealNet(), []string{"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\npong"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScripted(t, waits, tt.texts...)
			told := func(rt http.RoundTripper) (all []upshot) {
				late, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
				defer cancel()
				all = append(all, roundTrip(late, rt, "GET", "http://"+s.Addr().String(), "", http.Header{}))
				ended, end := context.WithCancelCause(t.Context())
				time.AfterFunc(50*time.Millisecond, func() { end(why) })
				return append(all, roundTrip(ended, rt, "GET", "http://"+s.Addr().String(), "", http.Header{}))
			}
			w := &Wire{Net: tt.net}
			d := &direct{dial: w.dial}
			if diff := cmp.Diff(told(w.through(nil, nil)), told(d)); diff != "" {
				t.Errorf("what comes of it (-Transport +direct):\n%s", diff)
			}
			if d.kept != nil {
				t.Error("a connection is kept whose answer nobody has read")
			}
		})
	}
}

// TestDirectTrustsNoStrayBytes: what a server sends without being asked is no answer
// to the next request.
func TestDirectTrustsNoStrayBytes(t *testing.T) {
	t.Parallel()
	const empty = "HTTP/1.1 204 No Content\r\n\r\n"
	s := newScripted(t, waits, empty+"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", empty)
	d := &direct{dial: (&Wire{Net: host.RealNet()}).dial}
	defer d.close()
	for range 3 {
		if got := roundTrip(t.Context(), d, "PUT", "http://"+s.Addr().String(), "{}", http.Header{}); got.Status != http.StatusNoContent {
			t.Fatalf("the answer is %+v, want 204", got)
		}
	}
	if got := s.met(); got != 3 {
		t.Errorf("%d connections, want 3", got)
	}
}

// TestDirectRepeatsNoOrder: a request that makes something is sent once, come what
// may.
func TestDirectRepeatsNoOrder(t *testing.T) {
	t.Parallel()
	s := newScripted(t, resets, "HTTP/1.1 204 No Content\r\n\r\n")
	d := &direct{dial: (&Wire{Net: host.RealNet()}).dial}
	at := "http://" + s.Addr().String()
	roundTrip(t.Context(), d, "GET", at, "", http.Header{})
	if got := roundTrip(t.Context(), d, "POST", at, "{}", http.Header{}); got.Err == "" {
		t.Errorf("the answer is %+v, want an error", got)
	}
	if got := s.met(); got != 1 {
		t.Errorf("%d connections, want 1", got)
	}
}

// TestDirectLetsGo: a connection that nobody needs is closed after a while.
func TestDirectLetsGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		here, there := net.Pipe()
		newLink(&direct{}, here, "h").keep()
		began := time.Now()
		_, err := there.Read(make([]byte, 1))
		if took := time.Since(began); !errors.Is(err, io.EOF) || took != idleConn {
			t.Errorf("%v after %v, want the end after %v", err, took, idleConn)
		}
	})
}

// TestPlainly: what has to be spelt out or refused goes to http.Transport.
func TestPlainly(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]bool{
		"http://semaphore:3000/api": true, "http://[::1]/api": true, "http://user:pass@semaphore/": true,
		"https://semaphore/": false, "http:///api": false, "http://sémaphore/": false, "ftp://semaphore/": false,
	} {
		req, err := http.NewRequest("GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainly(req, nil); got != want {
			t.Errorf("plainly(%s) = %v, want %v", url, got, want)
		}
		if plainly(req, req.URL) {
			t.Errorf("plainly(%s) through a proxy", url)
		}
		req.Header.Set("X-Runner-Token", "a\nX-Other: b")
		if plainly(req, nil) {
			t.Errorf("plainly(%s) with a header of two lines", url)
		}
	}
}
