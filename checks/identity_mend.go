package checks

import (
	"bytes"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// wrongFormat converts the identity: nothing is lost, no registration needed.
func (t *Target) wrongFormat(c *runner.Config, cr *runner.Credential, f Finding) Finding {
	f.Problem = StateWrongFormat
	f.Summary = say.Textf("the state file %s holds a bare token, as 2.10.26 and later keep it", cr.File.Path.V)
	f.Advice = []say.Text{
		say.Textf("write it as {\"runner_id\":N,\"token\":\"…\"}, with the runner's number on the server"),
		say.Textf("if the number is not to be found, move the file aside: with runner.registration_token set, the runner registers anew"),
	}
	if c.Era.Legacy() {
		t.tokenToState(c, cr, &f)
		return f
	}
	state, _ := runner.StateIn(cr.Data)
	t.Secrets.New(state.Token)
	f.Summary = say.Textf("the token file %s holds the JSON state of 2.10.25 and earlier", cr.File.Path.V)
	t.rewrite(c, cr, say.Textf("keep only the token of runner %d in %s", state.RunnerID, cr.File.Path.V), []byte(state.Token), &f)
	return f
}

// unreadable names what keeps the runner from its file: it may be a directory.
func (t *Target) unreadable(c *runner.Config, cr *runner.Credential, f *Finding) {
	a := host.CanRead(t.Files, cr.File.Path.V, t.Install.As)
	f.Problem = StateUnreadable
	f.Summary = say.Textf("the runner may not read its %s: %s", cr.File.Role, a.Why)
	if a.Info.Mode.IsRegular() && a.Info.Owner.UID != 0 && a.Info.Owner.UID != t.Install.As.UID {
		f.Advice = []say.Text{
			say.Textf("if no other runner uses it: chown %s %s", t.Install.As.Owner(), say.Shell(a.At)),
			say.Textf("if one does, two runners with one identity would both run every task: %s", t.elsewhere(c, cr.File)),
		}
		return
	}
	t.letKeep(c, cr, a, f)
}

// mendState saves an identity that only its dress makes unreadable: a byte
// order mark, UTF-16, a comment.
func (t *Target) mendState(c *runner.Config, cr *runner.Credential, f *Finding) {
	mended, how := mendJSON(cr.Data)
	state, ok := runner.StateIn(mended)
	if !ok {
		t.replaceState(c, cr, f)
		return
	}
	t.Secrets.New(state.Token)
	t.rewrite(c, cr, say.Textf("make %s valid JSON: %s", cr.File.Path.V, how), mended, f)
}

// rewrite gives the identity file another content, if it is a runner's by its place or
// its owner: a config may name anybody's file.
func (t *Target) rewrite(c *runner.Config, cr *runner.Credential, title say.Text, data []byte, f *Finding) {
	name := cr.File.Path.V
	if !t.movable(c, name) {
		f.Advice = []say.Text{say.Textf("see what %s is, which stands where a runner has no files; if nobody needs it, move it aside", name), t.elsewhere(c, cr.File)}
		return
	}
	f.Advice = nil
	f.Fix = &repair.Fix{Title: title, Edits: []repair.Edit{repair.Rewrite{File: name, Data: data}}, Safety: repair.Safe}
}

// replaceState moves aside what is no state any more. What does not look like
// the remains of one may be somebody's file.
func (t *Target) replaceState(c *runner.Config, cr *runner.Credential, f *Finding) {
	if remains(cr.Data) {
		t.startAfresh(c, cr, "corrupt", f)
		return
	}
	f.Advice = append(f.Advice, say.Textf("see what %s is; if nobody needs it, move it aside, else let runner.config_file name a path of its own, such as %s/runner_state.json", cr.File.Path.V, stateHome))
}

// remains reports whether data is what is left of a state: an empty object, its
// two keys, or the beginning of one that was cut short.
func remains(data []byte) bool {
	if doc, err := jsondoc.Parse(data); err == nil && doc.Kind == jsondoc.Object {
		return len(doc.Members) == 0 || onlyState(doc)
	}
	begins := []byte(`{"runner_id":`)
	text := bytes.TrimSpace(data)
	return bytes.HasPrefix(text, begins) || len(text) > 0 && bytes.HasPrefix(begins, text)
}

// startAfresh moves a file aside where the runner then comes to an identity: by
// registering, up to E3, or from elsewhere, before E6 refuses two tokens.
func (t *Target) startAfresh(c *runner.Config, cr *runner.Credential, suffix string, f *Finding) {
	name := cr.File.Path.V
	other := runner.RunnerToken
	if c.Era.Legacy() {
		other = runner.RegistrationToken
	}
	switch has := !c.Secret(other).V.Empty(); {
	case has && c.Era.Before(runner.E6) && !t.movable(c, name):
		f.Advice = append(f.Advice, say.Textf("see what %s is, which stands where a runner has no files; if nobody needs it, move it aside", name), t.elsewhere(c, cr.File))
	case has && c.Era.Before(runner.E6):
		f.Fix = &repair.Fix{
			Title:  say.Textf("move %s aside, to %s.%s", name, name, suffix),
			Edits:  []repair.Edit{repair.MoveAside{Path: name, Suffix: "." + suffix}},
			Safety: repair.Safe,
		}
		f.Advice = append(f.Advice, afterwards(c)...)
	case has:
		f.Advice = append(f.Advice, say.Textf("keep one of the two: the token file or the token from %s", c.Secret(other).From))
	case c.Era.Legacy():
		f.Advice = append(f.Advice, say.Textf("put the state file back from a backup, or move it aside and set runner.registration_token to the runner_registration_token of the server's config"))
	default:
		f.Advice = append(append(f.Advice, t.beforeRegistering(c, cr)...), t.registerAdvice(c)...)
	}
}

// beforeRegistering is what lets the runner store the token that it is given: else the
// server has one runner more, and the runner still none.
func (t *Target) beforeRegistering(c *runner.Config, cr *runner.Credential) []say.Text {
	var f Finding
	t.letKeep(c, cr, host.CanWrite(t.Files, cr.File.Path.V, t.Install.As), &f)
	if f.Fix == nil {
		return nil
	}
	return []say.Text{say.Textf("first: %s", f.Fix.Title)}
}

// movable reports whether a file may be moved aside: its directory loses a name.
func (t *Target) movable(c *runner.Config, name string) bool {
	real := t.real(name)
	info, err := t.Files.Lstat(real)
	return err == nil && (info.Owner.UID == t.Install.As.UID || t.Install.As.Root() || t.mayHave(configPath(c), real))
}

// afterwards: up to E3 the restart registers, and the old row stays (observed
// 2.9.37, 2.9.58, 2.10.22).
func afterwards(c *runner.Config) []say.Text {
	if !c.Era.Legacy() {
		return nil
	}
	return []say.Text{say.Textf("restart the runner, which then registers anew, and delete the old runner on the server, if there was one")}
}

// mendToken takes off what surrounds a token: quotes, a byte order mark, UTF-16.
func (t *Target) mendToken(c *runner.Config, cr *runner.Credential, f *Finding) {
	text, _ := plainUTF8(cr.Data)
	token := strings.Trim(string(text), " \t\r\n\"'")
	if !runner.TokenShape(token) {
		f.Advice = []say.Text{say.Textf("the file must hold the token and nothing else: no quotes, no second line, no JSON")}
		return
	}
	t.Secrets.New(token)
	t.rewrite(c, cr, say.Textf("keep only the token in %s", cr.File.Path.V), []byte(token), f)
}

// unsendableState is a state of E2 and E3 whose token no request can carry.
func (t *Target) unsendableState(c *runner.Config, cr *runner.Credential, f Finding) []Finding {
	if cr.Next != runner.Chokes || !c.Era.Legacy() {
		return nil
	}
	f.Problem = TokenMalformed
	f.Summary = say.Textf("the token in the state file %s holds a line break or another control character", cr.File.Path.V)
	f.Advice = []say.Text{say.Textf("take it out of the token, or move the file aside: with runner.registration_token set, the runner registers anew")}
	state := runner.State{RunnerID: cr.ID, Token: strings.TrimSpace(cr.Token.Reveal())}
	if state.Complete() && runner.TokenShape(state.Token) {
		t.Secrets.New(state.Token)
		t.rewrite(c, cr, say.Textf("keep only the token in %s", cr.File.Path.V), state.Bytes(), &f)
	}
	return []Finding{f}
}

// registerAdvice is how a runner from 2.10.26 on comes to a token. Up to E5 a
// runner that registers is inactive (observed 2.10.32, semaphoreui/semaphore#3355).
func (t *Target) registerAdvice(c *runner.Config) []say.Text {
	if c.Era == runner.E4a {
		return []say.Text{say.Textf("upgrade the runner and the server to 2.10.28 or later: in 2.10.26-beta every registration panics")}
	}
	cmd := "semaphore runner register --no-config"
	if c.File != nil {
		cmd = "semaphore runner register --config " + say.Shell(c.File.Path)
	}
	advice := []say.Text{say.Textf("register the runner as its own user, with the server's registration token in the environment variable SEMAPHORE_RUNNER_REGISTRATION_TOKEN: %s", cmd)}
	if s := t.Install.Service; s != nil {
		advice[0] = say.Textf("register the runner in a container of its service, with the server's registration token in the environment variable SEMAPHORE_RUNNER_REGISTRATION_TOKEN: %s run --rm --no-deps -e SEMAPHORE_RUNNER_REGISTRATION_TOKEN %s %s && %s restart %s", s.Compose.Call(), say.Shell(s.Name), cmd, s.Compose.Call(), say.Shell(s.Name))
	}
	if lacksKey(c) {
		advice = append([]say.Text{say.Textf("first set runner.private_key_file to a path the runner can write, such as %s/runner_key.pem: from 2.12 to 2.18 a runner that registers without a key is never given a task", stateHome)}, advice...)
	}
	if placeless(c) {
		advice = append(t.placeFirst(c), advice...)
	}
	if key := c.Path(runner.PrivateKeyFile); key.V != "" {
		advice = append(advice, say.Textf("that puts a new private key in the place of %s: with a token and a key from the web UI, write the token to its file instead", key.V))
	}
	if c.Version.Guessed() || c.Era.Before(runner.E5b) {
		advice = append(advice, say.Textf("then see in the web UI that the runner is active: up to 2.17 it is not"))
	}
	return advice
}

// placeless reports a runner that would register and have nowhere to put the token. Up to
// 2.10.32 it refuses to ("runner token file required", observed), later the server has made
// a runner in vain; from 2.11 or 2.12 on a config in JSON is a place (tryRegisterRunner,
// read in source of 2025 and 2026).
func placeless(c *runner.Config) bool {
	return c.Text(runner.IdentityFile).V == "" && (c.File == nil || c.File.YAML || c.Era.Before(runner.E5))
}

// placeFirst names a place for a token. A container of "docker compose run" is gone when
// it has registered, and what is on no volume with it.
func (t *Target) placeFirst(c *runner.Config) []say.Text {
	file, _ := runner.SettingOf(c.Era, runner.IdentityFile)
	place := []say.Text{say.Textf("set %s to a path the runner can write, such as %s/runner_token", c.Calls(file), stateHome)}
	if s := t.Install.Service; s != nil && !t.lasts(stateHome) {
		place = append(place, say.Textf("below the service in %s, add a volume, and the name below volumes: at the end of the file: volumes: [\"semaphore_runner:%s\"]", s.At, stateHome))
	}
	return place
}

// lacksKey reports a runner that would register without a key, where servers of its
// time encrypt for one (semaphoreui/semaphore#3355).
func lacksKey(c *runner.Config) bool {
	const first = 12 // 2.12
	old := c.Version.Major == 2 && c.Version.Minor < first
	return c.Era.Within(runner.E5, runner.E5b) && !old && !c.Version.Guessed() && c.Path(runner.PrivateKeyFile).V == ""
}
