package runner

import (
	"net/http"
	"strings"
)

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
//	path            E1, E2a      E2b, E3      E4+
//	runners/0       404 JSON     401 JSON     401 empty
//	internal/…      404 empty    404 text     401 JSON
//
// Where somebody answers in Semaphore's place with pages of his own, the runner's
// request tells.
func (p *Probe) Kind() ServerKind {
	switch {
	case !p.Veiled():
		return p.bareKind()
	case p.Server.Era.Legacy():
		return LegacyServer
	}
	return ModernServer
}

// Veiled reports a proxy that puts its own pages in the place of Semaphore's
// errors, and lets the runner through: it is accepted, or refused with another
// status than who has no token.
func (p *Probe) Veiled() bool {
	unknown := p.Token.Answered() && p.Token.Status == http.StatusNotFound && p.Bare.Status == http.StatusUnauthorized
	return p.masked() && (p.Accepted() || unknown)
}

// masked reports a server that is Semaphore by its pong, but not by its answer to
// a request without a token.
func (p *Probe) masked() bool {
	return p.Pong() && !p.Bare.pong() && (p.bareKind() == NotSemaphore || p.Login(p.Bare))
}

// Accepted reports whether the runner's own request was answered as that of a
// runner that is well.
func (p *Probe) Accepted() bool {
	return p.Token.Answered() && p.Token.Status == http.StatusNoContent
}

// Unknown reports that the server has no such runner. A veil hides its words.
func (p *Probe) Unknown() bool {
	return p.Token.Answered() && p.Token.Status == http.StatusNotFound && (p.Token.JSONError() == runnerNotFound || p.Veiled())
}

func (p *Probe) bareKind() ServerKind {
	x := p.Bare
	if !x.Answered() || x.Status/100 == 3 || x.Status >= 500 || x.Packed() != "" || p.Login(x) {
		return NobodyKnown
	}
	legacy, words := p.Server.Era.Legacy(), x.JSONError()
	switch {
	case x.Later():
		return NobodyKnown // not now, says whoever it is
	case words == invalidToken && x.Status == http.StatusUnauthorized, words == runnerNotFound && x.Status == http.StatusNotFound:
		if legacy {
			return LegacyServer
		}
		return ModernServer
	case legacy && x.Status == http.StatusUnauthorized && x.Body == "" && p.Pong():
		return ModernServer
	case !legacy && x.Status == http.StatusNotFound && p.Pong() && oldWords(x), !legacy && p.Pong() && p.oldUI():
		return LegacyServer
	}
	return NotSemaphore
}

// oldWords reports a 404 as servers up to 2.10.25 say it of a path they do not know:
// with nothing behind it, or these words (observed 2.9.37, 2.9.40-beta, 2.9.58,
// 2.10.22). Who keeps a path back may say 404 as well.
func oldWords(x *Exchange) bool {
	body := strings.TrimSpace(x.Body)
	return body == "" || body == "Not Found"
}

// oldUI reports a server below a path that answers a newer runner with its web UI:
// up to 2.9.40-beta it does not know that path as one of its API. The page is
// Semaphore's own where its base is the server's URL (observed 2.9.37).
func (p *Probe) oldUI() bool {
	below := strings.Trim(p.Server.URL.Path, "/")
	_, after, _ := strings.Cut(p.Bare.Body, `<base href="`)
	base, _, _ := strings.Cut(after, `"`)
	return below != "" && p.Bare.Status == http.StatusOK && strings.HasSuffix(base, "/"+below+"/")
}

// What Semaphore says when it turns a runner down.
const (
	invalidToken   = "Invalid token"
	runnerNotFound = "Runner not found"
)

// Login reports whether an answer is that of a login in front of the server. A
// Semaphore's own 401 is JSON with "Invalid token"; it has no body where an old
// runner's path is the admin API of a newer server (observed 2.10.32).
func (p *Probe) Login(x *Exchange) bool {
	switch {
	case !x.Answered(), x.JSONError() == invalidToken, x.JSONError() == runnerNotFound:
		return false // whatever headers a proxy adds
	case x.Packed() != "":
		return false // nobody can read whose it is
	case x.Header.Get("WWW-Authenticate") != "":
		return true
	case x.Status == http.StatusForbidden:
		return x.HTML()
	case x.Status != http.StatusUnauthorized:
		return false
	}
	return x.Body != "" || !p.Server.Era.Legacy() || !p.Pong()
}

// Eras are the first and the last era the server may be of; "" when it is not
// known to be Semaphore. E1 and E2a answer alike without a token: what they say
// to the runner's own request tells them apart, unless both would accept it.
func (p *Probe) Eras() (first, last Era) {
	switch {
	case p.Kind() == ModernServer:
		return E4a, Newest
	case p.Kind() != LegacyServer:
		return "", ""
	case p.Veiled():
		return E1, E3
	case p.strict():
		return E2b, E3
	case !p.Token.Answered() || !p.Server.Era.Legacy():
		return E1, E2a
	case p.Token.Status == http.StatusUnauthorized:
		return E2a, E2a
	case p.Token.Status == http.StatusNoContent && p.Server.Era == E1:
		return E1, E1 // no token was sent, and none was wanted
	}
	return E1, E2a
}

// strict reports a server up to 2.10.25 that wants a token before it says anything:
// 2.9.41-beta and later. Asked as a newer runner asks, it has text where the older
// ones have nothing.
func (p *Probe) strict() bool {
	if p.Server.Era.Legacy() {
		return p.Bare.Status == http.StatusUnauthorized
	}
	return p.Bare.Body != "" && !p.oldUI()
}

// doubtful reports a 401 up to 2.10.25 that may mean two things: the token is
// another row's, or it does not arrive.
func (p *Probe) doubtful() bool {
	return p.Kind() == LegacyServer && p.Server.Era.ChecksToken() && !p.Cred.Token.Empty()
}

// MixesUp reports a server that answers 401 both when the runner is not there and when
// it is there with another token: 2.9.40-beta, whatever the runner's version is.
func (p *Probe) MixesUp() bool {
	first, last := p.Eras()
	return first == E2a && last == E2a
}

// HeaderLost reports whether the token does not arrive at a server of E2a to E3,
// whose 401 does not tell. There is no runner 0: who gets the token says 404 from
// 2.9.41-beta on, and who does not says 401; in 2.9.40-beta it is the reverse
// (observed 2.9.58 and 2.10.22; 2.9.40-beta read in source).
func (p *Probe) HeaderLost() bool {
	if !p.Lost.Answered() {
		return false
	}
	if p.strict() {
		return p.Lost.Status == http.StatusUnauthorized
	}
	return p.Lost.Status == http.StatusNotFound
}

// Pong reports whether the ping was answered as Semaphore answers it.
func (p *Probe) Pong() bool { return p.Ping.pong() }

func (x *Exchange) pong() bool {
	return x.Answered() && x.Status == http.StatusOK && strings.TrimSpace(x.Body) == "pong"
}
