package runner

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
)

// direct is an http.RoundTripper for requests without TLS and without a proxy, one
// after the other. It speaks in the goroutine of who asks: http.Transport has two
// more for each connection, and to wake them costs as much as all else of a request
// to a server nearby. What it sends and how it fails are as with http.Transport,
// which a test holds it against.
type direct struct {
	dial func(ctx context.Context, network, addr string) (net.Conn, error)
	kept *link // for the next request; nil: none
}

// plainly reports whether a request is one for direct: what needs to be spelt out, or
// refused, is not.
func plainly(req *http.Request, proxy *url.URL) bool {
	if proxy != nil || req.URL.Scheme != "http" || req.URL.Host == "" || !printable(req.URL.Host) {
		return false
	}
	for name, values := range req.Header {
		if !printable(name) {
			return false
		}
		for _, v := range values {
			if !printable(v) {
				return false
			}
		}
	}
	return true
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// RoundTrip implements http.RoundTripper. What a kept connection has lost is sent
// once more, if that may be done twice.
func (p *direct) RoundTrip(req *http.Request) (*http.Response, error) {
	for {
		l, err := p.link(req)
		if err != nil {
			return nil, err
		}
		resp, err := l.ask(req)
		var lost lostError
		switch {
		case err == nil:
			return resp, nil
		case errors.As(err, &lost) && l.used && again(req):
			continue
		case errors.As(err, &lost):
			err = lost.error
		}
		return nil, err
	}
}

// again has a request ready to be sent once more, if it may be: net/http's own mark
// says so.
func again(req *http.Request) bool {
	if _, ok := req.Header["Idempotency-Key"]; !ok {
		return false
	}
	if req.GetBody == nil {
		return req.Body == nil
	}
	body, err := req.GetBody()
	req.Body = body
	return err == nil
}

// link is the connection that was kept, or a new one. Nobody but the server it leads
// to may be told a token over it.
func (p *direct) link(req *http.Request) (*link, error) {
	if ctx := req.Context(); ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if p.kept != nil && p.kept.server != req.URL.Host {
		p.close()
	}
	l := p.kept
	p.kept = nil
	if l == nil || !l.take() {
		conn, err := p.connect(req.Context(), address(req.URL))
		if err != nil {
			return nil, err
		}
		l = newLink(p, conn, req.URL.Host)
	}
	tracerOf(req.Context()).connected(l.addr)
	return l, nil
}

func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// connect gives up with the context, whatever becomes of the connection then.
func (p *direct) connect(ctx context.Context, addr string) (net.Conn, error) {
	type dialled struct {
		conn net.Conn
		err  error
	}
	done := make(chan dialled, 1)
	go func() {
		conn, err := p.dial(context.WithoutCancel(ctx), "tcp", addr)
		done <- dialled{conn, err}
	}()
	select {
	case d := <-done:
		return d.conn, d.err
	case <-ctx.Done():
	}
	go func() {
		if d := <-done; d.conn != nil {
			d.conn.Close()
		}
	}()
	return nil, context.Cause(ctx)
}

// close ends the connection that was kept.
func (p *direct) close() {
	if l := p.kept; l != nil && l.idle.Stop() {
		l.conn.Close()
	}
	p.kept = nil
}
