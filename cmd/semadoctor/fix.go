package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// fix is "semadoctor fix": rehearse, show, ask, lock, journal, apply, check
// again, and take back what did not help.
func (a *app) fix(c *cli.Context) error {
	switch {
	case c.Bool("list") && c.Bool("undo"):
		return usagef("--list and --undo do not go together")
	case c.Bool("list"):
		return a.listRepairs(c)
	case c.Bool("undo"):
		return a.undo(c)
	case len(listOf(c, "manifest")) > 0:
		return usagef("fix does not change manifests, and nothing in a cluster: check says what to do by hand")
	case c.Args().Present():
		return usagef("fix takes no arguments, got %q: the config goes behind --config", harmless(c.Args().First()))
	}
	if err := errors.Join(planFlags(c), unsafeFlags(c), restartFlags(c)); err != nil {
		return err
	}
	s, err := a.surgery(c)
	if err != nil {
		return err
	}
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	start := a.Net.Now()
	if err := s.patients.spare(ctx, a, s.outs); err != nil {
		return err
	}
	if err := s.readPlan(); err != nil {
		return err
	}
	ds, err := s.treatAll(ctx)
	if err == nil {
		err = s.writePlan(ctx)
	}
	if err != nil {
		return err
	}
	return s.finish(ctx, ds, start)
}

// treatAll treats one target after the other. The journal is locked before the
// first is looked at: two repairs at once would plan against each other.
func (s *surgery) treatAll(ctx context.Context) ([]checks.Diagnosis, error) {
	j, err := s.journal(s.patients.root)
	switch {
	case err != nil:
		return nil, err
	case s.dry:
		s.tellUnfinished(j)
	default:
		unlock, err := s.lock(j)
		if err != nil {
			return nil, err
		}
		defer unlock() //nolint:errcheck // the lock ends with the process at the latest
		if err := errors.Join(s.finishInterrupted(j), s.fits()); err != nil {
			return nil, err
		}
	}
	var ds []checks.Diagnosis
	for _, t := range s.patients.targets() {
		d, err := s.way()(ctx, t)
		if errors.As(err, new(usageError)) {
			return nil, err
		}
		if err != nil { // the others are treated all the same
			s.note("%s", say.Error(withWayOut(err)))
			d = checks.Diagnose(ctx, t.Again(), s.sel.checks(s.checks))
		}
		ds = append(ds, s.restarted(ctx, t, d))
	}
	return ds, nil
}

// finish reports what is left. A dry run that was asked for no format has shown
// its plan on stdout, and that is its document.
func (s *surgery) finish(ctx context.Context, ds []checks.Diagnosis, start time.Time) error {
	if !s.dry && len(s.outs) == 0 {
		s.outs = []output{{format: "table"}}
	}
	if err := s.publish(ctx, s.c, s.patients, ds, start, s.outs); err != nil {
		return err
	}
	if s.dry {
		s.code = s.dryCode(ctx)
	}
	return nil
}

// surgery is one "semadoctor fix".
type surgery struct {
	*app
	c        *cli.Context
	sel      selection
	patients *patients
	outs     []output            // nil when none was asked for
	changes  bool                // something would be, or was, changed
	yes      bool                // do not ask
	first    map[string]bool     // runners for which a person has to do something before they are started anew, by name
	mended   map[string][]string // paths that were changed of runners, by name
	declined bool                // somebody said no to the plan of a target: nothing more is offered
	unsafe   bool                // also what cannot all be taken back
	keyboard *bufio.Reader       // what is typed; nil until somebody was asked
	dry      bool                // change nothing
	asked    bool                // run: the verdict that is remembered was asked for
	saved    *repair.Saved       // the plan that --apply names, or for --plan the one that grows; nil without them
}

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
	dry := c.Bool("dry-run") || c.String("plan") != ""
	s := &surgery{app: a, c: c, sel: sel, patients: p, outs: outs, yes: c.Bool("yes"), dry: dry, unsafe: c.Bool("unsafe") || c.Bool("register"), mended: map[string][]string{}, first: map[string]bool{}}
	if err == nil && s.unsafe {
		err = s.registration()
	}
	return s, err
}

