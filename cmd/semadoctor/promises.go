package main

import (
	"context"
	"slices"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// promises are the deeds that a dry run comes to, as they would stand after its plan.
func (s *surgery) promises(t *checks.Target, r *checks.Rehearsal) (all []repair.Promise) {
	for _, f := range checks.Deeds(t, r.After, s.wanted) {
		p, err := repair.PlanOf(r.Drawn, *f.Fix)
		if err != nil {
			s.note("left alone: %s", say.Error(err))
			continue
		}
		all = append(all, repair.Promise{Problem: f.Problem.ID, Plan: p})
	}
	return all
}

// showPromises shows each as a plan of its own, numbered on from the operation's.
// What follows from the first of them is not known.
func (s *surgery) showPromises(t *checks.Target, o repair.Operation, now checks.Diagnosis) {
	for i, p := range o.Promises {
		s.changes = true
		s.showFrom(p.Plan, len(o.Plan.Fixes)+i+1)
	}
	switch {
	case len(o.Promises) > 0:
		s.note("what the server answers to that decides what comes next")
	case s.unsafe && o.Plan.Empty():
		s.tellNothing(t, now)
	}
}

// keep does what a plan in a file promises of a server, and nothing else: each deed is
// looked for among what there is to do now, and has to be the same to the last byte.
func (s *surgery) keep(ctx context.Context, t *checks.Target, now checks.Diagnosis, promises []repair.Promise) (checks.Diagnosis, error) {
	for _, p := range promises {
		if stopped(ctx) != "" {
			break
		}
		f, ok := s.due(t, now, p)
		if !ok {
			continue
		}
		var err error
		if now, err = s.offer(ctx, t, f, now); err != nil {
			return now, err
		}
	}
	if s.unsafe && !s.changes && len(promises) == 0 {
		s.tellNothing(t, now)
	}
	return now, nil
}

// due is the finding that a promise was made for. If there is none, or what it asks
// for now is something else, it says so.
func (s *surgery) due(t *checks.Target, now checks.Diagnosis, p repair.Promise) (checks.Finding, bool) {
	title, same := p.Plan.Fixes[0].Title, func(f checks.Finding) bool { return f.Problem != nil && f.Problem.ID == p.Problem }
	why := repair.ErrOther
	for _, f := range checks.Deeds(t, now.Results, same) {
		if why = p.Kept(s.patients.disk, *f.Fix); why == nil {
			return f, true
		}
	}
	if !found(now.Results, same) {
		s.note("left alone: %s: %s is not found now", title, p.Problem)
		return checks.Finding{}, false
	}
	s.note("left alone: %s: %s; give --apply the flags that --plan had, or make a new plan", title, say.Error(why))
	return checks.Finding{}, false
}

// found reports whether one of the findings is like that.
func found(rs []checks.Result, like checks.Wish) bool {
	return slices.ContainsFunc(rs, func(r checks.Result) bool { return slices.ContainsFunc(r.Findings, like) })
}
