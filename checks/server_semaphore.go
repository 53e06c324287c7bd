package checks

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"

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
	ID: "auth-proxy", Title: "A login stands in front of the server", Status: Fail,
	Doc: pageAuthProxy,
}

// ServerError is a 5xx from the server or from what stands in front of it.
var ServerError = &Problem{
	ID: "server-error", Title: "The server is in trouble", Status: Fail,
	Doc:      pageServerError,
	CausedBy: []*Problem{ProxyInterferes, AuthProxy},
}

// ServerSemaphore finds out whether it is Semaphore that answers.
var ServerSemaphore = &Check{
	ID:       "server/semaphore",
	Title:    "What answers at the server URL is Semaphore",
	Problems: []*Problem{AuthProxy, Redirects, ServerError, NotSemaphore},
	Requires: []*Check{ServerReachable, ServerTLS},
	Needs:    Network,
	Run:      serverSemaphore,
}

func serverSemaphore(ctx context.Context, t *Target) ([]Finding, error) {
	p, v, err := t.askedAs(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range telling(p) {
		if f, ok := foreign(p, v, x); ok {
			return one(f)
		}
	}
	switch x := p.Bare; {
	case p.Kind() == runner.NotSemaphore:
		return one(notSemaphore(p))
	case x.Status == http.StatusTooManyRequests, x.Status == http.StatusRequestTimeout:
		return nil, CannotTell(nil, "the server answers %d to %s, which is no answer: ask again later", x.Status, x.URL)
	}
	return nil, nil
}

// telling lists the answers that say who is there. The ping counts only while
// the runner's own path says nothing: a login may well keep all but that path.
func telling(p *runner.Probe) []*runner.Exchange {
	switch p.Kind() {
	case runner.LegacyServer, runner.ModernServer:
		return []*runner.Exchange{p.Token, p.Bare}
	}
	return []*runner.Exchange{p.Token, p.Bare, p.Ping}
}

// foreign recognises answers that are nobody's but a proxy's: a redirect, a
// login, a 5xx.
func foreign(p *runner.Probe, v runner.Version, x *runner.Exchange) (Finding, bool) {
	if !x.Answered() {
		return Finding{}, false
	}
	f := Finding{Evidence: []Evidence{{What: answered(x), From: p.Server.Given.From}}}
	realm := x.Header.Get("WWW-Authenticate")
	switch {
	case x.Status/100 == 3:
		redirected(p, v, x, &f)
	case realm != "", (x.Status == 401 || x.Status == 403) && x.HTML():
		f.Problem = AuthProxy
		f.Summary = say.Textf("something in front of the server asks for a login (%d%s)", x.Status, say.Verbatim(comma(realm)))
		f.Detail = say.Textf("Semaphore itself never asks a runner to log in. A proxy in front of it keeps the runner's requests out.")
		f.Advice = []say.Text{loginAdvice(p)}
	case x.Status >= 500:
		f.Problem = ServerError
		f.Summary = say.Textf("the server answers %d to %s", x.Status, x.URL)
		f.Detail = say.Textf("A 500 with {\"error\":\"Unexpected error\"} is Semaphore's database; 502, 503 and 504 come from a proxy that does not reach Semaphore.")
		f.Advice = []say.Text{say.Textf("look at the server's and the proxy's logs: nothing on this host causes it")}
	default:
		return Finding{}, false
	}
	return f, true
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

// notSemaphore is about answers that no Semaphore gives.
func notSemaphore(p *runner.Probe) Finding {
	x := p.Bare
	f := Finding{
		Problem:  NotSemaphore,
		Summary:  say.Textf("what answers at %s is not Semaphore's runner API: %d", p.Server, x.Status),
		Detail:   say.Textf("The runner logs an error %d without Semaphore's words behind it, again and again.", x.Status),
		Evidence: []Evidence{{What: answered(x), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("compare the URL with the one in the browser: the path of a sub-path installation belongs to it")},
	}
	if to, ok := pageBase(p); ok {
		f.Advice = []say.Text{say.Textf("set %s to %s: the page that answers says it lives there", setter(p.Server.Given.From), to)}
	}
	switch {
	case p.Server.Era == runner.E1 && !x.HTML():
		f.Detail = say.Textf("The runner says \"Error parsing JSON\", again and again.")
	case x.HTML() && x.Status == 200:
		f.Summary = say.Textf("what answers at %s is not Semaphore's runner API: a web page", p.Server)
		f.Detail = say.Textf("The runner says \"invalid character '<' looking for beginning of value\", again and again.")
	case x.Status == 403:
		f.Advice = []say.Text{say.Textf("look for a firewall or a proxy in front of the server: Semaphore's runner API never answers 403")}
	}
	return f
}

// baseTag is how Semaphore's web page names the path of its server.
var baseTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<base href="([^"]*)">`) })

// pageBase is the server URL by Semaphore's own page, if it is another than the
// one that was asked.
func pageBase(p *runner.Probe) (string, bool) {
	m := baseTag().FindStringSubmatch(p.Bare.Body)
	if m == nil {
		return "", false
	}
	u, err := p.Server.URL.Parse(m[1])
	if err != nil || u.Host != p.Server.URL.Host {
		return "", false
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
	if p.Server.Era.Legacy() {
		u.Path += "/api"
	}
	return runner.ShownURL(u), u.Path != p.Server.URL.Path
}
