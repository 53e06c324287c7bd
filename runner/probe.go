package runner

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// A Probe is what the server answered to the requests a doctor may send.
type Probe struct {
	Server *Server
	Ping   *Exchange // GET …/api/ping, no token; nil when the URL is no URL
	Bare   *Exchange // GET of the poll path without a token; id 0 before E4, because E1 answers a real id with jobs and keys
	Token  *Exchange // PUT {} of the poll path with the runner's token; nil when the runner would send none, or to a stranger
	Cred   *Credential
	Proxy  *url.URL // what stands between, by the runner's environment; nil when nothing does
}

// Ask sends the requests, in order, and stops when the first gets no answer:
// ping; the poll path without a token, which tells the server's era; and, if it
// is Semaphore that answers, the poll path with the runner's own token and an
// empty report. The last is what an idle runner sends every second, changes
// nothing and is answered 204 in every era when the token is good (observed
// 2.9.37 to 2.10.32).
func Ask(ctx context.Context, w *Wire, s *Server, cr *Credential) *Probe {
	p := &Probe{Server: s, Cred: cr}
	if s.URL == nil {
		return p
	}
	p.Proxy, _ = w.proxyTo(s.URL) // a proxy that is no URL fails the request, which says so
	if p.Ping = w.do(ctx, http.MethodGet, s.Ping(), "", http.Header{}); !p.Ping.Answered() {
		return p
	}
	p.Bare = w.do(ctx, http.MethodGet, s.Tasks("0"), "", http.Header{})
	if kind := p.Kind(); !cr.Presentable() || kind != LegacyServer && kind != ModernServer {
		return p // a token is nothing for strangers, nor for who only sends us on
	}
	p.Token = w.do(ctx, http.MethodPut, s.Tasks(strconv.Itoa(cr.ID)), "{}", tokenHeader(s.Era, cr.Token))
	if p.Token.Status == http.StatusOK {
		p.Token.Body = ""
	}
	return p
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

// A ServerKind is what answers at the other end, told without a token.
type ServerKind string

// What can answer.
const (
	NobodyKnown  ServerKind = ""              // no answer, or none that tells
	LegacyServer ServerKind = "E1-E3"         // one of 2.9.1 - 2.10.25
	ModernServer ServerKind = "E4+"           // 2.10.26 or later
	NotSemaphore ServerKind = "not Semaphore" // somebody else, or the wrong path
)

// Kind tells who answers from the request without a token (matrix of 2.9.37,
// 2.9.58, 2.10.22 and 2.10.32, observed):
//
//	path            E1             E2b, E3      E4+
//	runners/0       404 JSON       401 JSON     401 empty
//	internal/…      404 empty      404 text     401 JSON
func (p *Probe) Kind() ServerKind {
	x := p.Bare
	if !x.Answered() || x.Status/100 == 3 {
		return NobodyKnown
	}
	json := x.JSONError()
	switch {
	case x.Header.Get("WWW-Authenticate") != "":
		return NobodyKnown
	case x.Status == http.StatusTooManyRequests, x.Status == http.StatusRequestTimeout:
		return NobodyKnown // not now, says whoever it is
	case json == "Invalid token" && x.Status == http.StatusUnauthorized, json == "Runner not found" && x.Status == http.StatusNotFound:
		if p.Server.Era.Legacy() {
			return LegacyServer
		}
		return ModernServer
	case p.Server.Era.Legacy() && x.Status == http.StatusUnauthorized && x.Body == "" && p.Pong():
		return ModernServer
	case !p.Server.Era.Legacy() && x.Status == http.StatusNotFound && p.Pong():
		return LegacyServer
	}
	return NotSemaphore
}

// Pong reports whether the ping was answered as Semaphore answers it.
func (p *Probe) Pong() bool {
	return p.Ping.Answered() && p.Ping.Status == http.StatusOK && strings.TrimSpace(p.Ping.Body) == "pong"
}

// Failed is the first request that got no answer, or nil.
func (p *Probe) Failed() *Exchange {
	for _, x := range []*Exchange{p.Ping, p.Bare, p.Token} {
		if x != nil && x.Err != nil {
			return x
		}
	}
	return nil
}
