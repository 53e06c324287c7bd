package runner

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestAskPatience: a server that hangs costs no more than the context allows.
func TestAskPatience(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]http.Handler{"hangs": fakeserver.Hang(), "drips": http.HandlerFunc(drip)} {
		url, _, _ := recorder(t, h)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		began := time.Now()
		p := asked(ctx, t, E4c, url, rowToken)
		cancel()
		if took := time.Since(began); took > 10*time.Second || p.Token != nil {
			t.Errorf("a server that %s: %v, token %+v", name, took, p.Token)
		}
	}
}

// TestAskBrokenOff: an answer that ends before its end accuses nobody.
func TestAskBrokenOff(t *testing.T) {
	t.Parallel()
	half := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/ping") {
			_, _ = io.WriteString(w, "pong")
			return
		}
		w.Header().Set("Content-Length", "25")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":"Inv`)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	url, _, _ := recorder(t, half)
	p := asked(t.Context(), t, E4c, url, rowToken)
	if p.Kind() != NobodyKnown || p.Failed() != p.Bare || p.Bare.Err == nil || p.Token != nil {
		t.Errorf("Kind = %q, Bare = %+v, want nobody known and an error", p.Kind(), p.Bare)
	}
}

// drip begins an answer and never ends it.
func drip(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, "po")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// TestAskEndless: bodies and headers without an end are cut, or an error.
func TestAskEndless(t *testing.T) {
	t.Parallel()
	url, _, _ := recorder(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for chunk := strings.Repeat("a", 4096); ; {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	}))
	p := asked(t.Context(), t, E4c, url, rowToken)
	if p.Ping.Err != nil || len(p.Ping.Body) != maxBody || p.Kind() != NotSemaphore {
		t.Errorf("endless body: %d bytes, %v, want %d", len(p.Ping.Body), p.Ping.Err, maxBody)
	}
	url, _, _ = recorder(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-More", strings.Repeat("a", 2*maxBody)) // Go's own limit is 10 MB
	}))
	if p = asked(t.Context(), t, E4c, url, rowToken); p.Ping.Err == nil {
		t.Errorf("large header: %+v, want an error", p.Ping)
	}
	p = asked(t.Context(), t, E4c, rawServer(t, "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"), rowToken)
	if p.Ping.Err == nil || p.Bare != nil {
		t.Errorf("endless headers: %+v, want an error", p.Ping)
	}
	p = asked(t.Context(), t, E4c, rawServer(t, "HTTP/1.1 ", "9"), rowToken)
	if p.Ping.Err == nil {
		t.Errorf("endless status line: %+v, want an error", p.Ping)
	}
	p = asked(t.Context(), t, E4c, rawServer(t, "", "HTTP/1.1 103 Early Hints\r\n\r\n"), rowToken)
	if p.Ping.Err == nil {
		t.Errorf("endless early hints: %+v, want an error", p.Ping)
	}
}

// rawServer answers every request with first, and then with more for ever.
func rawServer(t *testing.T, first, more string) (url string) {
	t.Helper()
	return "http://" + accepting(t, func(conn net.Conn) { pour(conn, first, more) })
}

func pour(conn net.Conn, first, more string) {
	if _, err := conn.Read(make([]byte, 4096)); err != nil { // net/http logs what comes unasked for
		return
	}
	_, err := io.WriteString(conn, first)
	for chunk := strings.Repeat(more, 100); err == nil; {
		_, err = io.WriteString(conn, chunk)
	}
}

// TestAskLogin: a password in the URL goes to the proxy that wants it, as
// http.Client sends it for the runner, and is not told to anybody.
func TestAskLogin(t *testing.T) {
	t.Parallel()
	server := fakeserver.New(fakeserver.Options{Era: "E4c"})
	server.AddRunner(3, rowToken)
	url, _, _ := recorder(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, pass, _ := r.BasicAuth(); user != "user" || pass != "s3cret" {
			fakeserver.Unauthorized("staff").ServeHTTP(w, r)
			return
		}
		server.ServeHTTP(w, r)
	}))
	p := asked(t.Context(), t, E4c, strings.Replace(url, "://", "://user:s3cret@", 1), rowToken)
	if tokenStatus(p) != 204 || strings.Contains(p.Ping.URL+p.Bare.URL+p.Token.URL, "s3cret") {
		t.Errorf("token answered %d at %s, want 204 and no password", tokenStatus(p), p.Ping.URL)
	}
}

func TestExchange(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body, contentType, json string
		html                    bool
	}{
		{`{"error":"Invalid token"}`, "application/json", "Invalid token", false},
		{"{\"error\":\"Runner not found\"}\n", "", "Runner not found", false},
		{`{"error":1}`, "", "", false},
		{`{"error":"`, "", "", false},
		{"", "", "", false},
		{"\n<html>", "", "", true},
		{"hello", "text/html; charset=utf-8", "", true},
	}
	for _, tt := range tests {
		x := &Exchange{Body: tt.body, Header: http.Header{"Content-Type": {tt.contentType}}}
		if x.JSONError() != tt.json || x.HTML() != tt.html {
			t.Errorf("%q: JSONError %q, HTML %v, want %q, %v", tt.body, x.JSONError(), x.HTML(), tt.json, tt.html)
		}
	}
	if (*Exchange)(nil).Answered() {
		t.Error("no exchange is answered")
	}
}

