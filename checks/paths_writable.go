package checks

import (
	"context"
	"errors"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ReadOnlyMount is a state or token file where nobody can write.
var ReadOnlyMount = &Problem{
	ID: "read-only-mount", Title: "The runner's identity is to be written on a read-only place", Status: Fail,
	Doc:      pageReadOnlyMount,
	CausedBy: append(boxes(), StateUnreadable),
}

// StateDirMissing is a directory the runner never makes by itself.
var StateDirMissing = &Problem{
	ID: "state-dir-missing", Title: "The directory of the state or token file is missing", Status: Fail,
	Doc:      pageStateDirMissing,
	CausedBy: append(boxes(), PlaceholderValue),
}

// StateDirUnwritable is a directory in which the runner may not make a file.
var StateDirUnwritable = &Problem{
	ID: "state-dir-unwritable", Title: "The runner cannot create its state or token file", Status: Fail,
	Doc:      pageStateDirUnwritable,
	CausedBy: append(boxes(), ReadOnlyMount),
}

// StateFileUnwritable is a file that is there and cannot be written.
var StateFileUnwritable = &Problem{
	ID: "state-file-unwritable", Title: "The runner cannot write its state or token file", Status: Fail,
	Doc:      pageStateFileUnwritable,
	CausedBy: append(boxes(), ReadOnlyMount, StateUnreadable, StateEmpty, StateCorrupt, StateWrongFormat, TokenMalformed),
}

// NotAFile is a directory, FIFO or device in the place of a state or token file.
var NotAFile = &Problem{
	ID: "not-a-file", Title: "The state or token file is not a file", Status: Fail,
	Doc: pageNotAFile,
}

// PathsWritable finds out whether the runner can keep its identity.
var PathsWritable = &Check{
	ID:       "paths/writable",
	Title:    "The runner can keep its identity",
	Problems: []*Problem{ReadOnlyMount, StateDirMissing, StateDirUnwritable, NotAFile, StateFileUnwritable},
	Requires: []*Check{ConfigDecodes},
	Run:      pathsWritable,
}

func pathsWritable(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	u, ok := c.Identity()
	switch {
	case !ok:
		return nil, NotApplicable("no state or token file is configured")
	case colliding(t.Files, c, u):
		return nil, NotApplicable("the %s has no path of its own yet: see path-collision", u.Role)
	case cr.Condition == runner.Complete, given(cr):
		return nil, nil // written once, when the runner registers
	}
	return t.keepIdentity(c, cr, u)
}

// keepIdentity asks whether the runner could write its identity at u now.
func (t *Target) keepIdentity(c *runner.Config, cr *runner.Credential, u runner.Use) ([]Finding, error) {
	a, creates := t.canKeep(u)
	if a.OK() {
		return nil, nil
	}
	if a.Verdict == host.Unclear && errors.As(a.Err, new(*host.Unseen)) {
		return nil, NotApplicable("%s", a.Why) // identity/state says that it is not known
	}
	if a.Verdict == host.Unclear {
		return nil, CannotTell(a.Err, "%s", a.Why)
	}
	f := t.unwritable(u, a, creates)
	if !needsWrite(c, cr) {
		if !c.Era.Legacy() {
			return nil, nil // only "runner register" writes it, and there is a token
		}
		f.Status = Warn
	}
	f.Detail = unwritableDetail(c.Era, cr)
	f.Evidence = append(f.Evidence, Evidence{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From})
	t.makeWritable(c, cr, u, a, &f)
	return one(f)
}

// canKeep asks whether the runner may write u, or make it.
func (t *Target) canKeep(u runner.Use) (a host.Access, creates bool) {
	a = host.CanOverwrite(t.Files, u.Path.V, t.Install.As)
	if a.Verdict != host.Missing || a.At == path.Dir(u.Path.V) {
		return a, false
	}
	return host.CanCreate(t.Files, u.Path.V, t.Install.As), true
}

// needsWrite reports whether the identity has to be written for the runner to
// go on working: at the next start up to E3, by "runner register" after that.
func needsWrite(c *runner.Config, cr *runner.Credential) bool {
	if c.Era.Legacy() {
		return cr.Next == runner.Registers || cr.Next == runner.Dies
	}
	return cr.Token.Empty() || cr.Next == runner.Chokes
}

func (t *Target) unwritable(u runner.Use, a host.Access, creates bool) Finding {
	f := Finding{
		Problem: StateFileUnwritable,
		Summary: say.Textf("the runner cannot write its %s: %s", u.Role, a.Why),
	}
	switch a.Verdict {
	case host.Missing, host.NotDir:
		f.Problem = StateDirMissing
		f.Summary = say.Textf("the runner cannot keep its %s: the directory %s does not exist", u.Role, path.Dir(t.real(u.Path.V)))
		if a.Verdict == host.NotDir {
			f.Summary = say.Textf("the runner cannot keep its %s: %s", u.Role, a.Why)
		}
	case host.NotFile:
		f.Problem = NotAFile
		f.Summary = say.Textf("the %s is not a file: %s", u.Role, a.Why)
	case host.ReadOnly, host.Immutable:
		f.Problem = ReadOnlyMount
	case host.Denied:
		if creates {
			f.Problem = StateDirUnwritable
		}
	}
	return f
}

// unwritableDetail is what happens when the identity cannot be kept (observed
// 2.9.37, 2.9.58, 2.10.22, 2.10.32; read in source for 2.10.26-beta, 2025 and
// 2026).
func unwritableDetail(era runner.Era, cr *runner.Credential) say.Text {
	switch {
	case era.Legacy() && cr.Condition == runner.NotAFile:
		return say.Textf("The runner panics at its start, exit status 2, with the text of the error.")
	case era.Legacy():
		return say.Textf("Runners up to 2.10.25 never look whether this write works (semaphoreui/semaphore#2140): the runner registers, works, and forgets who it is. Every restart adds one more runner on the server, and tasks given to the old ones hang.")
	case era == runner.E4a:
		return say.Textf("\"runner start\" finds no token. Registering always panics in this version.")
	case era.Within(runner.E5, runner.E5b):
		return say.Textf("\"runner register\" makes the runner on the server and never looks whether this write works: every attempt leaves one more runner there, and \"runner start\" finds no token.")
	}
	return say.Textf("\"runner register\" makes the runner on the server first and then fails to store its token: every attempt leaves one more runner there, and \"runner start\" finds no token.")
}

// real is name with its links followed; name itself when that fails.
func (t *Target) real(name string) string {
	if r, err := host.Resolve(t.Files, name); err == nil {
		return r
	}
	return name
}
