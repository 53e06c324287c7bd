package main

import (
	"context"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

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
		if s.onlyLooks && (!r.Plan.Empty() || s.unsafe && len(checks.Deeds(t, now.Results, s.wanted)) > 0) {
			return now, errToRepair
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

// tellUseless says which fixes the rehearsal has tried and left out.
func (s *surgery) tellUseless(r *checks.Rehearsal) {
	for _, f := range r.Useless {
		if f.Why != nil {
			s.note("left alone: %s", say.Error(f.Why))
			continue
		}
		s.note("left alone: to %s would not help", f.Fix.Title)
	}
}
