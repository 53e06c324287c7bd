package checks

import (
	"context"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// TokenAndTokenFile is a runner that is told twice who it is.
var TokenAndTokenFile = &Problem{
	ID: "token-and-token-file", Title: "A token and a token file are both set", Status: Fail,
	Doc: pageTokenAndTokenFile,
}

// ConfigOrigin finds out whether settings contradict each other.
var ConfigOrigin = &Check{
	ID:       "config/origin",
	Title:    "No two settings contradict each other",
	Problems: []*Problem{TokenAndTokenFile, ConfigIgnored, EmptyEnvOverrides, ShadowedValue, UnknownEnv},
	Requires: []*Check{ConfigDecodes, ConfigValues},
	Run:      configOrigin,
}

func configOrigin(ctx context.Context, t *Target) ([]Finding, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	cr, err := t.Credential(ctx)
	if err != nil {
		return nil, err
	}
	found := append(t.ignored(c, cr), t.overrides(c, cr)...)
	both, err := t.twoTokens(c, cr)
	return append(append(both, found...), t.unreadVariables(c, cr)...), err
}

// twoTokens is about a token and a token file that are both set.
func (t *Target) twoTokens(c *runner.Config, cr *runner.Credential) ([]Finding, error) {
	token, file := c.Secret(runner.RunnerToken), c.Text(runner.IdentityFile)
	differ := cr.Condition == runner.Complete && !cr.Token.Equal(token.V)
	switch {
	case c.Era.Legacy() || token.V.Empty() || file.V == "":
		return nil, nil
	case cr.Clash:
		return one(t.tokenClash(c, cr, token, file, differ))
	case cr.Condition == runner.Hidden:
		return nil, CannotTell(cr.Err, "semadoctor may not look at the %s %s: run it as root", cr.File.Role, cr.File.Path.V)
	case differ, c.Version.Guessed() && cr.Next == runner.Polls:
		return one(t.tokenOverridden(c, cr, token, file, differ))
	}
	return nil, nil
}

// tokenClash is 2.19 and later (read in source, 2026).
func (t *Target) tokenClash(c *runner.Config, cr *runner.Credential, token runner.Value[runner.Secret], file runner.Value[string], differ bool) Finding {
	f := t.bothTokens(c, cr, token, file, differ)
	f.Detail = say.Textf("From 2.19 on the runner panics over that: \"SEMAPHORE_RUNNER_TOKEN and SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive\", exit status 2.")
	return f
}

// tokenOverridden is 2.10.26 to 2.18 (observed 2.10.32).
func (t *Target) tokenOverridden(c *runner.Config, cr *runner.Credential, token runner.Value[runner.Secret], file runner.Value[string], differ bool) Finding {
	f := t.bothTokens(c, cr, token, file, differ)
	f.Status = Warn
	f.Detail = say.Textf("Up to 2.18 a token file that can be read wins in silence over a token from elsewhere; from 2.19 on the runner panics when both are set.")
	return f
}

func (t *Target) bothTokens(c *runner.Config, cr *runner.Credential, token runner.Value[runner.Secret], file runner.Value[string], differ bool) Finding {
	f := Finding{
		Problem: TokenAndTokenFile,
		Summary: say.Textf("a token and a token file are both set: %s and %s", setter(token.From), setter(file.From)),
		Evidence: []Evidence{
			{What: say.Textf("token %s", token.V), From: token.From},
			{What: say.Textf("token file %s", cr.File.Path.V), From: file.From},
		},
	}
	switch {
	case differ:
		f.Summary = say.Textf("a token and a token file are both set, and do not agree: %s and %s", setter(token.From), setter(file.From))
		f.Advice = []say.Text{say.Textf("keep the one that belongs to this runner on the server, and take the other out: %s or %s", setter(token.From), setter(file.From))}
	case cr.Condition == runner.Complete:
		f.Advice = []say.Text{say.Textf("take %s out: the token file holds the same token", setter(token.From))}
		t.dropOther(c, token.From, &f)
	default:
		f.Advice = []say.Text{say.Textf("take %s out: the token file gives the runner no token", setter(file.From))}
	}
	return f
}

// dropOther takes the token out that a token file holds as well.
func (t *Target) dropOther(c *runner.Config, from runner.Origin, f *Finding) {
	if edits := t.dropAt(c, from); edits != nil && !c.Version.Guessed() {
		f.Fix = &repair.Fix{Title: say.Textf("take %s out: the token file holds the same token", setter(from)), Edits: edits, Safety: repair.Safe}
		f.Advice = nil
	}
}
