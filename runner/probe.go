package runner

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// A Probe is what the server answered to the requests a doctor may send.
type Probe struct {
	Server *Server
	Ping   *Exchange // GET …/api/ping, no token; nil when the URL is no URL
	Bare   *Exchange // GET of the poll path without a token; id 0 before E4, because E1 answers a real id with jobs and keys
	Token  *Exchange // PUT {} of the poll path with the runner's token; nil when the runner would send none, or to a stranger
	Lost   *Exchange // where E1-E3 say 401 to the token: the same to runner 0, which tells whether the header arrives
	Poll   *Exchange // HEAD of the poll path with the token, which only who asks for it gets; nil else
	Cred   *Credential
	Proxy  *url.URL // what stands between, by the runner's environment; nil when nothing does

	Sought []*Exchange // pings at other paths of the same server, where it is not Semaphore that answers
	Found  *url.URL    // the server URL by the one of them that answered pong; nil when none did
}

// Meet sends the requests that show no token, in order, and stops when the first
// gets no answer: ping; the poll path without a token, which tells the server's era;
// and, if it is not Semaphore that answers, pings at other paths of the same server.
// What is answered holds for all runners of an era that get there the same way.
func Meet(ctx context.Context, w *Wire, s *Server) *Probe {
	p := &Probe{Server: s}
	if s.URL == nil {
		return p
	}
	p.Proxy, _ = w.proxyTo(s.URL) // a proxy that is no URL fails the request, which says so
	if p.Ping = w.do(ctx, http.MethodGet, s.Ping(), "", http.Header{}); !p.Ping.Answered() {
		return p
	}
	p.Bare = w.do(ctx, http.MethodGet, s.Tasks("0"), "", http.Header{})
	if p.Kind() == NotSemaphore && !p.Pong() {
		p.seek(ctx, w)
	}
	return p
}

// Present sends the one request that shows a token, if the server that was met may
// see it: it is nothing for strangers, nor for who only sends us on. The poll path
// with an empty report is what an idle runner sends every second, changes nothing and
// is answered 204 in every era when the token is good (observed 2.9.37 to 2.10.32).
func (p *Probe) Present(ctx context.Context, w *Wire, s *Server, cr *Credential) *Probe {
	p = p.For(s, cr)
	masked, known := p.masked(), p.Kind() == LegacyServer || p.Kind() == ModernServer
	if !cr.Presentable() || !known && !masked {
		return p
	}
	p.present(ctx, w)
	if masked && !p.Veiled() {
		p.Token, p.Lost = nil, nil // what somebody else says to everybody
	}
	return p
}

// present shows the runner's token.
func (p *Probe) present(ctx context.Context, w *Wire) {
	report := func(id string) *Exchange {
		x := w.do(ctx, http.MethodPut, p.Server.Tasks(id), "{}", tokenHeader(p.Server.Era, p.Cred.Token))
		if x.Status == http.StatusOK {
			x.Body = ""
		}
		return x
	}
	p.Token = report(strconv.Itoa(p.Cred.ID))
	if p.Token.Status == http.StatusUnauthorized && p.doubtful() {
		p.Lost = report("0")
	}
}

// Try sends the runner's own poll as well, once its report was accepted, and only
// where the user wants it: it marks the runner as seen, and from 2.14 on takes a
// request to clear its cache away from it. HEAD is answered as GET is, without what
// is in the answer, which may be tasks and their secrets (observed 2.9.37 to
// 2.10.32).
func (p *Probe) Try(ctx context.Context, w *Wire) {
	if p.Accepted() {
		p.Poll = w.do(ctx, http.MethodHead, p.Server.Tasks(strconv.Itoa(p.Cred.ID)), "", tokenHeader(p.Server.Era, p.Cred.Token))
	}
}

// For is the same answers to another who asked the same with the same: the
// places its address and its token come from are its own.
func (p *Probe) For(s *Server, cr *Credential) *Probe {
	other := *p
	other.Server, other.Cred = s, cr
	return &other
}

// tokenHeader carries the token as the runner does: from E2 to E3 even when it
// is empty (observed 2.9.58).
func tokenHeader(era Era, token Secret) http.Header {
	h := http.Header{"Content-Type": {"application/json"}}
	if name := era.TokenHeader(); name != "" {
		h.Set(name, token.Reveal())
	}
	return h
}

// Presentable reports whether the runner would send this credential, and we
// may: what is no token, like a whole config in the token file's place, stays
// at home.
func (cr *Credential) Presentable() bool {
	if cr == nil || cr.Next != Polls {
		return false
	}
	fromFile := cr.TokenFrom.File != "" && cr.TokenFrom.Env == "" && cr.File.Path.V == cr.TokenFrom.File
	return !fromFile || cr.Condition == Complete || cr.Condition == Incomplete
}

// Failed is the first request that got no answer, or nil.
func (p *Probe) Failed() *Exchange {
	for _, x := range []*Exchange{p.Ping, p.Bare, p.Token, p.Lost, p.Poll} {
		if x != nil && x.Err != nil {
			return x
		}
	}
	return nil
}
