package runner

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"time"
)

// tracer writes down a way. The transport may go on with it in the background
// after the request has been given up, which is no part of it any more.
type tracer struct {
	now   func() time.Time
	x     *Exchange // whose way it is
	hops  []string  // with whom there are handshakes of TLS: a proxy, the server
	socks string    // what a SOCKS proxy is asked for; "" when there is none

	mu    sync.Mutex
	way   Way
	began []time.Time // of each layer; zero when it is over
	over  bool
}

type tracerKey struct{}

// tracerOf is the tracer of the request that something is done for.
func tracerOf(ctx context.Context) *tracer {
	t, _ := ctx.Value(tracerKey{}).(*tracer)
	return t
}

func (t *tracer) begin(s Step, to string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.over {
		t.way = append(t.way, Layer{Step: s, To: to})
		t.began = append(t.began, t.now())
	}
}

// end is the end of the latest step of a kind to somewhere; "" is anywhere.
func (t *tracer) end(s Step, to string, err error, got ...string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := len(t.way) - 1; i >= 0 && !t.over; i-- {
		l := &t.way[i]
		if l.Step != s || t.began[i].IsZero() || to != "" && l.To != to {
			continue
		}
		l.Took, l.Err, l.Got = t.now().Sub(t.began[i]), err, got
		t.began[i] = time.Time{}
		return
	}
}

// broke is the end of a request without an answer: it ends the step that it came
// to, if that is one that nothing else tells the end of.
func (t *tracer) broke(err error) {
	t.mu.Lock()
	last := t.way.Last()
	t.mu.Unlock()
	if last == StepProxy || last == StepHTTP {
		t.end(last, "", err)
	}
}

// hop is with whom the next handshake is.
func (t *tracer) hop() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hops[min(len(t.way.Of(StepTLS)), len(t.hops)-1)]
}

// sought is the end of what is asked of a SOCKS proxy, which says so to nobody.
func (t *tracer) sought() {
	if t.socks != "" {
		t.end(StepProxy, t.socks, nil)
	}
}

// done is the whole way; what has not ended was silent.
func (t *tracer) done() Way {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over = true
	for i := range t.way {
		if !t.began[i].IsZero() {
			t.way[i].Took, t.way[i].Err = t.now().Sub(t.began[i]), ErrSilent
		}
	}
	return t.way
}

// through tells what lies between: a proxy may have a handshake of its own.
func (t *tracer) through(proxy, target *url.URL) {
	if proxy != nil && proxy.Scheme == "https" {
		t.hops = append(t.hops, proxy.Host)
	}
	if proxy != nil && (proxy.Scheme == "socks5" || proxy.Scheme == "socks5h") {
		t.socks = target.Host
	}
	t.hops = append(t.hops, target.Host)
}

// connected is when a request can be sent, over a connection to an address.
func (t *tracer) connected(addr string) {
	if t == nil {
		return
	}
	t.sought()
	t.x.Addr = addr
	t.begin(StepHTTP, t.hops[len(t.hops)-1])
}

// with is a context whose request is traced, by who carries it out.
func (t *tracer) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, tracerKey{}, t)
}

// dialling is a context in which a connection is made.
func (t *tracer) dialling(ctx context.Context) context.Context {
	if t == nil {
		return ctx
	}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:     func(i httptrace.DNSStartInfo) { t.begin(StepResolve, i.Host) },
		DNSDone:      func(i httptrace.DNSDoneInfo) { t.end(StepResolve, "", i.Err, texts(i.Addrs)...) },
		ConnectStart: func(_, addr string) { t.begin(StepConnect, addr) },
		ConnectDone:  func(_, addr string, err error) { t.end(StepConnect, addr, overtaken(err)) },
	})
}

// traced is http.Transport, which tells of its handshakes.
type traced struct{ *http.Transport }

// RoundTrip implements http.RoundTripper.
func (rt traced) RoundTrip(req *http.Request) (*http.Response, error) {
	if t := tracerOf(req.Context()); t != nil {
		req = req.WithContext(t.handshaking(req.Context()))
	}
	return rt.Transport.RoundTrip(req)
}

func (t *tracer) handshaking(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeStart: func() {
			t.sought()
			t.begin(StepTLS, t.hop())
		},
		TLSHandshakeDone: func(s tls.ConnectionState, err error) {
			if err == nil {
				t.end(StepTLS, "", nil, tls.VersionName(s.Version))
				return
			}
			t.end(StepTLS, "", err)
		},
		GotConn: func(i httptrace.GotConnInfo) { t.connected(i.Conn.RemoteAddr().String()) },
	})
}

// overtaken is what became of an address. Go gives it up when the next one lets in
// who comes (RFC 8305), perhaps before that can be told: it was silent till then.
func overtaken(err error) error {
	if errors.Is(err, context.Canceled) {
		return ErrSilent
	}
	return err
}

func texts(addrs []net.IPAddr) []string {
	all := make([]string, len(addrs))
	for i, a := range addrs {
		all[i] = a.String()
	}
	return all
}

// askProxy and heardProxy are the steps of a tunnel, as http.Transport tells them.
func askProxy(ctx context.Context, _ *url.URL, target string) (http.Header, error) {
	tracerOf(ctx).begin(StepProxy, target)
	return nil, nil
}

func heardProxy(ctx context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	status := clipped(resp.Status)
	got := []string{status}
	if kind := resp.Header.Get("Content-Type"); kind != "" { // a tunnel has no content
		got = append(got, clipped(kind))
	}
	var err error
	if resp.StatusCode != http.StatusOK {
		err = &TunnelError{Status: resp.StatusCode, Text: status, Header: resp.Header}
	}
	tracerOf(ctx).end(StepProxy, "", err, got...)
	return err
}

// A TunnelError is a proxy that does not make a tunnel. Its words are those that
// Go, and so the runner, has for it.
type TunnelError struct {
	Status int    // of HTTP
	Text   string // the status line
	Header http.Header
}

func (e *TunnelError) Error() string {
	if len(e.Text) > 4 {
		return e.Text[4:]
	}
	return "unknown status code"
}
