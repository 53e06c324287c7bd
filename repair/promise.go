package repair

import (
	"errors"
	"slices"
)

// ErrOther reports a fix that is not the one that was promised.
var ErrOther = errors.New("what is found now asks for something else than the plan says")

// A Promise is a deed that a plan in a file holds: what it is to mend, and what it
// changes on this machine, with its blanks still open. How it is done is not in it,
// nor with whose token: that is found anew when it is kept.
type Promise struct {
	Problem string // ID
	Plan    *Plan  // made on what the operation's own plan leaves; its one fix says what is done
}

// Kept reports whether a fix is what was promised: by its words the same, at the same
// server, and to files that are as they were then.
func (p *Promise) Kept(disk Disk, fix Fix) error {
	now, err := PlanOf(disk, fix)
	switch {
	case err != nil:
		return err
	case len(p.Plan.Fixes) != 1 || p.Plan.Fixes[0].Title.String() != fix.Title.String():
		return ErrOther
	case !slices.EqualFunc(p.Plan.Steps, now.Steps, sameStep):
		return ErrOther
	}
	return nil
}

func sameStep(a, b Step) bool {
	return a.Path == b.Path && same(a.Before, b.Before) && same(a.After, b.After)
}

// unsafe reports whether an operation does what cannot all be taken back.
func (o *Operation) unsafe() bool {
	return len(o.Promises) > 0 || slices.ContainsFunc(o.Plan.Fixes, func(f Fix) bool { return f.Safety == Unsafe })
}

// Unsafe reports whether one of the plans does what cannot all be taken back.
func (s *Saved) Unsafe() bool {
	return slices.ContainsFunc(s.Operations, func(o Operation) bool { return o.unsafe() })
}

// fits is Plan.look for the files of a promise. What the operation's own plan is to
// change first is compared when the promise is kept.
func (p *Promise) fits(disk Disk, first *Plan) error {
	rest := &Plan{}
	for _, s := range p.Plan.Steps {
		if !slices.ContainsFunc(first.Steps, func(before Step) bool { return before.Path == s.Path }) {
			rest.Steps = append(rest.Steps, s)
		}
	}
	return rest.look(disk, Step.untouched)
}