// TestOutward: how a connection ended does not depend on when net/http noticed.
func TestOutward(t *testing.T) {
	t.Parallel()
	ended := errors.New("remote error: tls: certificate required")
	for _, err := range []error{ended, fmt.Errorf("readLoopPeekFailLocked: %w", ended)} {
		if got := outward(err); got.Error() != ended.Error() {
			t.Errorf("outward(%q) = %q", err, got)
		}
	}
	long := outward(fmt.Errorf("%s: %w", strings.Repeat("語", 5000), ended))
	if got := []rune(long.Error()); len(got) > 400 || !errors.Is(long, ended) {
		t.Errorf("%d characters, and it is still the same error: %v", len(got), errors.Is(long, ended))
	}
	if kept := fmt.Errorf("write: %w", io.ErrClosedPipe); outward(kept).Error() != kept.Error() {
		t.Errorf("outward(%q) = %q", kept, outward(kept))
	}
}

// TestAskPacked: gzip that was not asked for is taken off, in vain where it is none,
// and no further than what matters.
func TestAskPacked(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		body string
		want int  // length of what is read
		bad  bool // it is no answer
	}{
		"nothing":    {},
		"a bomb":     {body: packed(t, strings.Repeat(" ", 10*maxBody)), want: maxBody},
		"a picture":  {body: packed(t, noise(10*maxBody)), want: maxBody},
		"not packed": {body: `{"error":"Invalid token"}`, bad: true},
		"half":       {body: packed(t, "pong")[:12], bad: true},
	} {
		url, _, _ := recorder(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, tt.body)
		}))
		if x := asked(t.Context(), t, E4c, url, rowToken).Ping; (x.Err != nil) != tt.bad || x.Err == nil && len(x.Body) != tt.want {
			t.Errorf("%s: %d bytes and %v, want %d bytes, error %v", name, len(x.Body), x.Err, tt.want, tt.bad)
		}
	}
}

// noise is what cannot be packed.
func noise(size int) string {
	b := make([]byte, size)
	rand.NewChaCha8([32]byte{}).Read(b) // never fails
	return string(b)
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestExchangeDate: a server's clock is what it says, and nothing where it says
// something else.
func TestExchangeDate(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 12, 0, 2, 0, time.UTC)
	for date, want := range map[string]time.Time{at.Format(http.TimeFormat): at, "yesterday": {}} {
		url, _, _ := recorder(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Date", date) }))
		w := &Wire{Net: host.RealNet()}
		if x := w.do(t.Context(), http.MethodGet, url, "", http.Header{}); x.Err != nil || !x.Date.Equal(want) {
			t.Errorf("Date %q is %v, %v, want %v", date, x.Date, x.Err, want)
		}
		w.Close()
	}
}
