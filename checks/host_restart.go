package checks

import (
	"context"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A Restart is what came of starting a unit anew, for who has asked for that.
type Restart struct {
	Works  say.Text // by what it is seen that the runner polls; zero: it is not
	Fault  say.Text // what is wrong with it, instead; zero: nothing that was seen
	Unseen say.Text // why neither is known; zero: one of the others is
	Said   say.Text // the last words of a runner that has ended, secrets masked; zero: none
}

// UnitRestartFailed is a unit that was repaired and started anew, and does not work.
var UnitRestartFailed = &Problem{
	ID: "unit-restart-failed", Title: "The runner does not work after its restart", Status: Fail,
	Doc:      pageUnitRestartFailed,
	CausedBy: append([]*Problem{UnitRestartLoop}, UnitRestartLoop.CausedBy...),
}

// HostRestart judges a restart that semadoctor itself was asked for.
var HostRestart = &Check{
	ID:       "host/restart",
	Title:    "The runner polls after its restart",
	Problems: []*Problem{UnitRestartFailed},
	About:    func(t *Target) bool { return t.Restarted != nil },
	Run:      hostRestart,
}

func hostRestart(_ context.Context, t *Target) ([]Finding, error) {
	r := t.Restarted
	switch {
	case !r.Unseen.IsZero():
		return nil, CannotTell(nil, "%s", r.Unseen)
	case r.Fault.IsZero():
		return []Finding{{Status: Pass, Summary: r.Works}}, nil
	}
	f := Finding{
		Problem: UnitRestartFailed, Summary: r.Fault,
		Advice: []say.Text{t.journalAdvice()},
	}
	if !r.Said.IsZero() {
		f.Evidence = []Evidence{{What: say.Textf("it said: %s", r.Said), From: runner.Origin{Flag: runner.JournalName(t.Install.Unit.Unit)}}}
	}
	return one(f)
}

// journalAdvice is where the words of a unit's runner stand.
func (t *Target) journalAdvice() say.Text {
	u := t.Install.Unit
	if u.Manager != nil {
		return say.Textf("as %s: journalctl --user -u %s -n 50 shows what the runner said", u.Manager.As.Name, say.Shell(u.Name))
	}
	return say.Textf("journalctl -u %s -n 50 shows what the runner said", say.Shell(u.Name))
}

// Since is the same target after a restart, with nothing remembered. How that went is
// reported whatever else was asked for.
func (t *Target) Since(r Restart) *Target {
	later := t.Later()
	later.Restarted = &r
	if wanted := t.Wanted; wanted != nil {
		later.Wanted = func(p *Problem) bool { return p == UnitRestartFailed || wanted(p) }
	}
	return later
}
