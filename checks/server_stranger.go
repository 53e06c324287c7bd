package checks

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// notSemaphore is about answers that no Semaphore gives.
func notSemaphore(p *runner.Probe) Finding {
	x := p.Bare
	f := Finding{
		Problem:  NotSemaphore,
		Summary:  say.Textf("what answers at %s is not Semaphore's runner API: %d", p.Server, x.Status),
		Detail:   misunderstood(p),
		Evidence: append([]Evidence{{What: answered(x), From: p.Server.Given.From}}, whoSays(p, x)...),
		Advice:   []say.Text{say.Textf("compare the URL with the one in the browser: the path of a sub-path installation belongs to it")},
	}
	if len(p.Sought) > 0 {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("no pong either from %s", say.List(sought(p))), From: p.Server.Given.From})
	}
	switch to := p.PageBase(x); {
	case x.HTML() && x.Status == 200:
		f.Summary = say.Textf("what answers at %s is not Semaphore's runner API: a web page", p.Server)
		if to != nil && base(p, to) != p.Server.String() {
			f.Advice = []say.Text{say.Textf("set %s to %s: the page that answers says it lives there", setter(p.Server.Given.From), base(p, to))}
		}
	case x.Status == 404 && p.Pong():
		f.Advice = []say.Text{
			say.Textf("let what stands in front of the server pass the runner's path: %s", taskPaths(p)),
			say.Textf("if nothing keeps that back, the server does not know it: compare its version with the runner's"),
		}
	case routeless(p):
		f.Passes = true
		f.Advice = append([]say.Text{say.Textf("see whether what stands in front of Semaphore has a route to it for %s: an ingress or a gateway that has none, or none yet, answers so", p.Server.URL.Host)}, f.Advice...)
	case x.Status == 403:
		f.Advice = []say.Text{say.Textf("look for a firewall or a proxy in front of the server: Semaphore's runner API never answers 403")}
	case x.Status > 400 && x.Status != 404:
		f.Advice = []say.Text{statusAdvice(x)}
	}
	return f
}

// nowhere is about a 3xx that leads nowhere.
func nowhere(p *runner.Probe, x *runner.Exchange, f *Finding) {
	f.Problem = NotSemaphore
	f.Summary = say.Textf("what answers at %s is not Semaphore's runner API: %d", p.Server, x.Status)
	f.Detail = misunderstood(p)
	f.Advice = []say.Text{statusAdvice(x)}
}

// statusAdvice is about a status that no Semaphore has for a runner.
func statusAdvice(x *runner.Exchange) say.Text {
	return say.Textf("see in the log or the manual of what stands in front of the server what it means by %d: Semaphore's runner API never answers so", x.Status)
}

// packed is about answers that the runner cannot unpack. It asks for gzip alone, and
// so does semadoctor.
func packed(p *runner.Probe, x *runner.Exchange) Finding {
	return Finding{
		Problem:  NotSemaphore,
		Summary:  say.Textf("what answers at %s packs its answers with %s, which the runner cannot unpack", p.Server, short(x.Packed())),
		Detail:   say.Textf("The runner asks for gzip or nothing (Accept-Encoding: gzip) and takes what it gets for JSON: \"invalid character\", again and again."),
		Evidence: append([]Evidence{{What: answered(x), From: p.Server.Given.From}}, whoSays(p, x)...),
		Advice:   []say.Text{say.Textf("have what stands in front of Semaphore heed Accept-Encoding, or leave %s as it is", taskPaths(p))},
	}
}

// routeless reports what an ingress or a gateway answers to everything as long as it
// has no route: 404, or a 200 with nothing in it (Caddy). A Semaphore has its web page
// for each path outside of its API (observed 2.9.37 to 2.10.32).
func routeless(p *runner.Probe) bool {
	x := p.Bare
	if p.Pong() || p.Server.WrongAPI() || x.Status != p.Ping.Status {
		return false
	}
	return x.Status == http.StatusNotFound || x.Status == http.StatusOK && x.Body == ""
}

// base is the setting for a server that lives at a URL.
func base(p *runner.Probe, u *url.URL) string {
	at := *u
	if p.Server.Era.Legacy() {
		at.Path += "/api"
	}
	return runner.ShownURL(&at)
}

// sought are the paths that were tried, too.
func sought(p *runner.Probe) []string {
	var all []string
	for _, x := range p.Sought {
		all = append(all, x.URL)
	}
	return all
}

// misunderstood is what the runner makes of a stranger's answer: it reads JSON where
// the status is none of an error, and in E1 whatever it is (observed 2.9.37,
// 2.9.40-beta, 2.9.58, 2.10.22, 2.10.32).
func misunderstood(p *runner.Probe) say.Text {
	x, mistyped := p.Bare, (*json.UnmarshalTypeError)(nil)
	if p.Server.Era != runner.E1 && x.Status >= 400 {
		return say.Textf("The runner logs an error %d without Semaphore's words behind it, again and again.", x.Status)
	}
	switch err := json.Unmarshal([]byte(x.Body), &struct{}{}); {
	case err == nil:
		return say.Textf("The runner takes the answer for one without tasks: it logs nothing and waits for ever.")
	case errors.As(err, &mistyped): // the rest names a type of the runner's own
		return say.Textf("The runner says \"%s\", again and again.", "json: cannot unmarshal "+mistyped.Value)
	case x.Cut() && err.Error() == "unexpected end of JSON input": // of our part of it
		return say.Text{}
	default:
		return say.Textf("The runner says \"%s\", again and again.", err.Error())
	}
}
