package runner

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// A link is one connection, and what was read from it too early.
type link struct {
	owner  *direct
	conn   net.Conn
	server string // host and port, as URLs have them
	addr   string // to which it was made
	in     *bufio.Reader
	out    *bufio.Writer
	head   int64       // how much more of it may be headers, in bytes
	used   bool        // it has had an answer
	idle   *time.Timer // closes it when nobody needs it; nil before the first answer
}

func newLink(owner *direct, conn net.Conn, server string) *link {
	l := &link{owner: owner, conn: conn, server: server, addr: conn.RemoteAddr().String(), out: bufio.NewWriter(conn)}
	l.in = bufio.NewReader(l)
	return l
}

// take has a kept link back, if it is as it was left.
func (l *link) take() bool {
	if !l.idle.Stop() {
		return false // closed
	}
	if !host.Quiet(l.conn) {
		l.conn.Close()
		return false
	}
	return true
}

// keep is for the next request.
func (l *link) keep() {
	l.used, l.owner.kept = true, l
	if l.idle == nil {
		l.idle = time.AfterFunc(idleConn, func() { l.conn.Close() })
		return
	}
	l.idle.Reset(idleConn)
}

// Read implements io.Reader, and bounds the headers.
func (l *link) Read(b []byte) (int, error) {
	if l.head <= 0 {
		return 0, errLongHead
	}
	n, err := l.conn.Read(b[:min(int64(len(b)), l.head)])
	l.head -= int64(n)
	return n, err
}

// errLongHead has the words of net/http.
var errLongHead = fmt.Errorf("net/http: server response headers exceeded %d bytes; aborted", maxBody)

// lostError is a connection of which nothing came: if it had been kept, it may have
// been closed meanwhile.
type lostError struct{ error }

func (e lostError) Unwrap() error { return e.error }

// ask sends a request and reads the head of its answer. The connection is closed
// when the context ends, or an error is returned.
func (l *link) ask(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	unwatch := context.AfterFunc(ctx, func() { l.conn.Close() })
	resp, err := l.exchange(req)
	if err == nil {
		resp.Body = &linkBody{body: resp.Body, link: l, ctx: ctx, unwatch: unwatch, ended: resp.Body == http.NoBody, keep: !resp.Close && !req.Close && resp.StatusCode > 199}
		return resp, nil
	}
	if unwatch(); ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	l.conn.Close()
	return nil, err
}

func (l *link) exchange(req *http.Request) (*http.Response, error) {
	l.head = maxBody
	if err := req.Write(l.out); err != nil {
		return nil, lostError{err}
	}
	if err := l.out.Flush(); err != nil {
		return nil, lostError{err}
	}
	if _, err := l.in.Peek(1); err != nil {
		return nil, lostError{err}
	}
	for {
		resp, err := http.ReadResponse(l.in, req)
		switch {
		case err != nil && l.head <= 0:
			return nil, broken(errLongHead)
		case err != nil:
			return nil, broken(err)
		case resp.StatusCode <= 199 && resp.StatusCode != http.StatusSwitchingProtocols:
			continue // an interim answer
		}
		l.head = math.MaxInt64
		return resp, nil
	}
}

// broken has the words of net/http.
func broken(err error) error {
	return fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", err)
}

// linkBody is the body of an answer. When it was read to its end the connection is
// kept, else it is closed: what is left of it may have no end.
type linkBody struct {
	body    io.ReadCloser
	link    *link
	ctx     context.Context
	unwatch func() bool
	keep    bool
	ended   bool
}

func (a *linkBody) Read(b []byte) (int, error) {
	n, err := a.body.Read(b)
	switch {
	case err == io.EOF: //nolint:errorlint // as an io.Reader has to return it
		a.ended = true
	case err != nil && a.ctx.Err() != nil:
		err = context.Cause(a.ctx)
	}
	return n, err
}

// Close implements io.Closer.
func (a *linkBody) Close() error {
	l := a.link
	if a.unwatch() && a.keep && a.ended && l.in.Buffered() == 0 {
		l.keep()
		return nil
	}
	return l.conn.Close()
}
