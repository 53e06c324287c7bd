package checks

import (
	"context"
	"net/http"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// TokenMissing is a runner that nothing identifies and nothing can register.
var TokenMissing = &Problem{
	ID: "token-missing", Title: "Nothing identifies the runner", Status: Fail,
	Doc:      pageTokenMissing,
	CausedBy: append(append(cannotKeep(), PathCollision, StateMissing, StateEmpty, StateCorrupt, StateUnreadable, StateWrongFormat, TokenMalformed, ConfigClobbered), unread()...),
}

// RegistrationTokenMissing is a runner that must register and cannot.
var RegistrationTokenMissing = &Problem{
	ID: "registration-token-missing", Title: "The runner has to register and has no registration token", Status: Fail,
	Doc:      pageRegistrationTokenMissing,
	CausedBy: append(unread(), StateMissing, StateCorrupt, ConfigClobbered),
}

// IdentityToken finds out whether a runner from 2.10.26 on has a token at all.
var IdentityToken = &Check{
	ID:       "identity/token",
	Title:    "Something identifies the runner",
	Problems: []*Problem{TokenMissing, TokenMalformed, RegistrationTokenAsToken},
	Requires: []*Check{ConfigDecodes, ConfigValues},
	Run:      identityToken,
}

func identityToken(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case halfNamed(c, cr):
		return one(tokenHalf(c))
	case cr.Next == runner.Chokes && !fromFile(cr):
		return one(t.unsendable(c, cr))
	case fromEnv(cr) && unquoted(cr.Token.Reveal()) != "":
		return one(t.quotedToken(c, cr))
	case c.Era.Legacy():
		return nil, NotApplicable("runners up to 2.10.25 keep their token in the state file")
	case !cr.Token.Empty():
		return t.registrationAsToken(ctx, c, cr), nil
	case cr.Condition != runner.NoPath:
		return nil, nil // identity/state judges the file
	}
	f := t.inService(c, t.tokenMissing(c))
	t.registeringUnless(ctx, c, cr, &f)
	return one(f)
}

func fromEnv(cr *runner.Credential) bool { return cr.TokenFrom.Env != "" }

// fromFile reports whether the token comes from the state or token file, or
// from nowhere.
func fromFile(cr *runner.Credential) bool {
	return cr.Token.Empty() && !fromEnv(cr) || !fromEnv(cr) && cr.TokenFrom.File == cr.File.Path.V && cr.TokenFrom.Pointer != configToken
}

// configToken is the only place in a config where a token is read from.
const configToken = "/runner/token"

// halfNamed reports an id in the environment of E2 without a token beside it
// (observed 2.9.58).
func halfNamed(c *runner.Config, cr *runner.Credential) bool {
	return c.Era.Within(runner.E2a, runner.E2b) && cr.Next == runner.Dies &&
		c.Text(runner.RunnerID).V != "" && c.Secret(runner.RunnerToken).V.Empty()
}

func tokenHalf(c *runner.Config) Finding {
	id := c.Text(runner.RunnerID).From
	return Finding{
		Problem:  TokenMissing,
		Summary:  say.Textf("%s is set, and SEMAPHORE_RUNNER_TOKEN is not", id),
		Detail:   say.Textf("The runner panics with \"runner token required\", exit status 2, whatever its state file holds."),
		Evidence: []Evidence{{What: say.Textf("runner_id %s", c.Text(runner.RunnerID).V), From: id}},
		Advice:   []say.Text{say.Textf("take SEMAPHORE_RUNNER_ID out, so that the state file counts, or set SEMAPHORE_RUNNER_TOKEN as well")},
	}
}

func (t *Target) unsendable(c *runner.Config, cr *runner.Credential) Finding {
	f := Finding{
		Problem:  TokenMalformed,
		Summary:  say.Textf("the token from %s holds a line break or another control character", cr.TokenFrom),
		Detail:   say.Textf("Only a token from a file is trimmed. The runner cannot send this one: every request fails with \"invalid header field value for %q\".", http.CanonicalHeaderKey(c.Era.TokenHeader())),
		Evidence: []Evidence{{What: say.Textf("token %s", cr.Token), From: cr.TokenFrom}},
		Advice:   []say.Text{say.Sentence("set the variable without the line break: printf %s instead of echo; in a Kubernetes Secret, without a newline at the end")},
	}
	if !fromEnv(cr) {
		f.Advice = []say.Text{say.Textf("in line %d of %s, take the line break out of %s", cr.TokenFrom.Line, cr.TokenFrom.File, runner.Dotted(cr.TokenFrom.Pointer))}
	}
	token := strings.TrimSpace(cr.Token.Reveal())
	if edits := t.setAt(c, cr.TokenFrom, token); runner.TokenShape(token) && edits != nil {
		t.Secrets.New(token)
		f.Fix = &repair.Fix{Title: say.Textf("keep only the token in %s", cr.TokenFrom), Edits: edits, Safety: repair.Safe}
		f.Advice = t.Restart()
	}
	return f
}

