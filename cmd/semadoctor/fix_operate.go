package main

import (
	"context"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

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

// takeBack undoes a repair after which there is something that the rehearsal had not
// foreseen.
func (s *surgery) takeBack(ctx context.Context, t *checks.Target, entry *repair.Entry, worse []*checks.Problem) (checks.Diagnosis, error) {
	if _, err := entry.Undo(s.patients.disk); err != nil {
		return checks.Diagnosis{}, say.Errorf("take back the repair of %s, after which there was still, or newly, %s: %w", t.Name, say.List(worse), err)
	}
	s.note("taken back: after the repair of %s there was still, or newly, %s", t.Name, say.List(worse))
	return checks.Diagnose(ctx, t.Again(), s.sel.checks(s.checks)), nil
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
