package checks

import (
	"path"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// renameURL says the server's address under the name that this version reads.
func (t *Target) renameURL(c *runner.Config, v runner.Value[string], meant runner.Setting, f *Finding) {
	u := withoutAPI(v.V)
	if u == nil || c.Version.Guessed() {
		return
	}
	if edits := t.renameAt(v.From, meant.Env, u.String()); edits != nil {
		f.Fix = &repair.Fix{Title: say.Textf("set %s to %s in the place of %s", meant.Env, runner.ShownURL(u), v.From), Edits: edits, Safety: repair.Safe}
		f.Advice = t.Restart()
	}
}

// renameState takes the token along to a file as this version has it, and gives the
// variable that named the old state the name for that. The old state stays.
func (t *Target) renameState(k keys, v runner.Value[string], meant runner.Setting, f *Finding) {
	name := k.c.Install.Abs(v.V)
	state, ok := k.stateAt(name)
	to, err := t.freePath(k.c, runner.Use{Role: runner.TokenRole, Name: runner.IdentityFile})
	if !ok || err != nil || k.c.Version.Guessed() {
		return
	}
	edits := t.renameAt(v.From, meant.Env, to)
	if edits == nil {
		return
	}
	made := append(t.home(path.Dir(to)), repair.WriteNew{File: to, Data: []byte(state.Token), Mode: 0o600, Owner: t.Install.As.Owner()})
	f.Fix = &repair.Fix{
		Title:  say.Textf("copy the token of runner %d from %s to %s, and let %s name that", state.RunnerID, name, to, meant.Env),
		Edits:  append(made, edits...),
		Safety: repair.Safe,
	}
	f.Advice = t.Restart()
}
