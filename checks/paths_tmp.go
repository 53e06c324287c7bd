package checks

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// TmpUnwritable is a tmp_path in which no task can begin.
var TmpUnwritable = &Problem{
	ID: "tmp-unwritable", Title: "The runner cannot use its tmp_path", Status: Fail,
	Doc:      pageTmpUnwritable,
	CausedBy: append(boxes(), ReadOnlyMount, StateDirMissing, StateDirUnwritable),
}

// PathsTmp finds out whether a task would have a place to work in.
var PathsTmp = &Check{
	ID:       "paths/tmp",
	Title:    "Tasks have a place to work in",
	Problems: []*Problem{TmpUnwritable},
	Requires: []*Check{ConfigDecodes},
	Run:      pathsTmp,
}

func pathsTmp(ctx context.Context, t *Target) ([]Finding, error) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	u := tmpUse(c)
	if colliding(t.Files, c, u) {
		return nil, NotApplicable("the %s has no path of its own yet: see path-collision", u.Role)
	}
	a, exists := t.workplace(u.Path.V)
	switch {
	case a.Verdict == host.Unclear:
		return nil, CannotTell(a.Err, "%s", a.Why)
	case !a.OK():
		return one(t.noWorkplace(c, u, a, exists))
	}
	if m, err := t.mount(u.Path.V); err == nil && m.NoExec {
		return []Finding{note("%s is mounted noexec: a script that a task starts by its name does not run there", u.Path.V)}, nil
	}
	return nil, nil
}

// tmpUse is where tasks work. Every era has one, by default /tmp/semaphore.
func tmpUse(c *runner.Config) runner.Use {
	for _, u := range c.Uses() {
		if u.Role == runner.TmpRole {
			return u
		}
	}
	return runner.Use{}
}

// workplace asks what the runner asks at its first task: os.MkdirAll, and files
// in there.
func (t *Target) workplace(name string) (a host.Access, exists bool) {
	a = host.CanFill(t.Files, t.real(name), t.Install.As)
	if a.Verdict != host.Missing {
		return a, true
	}
	if link := t.dangling(name); link != "" {
		return host.Access{Verdict: host.NotDir, At: link, Why: say.Textf("%s is a link to nothing", link)}, false
	}
	return host.CanCreate(t.Files, a.At, t.Install.As), false
}

// dangling is the link on the way to name that leads nowhere: MkdirAll makes no
// directory through one.
func (t *Target) dangling(name string) string {
	for ; name != "/"; name = path.Dir(name) {
		info, err := t.Files.Lstat(path.Join(t.real(path.Dir(name)), path.Base(name)))
		if err != nil {
			continue
		}
		if _, err := host.Stat(t.Files, name); info.Mode&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist) {
			return name
		}
		break
	}
	return ""
}

func (t *Target) noWorkplace(c *runner.Config, u runner.Use, a host.Access, exists bool) Finding {
	f := Finding{
		Problem:  TmpUnwritable,
		Summary:  say.Textf("the runner cannot make its tmp_path %s: %s", u.Path.V, a.Why),
		Detail:   say.Textf("The runner polls, and every task that it is given fails at its beginning: \"Creating tmp dir failed\", or \"could not create work tree dir … Permission denied\" (semaphoreui/semaphore#2208)."),
		Evidence: []Evidence{{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From}},
		Alone:    !t.described() && !t.shared(c, t.real(u.Path.V), a) && !t.onlyBoxed(u.Path.V),
	}
	if exists {
		f.Summary = say.Textf("the runner cannot work in its tmp_path %s: %s", u.Path.V, a.Why)
	}
	t.giveWorkplace(c, u, a, exists, &f)
	return f
}

// shared reports whether what keeps the runner from its workplace keeps it from
// its identity too: the same directory, or one that both are to be in.
func (t *Target) shared(c *runner.Config, tmp string, a host.Access) bool {
	id, ok := c.Identity()
	if !ok {
		return false
	}
	keep, _ := t.canKeep(id)
	switch keep.Verdict {
	case host.ReadOnly, host.Immutable:
		return a.Verdict == keep.Verdict
	case host.Missing:
		return within(tmp, keep.At)
	}
	return a.Verdict == keep.Verdict && a.At == keep.At
}

// giveWorkplace proposes the least change that lets tasks begin. A directory
// that is not the runner's to have is left as it is: the tasks go elsewhere.
func (t *Target) giveWorkplace(c *runner.Config, u runner.Use, a host.Access, exists bool, f *Finding) {
	as, real := t.Install.As, t.real(u.Path.V)
	switch {
	case a.Verdict == host.ReadOnly || a.Verdict == host.Immutable:
		f.Advice = append(f.Advice, writableAgain(a), say.Textf("or %s", t.elsewhere(c, u)))
		f.Advice = append(f.Advice, say.Textf("in a container with a read-only root: --tmpfs %s, or a volume there", say.Shell(path.Dir(real))))
	case a.Verdict == host.NotDir:
		f.Advice = append(f.Advice, t.elsewhere(c, u))
	case exists && a.At == real && t.spare(c, u.Path.V):
		f.Fix = &repair.Fix{
			Title:  say.Textf("give the directory %s to %s", real, as),
			Edits:  []repair.Edit{repair.Chown{Path: u.Path.V, Owner: as.Owner()}, repair.Chmod{Path: u.Path.V, Mode: a.Info.Mode.Perm() | 0o700}},
			Safety: repair.Safe,
		}
	case !exists && t.mayMake(configPath(c), real):
		f.Fix = &repair.Fix{
			Title:  say.Textf("make the directory %s for %s", real, as),
			Edits:  []repair.Edit{repair.MakeDir{Path: u.Path.V, Mode: 0o700, Owner: as.Owner()}},
			Safety: repair.Safe,
		}
	default:
		t.moveAway(c, u, f)
	}
}
