package checks

import (
	"context"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// cannotKeep lists what keeps a runner from having an identity file at all.
func cannotKeep() []*Problem {
	return []*Problem{StateDirMissing, StateDirUnwritable, StateFileUnwritable, ReadOnlyMount, NotAFile, StateVolatile, DiskFull, InodesFull}
}

// StateMissing is a runner without a file that says who it is.
var StateMissing = &Problem{
	ID: "state-missing", Title: "The runner has no identity", Status: Fail,
	Doc:      pageStateMissing,
	CausedBy: append(append(cannotKeep(), PathCollision, ConfigClobbered, TokenAndTokenFile, ComposeStateNotMounted, UnitSandbox), unread()...),
}

// StateUnreadable is an identity the runner's user may not read.
var StateUnreadable = &Problem{
	ID: "state-unreadable", Title: "The runner may not read its identity", Status: Fail,
	Doc:      pageStateUnreadable,
	CausedBy: []*Problem{UnitSandbox, TokenAndTokenFile, ComposeUserMismatch},
}

// StateEmpty is an identity file with nothing in it.
var StateEmpty = &Problem{
	ID: "state-empty", Title: "The state or token file is empty", Status: Fail,
	Doc:      pageStateEmpty,
	CausedBy: []*Problem{TokenAndTokenFile, DiskFull, InodesFull},
}

// StateCorrupt is a state file that is no state.
var StateCorrupt = &Problem{
	ID: "state-corrupt", Title: "The state file holds no identity", Status: Fail,
	Doc:      pageStateCorrupt,
	CausedBy: []*Problem{PathCollision, DiskFull},
}

// StateWrongFormat is an identity in another era's form.
var StateWrongFormat = &Problem{
	ID: "state-wrong-format", Title: "The identity is in another version's format", Status: Fail,
	Doc:      pageStateWrongFormat,
	CausedBy: []*Problem{PathCollision, TokenAndTokenFile},
}

// TokenMalformed is a token that no HTTP header can carry, or that is no token.
var TokenMalformed = &Problem{
	ID: "token-malformed", Title: "The token is not a token", Status: Fail,
	Doc:      pageTokenMalformed,
	CausedBy: []*Problem{PathCollision, TokenAndTokenFile, PlaceholderValue},
}

// StateStale is an identity the server does not know, or not any more.
var StateStale = &Problem{
	ID: "state-stale", Title: "The server does not accept the runner's identity", Status: Fail,
	Doc:      pageStateStale,
	CausedBy: []*Problem{PathCollision, PlaceholderValue, RegistrationTokenAsToken, TokenMalformed},
}

// IdentityState finds out who the runner says it is.
var IdentityState = &Check{
	ID:       "identity/state",
	Title:    "The runner has an identity the server accepts",
	Problems: []*Problem{StateUnreadable, StateWrongFormat, StateEmpty, StateCorrupt, TokenMalformed, StateMissing, StateStale, IdentityShared},
	Requires: []*Check{ConfigDecodes, ConfigValues},
	Run:      identityState,
}

func identityState(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	if err := t.unseen(cr); err != nil {
		return nil, err
	}
	if given(cr) {
		return []Finding{note("the %s %s is given from outside; what is in it is not known here", cr.File.Role, cr.File.Path.V)}, nil
	}
	if cr.Condition == runner.Hidden {
		return nil, CannotTell(cr.Err, "semadoctor may not look at the %s %s: run it as root", cr.File.Role, cr.File.Path.V)
	}
	if found := t.identityFile(ctx, c, cr); found != nil {
		return found, nil
	}
	found, err := t.sharedIdentity(ctx, c, cr)
	switch found = append(found, t.stranger(cr.File.Path.V)...); {
	case err != nil, !cr.Presentable(), t.Offline && len(found) > 0:
		return found, err
	case t.Offline:
		return []Finding{note("the runner has an identity; the server was not asked whether it accepts it")}, nil
	}
	stale, err := t.stale(ctx, c, cr)
	return append(found, stale...), err
}

// identity is what the checks of who the runner is begin with.
func (t *Target) identity(ctx context.Context) (*runner.Config, *runner.Credential, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, nil, err
	}
	cr, err := t.Credential(ctx)
	if err != nil { // in time for the one, too late for the other
		return nil, nil, err
	}
	return c, cr, nil
}

