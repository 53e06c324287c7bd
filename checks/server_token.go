package checks

import (
	"context"
	"net/http"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// TaskEndpoint401 is a server that answers the runner's polls 401.
var TaskEndpoint401 = &Problem{
	ID: "task-endpoint-401", Title: "Every poll is answered 401", Status: Fail,
	Doc: pageTaskEndpoint401,
	CausedBy: []*Problem{
		PathCollision, StateMissing, StateEmpty, StateCorrupt, StateUnreadable, StateWrongFormat, TokenMalformed,
		TokenMissing, StateStale, RegistrationTokenAsToken, Redirects, VersionMismatch, ProxyInterferes, AuthProxy,
	},
}

// RunnerUnknown is a server that has no such runner.
var RunnerUnknown = &Problem{
	ID: "runner-unknown", Title: "The server does not know the runner", Status: Fail,
	Doc:      pageRunnerUnknown,
	CausedBy: []*Problem{PathCollision, StateCorrupt, StateWrongFormat, TokenMalformed, StateStale, RegistrationTokenAsToken, VersionMismatch},
}

// TaskEndpoint400 is a server that answers the runner's own requests 400.
var TaskEndpoint400 = &Problem{
	ID: "task-endpoint-400", Title: "The task endpoint answers 400", Status: Fail,
	Doc:      pageTaskEndpoint400,
	CausedBy: []*Problem{KeyNotConfigured, KeyMissing, KeyFormat, KeyUnreadable},
}

// ServerToken finds out what the server says to the runner's own requests.
var ServerToken = &Check{
	ID:       "server/token",
	Title:    "The server accepts the runner's requests",
	Problems: []*Problem{TaskEndpoint401, RunnerUnknown, TaskEndpoint400},
	Requires: []*Check{ServerSemaphore},
	Needs:    Network,
	Run:      serverToken,
}

func serverToken(ctx context.Context, t *Target) ([]Finding, error) {
	p, err := t.asked(ctx)
	if err != nil {
		return nil, err
	}
	x := p.Token
	switch {
	case x == nil:
		return nil, unasked(p)
	case !x.Answered():
		return nil, CannotTell(x.Err, "the server gave no answer to %s: %s", x.Method, runnerWords(x.Err))
	}
	switch {
	case p.Torn():
		return nil, NotApplicable("two servers answer the runner: see server/version")
	case x.Status == http.StatusNoContent: // a 200 is for reports with jobs, in 2.19; this one had none
		return polled(p)
	case x.Status == http.StatusUnauthorized:
		return one(unauthorized(p, x))
	case x.Status == http.StatusBadRequest:
		return one(badReport(p, x))
	case p.Unknown():
		return one(t.runnerUnknown(ctx, p, x))
	case (x.Status == http.StatusNotFound || x.Status == http.StatusOK) && foreignEra(p): // 200 is the web UI, below a path
		return nil, NotApplicable("the server does not know the runner's path: see server/version")
	}
	if x.Later() {
		return nil, tooBusy(x)
	}
	return nil, CannotTell(nil, "the server answers %d to the runner's own request, which no version is known to do", x.Status)
}

// foreignEra reports whether runner and server are on two sides of 2.10.26.
func foreignEra(p *runner.Probe) bool {
	kind, legacy := p.Kind(), p.Server.Era.Legacy()
	return kind == runner.LegacyServer && !legacy || kind == runner.ModernServer && legacy
}

// runnerUnknown is explained by state-stale, unless that was not asked for.
func (t *Target) runnerUnknown(ctx context.Context, p *runner.Probe, x *runner.Exchange) Finding {
	f := Finding{
		Problem:  RunnerUnknown,
		Summary:  say.Textf("the server answers 404 \"Runner not found\" to the runner's own request"),
		Detail:   say.Textf("No runner on this server has this identity. Up to 2.10.25 that means its number is not there; from 2.10.26 on, that its token is not. A server that cannot read its database says so, too."),
		Evidence: []Evidence{{What: answered(x), From: p.Cred.TokenFrom}},
		Advice:   []say.Text{say.Textf("see whether the URL is the right server's; if it is, and its database is well, its runner was deleted or the database restored: register the runner anew")},
	}
	if p.Veiled() {
		f.Summary = say.Textf("the server answers 404 to the runner's own request, behind a proxy's page")
	}
	if c, cr, err := t.identity(ctx); err == nil {
		t.registering(ctx, c, cr, &f)
	}
	return f
}

// badReport is about a 400 to the runner's report. No key of the runner's plays
// a part in that: only what is answered to a poll is encrypted.
func badReport(p *runner.Probe, x *runner.Exchange) Finding {
	f := Finding{
		Problem: TaskEndpoint400, Alone: true,
		Summary:  say.Textf("the server answers 400 to the runner's report"),
		Detail:   say.Textf("Reports are refused: results never reach the server, and one task may be run again and again."),
		Evidence: []Evidence{{What: answered(x), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("look at the log of what stands in front of the server, and of the server itself: no version of Semaphore answers 400 to a report without jobs")},
	}
	if x.JSONError() == "Invalid format" {
		f.Summary = say.Textf("the server answers 400 \"Invalid format\": the body of the runner's report does not arrive")
		f.Advice = []say.Text{say.Textf("let what stands in front of the server pass the body of PUT requests to %s", taskPaths(p))}
	}
	return f
}

func unauthorized(p *runner.Probe, x *runner.Exchange) Finding {
	f := Finding{Problem: TaskEndpoint401, Evidence: []Evidence{{What: answered(x), From: p.Cred.TokenFrom}}}
	f.Summary, f.Detail = why401(p)
	switch header := p.Server.Era.TokenHeader(); {
	case p.HeaderLost():
		f.Evidence = append(f.Evidence, Evidence{What: answered(p.Lost), From: p.Cred.TokenFrom})
		f.Advice = []say.Text{say.Textf("let what stands in front of the server pass the header %s on the way to %s", header, taskPaths(p))}
	case !p.Server.Era.Legacy():
		f.Advice = []say.Text{say.Textf("look at the proxies on the way: this must be answered 404, not 401: curl -sSi -H '%s: x' %s", header, say.Shell(x.URL))}
	}
	return f
}

// unasked says why the runner's own request was not sent.
func unasked(p *runner.Probe) error {
	switch {
	case p.Cred.Clash:
		return NotApplicable("the runner would send no request: see config/origin")
	case p.Cred.Next == runner.Registers:
		return NotApplicable("the runner has no identity yet: it registers at its next start")
	case p.Cred.Next != runner.Polls:
		return NotApplicable("the runner would send no request: see identity/state")
	case p.Bare.Status/100 == 3:
		return CannotTell(nil, "the server redirects the runner, and the token is not sent after it: see server/semaphore")
	}
	return NotApplicable("what stands in the token's place is not sent anywhere: see identity/state")
}

func accepted(p *runner.Probe) []Finding {
	switch first, _ := p.Eras(); {
	case first != runner.E1:
		return nil
	case p.Server.Era == runner.E1:
		return []Finding{note("the server knows runner %d; servers of this version look at no token", p.Cred.ID)}
	}
	return []Finding{note("the server knows runner %d; up to 2.9.40, which it may be, it looks at no token", p.Cred.ID)}
}

// why401 tells the causes of a 401 apart, by era: up to 2.10.25 a wrong token is
// answered 401, later one is 404, and only a missing header is 401.
func why401(p *runner.Probe) (summary, detail say.Text) {
	header := p.Server.Era.TokenHeader()
	switch {
	case p.Kind() == runner.ModernServer && p.Server.Era.Legacy():
		return say.Textf("the server answers 401 with an empty body: its runner API has moved"),
			say.Textf("The runner logs an error 401 every second, for ever; its token is not at fault.")
	case p.Server.Era == runner.E1:
		return say.Textf("the server answers 401: it wants a token, and runners up to 2.9.40 send none"),
			say.Textf("The runner's identity is not at fault.")
	case p.Cred.Token.Empty():
		return say.Textf("the server answers 401: the runner sends no token"),
			say.Textf("The runner asks for the tasks of runner %d with an empty %s header, once a second, for ever.", p.Cred.ID, header)
	case p.HeaderLost():
		return say.Textf("the server answers 401 though a token was sent: something on the way takes the header %s off", header),
			say.Textf("Runner 0 does not exist, and the answer to it tells whether a token arrives. None does, so the identity is not at fault. A proxy that does not pass headers it does not know does that.")
	case p.MixesUp():
		return say.Textf("the server answers 401: it has no runner %d with this token", p.Cred.ID),
			say.Textf("2.9.40-beta answers 401 both when the runner is not there and when it is there with another token.")
	case p.Server.Era.Legacy():
		return say.Textf("the server answers 401: the token does not belong to runner %d", p.Cred.ID),
			say.Textf("Up to 2.10.25 the server answers 404 when the runner is not there, and 401 when it is there with another token: the state was copied, the database restored, or the environment overrides half of it.")
	}
	return say.Textf("the server answers 401 though a token was sent: something on the way takes the header %s off", header),
		say.Textf("From 2.10.26 on a wrong token is answered 404; 401 means that no token arrived. A proxy that does not pass headers it does not know does that.")
}
