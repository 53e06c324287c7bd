package checks

import (
	"net/url"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// sure reports whether keys may be moved: of a version that is a guess it is not
// known which ones it reads.
func (k keys) sure() bool { return k.c.File != nil && !k.c.Version.Guessed() }

// takeOut proposes to drop a key that sets nothing.
func (k keys) takeOut(pointer string, f *Finding) {
	edits := k.t.feasible(repair.DropKey{File: k.c.File.Path, Pointer: pointer})
	if !k.sure() || edits == nil {
		return
	}
	f.Advice = nil
	f.Fix = &repair.Fix{Title: say.Textf("take %s out of %s", runner.Dotted(pointer), k.c.File.Path), Edits: edits, Safety: repair.Safe}
}

// moveURL says the server's address under its new name.
func (k keys) moveURL(pointer string, m jsondoc.Member, f *Finding) {
	u := withoutAPI(m.Value.Text)
	if u == nil || !k.sure() {
		return
	}
	edits := k.t.feasible(repair.SetKey{File: k.c.File.Path, Pointer: "/web_host", Value: u.String()}, repair.DropKey{File: k.c.File.Path, Pointer: pointer})
	if edits == nil {
		return
	}
	f.Advice = nil
	f.Fix = &repair.Fix{Title: say.Textf("set web_host to %s in the place of %s", runner.ShownURL(u), runner.Dotted(pointer)), Edits: edits, Safety: repair.Safe}
}

// withoutAPI is a legacy URL as web_host has it; nil when it is no URL.
func withoutAPI(text string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" {
		return nil
	}
	u.Path, u.RawPath = strings.TrimSuffix(strings.TrimSuffix(strings.TrimRight(u.Path, "/"), "/internal"), "/api"), ""
	return u
}

// moveState takes the token along to a file as this version has it. The old state
// stays where it is: it is the way back.
func (k keys) moveState(pointer string, m jsondoc.Member, f *Finding) {
	name := k.c.Install.Abs(m.Value.Text)
	state, ok := k.stateAt(name)
	if !ok || !k.sure() {
		return
	}
	setting, _ := runner.SettingOf(k.c.Era, runner.IdentityFile)
	edits, to := k.tokenInFile(pointer, state.Token)
	if edits == nil {
		return
	}
	f.Advice = nil
	f.Fix = &repair.Fix{Title: say.Textf("copy the token of runner %d from %s to %s, and let %s name that", state.RunnerID, name, to, k.c.Calls(setting)), Edits: edits, Safety: repair.Safe}
}

// stateAt is a complete state in a file that may be the runner's: what a config
// names is the word of whoever can write it.
func (k keys) stateAt(name string) (runner.State, bool) {
	real := k.t.real(name)
	info, err := k.t.Files.Lstat(real)
	if err != nil || !info.Mode.IsRegular() || real == k.t.real(configPath(k.c)) {
		return runner.State{}, false
	}
	own := info.Owner.UID == k.t.Install.As.UID && !k.t.Install.As.Root() // root may only be who runs semadoctor
	if !own && !k.t.mayHave(configPath(k.c), real) {
		return runner.State{}, false
	}
	data, err := k.t.Files.ReadFile(real)
	if err != nil {
		return runner.State{}, false
	}
	state, ok := runner.StateIn(data)
	k.t.Secrets.New(state.Token)
	return state, ok && runner.TokenShape(state.Token)
}

// tokenInFile puts a token into a file of its own, lets the config name it, and
// drops the key it comes from. The edits are nil where there is no place for it.
func (k keys) tokenInFile(pointer, token string) (edits []repair.Edit, to string) {
	setting, ok := runner.SettingOf(k.c.Era, runner.IdentityFile)
	if !ok || k.c.Path(runner.IdentityFile).V != "" { // the config names one that is not there: for whom, a person knows
		return nil, ""
	}
	to, err := k.t.freePath(k.c, runner.Use{Role: runner.TokenRole, Name: runner.IdentityFile})
	if err != nil {
		return nil, ""
	}
	edits = k.t.feasible(repair.SetKey{File: k.c.File.Path, Pointer: setting.Pointer, Value: to}, repair.DropKey{File: k.c.File.Path, Pointer: pointer})
	if edits == nil {
		return nil, ""
	}
	made := append(k.t.home(path.Dir(to)), repair.WriteNew{File: to, Data: []byte(token), Mode: 0o600, Owner: k.t.Install.As.Owner()})
	return append(made, edits...), to
}
