package checks

import (
	"context"
	"net/http"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// NotSemaphore is something else that answers at the server's URL.
var NotSemaphore = &Problem{
	ID: "not-semaphore", Title: "What answers is not Semaphore's runner API", Status: Fail,
	Doc:      pageNotSemaphore,
	CausedBy: append(unusableURL(), URLAPISuffix, VersionMismatch, ProxyInterferes, AuthProxy),
}

// AuthProxy is a login in front of the server.
var AuthProxy = &Problem{
	ID: "auth-proxy", Title: "A proxy in front of the server keeps the runner out", Status: Fail,
	Doc: pageAuthProxy,
}

// ServerSemaphore finds out whether it is Semaphore that answers.
var ServerSemaphore = &Check{
	ID:       "server/semaphore",
	Title:    "What answers at the server URL is Semaphore",
	Problems: []*Problem{AuthProxy, Redirects, ServerError, WrongBasePath, NotSemaphore},
	Requires: []*Check{ServerReachable, ServerTLS},
	Needs:    Network,
	Run:      serverSemaphore,
}

func serverSemaphore(ctx context.Context, t *Target) ([]Finding, error) {
	p, v, err := t.askedAs(ctx)
	if err != nil {
		return nil, err
	}
	if p.Bare.Answered() && p.Bare.Packed() != "" { // the ping is nothing to a runner
		return one(packed(p, p.Bare))
	}
	for _, x := range telling(p) {
		if f, ok := foreign(p, v, x); ok {
			if f.Problem == Redirects {
				t.followed(ctx, p, x, &f)
			}
			return one(f)
		}
	}
	switch x := p.Bare; {
	case p.Found != nil:
		f := wrongBase(p)
		t.moveServer(ctx, p, p.Found, &f)
		return one(f)
	case p.Kind() == runner.NotSemaphore:
		return one(notSemaphore(p))
	case x.Later():
		return nil, tooBusy(x)
	}
	return nil, nil
}

// telling lists the answers that say who is there. The ping counts only while
// the runner's own path says nothing: a login may well keep all but that path.
func telling(p *runner.Probe) []*runner.Exchange {
	switch kind := p.Kind(); {
	case p.Accepted(), p.Veiled():
		return nil
	case kind == runner.LegacyServer, kind == runner.ModernServer:
		return []*runner.Exchange{p.Token, p.Bare}
	}
	return []*runner.Exchange{p.Token, p.Bare, p.Ping}
}

// forbidden is a 403 of what stands before the server.
func forbidden(p *runner.Probe, f *Finding) {
	f.Problem = AuthProxy
	f.Summary = say.Textf("something in front of the server forbids the runner's requests (403)")
	f.Detail = say.Textf("Semaphore itself never answers a runner 403. A proxy or a firewall in front of it keeps the runner's requests out.")
	f.Advice = []say.Text{say.Textf("let what stands in front of the server pass requests from this host to %s: its own log says what forbids them", taskPaths(p))}
}

// asksLogin is what stands before the server and wants to know who is there.
func asksLogin(p *runner.Probe, x *runner.Exchange, f *Finding) {
	f.Problem = AuthProxy
	f.Summary = say.Textf("something in front of the server asks for a login (%d%s)", x.Status, say.Verbatim(comma(x.Header.Get("WWW-Authenticate"))))
	f.Detail = say.Textf("Semaphore itself never asks a runner to log in. A proxy in front of it keeps the runner's requests out.")
	f.Advice = []say.Text{loginAdvice(p)}
}

// foreign recognises answers that are nobody's but a proxy's: a redirect, a
// login, a 5xx.
func foreign(p *runner.Probe, v runner.Version, x *runner.Exchange) (Finding, bool) {
	if !x.Answered() {
		return Finding{}, false
	}
	f := Finding{Evidence: append([]Evidence{{What: answered(x), From: p.Server.Given.From}}, whoSays(p, x)...)}
	if wait := leaveAlone(x.Header); !wait.IsZero() {
		f.Evidence = append(f.Evidence, Evidence{What: wait, From: p.Server.Given.From})
	}
	switch {
	case x.Status == http.StatusNetworkAuthenticationRequired:
		portal(x, &f)
	case x.Status/100 == 3 && leads(x):
		redirected(p, v, x, &f)
	case x.Status/100 == 3:
		nowhere(p, x, &f)
	case p.Login(x) && x.Status == http.StatusForbidden && x.Header.Get("WWW-Authenticate") == "": // no handler of a runner's gives 403 (read in source, 2.9.37 to 2.10.32)
		forbidden(p, &f)
	case p.Login(x):
		asksLogin(p, x, &f)
	case x.Status >= 500:
		f.Problem = ServerError
		f.Summary = say.Textf("the server answers %d to %s", x.Status, x.URL)
		f.Detail = whoFails(x)
		f.Advice = []say.Text{say.Textf("look at the server's and the proxy's logs: nothing on this host causes it")}
	case x == p.Token && filtered(p):
		keptBack(p, x, &f)
	default:
		return Finding{}, false
	}
	return f, true
}

// keptBack is about a PUT that somebody else answers, and not the server.
func keptBack(p *runner.Probe, x *runner.Exchange, f *Finding) {
	f.Problem = NotSemaphore
	f.Summary = say.Textf("something in front of the server answers the runner's PUT by itself: %d", x.Status)
	f.Detail = say.Textf("The runner can ask for tasks, and what becomes of them never reaches the server: each stays \"starting\" and may be run again and again.")
	f.Advice = []say.Text{say.Textf("let what stands in front of the server pass PUT, and POST for registering, to %s", taskPaths(p))}
	if x.Status == http.StatusNotFound && !p.Server.Era.Legacy() {
		f.Advice = append(f.Advice, say.Textf("if several servers are behind this address, see that none is older than 2.10.26: such a one answers so"))
	}
}

// filtered reports an answer to the runner's own request that is not Semaphore's,
// where a request without a token was answered by Semaphore.
func filtered(p *runner.Probe) bool {
	switch x := p.Token; {
	case x.Status == http.StatusNotFound:
		return !p.Unknown() && !foreignEra(p)
	case x.Status == http.StatusBadRequest, x.Status == http.StatusUnauthorized, x.Later():
		return false
	default:
		return x.Status/100 == 4
	}
}

// whoSays is how the sender of an answer calls itself, and its words, where they are
// not Semaphore's and say more than the status does.
func whoSays(p *runner.Probe, x *runner.Exchange) (seen []Evidence) {
	if who := software(x); who != "" {
		seen = append(seen, Evidence{What: say.Textf("what answered calls itself %s", who), From: p.Server.Given.From})
	}
	if words := gist(x); words != "" {
		seen = append(seen, Evidence{What: say.Textf("it says \"%s\"", words), From: p.Server.Given.From})
	}
	return seen
}

// software is what an answer's sender calls itself, "" when it does not say.
// Semaphore never does (observed 2.9.37 to 2.10.32).
func software(x *runner.Exchange) string { return short(x.Header.Get("Server")) }

// short is as much of a header as is worth quoting.
func short(header string) string { return cut(header, 60) }

// cut is the beginning of a text, in characters.
func cut(text string, enough int) string {
	all := []rune(text)
	return string(all[:min(len(all), enough)])
}

// loginAdvice: a server of E1 looks at no token, so that the login is all it has.
func loginAdvice(p *runner.Probe) say.Text {
	if !p.Server.Era.ChecksToken() {
		return say.Textf("let the proxy pass %s without a login for this host alone: servers of this version check no token", taskPaths(p))
	}
	return say.Textf("let the proxy pass the runner's path without a login: %s", taskPaths(p))
}

// taskPaths is the part of the server a runner needs.
func taskPaths(p *runner.Probe) string {
	if p.Server.Era.Legacy() {
		return p.Server.URL.Path + "/runners"
	}
	return p.Server.URL.Path + "/api/internal/runners"
}

func comma(s string) string {
	if s == "" {
		return ""
	}
	return ", " + s
}
