package checks

import (
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
)

// ownMode is that of a file which only its owner may read.
const ownMode = 0o600

// newIdentity puts an identity that is yet to come where this runner looks for
// one, and says which blanks are in it. The old one is kept beside it. The edits are
// nil where no file is the place: what stands in an environment alone is not a
// repair's to change.
func (t *Target) newIdentity(c *runner.Config, cr *runner.Credential) (edits []repair.Edit, blanks []string) {
	name := cr.File.Path.V
	switch {
	case fromEnv(cr) || c.Text(runner.RunnerID).From.Env != "":
		return t.variableIdentity(c, cr)
	case !c.Era.Legacy() && cr.TokenFrom.Pointer == configToken:
		edits = t.kept(c.File.Path, c.Secret(runner.RunnerToken).V, t.setAt(c, cr.TokenFrom, tokenBlank))
	case cr.Condition == runner.NoPath:
		edits = t.firstToken(c)
	case colliding(t.Files, c, cr.File):
	case cr.Condition == runner.Missing && t.mayPut(c, name):
		edits = []repair.Edit{t.fresh(name, blankFor(c))}
	case cr.Condition == runner.Empty && t.movable(c, name):
		edits = []repair.Edit{repair.Rewrite{File: name, Data: []byte(blankFor(c))}}
	case cr.Condition == runner.Complete && t.movable(c, name) && t.spent(c, cr.Data):
		edits = t.replaced(c, name, cr.Data)
	}
	return edits, []string{blankFor(c)}
}

// variableIdentity is one in an environment file, if all of it is. A unit and its
// drop-ins anybody may read: there it is not put.
func (t *Target) variableIdentity(c *runner.Config, cr *runner.Credential) (edits []repair.Edit, blanks []string) {
	id, from := c.Text(runner.RunnerID).From, cr.TokenFrom
	if t.ofUnit(from) || t.ofUnit(id) || !ofAFile(from) || c.Era.Legacy() && !ofAFile(id) {
		return nil, nil
	}
	edits, blanks = t.setAt(c, from, tokenBlank), []string{tokenBlank}
	if c.Era.Legacy() {
		number := t.setAt(c, id, idBlank)
		if edits == nil || number == nil {
			return nil, nil
		}
		edits, blanks = append(edits, number...), append(blanks, idBlank)
	}
	return t.kept(from.File, cr.Token, edits), blanks
}

func blankFor(c *runner.Config) string {
	if c.Era.Legacy() {
		return stateBlank
	}
	return tokenBlank
}

// mayPut reports whether a file that is not there may be made for the runner: it
// may itself, or the place is one of a runner's. Of whom the numbers are not known nothing
// is made.
func (t *Target) mayPut(c *runner.Config, name string) bool {
	return t.Install.As.Unknown == nil && (host.CanCreate(t.Files, name, t.Install.As).OK() || t.mayHave(configPath(c), t.real(name)))
}

// fresh is a file of the runner's own.
func (t *Target) fresh(name, text string) repair.Edit {
	return repair.WriteNew{File: name, Data: []byte(text), Mode: ownMode, Owner: t.Install.As.Owner()}
}

// replaced keeps what a file holds beside it and rewrites it where it is: owner,
// mode, links and mounts stay as they are. A registration token is no identity, and
// is not kept.
func (t *Target) replaced(c *runner.Config, name string, old []byte) []repair.Edit {
	anew := repair.Rewrite{File: name, Data: []byte(blankFor(c))}
	token := strings.TrimSpace(string(old))
	_, same := t.asRegistration(c, t.Secrets.New(token))
	aside, ok := t.aside(name)
	switch {
	case same || strings.HasPrefix(token, oneTime):
		return []repair.Edit{anew}
	case !ok:
		return nil
	}
	return []repair.Edit{t.fresh(aside, string(old)), anew}
}

// spent reports whether a file holds what a runner shows its server, and nothing that
// may be somebody else's: an identity, or a registration token in its place.
func (t *Target) spent(c *runner.Config, data []byte) bool {
	token := strings.TrimSpace(string(data))
	_, same := t.asRegistration(c, t.Secrets.New(token))
	return same || strings.HasPrefix(token, oneTime) || keepsIdentity(data, int64(len(data)))
}

// aside is a name beside a file at which nothing stands.
func (t *Target) aside(name string) (string, bool) {
	const most = 100
	name = t.real(name)
	for n := range most {
		beside := name + ".stale"
		if n > 0 {
			beside += "-" + itoa(n+1)
		}
		if free, err := t.free(beside); free || err != nil {
			return beside, err == nil
		}
	}
	return "", false
}

// kept puts an old token aside, beside the file that edits take it out of, and for
// the same eyes.
func (t *Target) kept(file string, old runner.Secret, edits []repair.Edit) []repair.Edit {
	info, err := host.Stat(t.Files, file)
	aside, ok := t.aside(path.Join(path.Dir(file), "runner_token"))
	if edits == nil || err != nil || !ok {
		return nil
	}
	return append([]repair.Edit{repair.WriteNew{File: aside, Data: []byte(old.Reveal()), Mode: ownMode, Owner: info.Owner}}, edits...)
}

// firstToken gives a runner from 2.10.26 on a token file, where it has none.
func (t *Target) firstToken(c *runner.Config) []repair.Edit {
	setting, ok := runner.SettingOf(c.Era, runner.IdentityFile)
	if !ok || c.Era.Legacy() || !c.Editable() {
		return nil
	}
	to, err := t.freePath(c, runner.Use{Role: runner.TokenRole, Name: runner.IdentityFile})
	if err != nil {
		return nil
	}
	return append(t.home(path.Dir(to)),
		repair.SetKey{File: c.File.Path, Pointer: setting.Pointer, Value: to},
		t.fresh(to, tokenBlank),
	)
}