// identityFile judges the file alone, if the runner depends on it.
func (t *Target) identityFile(ctx context.Context, c *runner.Config, cr *runner.Credential) []Finding {
	if !fromFile(cr) && (cr.Next == runner.Polls || cr.Next == runner.Chokes) || halfNamed(c, cr) {
		return nil
	}
	f := Finding{Detail: identityDetail(c, cr), Evidence: identityEvidence(cr)}
	switch cr.Condition {
	case runner.Unreadable:
		t.unreadable(c, cr, &f)
	case runner.Empty:
		f.Problem = StateEmpty
		f.Summary = say.Textf("the %s %s is empty", cr.File.Role, cr.File.Path.V)
		t.startAfresh(c, cr, "empty", &f)
		t.registeringUnless(ctx, c, cr, &f)
	case runner.WrongFormat:
		return []Finding{t.wrongFormat(c, cr, f)}
	case runner.Corrupt:
		f.Problem = StateCorrupt
		f.Summary = say.Textf("the state file %s is not JSON: %s", cr.File.Path.V, cr.Err)
		t.mendState(c, cr, &f)
	case runner.Malformed:
		f.Problem = TokenMalformed
		f.Summary = say.Textf("the token file %s does not hold a bare token", cr.File.Path.V)
		t.mendToken(c, cr, &f)
	case runner.Incomplete:
		return t.incomplete(c, cr, f)
	case runner.Complete:
		return t.unsendableState(c, cr, f)
	default:
		return t.noFile(ctx, c, cr, f)
	}
	return []Finding{f}
}

// incomplete is a state without an id or without a token. E3 registers and
// writes it anew; earlier ones use it as it is, and E1 needs no token.
func (t *Target) incomplete(c *runner.Config, cr *runner.Credential, f Finding) []Finding {
	switch {
	case c.Era == runner.E3 && cr.Next == runner.Registers:
		return []Finding{note("the state file %s holds no token: the next start registers and writes it anew", cr.File.Path.V)}
	case c.Era == runner.E1 && cr.ID > 0:
		return nil
	}
	f.Problem = StateCorrupt
	f.Summary = say.Textf("the state file %s is JSON without %s", cr.File.Path.V, lacks(cr))
	t.replaceState(c, cr, &f)
	return []Finding{f}
}

func lacks(cr *runner.Credential) say.Text {
	switch {
	case cr.ID > 0:
		return say.Textf("a token")
	case !cr.Token.Empty():
		return say.Textf("a runner_id")
	}
	return say.Textf("a runner_id and a token")
}

// noFile is about a runner that has no identity file: before its first start,
// or for good.
func (t *Target) noFile(ctx context.Context, c *runner.Config, cr *runner.Credential, f Finding) []Finding {
	if cr.Next == runner.Polls {
		return nil // the environment or the config identifies it
	}
	f.Problem = StateMissing
	f.Summary = say.Textf("there is no %s at %s", cr.File.Role, cr.File.Path.V)
	switch {
	case cr.Condition == runner.NotAFile:
		f.Summary = say.Textf("the %s %s is not a file", cr.File.Role, cr.File.Path.V)
	case cr.Condition == runner.NoPath && !c.Era.Legacy():
		return nil // identity/token says what is missing
	case cr.Condition == runner.NoPath:
		f.Summary = say.Textf("runner.config_file is not set: the runner has nowhere to keep its identity")
		f.Advice = []say.Text{say.Textf("set runner.config_file to a path of its own, such as %s/runner_state.json", stateHome)}
	case cr.Next == runner.Registers:
		return []Finding{note("no %s at %s yet: the next start registers the runner", cr.File.Role, cr.File.Path.V)}
	}
	switch {
	case !c.Era.Legacy():
		f.Advice = t.registerAdvice(c)
	case cr.Next == runner.Dies && cr.Condition != runner.NotAFile:
		f.Summary = say.Textf("%s, and no registration token to get one with", f.Summary)
		f.Advice = append(f.Advice, say.Textf("put the state file back if there was one, or set runner.registration_token to the runner_registration_token of the server's config"))
	}
	t.registeringUnless(ctx, c, cr, &f)
	return []Finding{f}
}
