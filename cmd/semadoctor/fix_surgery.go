package main

import (
	"bufio"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
)

// surgery is one "semadoctor fix", or the part of a run that comes before the runner.
type surgery struct {
	*app
	c        *cli.Context
	sel      selection
	patients *patients
	outs     []output      // nil when none was asked for
	claimed  bool          // run: it is noted that this process starts the runner
	yes      bool          // do not ask
	dry      bool          // change nothing
	unsafe   bool          // also what cannot all be taken back
	saved    *repair.Saved // the plan that --apply names, or for --plan the one that grows; nil without them

	// What has come of it so far.
	changes   bool                   // something would be, or was, changed
	unplanned bool                   // of a target it could not be found out what is to be changed
	declined  bool                   // somebody said no to the plan of a target: nothing more is offered
	mended    map[string][]string    // paths that were changed of runners, by name
	overdue   map[runner.Origin]bool // entries of ignore files of which it was said that they are over
	first     map[string]bool        // runners for which a person has to do something before they are started anew, by name
	keyboard  *bufio.Reader          // what is typed; nil until somebody was asked
	asked     bool                   // run: the verdict that is remembered was asked for

	claims    []string // run: directories in which that is noted
	onlyLooks bool     // run: the journal is not locked; what there is to repair is errToRepair
}

// surgery goes by the flags of fix and of run.
func (a *app) surgery(c *cli.Context) (*surgery, error) {
	outs, err := a.outputs(c, reportFormats())
	if err != nil {
		return nil, err
	}
	if len(listOf(c, "output")) == 0 {
		outs = nil
	}
	sel, err := selectionOf(c, a.checks)
	if err != nil {
		return nil, err
	}
	p, err := a.patients(c, sel)
	if err != nil {
		return nil, err
	}
	s := &surgery{
		app: a, c: c, sel: sel, patients: p, outs: outs,
		yes:    c.Bool("yes"),
		dry:    c.Bool("dry-run") || c.String("plan") != "",
		unsafe: c.Bool("unsafe") || c.Bool("register"),
		mended: map[string][]string{}, overdue: map[runner.Origin]bool{},
		first: map[string]bool{},
	}
	if s.unsafe {
		err = s.registration()
	}
	return s, err
}

// wanted are failures, with --warnings warnings too, and whatever --only names.
func (s *surgery) wanted(f checks.Finding) bool {
	if s.c.Command.Name == "run" {
		return s.wantedByRun(f)
	}
	if len(s.sel.only) > 0 {
		return true // the checks are narrowed to what is named already
	}
	return f.Status == checks.Fail || s.c.Bool("warnings") && f.Status == checks.Warn
}

// beyond reports, and says, that nothing of a target is ours to repair.
func (s *surgery) beyond(t *checks.Target) bool {
	by := foreign(t)
	switch {
	case apart(t):
		s.note("%s sees files of its own, as in a container: nothing is repaired there from outside", t.Name)
	case by != nil:
		s.note("%s is set up by %s: nothing of it is repaired with the rights of another; run semadoctor fix as that user", t.Name, by)
	}
	return apart(t) || by != nil
}
