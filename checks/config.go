package checks

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ConfigMissing is a config at none of the places the runner looks.
var ConfigMissing = &Problem{
	ID: "config-missing", Title: "There is no config file", Status: Fail,
	Doc:      pageConfigMissing,
	CausedBy: []*Problem{UnitSandbox, UnitCommand},
}

// ConfigUnreadable is a config the runner's user may not read.
var ConfigUnreadable = &Problem{
	ID: "config-unreadable", Title: "The runner may not read its config", Status: Fail,
	Doc:      pageConfigUnreadable,
	CausedBy: []*Problem{UnitSandbox, ComposeUserMismatch},
}

// ConfigNotAFile is a directory, FIFO, device or huge file in the config's place.
var ConfigNotAFile = &Problem{
	ID: "config-not-a-file", Title: "The config is not a file", Status: Fail,
	Doc: pageConfigNotAFile,
}

// ConfigReadable finds out whether the runner gets at its config.
var ConfigReadable = &Check{
	ID:       "config/readable",
	Title:    "The runner can read its config",
	Problems: []*Problem{ConfigMissing, ConfigNotAFile, ConfigUnreadable},
	Run:      configReadable,
}

func configReadable(ctx context.Context, t *Target) ([]Finding, error) {
	f, err := t.File(ctx)
	if errors.Is(err, runner.ErrNotRead) {
		return []Finding{note("the runner is started with --no-config: it reads no config file, only its environment")}, nil
	}
	if errors.Is(err, runner.ErrNoConfig) {
		return one(t.configNowhere(ctx))
	}
	if err != nil {
		return nil, err
	}
	switch a := host.CanRead(t.Files, f.Path, t.Install.As); a.Verdict {
	case host.Granted:
		return t.configOpens(f)
	case host.Missing, host.NotDir:
		return one(t.configMissing(ctx, f, a))
	case host.NotFile:
		return one(t.configNotAFile(f, a))
	case host.Unclear:
		if t.Install.As.Unknown != nil { // that is host/container's to say, and the config is judged
			found, err := t.configOpens(f)
			return append(found, t.stranger(f.Path)...), err
		}
		return nil, CannotTell(a.Err, "%s", a.Why)
	default:
		return one(t.configUnreadable(f, a))
	}
}

// configOpens is about a config that the modes let the runner read.
func (t *Target) configOpens(f *runner.File) ([]Finding, error) {
	switch {
	case errors.Is(f.Err, host.ErrTooLarge):
		return one(configTooLarge(f))
	case errors.Is(f.Err, fs.ErrPermission):
		return nil, CannotTell(f.Err, "semadoctor may not read %s, though %s may: run it as root or as that user", f.Path, t.Install.As)
	case f.Data == nil && f.Err != nil:
		return nil, f.Err
	}
	return nil, nil
}

func one(f Finding) ([]Finding, error) { return []Finding{f}, nil }

func (t *Target) configNowhere(ctx context.Context) Finding {
	v, _ := t.toldVersion(ctx)
	var tried []string
	for _, c := range t.Install.Candidates(v.Era) {
		tried = append(tried, c.V)
	}
	return Finding{
		Problem: ConfigMissing,
		Summary: say.Textf("there is no config file: the runner looks for %s", say.List(tried)),
		Detail:  say.Textf("The runner says \"Cannot Find configuration!\" and exits 1. The working directory taken is %s.", t.Install.Dir),
		Advice:  []say.Text{say.Textf("name the config with --config FILE, for the runner and for semadoctor")},
	}
}

func (t *Target) configMissing(ctx context.Context, f *runner.File, a host.Access) Finding {
	advice := say.Textf("put the config there, or name the right one with --config")
	if c := t.Install.Container; c != nil && t.Install.Service == nil {
		advice = say.Textf("mount one, %s: %s", t.where(), t.flag("volume", "Volume", "/etc/semaphore/config.json:"+f.Path))
	}
	if s := t.Install.Service; s != nil {
		advice = say.Textf("below the service in %s, mount one: volumes: [\"./config.json:%s\"]", s.At, f.Path)
	}
	detail := say.Textf("The runner says \"Cannot Find configuration!\" and exits 1; it says the same about a file that it may not read.")
	if c := t.Install.Config; c != "" && !path.IsAbs(c) {
		detail = say.Textf("%s The path %s is a relative one, and the runner starts in %s.", detail, c, t.Install.Dir)
	}
	return Finding{
		Problem:  ConfigMissing,
		Summary:  say.Textf("there is no config file at %s", f.Path),
		Detail:   detail,
		Evidence: []Evidence{{What: a.Why, From: f.From}},
		Advice:   append(t.nearby(ctx, f.Path), advice),
	}
}

func (t *Target) configUnreadable(f *runner.File, a host.Access) Finding {
	finding := Finding{
		Problem:  ConfigUnreadable,
		Summary:  say.Textf("the runner may not read its config: %s", a.Why),
		Detail:   say.Textf("The runner says \"Cannot Find configuration!\" and exits 1, the same words as for a file that is not there."),
		Evidence: []Evidence{{What: say.Verbatim(a.At), From: f.From}},
	}
	t.letIn(f.Path, a, mayRead, t.mayHave(f.Path, a.At) && keepsConfig(f), &finding)
	return finding
}
