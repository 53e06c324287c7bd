package runner

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// maxBody is the most that is read of an answer, in bytes. Semaphore's longest
// to these requests is under a hundred.
const maxBody = 64 << 10

// A Wire sends the few requests a doctor may send. It never follows a redirect
// and never sends a header that the runner would not. What time it is, for
// certificates too, Net says.
type Wire struct {
	Net   host.Net
	Proxy func(*url.URL) (*url.URL, error) // nil: none
	TLS   *tls.Config                      // nil: the system's trust

	once      sync.Once
	transport *http.Transport
}

// An Exchange is one request and what became of it.
type Exchange struct {
	Method, URL string      // without a password
	Status      int         // 0 when there was no answer; set, too, when one broke off
	Header      http.Header // of the answer
	Body        string      // at most maxBody; "" when a token was accepted: it may hold keys
	Err         error       // no answer, or not all of one, and why
	Addr        string      // the address that was connected to; "" when none was
	Shaking     bool        // a TLS handshake was begun: something accepts connections there
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
	x := &Exchange{Method: method, URL: unnamed(target), Sent: w.now()}
	var shaking atomic.Bool // the transport may go on dialling after it has given up
	defer func() { x.Took, x.Shaking = w.now().Sub(x.Sent), shaking.Load() }()
	trace := &httptrace.ClientTrace{
		GotConn:           func(i httptrace.GotConnInfo) { x.Addr = i.Conn.RemoteAddr().String() },
		TLSHandshakeStart: func() { shaking.Store(true) },
	}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), method, target, reader(body))
	if err != nil {
		x.Err = badURL(parseFault(target, err))
		return x
	}
	x.URL, req.Header = ShownURL(req.URL), header
	if u := req.URL.User; u != nil { // as http.Client does for the runner, behind a proxy that wants a login
		password, _ := u.Password()
		req.SetBasicAuth(u.Username(), password)
	}
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

// readBody reads what matters. An answer that is longer is cut, which is no
// error; one that breaks off is no answer.
func readBody(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxBody))
	return string(b), err
}

func (w *Wire) now() time.Time { return w.Net.Now() }

func (w *Wire) roundTripper() http.RoundTripper {
	w.once.Do(func() {
		w.transport = &http.Transport{
			DialContext:            w.Net.Dial,
			TLSClientConfig:        w.tls(),
			MaxResponseHeaderBytes: maxBody,
			DisableCompression:     true,
			Proxy:                  w.proxy,
		}
	})
	return w.transport
}

func (w *Wire) tls() *tls.Config {
	cfg := &tls.Config{}
	if w.TLS != nil {
		cfg = w.TLS.Clone()
	}
	cfg.Time = w.Net.Now
	return cfg
}

func (w *Wire) proxy(r *http.Request) (*url.URL, error) { return w.proxyTo(r.URL) }

func (w *Wire) proxyTo(u *url.URL) (*url.URL, error) {
	if w.Proxy == nil {
		return nil, nil
	}
	return w.Proxy(u)
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
	in := c.Install
	return newProxyRule(in.ProxyVariable("http").V, in.ProxyVariable("https").V,
		in.firstSet("NO_PROXY", "no_proxy").V, in.Env["REQUEST_METHOD"].V != "").proxy
}

// proxyVariables are all names under which programs look for a proxy.
func proxyVariables() []string {
	return []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"}
}

// ProxyVariable is the variable that names the proxy for URLs of a scheme; zero
// when none is set to anything.
func (in *Installation) ProxyVariable(scheme string) Value[string] {
	if scheme == "https" {
		return in.firstSet("HTTPS_PROXY", "https_proxy")
	}
	return in.firstSet("HTTP_PROXY", "http_proxy")
}

func (in *Installation) firstSet(names ...string) Value[string] {
	for _, n := range names {
		if v := in.Env[n]; v.V != "" {
			return v
		}
	}
	return Value[string]{}
}