// unquoted is a token without the quotes that are a part of it; "" when there are none.
// Docker's --env-file and a list in a compose file leave them where they are.
func unquoted(token string) string {
	if n := len(token); n > 2 && token[0] == token[n-1] && (token[0] == '"' || token[0] == '\'') && !strings.ContainsAny(token[1:n-1], "\"' \t\r\n") {
		return token[1 : n-1]
	}
	return ""
}

func (t *Target) quotedToken(c *runner.Config, cr *runner.Credential) Finding {
	f := Finding{
		Problem:  TokenMalformed,
		Summary:  say.Textf("the token from %s has quotes around it, which the runner sends along", cr.TokenFrom),
		Detail:   say.Textf("Nobody takes them off: in a file for \"docker run --env-file\" and in a list of a compose file a value is all that stands behind the =."),
		Evidence: []Evidence{{What: say.Textf("token %s", cr.Token), From: cr.TokenFrom}},
		Advice:   []say.Text{say.Textf("take the quotes out of %s", cr.TokenFrom)},
	}
	token := unquoted(cr.Token.Reveal())
	t.Secrets.New(token)
	if edits := t.setAt(c, cr.TokenFrom, token); edits != nil {
		f.Fix = &repair.Fix{Title: say.Textf("keep only the token in %s", cr.TokenFrom), Edits: edits, Safety: repair.Safe}
		f.Advice = t.Restart()
	}
	return f
}

func (t *Target) tokenMissing(c *runner.Config) Finding {
	file, _ := runner.SettingOf(c.Era, runner.IdentityFile)
	token, _ := runner.SettingOf(c.Era, runner.RunnerToken)
	f := Finding{
		Problem: TokenMissing,
		Summary: say.Textf("nothing identifies the runner: neither %s nor %s is set", c.Calls(file), c.Calls(token)),
		Detail:  noToken(c),
		Advice:  t.registerAdvice(c),
	}
	if !placeless(c) {
		f.Advice = append(t.placeFirst(c), f.Advice...)
	}
	if v := ignoredToken(c); v != nil {
		from := c.File.Origin(configToken, v)
		f.Detail = say.Textf("%s This version does not read runner.token; 2.11 or 2.12 is the first that does.", f.Detail)
		f.Evidence = []Evidence{{What: say.Textf("a token that is not read"), From: from}}
		f.Advice = []say.Text{say.Textf("move the token from line %d of %s to a file that %s can read, and let %s name it: no new registration is needed", from.Line, from.File, c.Install.As, file.Key())}
	}
	return f
}

// ignoredToken is a token in the config of a runner that does not read it there
// (2.10.26 to 2.10.32; observed 2.10.32).
func ignoredToken(c *runner.Config) *jsondoc.Value {
	if c.File == nil || !c.Era.Before(runner.E5) {
		return nil
	}
	if v := c.File.Doc.Find(configToken); v != nil && v.Kind == jsondoc.String && v.Text != "" {
		return v
	}
	return nil
}

// IdentityRegistration finds out whether a runner that must register can.
var IdentityRegistration = &Check{
	ID:       "identity/registration",
	Title:    "A runner without identity can register",
	Problems: []*Problem{RegistrationTokenMissing, RegistrationTokenWeak, RegistrationTokenLeftBehind},
	Requires: []*Check{ConfigDecodes, ConfigValues},
	Run:      identityRegistration,
}

func identityRegistration(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	loose := append(t.weakTokens(c), t.leftBehind(ctx, c, cr)...)
	switch {
	case len(loose) > 0:
		return loose, nil
	case !c.Era.Legacy():
		return nil, NotApplicable("from 2.10.26 on the runner registers only when told to")
	case cr.Next == runner.Polls, cr.Next == runner.Chokes, halfNamed(c, cr):
		return nil, NotApplicable("the runner will not register at its next start")
	case !c.Secret(runner.RegistrationToken).V.Empty():
		return nil, nil
	case cr.Condition != runner.Missing && cr.Condition != runner.NoPath && cr.Condition != runner.Incomplete:
		return nil, nil // it dies over its state before it comes to registering
	}
	return one(Finding{
		Problem:  RegistrationTokenMissing,
		Summary:  say.Textf("the runner has to register, and runner.registration_token is not set"),
		Detail:   say.Textf("It panics with \"registration token cannot be empty\", exit status 2."),
		Evidence: []Evidence{{What: say.Textf("runner.registration_token, or SEMAPHORE_RUNNER_REGISTRATION_TOKEN"), From: c.Secret(runner.RegistrationToken).From}},
		Advice:   []say.Text{say.Textf("set runner.registration_token to the runner_registration_token of the server's own config")},
	})
}
