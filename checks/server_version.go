package checks

import (
	"context"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// VersionMismatch is a runner and a server on two sides of 2.10.26.
var VersionMismatch = &Problem{
	ID: "version-mismatch", Title: "Runner and server do not speak the same protocol", Status: Fail,
	Doc: pageVersionMismatch,
}

// ServerVersion finds out whether runner and server belong together.
var ServerVersion = &Check{
	ID:       "server/version",
	Title:    "Runner and server speak the same protocol",
	Problems: []*Problem{VersionMismatch, KnownBadVersion},
	Requires: []*Check{ServerSemaphore},
	Needs:    Network,
	Run:      serverVersion,
}

func serverVersion(ctx context.Context, t *Target) ([]Finding, error) {
	p, v, err := t.askedAs(ctx)
	if err != nil {
		return nil, err
	}
	switch kind := p.Kind(); {
	case p.Torn():
		return one(torn(p))
	case kind == runner.ModernServer && v.Era.Legacy():
		return one(mismatch(p, v, newServer(v)))
	case kind == runner.LegacyServer && !v.Era.Legacy():
		return one(mismatch(p, v, oldServer(p, v)))
	case v.Era == runner.E1 && wantsToken(p):
		return one(mismatch(p, v, strictServer(p, v)))
	case p.Bare.Status/100 == 3:
		return nil, NotApplicable("the server redirects the runner: see server/semaphore")
	case kind == runner.NobodyKnown:
		return nil, CannotTell(nil, "the server's answers do not tell its version")
	}
	return t.knownBad(ctx, p, v)
}

// wantsToken reports a server that answers 401 where no token is sent: from
// 2.9.40-beta on (observed 2.9.40-beta, 2.9.58, 2.10.22), older ones never do
// (observed 2.9.37).
func wantsToken(p *runner.Probe) bool {
	first, _ := p.Eras()
	return first.Within(runner.E2a, runner.E3)
}

// strictServer is one that wants a token from a runner that has never sent one.
func strictServer(p *runner.Probe, v runner.Version) Finding {
	return Finding{
		Summary: say.Textf("the runner is %s, which sends no token, and the server is %s and wants one", v.Name(), releases(p)),
		Detail:  say.Textf("Every request of the runner is answered 401. Its identity is not at fault: a newer runner can go on with the same state file."),
		Advice:  []say.Text{say.Textf("upgrade the runner to the server's version")},
	}
}

// releases are those that a server may be of.
func releases(p *runner.Probe) say.Text {
	first, last := p.Eras()
	from, _ := first.Releases()
	switch _, to := last.Releases(); to {
	case "":
		return say.Textf("%s or newer", from)
	case from:
		return say.Verbatim(from)
	default:
		return say.Textf("one of %s to %s", from, to)
	}
}

func mismatch(p *runner.Probe, v runner.Version, f Finding) Finding {
	f.Problem = VersionMismatch
	f.Evidence = []Evidence{{What: answered(p.Bare), From: p.Server.Given.From}}
	if v.Guessed() {
		f.Advice = append(f.Advice, say.Textf("if the runner is of another version than its config, name it with --runner-version: semaphore version tells it"))
	}
	return f
}

func newServer(v runner.Version) Finding {
	f := Finding{
		Summary: say.Textf("the runner is %s and the server is 2.10.26 or newer: they do not speak the same", v.Name()),
		Detail:  say.Textf("The runner's paths are the server's admin API now: every request is answered 401 with an empty body."),
		Advice:  []say.Text{say.Textf("upgrade the runner to the server's version: api_url without /api becomes web_host, the token in the state file becomes the token file; the token itself stays valid")},
	}
	if v.Guessed() {
		f.Summary = say.Textf("the config is for a runner up to 2.10.25, and the server is 2.10.26 or newer")
	}
	return f
}

func oldServer(p *runner.Probe, v runner.Version) Finding {
	f := Finding{
		Summary: say.Textf("the runner is %s and the server is %s: they do not speak the same", v.Name(), releases(p)),
		Detail:  say.Textf("The server does not know the runner's paths: every request is answered 404."),
		Advice:  []say.Text{say.Textf("upgrade the server, or run the server's own version of the runner")},
	}
	if v.Guessed() {
		f.Summary = say.Textf("the config is for a runner from 2.10.26 on, and the server is %s", releases(p))
	}
	return f
}

// answered is what came of a request.
func answered(x *runner.Exchange) say.Text {
	if words := x.JSONError(); words != "" {
		return say.Textf("%s %s was answered %d \"%s\"", x.Method, x.URL, x.Status, words)
	}
	return say.Textf("%s %s was answered %d", x.Method, x.URL, x.Status)
}
