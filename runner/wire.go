package runner

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"golang.org/x/net/http/httpproxy"
)

// maxBody is the most that is read of an answer, in bytes. Semaphore's longest
// to these requests is under a hundred.
const maxBody = 64 << 10

// A Wire sends the few requests a doctor may send. It never follows a redirect
// and never sends a header that the runner would not.
type Wire struct {
	Net   host.Net
	Proxy func(*url.URL) (*url.URL, error) // nil: none
	TLS   *tls.Config                      // nil: the system's trust

	once      sync.Once
	transport *http.Transport
}

// An Exchange is one request and what became of it.
type Exchange struct {
	Method, URL string
	Status      int         // 0 when there was no answer
	Header      http.Header // of the answer
	Body        string      // at most maxBody; "" when a token was accepted: it may hold keys
	Err         error       // no answer, and why
	Addr        string      // the address that was connected to; "" when none was
	Sent        time.Time
	Took        time.Duration
}

// Answered reports whether an HTTP answer came.
func (x *Exchange) Answered() bool { return x != nil && x.Err == nil }

// JSONError is the text of Semaphore's {"error":"…"} answers, or "".
func (x *Exchange) JSONError() string {
	const head, tail = `{"error":"`, `"}`
	if b := strings.TrimSpace(x.Body); strings.HasPrefix(b, head) && strings.HasSuffix(b, tail) {
		return b[len(head) : len(b)-len(tail)]
	}
	return ""
}

// HTML reports whether the answer is a page for people.
func (x *Exchange) HTML() bool {
	return strings.HasPrefix(x.Header.Get("Content-Type"), "text/html") || strings.HasPrefix(strings.TrimSpace(x.Body), "<")
}

// do sends one request and reads its answer.
func (w *Wire) do(ctx context.Context, method, target, body string, header http.Header) *Exchange {
	x := &Exchange{Method: method, URL: target, Sent: w.now()}
	defer func() { x.Took = w.now().Sub(x.Sent) }()
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { x.Addr = i.Conn.RemoteAddr().String() }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), method, target, reader(body))
	if err != nil {
		x.Err = err
		return x
	}
	req.Header = header
	resp, err := w.roundTripper().RoundTrip(req)
	if err != nil {
		x.Err = err
		return x
	}
	defer resp.Body.Close()
	x.Status, x.Header = resp.StatusCode, resp.Header
	x.Body, x.Err = readBody(resp.Body)
	return x
}

func reader(body string) io.Reader {
	if body == "" {
		return nil
	}
	return strings.NewReader(body)
}

// readBody reads what matters. An answer that is longer is cut, not an error.
func readBody(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxBody))
	if err != nil && (errors.Is(err, io.ErrUnexpectedEOF) || len(b) > 0) {
		err = nil
	}
	return string(b), err
}

func (w *Wire) now() time.Time { return w.Net.Now() }

func (w *Wire) roundTripper() http.RoundTripper {
	w.once.Do(func() {
		w.transport = &http.Transport{
			DialContext:            w.Net.Dial,
			TLSClientConfig:        w.TLS,
			MaxResponseHeaderBytes: maxBody,
			DisableCompression:     true,
			Proxy:                  w.proxy,
		}
	})
	return w.transport
}

func (w *Wire) proxy(r *http.Request) (*url.URL, error) {
	if w.Proxy == nil {
		return nil, nil
	}
	return w.Proxy(r.URL)
}

// Close ends the connections that were kept for the next request.
func (w *Wire) Close() {
	w.once.Do(func() { w.transport = &http.Transport{} })
	w.transport.CloseIdleConnections()
}

// ProxyOf is the proxy rule of a runner: up to E5 Go's own (HTTP_PROXY,
// HTTPS_PROXY, NO_PROXY), none in E5b and E6 (read in source, 2026).
func ProxyOf(c *Config) func(*url.URL) (*url.URL, error) {
	if !c.Era.Before(E5b) {
		return nil
	}
	env := func(names ...string) string {
		for _, n := range names {
			if v := c.Install.Env[n].V; v != "" {
				return v
			}
		}
		return ""
	}
	cfg := &httpproxy.Config{
		HTTPProxy:  env("HTTP_PROXY", "http_proxy"),
		HTTPSProxy: env("HTTPS_PROXY", "https_proxy"),
		NoProxy:    env("NO_PROXY", "no_proxy"),
		CGI:        env("REQUEST_METHOD") != "",
	}
	return cfg.ProxyFunc()
}
