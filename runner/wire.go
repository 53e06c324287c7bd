package runner

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// maxBody is the most that is read of an answer, in bytes. Semaphore's longest
// to these requests is under a hundred.
const maxBody = 64 << 10

// idleConn is how long a connection is kept for another request.
const idleConn = 10 * time.Second

// A Wire sends the few requests a doctor may send, one after the other. It never
// follows a redirect and never sends a header that the runner would not. What time it is, for
// certificates too, Net says.
type Wire struct {
	Net     host.Net
	Proxy   func(*url.URL) (*url.URL, error) // nil: none
	Trust   *Trust                           // nil: the system's
	Connect time.Duration                    // how long a connection or a handshake may take; 0: as long as the request

	direct    *direct         // nil before the first request that it is for
	transport *http.Transport // the same, for all others
	asked     atomic.Bool     // for a certificate of the runner's own
}

// An Exchange is one request and what became of it.
type Exchange struct {
	Method, URL string               // without a password
	Status      int                  // 0 when there was no answer; set, too, when one broke off
	Header      http.Header          // of the answer
	Body        string               // at most maxBody; "" when a token was accepted: it may hold keys
	Err         error                // no answer, or not all of one, and why
	Addr        string               // the address that was connected to; "" when none was
	Way         Way                  // the steps there, each address that was tried
	TLS         *tls.ConnectionState // nil: no TLS, or no answer
	Asked       bool                 // the other side wanted a certificate, and got none: runners have none, in any version
	Sent        time.Time
	Took        time.Duration // up to the end of the answer
	Date        time.Time     // when the server says that it answered; zero: it does not say
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

// Cut reports whether Body may be but the beginning of the answer.
func (x *Exchange) Cut() bool { return len(x.Body) == maxBody }

// Packed is what an answer is packed with that the runner cannot unpack: it knows gzip
// alone. It is "" when the answer can be read, or is empty.
func (x *Exchange) Packed() string {
	with := strings.ToLower(strings.TrimSpace(x.Header.Get("Content-Encoding")))
	if x.Body == "" || with == "gzip" || with == "identity" {
		return ""
	}
	return with
}

// Later reports an answer that only says to come back: the request came too late, too
// early, or too often.
func (x *Exchange) Later() bool {
	switch x.Status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return false
}

// HTML reports whether the answer is a page for people.
func (x *Exchange) HTML() bool {
	return strings.HasPrefix(x.Header.Get("Content-Type"), "text/html") || strings.HasPrefix(strings.TrimSpace(x.Body), "<")
}

// likeClient adds to a request what http.Client adds to the runner's.
func likeClient(req *http.Request) {
	if req.Method != http.MethodHead {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	if req.Method != http.MethodPost {
		req.Header["Idempotency-Key"] = nil // never sent; what a kept connection has lost may be sent again
	}
	if u := req.URL.User; u != nil { // behind a proxy that wants a login
		password, _ := u.Password()
		req.SetBasicAuth(u.Username(), password)
	}
}

// do sends one request and reads its answer.
func (w *Wire) do(ctx context.Context, method, target, body string, header http.Header) *Exchange {
	x := &Exchange{Method: method, Sent: w.now()}
	tr := &tracer{now: w.now, x: x}
	defer func() { x.Took, x.Way, x.Asked = w.now().Sub(x.Sent), tr.done(), w.asked.Load() }()
	req, err := http.NewRequestWithContext(tr.with(ctx), method, target, reader(body))
	if err != nil {
		x.URL, x.Err = unnamed(target), badURL{errors.New(parseFault(target, err))}
		return x
	}
	proxy, noURL := w.proxyTo(req.URL)
	tr.through(proxy, req.URL)
	x.URL, req.Header = ShownURL(req.URL), header
	likeClient(req)
	resp, err := w.roundTripper(req, proxy, noURL == nil).RoundTrip(req)
	if err != nil {
		x.Err = outward(err)
		tr.broke(x.Err)
		return x
	}
	defer resp.Body.Close()
	x.Status, x.Header, x.TLS = resp.StatusCode, resp.Header, w.Trust.judged(resp.TLS)
	x.Date, _ = http.ParseTime(x.Header.Get("Date"))
	x.Body, x.Err = readBody(resp)
	tr.end(StepHTTP, "", x.Err, resp.Status)
	return x
}

func (w *Wire) now() time.Time { return w.Net.Now() }

// roundTripper is for requests to one server. A proxy that is none fails them.
func (w *Wire) roundTripper(req *http.Request, proxy *url.URL, sound bool) http.RoundTripper {
	if !sound || !plainly(req, proxy) {
		return w.through(req.URL, proxy)
	}
	if w.direct == nil {
		w.direct = &direct{dial: w.dial}
	}
	return w.direct
}

// through is for what is encrypted, or goes through a proxy.
func (w *Wire) through(server, proxy *url.URL) http.RoundTripper {
	if w.transport == nil {
		w.transport = &http.Transport{
			DialContext:            w.dial,
			TLSClientConfig:        w.tls(server, proxy),
			TLSHandshakeTimeout:    w.Connect,
			MaxResponseHeaderBytes: maxBody,
			DisableCompression:     true,
			IdleConnTimeout:        idleConn,
			Proxy:                  w.proxy,
			GetProxyConnectHeader:  askProxy,
			OnProxyConnectResponse: heardProxy,
		}
	}
	return traced{w.transport}
}

// dial gives up before the request does, so that each address gets its share of
// the time, as with the runner, and it is known what became of each.
func (w *Wire) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if w.Connect > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, w.Connect)
		defer cancel()
	}
	t := tracerOf(ctx)
	conn, err := w.Net.Dial(t.dialling(ctx), network, addr)
	if err == nil && t != nil && t.socks != "" {
		t.begin(StepProxy, t.socks)
	}
	return conn, err
}

func (w *Wire) tls(server, proxy *url.URL) *tls.Config {
	cfg := &tls.Config{}
	if w.Trust != nil {
		cfg = w.Trust.config(w.Net.Now, server, proxy)
	}
	cfg.Time, cfg.CipherSuites = w.Net.Now, suites()
	cfg.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		w.asked.Store(true)
		return &tls.Certificate{}, nil
	}
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
	if w.direct != nil {
		w.direct.close()
	}
	if w.transport != nil {
		w.transport.CloseIdleConnections()
	}
}
