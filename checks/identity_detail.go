package checks

import (
	"context"
	"net/http"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// identityDetail says what the runner does with its identity file as it is
// (observed 2.9.37, 2.9.58, 2.10.22 and 2.10.32).
func identityDetail(c *runner.Config, cr *runner.Credential) say.Text {
	switch {
	case !c.Era.Legacy():
		return modernDetail(c, cr)
	case cr.Condition == runner.NoPath && cr.Next == runner.Registers:
		return say.Textf("It registers anew at every start, and every start adds one more runner on the server.")
	case cr.Condition == runner.NoPath, cr.Condition == runner.Missing, cr.Condition == runner.Incomplete && cr.Next == runner.Dies:
		return say.Textf("The runner must register, and has no registration token: it panics with \"registration token cannot be empty\".")
	case cr.Condition == runner.Incomplete:
		return incompleteDetail(c.Era, cr)
	case cr.Condition == runner.Complete:
		return say.Textf("The runner cannot send it: every request fails with \"invalid header field value for \\\"X-Api-Token\\\"\".")
	}
	return say.Textf("The runner panics at its start, exit status 2, with the text of the error.")
}

// incompleteDetail is what a runner up to 2.10.25 does with half an identity.
// Of E2a the empty state was observed, the rest read in source.
func incompleteDetail(era runner.Era, cr *runner.Credential) say.Text {
	status, token := 404, say.Textf("its token")
	switch {
	case era == runner.E1:
		return say.Textf("The runner asks for the tasks of runner %d, is answered 404 and idles in silence.", cr.ID)
	case cr.Token.Empty():
		token = say.Textf("an empty token")
		if era != runner.E2a || cr.ID > 0 {
			status = 401
		}
	case era == runner.E2a:
		status = 401
	}
	return say.Textf("The runner asks for the tasks of runner %d with %s, and is answered %d every second, for ever.", cr.ID, token, status)
}

func modernDetail(c *runner.Config, cr *runner.Credential) say.Text {
	switch cr.Next {
	case runner.Chokes:
		return say.Textf("The runner cannot send it: every request fails with \"invalid header field value for \\\"X-Runner-Token\\\"\".")
	case runner.Polls:
		return say.Textf("The runner sends it as it is and is answered 404 \"Runner not found\".")
	}
	return say.Textf("%s It says the same for a token file that is missing, empty, a directory or unreadable, and registers only when told to.", noToken(c))
}

// noToken is how a start without a token ends (2.10.32 observed; 2.10.26-beta,
// 2025 and 2026 read in source).
func noToken(c *runner.Config) say.Text {
	switch old, new := "can not retrieve runner token", "runner token is empty, cannot start the runner"; {
	case c.Version.Guessed():
		return say.Textf("\"runner start\" panics with \"%s\", from 2.18 on with \"%s\".", old, new)
	case c.Era == runner.E4a:
		return say.Textf("\"runner start\" panics with \"runner token required. Please register runner first or create it from web interface.\"")
	case c.Era.Before(runner.E5b):
		return say.Textf("\"runner start\" panics with \"%s\".", old)
	default:
		return say.Textf("\"runner start\" panics with \"%s\".", new)
	}
}

func identityEvidence(cr *runner.Credential) []Evidence {
	if cr.File.Path.V == "" {
		return nil
	}
	return []Evidence{{What: say.Textf("the %s is %s", cr.File.Role, cr.File.Path.V), From: cr.File.Path.From}}
}

// stale asks what the server says of a complete identity.
func (t *Target) stale(ctx context.Context, c *runner.Config, cr *runner.Credential) ([]Finding, error) {
	p, err := t.Probe(ctx)
	if err != nil || !p.Token.Answered() {
		return []Finding{note("the runner has an identity; the server could not be asked whether it accepts it")}, nil
	}
	if !refused(c.Era, p) || cr.Token.Empty() && c.Era != runner.E1 {
		return nil, nil
	}
	f := Finding{
		Problem: StateStale,
		Summary: say.Textf("the server does not know the runner's token (%s)", origin(cr)),
		Detail:  say.Textf("The runner was deleted on the server, the server's database was replaced, restored or cannot be read, or the token belongs to another server or another runner. The runner goes on asking once a second, for ever."),
		Evidence: []Evidence{{
			What: answered(p.Token),
			From: cr.TokenFrom,
		}},
		Advice: t.staleAdvice(c, cr),
	}
	if c.Era.Legacy() {
		staleLegacy(c, cr, p, &f)
	}
	if p.Unknown() || p.MixesUp() {
		f.Advice = append([]say.Text{say.Textf("see in the server's web UI whether the runner is there: a server that cannot read its database answers the same, and the runner recovers with it")}, f.Advice...)
	}
	t.registering(ctx, c, cr, &f)
	return one(f)
}

// staleLegacy tells a runner that is not there from one with another token: 404
// and 401 up to E3, but 401 for both on a server of E2a, and E1 looks at no token.
func staleLegacy(c *runner.Config, cr *runner.Credential, p *runner.Probe, f *Finding) {
	f.Summary = say.Textf("the server does not accept runner %d with the token it has (%s)", cr.ID, origin(cr))
	f.Detail = say.Textf("The state was copied from another host or written for another server, the server's database was restored, or the environment overrides half of it. The runner goes on asking once a second, for ever.")
	if p.Token.Status == http.StatusNotFound {
		f.Summary = say.Textf("the server has no runner %d (%s)", cr.ID, origin(cr))
		f.Detail = say.Textf("The runner was deleted on the server, the server's database was replaced, restored or cannot be read, or the identity belongs to another server. The runner goes on asking once a second, for ever.")
	} else if !p.MixesUp() && !fromEnv(cr) {
		f.Advice = append(f.Advice, say.Textf("runner %d is there and may be in use: before it is deleted, see that no other host has this state", cr.ID))
	}
	if c.Era == runner.E1 {
		f.Detail = say.Textf("%s It takes the answer for an empty list and logs nothing.", f.Detail)
	}
}

func origin(cr *runner.Credential) say.Text {
	if cr.TokenFrom.Env != "" {
		return cr.TokenFrom.Text()
	}
	if cr.TokenFrom.File != "" {
		return say.Verbatim(cr.TokenFrom.File)
	}
	return say.Verbatim(cr.File.Path.V)
}

// refused reports whether Semaphore itself turned the credential down: 404 in
// every era when the row is not there, 401 up to E3 when the token is not the
// row's.
func refused(era runner.Era, p *runner.Probe) bool {
	switch p.Token.Status {
	case http.StatusNotFound:
		return p.Unknown()
	case http.StatusUnauthorized:
		return era.Legacy() && era.ChecksToken() && p.Token.JSONError() == "Invalid token" && !p.HeaderLost()
	}
	return false
}

func (t *Target) staleAdvice(c *runner.Config, cr *runner.Credential) []say.Text {
	switch {
	case fromEnv(cr) && c.Era.Legacy():
		return []say.Text{say.Textf("set %s and SEMAPHORE_RUNNER_ID to what belongs together on this server, or take both out: they go before the state file", cr.TokenFrom.Env)}
	case !fromFile(cr):
		return []say.Text{say.Textf("write the token of a runner of this server at its place (%s): the web UI shows it when a runner is made", cr.TokenFrom)}
	case !c.Era.Legacy():
		return t.registerAdvice(c)
	case colliding(t.Files, c, cr.File):
		return []say.Text{say.Textf("if the server is the right one, take runner_id and token out of %s and let runner.config_file name a path of its own, such as %s/runner_state.json; with runner.registration_token set, the runner registers anew", cr.File.Path.V, stateHome)}
	}
	again := say.Textf("if the server is the right one, move %s aside and restart the runner: it registers anew", cr.File.Path.V)
	if c.Secret(runner.RegistrationToken).V.Empty() {
		again = say.Textf("%s, if runner.registration_token is set, which it is not now", again)
	}
	return []say.Text{again}
}
