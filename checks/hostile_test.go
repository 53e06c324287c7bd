package checks_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
)

// onServer are the checks of the server.
func onServer() (all []*checks.Check) {
	for _, c := range checks.Builtin() {
		if strings.HasPrefix(c.ID, "server/") {
			all = append(all, c)
		}
	}
	return all
}

// ask diagnoses a healthy runner with another way to its server.
func ask(t *testing.T, timeout time.Duration, dial func(context.Context, string, string) (net.Conn, error)) checks.Diagnosis {
	t.Helper()
	target, _ := checktest.Load(t, "../testdata/cases/server/ok-modern.txtar").Target(t)
	target.Net.Dial, target.Timeout = dial, timeout
	return checks.Diagnose(t.Context(), target, onServer())
}

// worst is the worst of the results, and what was found.
func worst(d checks.Diagnosis) (worst checks.Status, ids string) {
	for _, r := range d.Results {
		if r.Status == checks.Fail || r.Status == checks.Unknown {
			worst = max(worst, r.Status)
		}
		for _, f := range r.Findings {
			if f.Problem != nil {
				ids += f.Problem.ID + " "
			}
		}
	}
	return worst, ids
}

// stingy answers as Semaphore does, and resets the connection when it has said
// so many bytes.
type stingy struct {
	net.Listener
	mu   sync.Mutex
	left int
}

func (s *stingy) serve() {
	for {
		c, err := s.Accept()
		if err != nil {
			return
		}
		go s.talk(c.(*net.TCPConn))
	}
}

func (s *stingy) talk(c *net.TCPConn) {
	defer c.Close()
	for r := bufio.NewReader(c); ; {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		if !s.say(c, wholeAnswer(req.Method, req.URL.Path)) {
			_ = c.SetLinger(0)
			return
		}
	}
}

// say reports whether all of an answer could be said.
func (s *stingy) say(c io.Writer, answer string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := min(s.left, len(answer))
	s.left -= n
	_, err := io.WriteString(c, answer[:n])
	return err == nil && n == len(answer)
}

func (s *stingy) allow(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = n
}

func wholeAnswer(method, path string) string {
	status, body := "200 OK", "pong"
	switch {
	case method == http.MethodPut:
		return "HTTP/1.1 204 No Content\r\n\r\n"
	case !strings.HasSuffix(path, "/ping"):
		status, body = "401 Unauthorized", `{"error":"Invalid token"}`
	}
	return "HTTP/1.1 " + status + "\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

// TestCutAnswers: a connection that is reset after any byte of an answer gives a
// finding or an unknown, and only after the last one all is well.
func TestCutAnswers(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	server := &stingy{Listener: l}
	go server.serve()
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", l.Addr().String())
	}
	whole := len(wholeAnswer("GET", "/api/ping") + wholeAnswer("GET", "/") + wholeAnswer("PUT", "/"))
	for n := range whole + 1 {
		server.allow(n)
		got, ids := worst(ask(t, 10*time.Second, dial))
		if ok := got == checks.Pass && ids == ""; ok != (n == whole) {
			t.Errorf("after %d of %d bytes: %v, %s", n, whole, got, ids)
		}
	}
}

// onBusy is a time of which enough is left on a busy machine, one second, when a server
// has had its seven eighths.
const onBusy = 8 * time.Second

// TestSilentNameServer: a name server that never answers is a finding, in time.
func TestSilentNameServer(t *testing.T) {
	t.Parallel()
	silent, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	resolver := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", silent.LocalAddr().String())
	}}
	d := ask(t, onBusy, (&net.Dialer{Resolver: resolver}).DialContext)
	if got, ids := worst(d); got != checks.Fail || ids != "dns-failure " {
		t.Errorf("%v, %s, want fail, dns-failure", got, ids)
	}
}

// TestDeadServerCostsOnce: a server that says nothing is waited for once, whoever
// asks, and by one connection.
func TestDeadServerCostsOnce(t *testing.T) {
	t.Parallel()
	var dials atomic.Int64
	d := ask(t, onBusy, func(ctx context.Context, _, _ string) (net.Conn, error) {
		dials.Add(1)
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("i/o timeout")}
	})
	if got, _ := worst(d); got != checks.Fail || dials.Load() != 1 {
		t.Errorf("%v after %d connections, want fail after 1", got, dials.Load())
	}
}