// dryCode is 5 when something would be changed.
func (s *surgery) dryCode(ctx context.Context) int {
	switch {
	case stopped(ctx) != "":
		return report.ExitStopped
	case s.changes:
		return report.ExitChanges
	}
	return report.ExitOK
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

// treat makes one target as well as it can be made.
func (s *surgery) treat(ctx context.Context, t *checks.Target) (checks.Diagnosis, error) {
	all := s.sel.checks(s.checks)
	now := checks.Diagnose(ctx, t, all)
	if s.beyond(t) {
		return now, nil
	}
	s.tellAccepted(now)
	for wanted := s.wanted; ; {
		r, err := checks.Rehearse(ctx, t, all, s.patients.disk, wanted)
		if err != nil {
			return now, say.Errorf("plan the repair of %s: %w", t.Name, err)
		}
		s.tellUseless(r)
		if stopped(ctx) != "" {
			return now, nil
		}
		o := repair.Operation{Target: t.Name, Foreseen: r.Foreseen(), Plan: r.Plan}
		if s.dry {
			o.Promises = s.promises(t, r)
		}
		after, some, err := s.propose(ctx, t, o, now)
		switch {
		case err != nil:
			return after, err
		case some == nil && s.dry:
			s.showPromises(t, o, after)
			return after, nil
		case some == nil && s.declined:
			s.declined = false
			return after, nil
		case some == nil:
			return s.deeds(ctx, t, after, map[string]bool{})
		}
		wanted = among(r.Plan.Fixes, some, wanted) // and shown again: one may need another
	}
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

// propose shows a plan and, where that is wanted, carries it out. Where only some
// of it is, nothing is done.
func (s *surgery) propose(ctx context.Context, t *checks.Target, o repair.Operation, now checks.Diagnosis) (after checks.Diagnosis, some []int, err error) {
	if s.saved != nil && s.dry {
		s.saved.Operations = append(s.saved.Operations, o)
	}
	if o.Plan.Empty() {
		if !s.unsafe {
			s.tellNothing(t, now)
		}
		return now, nil, nil
	}
	s.changes = true
	s.show(o.Plan)
	if s.dry {
		return now, nil, nil
	}
	switch c, err := s.consent(ctx, s.choices(o.Plan)); {
	case err != nil:
		return now, nil, err
	case c.some != nil && !c.all:
		return now, c.some, nil
	case !c.all || stopped(ctx) != "":
		s.note("nothing was changed")
		s.declined = true
		return now, nil, nil
	}
	after, err = s.operate(ctx, t, o)
	return after, nil, err
}

// tellNothing says that nothing is done, which is not that nothing is wrong.
func (s *surgery) tellNothing(t *checks.Target, now checks.Diagnosis) {
	switch {
	case s.saved != nil && !s.dry:
		s.note("the plan changes nothing of %s", t.Name)
	case len(now.Causes.Roots) > 0:
		s.note("nothing in %s can be repaired in this way: what is wrong with it, and what helps, is in the report", t.Name)
	default:
		s.note("nothing to repair in %s", t.Name)
	}
}

// note tells a person how it goes, beside the document on stdout.
func (s *surgery) note(format string, args ...any) {
	fmt.Fprintln(s.Stderr, s.safe(say.Textf(format, args...).In(s.language(s.c))))
}

func (s *surgery) tellUseless(r *checks.Rehearsal) {
	for _, f := range r.Useless {
		if f.Why != nil {
			s.note("left alone: %s", say.Error(f.Why))
			continue
		}
		s.note("left alone: to %s would not help", f.Fix.Title)
	}
}

// show prints the plan: what is done and why, then the differences.
func (s *surgery) show(p *repair.Plan) { s.showFrom(p, 1) }

// showFrom is show with the number of the first step.
func (s *surgery) showFrom(p *repair.Plan, first int) {
	w := s.Stderr
	if s.dry && len(s.outs) == 0 {
		w = s.Stdout
	}
	lang := s.language(s.c)
	for i, f := range p.Fixes {
		fmt.Fprintf(w, "%d. %s\n", first+i, s.safe(f.Title.In(lang)))
		if !f.Reason.IsZero() {
			fmt.Fprintf(w, "   %s\n", s.safe(say.Textf("because %s", f.Reason).In(lang)))
		}
		if !f.First.IsZero() {
			fmt.Fprintf(w, "   %s\n", s.safe(say.Textf("first: %s", f.First).In(lang)))
		}
		if f.Safety == repair.Unsafe {
			fmt.Fprintf(w, "   %s\n", s.safe(say.Textf("unsafe: when it is taken back, %s", f.Final).In(lang)))
		}
	}
	mask := func(_ string, data []byte) []byte { return s.patients.secrets.Mask(data) }
	if diff := repair.Diff(lang, p, mask); diff != "" {
		fmt.Fprintf(w, "\n%s\n", diff)
	}
}

// operate applies the plan with the journal written first, checks again, and
// takes everything back when that went worse than rehearsed.
func (s *surgery) operate(ctx context.Context, t *checks.Target, o repair.Operation) (checks.Diagnosis, error) {
	j, err := s.journal(s.patients.root)
	if err != nil {
		return checks.Diagnosis{}, err
	}
	entry, err := j.Apply(o.Plan, s.patients.disk, repair.About{Tool: "semadoctor " + version, Target: t.Name})
	if err != nil {
		return checks.Diagnosis{}, say.Errorf("repair %s: %s%w", t.Name, s.left(entry), err)
	}
	after := checks.Diagnose(ctx, t.Again(), s.sel.checks(s.checks))
	if stopped(ctx) == "" {
		if worse := checks.Worse(o.Foreseen, after.Results); len(worse) > 0 {
			return s.takeBack(ctx, t, entry, worse)
		}
	}
	s.note("repaired %s; semadoctor fix --undo %s takes it back", t.Name, s.called(entry))
	s.touch(t, o.Plan)
	s.tellRestart(t, o.Plan.Fixes)
	return after, nil
}

// touch remembers what was changed of a runner.
func (s *surgery) touch(t *checks.Target, p *repair.Plan) {
	for _, step := range p.Steps {
		s.mended[t.Name] = append(s.mended[t.Name], step.Path)
	}
}

// tellRestart says what lets a repair count, and what comes before that.
func (s *surgery) tellRestart(t *checks.Target, fixes []repair.Fix) {
	for _, f := range fixes {
		if !f.First.IsZero() {
			s.note("first: %s", f.First)
			s.first[t.Name] = true
		}
	}
	if s.c.Bool("restart") && !s.first[t.Name] {
		return
	}
	for _, then := range t.Restart(s.mended[t.Name]...) {
		s.note("%s", then)
	}
}

// left is what a repair that went wrong has come to.
func (s *surgery) left(entry *repair.Entry) say.Text {
	if entry == nil || entry.State == repair.Undone {
		return say.Textf("nothing was changed: ")
	}
	return say.Textf("semadoctor fix --undo %s takes back what was changed: ", s.called(entry))
}

// called is a repair as --undo has to name it.
func (s *surgery) called(entry *repair.Entry) string {
	if s.patients.root == "" {
		return entry.ID
	}
	return entry.ID + " --root " + say.Shell(s.patients.root)
}

func (s *surgery) takeBack(ctx context.Context, t *checks.Target, entry *repair.Entry, worse []*checks.Problem) (checks.Diagnosis, error) {
	if _, err := entry.Undo(s.patients.disk); err != nil {
		return checks.Diagnosis{}, say.Errorf("take back the repair of %s, after which there was still, or newly, %s: %w", t.Name, say.List(worse), err)
	}
	s.note("taken back: after the repair of %s there was still, or newly, %s", t.Name, say.List(worse))
	return checks.Diagnose(ctx, t.Again(), s.sel.checks(s.checks)), nil
}
