package checks

import (
	"context"
	"slices"

	"github.com/semadoctor/semadoctor/repair"
)

// A Rehearsal is what fixing would do, known before anything is touched.
type Rehearsal struct {
	Plan    *repair.Plan
	Before  []Result  // what is wrong now
	After   []Result  // what will be left
	Useless []Finding // findings whose fix was drawn and did not help, or could not be drawn
}

// A Wish says which findings are to be fixed.
type Wish func(Finding) bool

// Rehearse works out how to make the target well without touching it: it checks,
// draws the first wanted fix on a draft, checks again, and goes on until nothing
// wanted is left that a fix helps against. Root causes come first, because
// fixing one often settles the rest; a fix that does not make its own problem go
// away is left out. What the outside says is asked only once.
func Rehearse(ctx context.Context, t *Target, cs []*Check, disk repair.Disk, wanted Wish) (*Rehearsal, error) {
	r := &rehearsing{t: t, cs: cs, disk: disk, wanted: wanted, tried: map[string]bool{}}
	before := r.judge(ctx, disk)
	after := before
	for ctx.Err() == nil {
		f, ok := r.next(after)
		if !ok {
			break
		}
		var err error
		if after, err = r.try(ctx, f, after); err != nil {
			return nil, err
		}
	}
	draft, err := r.draw(r.kept)
	if err != nil {
		return nil, err
	}
	plan, err := draft.Plan()
	return &Rehearsal{Plan: plan, Before: before, After: after, Useless: r.useless}, err
}

type rehearsing struct {
	t       *Target
	cs      []*Check
	disk    repair.Disk
	wanted  Wish
	kept    []repair.Fix
	tried   map[string]bool
	useless []Finding
}

func (r *rehearsing) judge(ctx context.Context, disk repair.Disk) []Result {
	rs := r.t.wanted(Run(ctx, r.t.on(disk), r.cs), r.cs)
	Explain(rs)
	return rs
}

func key(f Finding) string { return f.Problem.ID + "\x00" + f.Fix.Title.String() }

// next is the most blocking wanted finding with a safe fix that was not tried.
// Symptoms are left alone: what is behind them has to be mended.
func (r *rehearsing) next(rs []Result) (Finding, bool) {
	causes := Explain(rs)
	for _, res := range rs {
		for _, f := range res.Findings {
			if len(causes.By[f.Problem]) == 0 && r.mendable(f) && !r.tried[key(f)] {
				return f, true
			}
		}
	}
	return Finding{}, false
}

func (r *rehearsing) mendable(f Finding) bool {
	return f.Problem != nil && f.Fix != nil && f.Fix.Safety == repair.Safe && r.wanted(f)
}

// try keeps a fix if the problem it is for is gone on the draft.
func (r *rehearsing) try(ctx context.Context, f Finding, before []Result) ([]Result, error) {
	r.tried[key(f)] = true
	draft, err := r.draw(append(r.kept[:len(r.kept):len(r.kept)], *f.Fix))
	if err != nil {
		r.useless = append(r.useless, f)
		return before, nil
	}
	after := r.judge(ctx, draft)
	if r.persists(f, after) {
		r.useless = append(r.useless, f)
		return before, nil
	}
	r.kept = append(r.kept, *f.Fix)
	return after, nil
}

func (r *rehearsing) draw(fixes []repair.Fix) (*repair.Draft, error) {
	d := repair.NewDraft(r.disk)
	for _, f := range fixes {
		if err := d.Draw(f); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// persists reports whether the same thing is found again.
func (r *rehearsing) persists(f Finding, rs []Result) bool {
	for _, res := range rs {
		for _, g := range res.Findings {
			if g.Problem == f.Problem && g.Summary.String() == f.Summary.String() {
				return true
			}
		}
	}
	return false
}

// Worse lists the failing problems that the rehearsal did not foresee: after a
// repair there must be none.
func (r *Rehearsal) Worse(now []Result) []*Problem {
	foreseen := gather(r.After).worst
	var all []*Problem
	for _, res := range now {
		for _, f := range res.Findings {
			if f.Status == Fail && foreseen[f.Problem] != Fail && !slices.Contains(all, f.Problem) {
				all = append(all, f.Problem)
			}
		}
	}
	return all
}
