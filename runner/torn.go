package runner

import (
	"net/http"
	"strings"
)

// Torn reports answers that no one server gives: some are those of a server up to
// 2.10.25, and some those of a newer one. A load balancer gives them in the middle of
// an upgrade.
func (p *Probe) Torn() bool {
	legacy, modern := false, false
	for _, x := range []*Exchange{p.Bare, p.Token, p.Lost} {
		switch p.side(x) {
		case LegacyServer:
			legacy = true
		case ModernServer:
			modern = true
		}
	}
	return legacy && modern
}

// side is on which side of 2.10.26 an answer was certainly given. A 404 to a PUT may
// be anybody's, in the words of an old server as well.
func (p *Probe) side(x *Exchange) ServerKind {
	if !x.Answered() {
		return NobodyKnown
	}
	own, other := ModernServer, LegacyServer // whose path the runner asks for, and whose not
	if p.Server.Era.Legacy() {
		own, other = LegacyServer, ModernServer
	}
	switch words := x.JSONError(); {
	case words == invalidToken && x.Status == http.StatusUnauthorized, words == runnerNotFound && x.Status == http.StatusNotFound,
		x != p.Bare && x.Status == http.StatusNoContent:
		return own
	case other == ModernServer && x.Status == http.StatusUnauthorized && x.Body == "" && strings.HasPrefix(x.Header.Get("Content-Type"), "application/json"),
		other == LegacyServer && x == p.Bare && p.bareKind() == LegacyServer:
		return other
	}
	return NobodyKnown
}
