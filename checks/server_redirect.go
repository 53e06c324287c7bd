package checks

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// Redirects is a server that sends the runner elsewhere.
var Redirects = &Problem{
	ID: "redirects", Title: "The server redirects the runner", Status: Fail,
	Doc:      pageRedirects,
	CausedBy: []*Problem{URLTrailingSlash, URLPlainHTTP},
}

// leads reports a 3xx that Go takes for a redirect: there are others, and it needs to
// say where (observed 2.10.32).
func leads(x *runner.Exchange) bool {
	switch x.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return x.Header.Get("Location") != ""
	}
	return false
}

// redirected is about a 3xx. Go keeps the method on 307 and 308 alone (observed
// 2.9.58, 2.10.22, 2.10.32), which runners up to 2.19 follow and work with; from
// E7 on redirects are refused (read in source, 2026).
func redirected(p *runner.Probe, v runner.Version, x *runner.Exchange, f *Finding) {
	f.Problem = Redirects
	f.Summary = say.Textf("the server redirects the runner's requests (%d) to %s", x.Status, cut(runner.ShownLocation(x.Header.Get("Location")), 200))
	f.Detail = say.Textf("The runner follows it with a GET instead of its PUT or POST: registering fails, and results never reach the server, so that one task is run again and again. Nothing is logged about it.")
	base, same := redirectBase(p, x)
	if same && sameBase(base, p.Server.URL) {
		circling(p, v, x, f)
		return
	}
	switch refuses := !v.Era.Before(runner.E7); {
	case refuses && !v.Guessed():
		f.Detail = say.Textf("The runner refuses redirects: \"runner API redirects are not allowed\".")
	case !same:
		f.Detail = say.Textf("Up to 2.19 the runner follows it, and understands nothing of the page there; from 2.20 on it refuses every redirect.")
	case x.Status == 307 || x.Status == 308:
		f.Status = Warn
		f.Detail = say.Textf("Runners up to 2.19 follow a 307 or 308 and work; from 2.20 on they refuse every redirect.")
	case refuses:
		f.Detail = say.Textf("Up to 2.19 the runner follows it with a GET instead of its PUT or POST: results never reach the server, and one task is run again and again. From 2.20 on it says \"runner API redirects are not allowed\".")
	}
	if !same {
		base = nil
	}
	f.Advice = redirectAdvice(p, base)
	if !same && p.Proxy != nil && p.Server.URL.Scheme == "http" {
		f.Advice = append(f.Advice, say.Textf("the page may be one of the proxy's, %s: if the server can be reached without it, name it in the runner's environment: NO_PROXY=%s", runner.ShownURL(p.Proxy), p.Server.URL.Hostname()))
	}
}

// redirectBase is the server URL that a redirect leads to; ok is false when it
// leads to another path, such as a login page.
func redirectBase(p *runner.Probe, x *runner.Exchange) (base *url.URL, ok bool) {
	from, err := url.Parse(x.URL)
	if err != nil {
		return nil, false
	}
	to, err := from.Parse(x.Header.Get("Location"))
	if err != nil {
		return nil, false
	}
	path, same := strings.CutSuffix(to.Path, strings.TrimPrefix(from.Path, p.Server.URL.Path))
	to.Path, to.RawPath, to.RawQuery, to.User = strings.TrimRight(path, "/"), "", "", nil
	return to, same
}

// sameBase reports whether a redirect leads to where the request went.
func sameBase(to, server *url.URL) bool {
	return to.Scheme == server.Scheme && strings.EqualFold(to.Host, server.Host) && to.Path == server.Path
}

// circling is about a redirect that leads to where it came from, perhaps with a query.
// Go gives up after ten (observed 2.10.32).
func circling(p *runner.Probe, v runner.Version, x *runner.Exchange, f *Finding) {
	f.Summary = say.Textf("the server redirects the runner's requests (%d) to where they came from", x.Status)
	f.Detail = say.Textf("Up to 2.19 the runner follows it ten times and says \"stopped after 10 redirects\", again and again; from 2.20 on it refuses every redirect.")
	if !v.Era.Before(runner.E7) && !v.Guessed() {
		f.Detail = say.Textf("The runner refuses redirects: \"runner API redirects are not allowed\".")
	}
	f.Evidence = append(f.Evidence, Evidence{What: say.Textf("it leads to %s", cut(runner.ShownLocation(x.Header.Get("Location")), 200)), From: p.Server.Given.From})
	f.Advice = []say.Text{say.Textf("if it is a login or a guard that sets a cookie and wants it back: no runner keeps one; let the runner's path pass without: %s", taskPaths(p))}
	if p.Server.URL.Scheme == "https" {
		f.Advice = append([]say.Text{say.Textf("if what takes off TLS passes http on to a server that redirects to https: have it pass https on, or the server heed X-Forwarded-Proto")}, f.Advice...)
	}
}

// redirectAdvice names the address behind the redirect. Whether that place is to
// be trusted a person must say.
func redirectAdvice(p *runner.Probe, base *url.URL) []say.Text {
	switch {
	case base == nil:
		return []say.Text{say.Textf("let what stands in front of the server pass the runner's path: %s", taskPaths(p))}
	case base.Hostname() != p.Server.URL.Hostname():
		return []say.Text{say.Textf("set %s to %s, if %s is yours: the runner sends its token there", setter(p.Server.Given.From), base, base.Hostname())}
	}
	return []say.Text{say.Textf("set %s to %s", setter(p.Server.Given.From), base)}
}

// followed proposes the address behind a redirect, if it is the same host's and no
// less safe: who may send a redirect is not who may have the token.
func (t *Target) followed(ctx context.Context, p *runner.Probe, x *runner.Exchange, f *Finding) {
	base, same := redirectBase(p, x)
	if !same || sameBase(base, p.Server.URL) || base.Hostname() != p.Server.URL.Hostname() || base.Scheme == "http" && p.Server.URL.Scheme != "http" {
		return
	}
	t.moveServer(ctx, p, base, f)
}

// moveServer proposes another address of the server. A login in the URL is for the
// old one, and stays a person's business.
func (t *Target) moveServer(ctx context.Context, p *runner.Probe, to *url.URL, f *Finding) {
	c, err := t.Config(ctx)
	if err != nil || p.Server.URL.User != nil {
		return
	}
	bare := *f
	bare.Advice = nil
	if bare = t.setServer(c, p.Server, bare, to.String()); bare.Fix != nil {
		*f = bare
		f.Fix.Safety = repair.Unsafe
		f.Fix.Final = say.Textf("what the runner sends to %s until then, its token too, has been sent", runner.ShownURL(to))
	}
}
