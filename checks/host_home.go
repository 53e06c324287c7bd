package checks

import (
	"context"
	"errors"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// HomeMissing is a runner's user without a home it can write to.
var HomeMissing = &Problem{
	ID: "home-missing", Title: "The runner's user has no home it can write to", Status: Warn,
	Doc: pageHomeMissing,
}

// HostHome finds out whether programs that tasks start have a home.
var HostHome = &Check{
	ID:       "host/home",
	Title:    "The runner's user has a home it can write to",
	Problems: []*Problem{HomeMissing},
	Requires: []*Check{ConfigDecodes},
	About:    (*Target).installed,
	Run:      hostHome,
}

func hostHome(ctx context.Context, t *Target) ([]Finding, error) {
	if !t.installed() {
		return nil, NotApplicable("it is not known what starts the runner, nor with which home")
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	if c.Era.Before(runner.E5) { // db_lib, source of 2.9.37, 2.9.58, 2.10.22 and 2.10.32
		return nil, NotApplicable("tasks of this version have tmp_path for their home")
	}
	if kind := c.ExecutorType(); kind != "" && kind != "local" {
		return nil, NotApplicable("tasks run in containers of their own (executor %s)", kind)
	}
	home, err := t.userHome()
	if err != nil {
		return nil, CannotTell(err, "the home of %v cannot be looked up", t.Install.As)
	}
	if home.V == "" {
		return one(homeless(say.Textf("%v has no home: HOME is not set, and /etc/passwd names none", t.Install.As), Evidence{}))
	}
	switch a := host.CanFill(t.Files, home.V, t.Install.As); a.Verdict {
	case host.Granted:
		return nil, nil
	case host.Unclear:
		return nil, CannotTell(a.Err, "%s", a.Why)
	default:
		f := homeless(say.Textf("%v cannot write to its home %s", t.Install.As, home.V), Evidence{What: a.Why, From: home.From})
		if a.Verdict == host.ReadOnly && t.Install.Unit != nil {
			f.Advice = []say.Text{say.Textf("let the unit write there: ReadWritePaths=%s; or name another home in it: Environment=HOME=DIRECTORY", home.V)}
		}
		return one(f)
	}
}

// userHome is what HOME says, else /etc/passwd.
func (t *Target) userHome() (runner.Value[string], error) {
	if env, ok := t.Install.Env["HOME"]; ok {
		return env, nil
	}
	if t.Install.As.Mapped != nil { // the numbers in there are others
		return runner.Value[string]{}, errors.ErrUnsupported
	}
	home, err := host.HomeOf(t.Files, t.Install.As.UID)
	return runner.Value[string]{V: home, From: runner.Origin{File: "/etc/passwd"}}, err
}

func homeless(summary say.Text, e Evidence) Finding {
	f := Finding{
		Problem: HomeMissing, Summary: summary,
		Detail: say.Textf("ssh keeps known_hosts there, ansible its temporary files and collections, git its settings. Where semaphore gives its tasks another home, only the first is missed."),
		Advice: []say.Text{say.Textf("make a home for it, or name one in the unit: Environment=HOME=/var/lib/semaphore, a directory of the runner's user")},
	}
	if !e.What.IsZero() {
		f.Evidence = []Evidence{e}
	}
	return f
}
