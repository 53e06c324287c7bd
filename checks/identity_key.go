package checks

import (
	"context"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// KeyMissing is a private key that is set, and not there.
var KeyMissing = &Problem{
	ID: "key-missing", Title: "The runner's private key is missing", Status: Fail,
	Doc:      pageKeyMissing,
	CausedBy: []*Problem{StateVolatile, PlaceholderValue, ComposeStateNotMounted},
}

// KeyUnreadable is a private key that the runner's user may not read.
var KeyUnreadable = &Problem{
	ID: "key-unreadable", Title: "The runner may not read its private key", Status: Fail,
	Doc:      pageKeyUnreadable,
	CausedBy: []*Problem{ComposeUserMismatch},
}

// KeyFormat is a private key in a form that the runner does not take.
var KeyFormat = &Problem{
	ID: "key-format", Title: "The runner's private key is not in the form it takes", Status: Fail,
	Doc:      pageKeyFormat,
	CausedBy: []*Problem{PathCollision},
}

// KeyNotConfigured is a runner of the time of private keys without one.
var KeyNotConfigured = &Problem{
	ID: "key-not-configured", Title: "No private key is set, and the server encrypts for one", Status: Fail,
	Doc: pageKeyNotConfigured,
}

// IdentityKey finds out whether the runner can read what the server encrypts.
var IdentityKey = &Check{
	ID:       "identity/key",
	Title:    "What the server encrypts the runner can read",
	Problems: []*Problem{KeyMissing, KeyUnreadable, KeyFormat, KeyNotConfigured},
	Requires: []*Check{ConfigDecodes, ConfigValues},
	Run:      identityKey,
}

func identityKey(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case !c.Era.Within(runner.E5, runner.E5b):
		return nil, nil // nothing is encrypted before 2.11 and after 2.18
	case cr.Next != runner.Polls:
		return nil, NotApplicable("the runner is not registered: a key is made when it registers")
	}
	for _, u := range c.Uses() {
		if u.Role == runner.KeyRole {
			return t.key(ctx, c, cr, u)
		}
	}
	found := judgedByPoll(t.keyNotConfigured(c, cr), t.poll(ctx))
	for i := range found {
		t.registering(ctx, c, cr, &found[i])
	}
	return found, nil
}

// key judges the file. Of a version that is only a guess it is not known that it
// reads it at all: from 2.19 on no runner does.
func (t *Target) key(ctx context.Context, c *runner.Config, cr *runner.Credential, u runner.Use) ([]Finding, error) {
	a := host.CanRead(t.Files, u.Path.V, t.Install.As)
	f := Finding{
		Detail:   say.Textf("Results get through and polls are answered, but the runner cannot decrypt what it is given: every poll fails with \"can not read private key\" or \"invalid private key\"."),
		Evidence: []Evidence{{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From}},
	}
	if c.Version.Guessed() {
		f.Status = Warn
		f.Detail = say.Textf("%s From 2.19 on there is no such key. (The version was guessed from the config; --runner-version tells it.)", f.Detail)
	}
	switch a.Verdict {
	case host.Unclear:
		return nil, CannotTell(a.Err, "%s", a.Why)
	case host.Missing, host.NotDir:
		f.Problem = KeyMissing
		f.Summary = say.Textf("there is no private key: %s", a.Why)
		f.Advice = append([]say.Text{say.Textf("put the key back that belongs to the token: from a backup, or as the web UI gave it when the runner was made; else both have to be made anew")}, t.registerAdvice(c)...)
		t.registering(ctx, c, cr, &f)
	case host.Granted:
		return t.keyForm(c, u, a, f)
	case host.NotFile:
		f.Problem = KeyFormat
		f.Summary = say.Textf("the private key is not a file: %s", a.Why)
		f.Advice = []say.Text{say.Textf("put a file in its place: Docker makes a directory where the source of a bind mount is missing")}
	default:
		f.Problem = KeyUnreadable
		f.Summary = say.Textf("the runner may not read its private key: %s", a.Why)
		data, _ := t.Files.ReadFile(t.real(u.Path.V))
		t.letIn(u.Path.V, a, mayRead, t.mayHave(configPath(c), a.At) && isKey(data), &f)
	}
	return one(f)
}

// keyForm judges what the file holds, and rewrites what is the same key in
// another form, where the file is the runner's own.
func (t *Target) keyForm(c *runner.Config, u runner.Use, a host.Access, f Finding) ([]Finding, error) {
	data, err := t.Files.ReadFile(a.At)
	if err != nil {
		return nil, CannotTell(err, "semadoctor may not look at the %s %s: run it as root", u.Role, u.Path.V)
	}
	k := readKey(data)
	if k.fault.IsZero() {
		return nil, nil
	}
	f.Problem = KeyFormat
	f.Summary = say.Textf("the private key %s is not one that the runner takes: %s", u.Path.V, k.fault)
	mount, _ := t.Files.Mount(a.At)
	own := a.Info.Owner.UID == t.Install.As.UID || t.mayHave(configPath(c), a.At)
	switch {
	case k.pkcs1 == nil && !k.advice.IsZero():
		f.Advice = []say.Text{k.advice}
	case k.pkcs1 == nil:
		f.Advice = t.registerAdvice(c)
	case !own || mount.ReadOnly || a.Info.Immutable:
		f.Advice = []say.Text{say.Textf("put the same key there as PKCS#1, \"-----BEGIN RSA PRIVATE KEY-----\": openssl rsa -traditional -in %s", say.Shell(path.Clean(u.Path.V)))}
	default:
		f.Fix = &repair.Fix{
			Title:  say.Textf("rewrite the same key as PKCS#1 in %s", u.Path.V),
			Edits:  []repair.Edit{repair.Rewrite{File: u.Path.V, Data: k.pkcs1}},
			Safety: repair.Safe,
		}
	}
	return one(f)
}

// keyNotConfigured is sure only of a token that a runner of this time has stored:
// one that was registered before has no key on the server either, and works, and
// so does 2.11.2 (semaphoreui/semaphore#2673).
func (t *Target) keyNotConfigured(c *runner.Config, cr *runner.Credential) []Finding {
	const oldToken = 12 // characters, before 2.10.27
	if c.Era != runner.E5 || c.Version.Minor < 12 || c.Version.Guessed() || len(cr.Token.Reveal()) == oldToken {
		return nil
	}
	f := Finding{
		Problem:  KeyNotConfigured,
		Summary:  say.Textf("runner.private_key_file is not set, and servers of this time encrypt what they send"),
		Detail:   say.Textf("A runner that registers without a key is answered 400 with an empty body at every poll, while its reports are accepted (semaphoreui/semaphore#3355); with the token of a runner that was made in the web UI, it cannot read the answer. Only a runner that was registered before 2.12 works without."),
		Evidence: []Evidence{{What: say.Textf("token %s", cr.Token), From: cr.TokenFrom}},
		Advice: append([]say.Text{say.Textf("if the web UI gave a private key with the token, store it and let runner.private_key_file name it; else register anew")},
			t.registerAdvice(c)...),
	}
	if cr.TokenFrom.Pointer != configToken {
		f.Status = Warn
	}
	return []Finding{f}
}
