package checks

import (
	"context"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ConfigClobbered is a config that the runner itself has overwritten.
var ConfigClobbered = &Problem{
	ID: "config-clobbered", Title: "The runner has overwritten its config", Status: Fail,
	Doc: pageConfigClobbered,
}

// clobbered recognises what a runner leaves of a config it took for its own
// state, token or key file.
func (t *Target) clobbered(ctx context.Context, f *runner.File) (Finding, bool) {
	text := strings.TrimSpace(string(f.Data))
	finding := Finding{
		Problem:  ConfigClobbered,
		Evidence: []Evidence{{What: say.Textf("%d bytes", len(f.Data)), From: runner.Origin{File: f.Path}}},
	}
	var state runner.State
	only := false
	if f.Doc != nil && onlyState(f.Doc) {
		state, only = runner.StateIn(f.Data)
	}
	switch {
	case only:
		t.Secrets.New(state.Token)
		if stateInConfig(f, state, &finding); t.carried(ctx) {
			return finding, false
		}
		t.putBack(ctx, f, runner.IdentityFile, func(e runner.Era) []byte { return identityOf(e, state) }, &finding)
	case runner.TokenShape(text):
		t.Secrets.New(text)
		tokenInConfig(f, &finding)
		t.putBack(ctx, f, runner.IdentityFile, func(e runner.Era) []byte { return identityOf(e, runner.State{Token: text}) }, &finding)
	case isKey(f.Data):
		keyInConfig(f, &finding)
		t.putBack(ctx, f, runner.PrivateKeyFile, func(runner.Era) []byte { return f.Data }, &finding)
	default:
		return finding, false
	}
	return finding, true
}

// identityOf is an identity as an era keeps it; nil where a part of it is missing.
func identityOf(e runner.Era, s runner.State) []byte {
	switch {
	case !e.Legacy():
		return []byte(s.Token)
	case s.Complete():
		return s.Bytes()
	}
	return nil
}

// carried reports whether the environment has what the config has lost: such a
// runner goes on working (read in source, 2.10.22).
func (t *Target) carried(ctx context.Context) bool {
	c, err := t.Config(ctx)
	return err == nil && c.Text(runner.ServerURL).V != ""
}

// stateInConfig was observed on 2.9.64 and 2.10.22.
func stateInConfig(f *runner.File, s runner.State, finding *Finding) {
	finding.Summary = say.Textf("%s has been overwritten: it holds only a runner's identity (runner_id %d and its token)", f.Path, s.RunnerID)
	finding.Detail = say.Textf("Runners of 2.9.64 to 2.10.25 do that when runner.config_file names the config: one start registers and writes the state over it, and the next panics with \"registration token cannot be empty\". The settings are gone; the identity is still good.")
	finding.Advice = []say.Text{
		say.Textf("stop the runner and keep the identity: cp -p %s %s", say.Shell(f.Path), say.Shell(f.Path+".identity")),
		say.Textf("runner.api_url, the server's address, is what is missing: it stands in no backup beside the config (%s*), and not in the environment. Write the config anew with it, and with runner.config_file at a path of its own, such as %s/runner_state.json; runner.registration_token is not needed", f.Path, stateHome),
		say.Textf("let %s.identity become that state file, readable and writable for the runner: it goes on as runner %d, without a new registration", f.Path, s.RunnerID),
	}
}

// tokenInConfig was observed on 2.10.32.
func tokenInConfig(f *runner.File, finding *Finding) {
	finding.Summary = say.Textf("%s has been overwritten: it holds only a runner's token", f.Path)
	finding.Detail = say.Textf("\"runner register\" of 2.10.27 and later does that when runner.token_file names the config, and reports success. Every command after it says \"Could not decode configuration!\" and panics. The settings are gone; the token is still good.")
	finding.Advice = []say.Text{
		say.Textf("keep the token: cp -p %s %s", say.Shell(f.Path), say.Shell(f.Path+".identity")),
		say.Textf("web_host, the server's address, is what is missing: it stands in no backup beside the config (%s*), and not in the environment. Write the config anew with it, and with runner.token_file at a path of its own, such as %s/runner_token", f.Path, stateHome),
		say.Textf("let %s.identity become that token file, readable for the runner: no new registration is needed", f.Path),
	}
}

// keyInConfig was read in source, 2025.
func keyInConfig(f *runner.File, finding *Finding) {
	finding.Summary = say.Textf("%s has been overwritten: it holds only a private key", f.Path)
	finding.Detail = say.Textf("\"runner register\" of 2.11 to 2.18 does that when runner.private_key_file names the config. The settings are gone, and the key alone does not identify the runner.")
	finding.Advice = []say.Text{
		say.Textf("keep the key: cp -p %s %s", say.Shell(f.Path), say.Shell(f.Path+".key")),
		say.Textf("web_host, the server's address, is what is missing: it stands in no backup beside the config (%s*), and not in the environment. Write the config anew with it, and with runner.token_file and runner.private_key_file, each with a path of its own", f.Path),
		say.Textf("register anew: whether the server knows this key cannot be seen here"),
	}
}

// onlyState reports whether a document holds an identity and nothing besides.
func onlyState(doc *jsondoc.Value) bool {
	for _, m := range doc.Members {
		if k := strings.ToLower(m.Key); k != "runner_id" && k != "token" {
			return false
		}
	}
	return len(doc.Members) > 0
}
