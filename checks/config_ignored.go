package checks

import (
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ConfigIgnored is a config beside a runner that is told to read none.
var ConfigIgnored = &Problem{
	ID: "config-ignored", Title: "The config is never read", Status: Fail,
	Doc: pageConfigIgnored,
}

// imageConfigs is where the runner image's start script has SEMAPHORE_CONFIG_PATH
// point to unless somebody sets it (runner-wrapper, 2.10.27).
const imageConfigs = "/etc/semaphore"

// ignored looks for a runner's config where an image has one, when the runner is
// started with --no-config, as in the image from 2.10.28 on.
func (t *Target) ignored(c *runner.Config, cr *runner.Credential) []Finding {
	if !t.Install.NoConfig {
		return nil
	}
	name, doc := t.unreadConfig()
	if name == "" || doc.Get("runner") == nil && doc.Get("web_host") == nil {
		return nil
	}
	f := Finding{
		Problem:  ConfigIgnored,
		Summary:  say.Textf("%s is never read: the runner is started with --no-config", name),
		Detail:   say.Textf("From 2.10.28 on the runner image starts \"semaphore runner start --no-config\": the environment is all it reads, whatever is mounted."),
		Evidence: []Evidence{{What: say.Textf("--no-config"), From: t.startedBy()}, {What: say.Textf("a config with keys of a runner"), From: runner.Origin{File: name}}},
		Advice: []say.Text{
			say.Textf("set the same in the environment: SEMAPHORE_WEB_ROOT, and SEMAPHORE_RUNNER_TOKEN_FILE or SEMAPHORE_RUNNER_TOKEN"),
			say.Textf("or start the runner with: semaphore runner start --config %s", say.Shell(name)),
		},
	}
	for _, n := range []runner.Name{runner.ServerURL, runner.RunnerToken} {
		f.Explains = append(f.Explains, wants(c, cr, n)...)
	}
	if f.Explains == nil {
		f.Status, f.Harmless = Warn, true
	}
	return []Finding{f}
}

// startedBy is where the command line stands.
func (t *Target) startedBy() runner.Origin {
	if t.Install.Command == nil {
		return runner.Origin{}
	}
	return t.Install.Command.From
}

// unreadConfig is the config that lies where the image's start script means it,
// or that the variable names; "" when there is none.
func (t *Target) unreadConfig() (string, *jsondoc.Value) {
	at := imageConfigs
	if v := t.Install.Env[runner.ConfigPathEnv]; v.V != "" {
		at = t.Install.Abs(v.V)
	}
	for _, name := range []string{at, path.Join(at, "config.json"), path.Join(at, "config.yaml"), path.Join(at, "config.yml")} {
		other := runner.Installation{Config: name, Dir: "/", As: t.Install.As}
		if f, err := runner.Open(t.Files, &other, ""); err == nil && f.Err == nil && host.CanRead(t.Files, name, t.Install.As).OK() {
			return name, f.Doc
		}
	}
	return "", nil
}
