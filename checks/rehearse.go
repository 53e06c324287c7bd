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
	Mended  []Finding // whose fixes are the plan's, in their order
	Useless []Declined
	Drawn   *repair.Draft // the machine as it will be
}

// Declined is a finding whose fix was left out of the plan.
type Declined struct {
	Finding
	Why error // what keeps the fix from being made; nil when it would not help
}

// A Wish says which findings are to be fixed.
type Wish func(Finding) bool

// Rehearse works out how to make the target well without touching it: it checks,
// draws the first wanted fix on a draft, checks again, and goes on until nothing
// wanted is left that a fix helps against. Root causes come first, because
// fixing one often settles the rest; a fix that does not make its own problem go
// away, or after which its check cannot tell, is left out. What the outside says
// is asked only once. When ctx ends before all is judged, the plan is empty.
func Rehearse(ctx context.Context, t *Target, cs []*Check, disk repair.Disk, wanted Wish) (*Rehearsal, error) {
	r := &rehearsing{t: t, cs: cs, disk: disk, wanted: wanted, tried: map[string]bool{}}
	before := r.judge(ctx, disk)
	after := before
	for ctx.Err() == nil {
		c, f, ok := r.next(after.wanted)
		if !ok {
			break
		}
		after = r.try(ctx, c, f, after)
	}
	if ctx.Err() != nil { // what was judged on the way may be cut short
		r.kept, r.mended, r.useless, after = nil, nil, nil, before
	}
	draft, err := r.draw(r.kept)
	if err != nil {
		return nil, err
	}
	plan, err := draft.Plan()
	return &Rehearsal{Plan: plan, Before: before.wanted, After: after.wanted, Mended: r.mended, Useless: r.useless, Drawn: draft}, err
}

type rehearsing struct {
	t       *Target
	cs      []*Check
	disk    repair.Disk
	wanted  Wish
	kept    []repair.Fix
	mended  []Finding // of kept
	tried   map[string]bool
	useless []Declined
}

// judged is what the checks came to.
type judged struct {
	all    []Result // with what is not asked for
	wanted []Result
}

func (r *rehearsing) judge(ctx context.Context, disk repair.Disk) judged {
	all := Run(ctx, r.t.on(disk), r.cs)
	wanted := r.t.wanted(slices.Clone(all), r.cs)
	Explain(wanted)
	return judged{all, wanted}
}

func key(f Finding) string { return f.Problem.ID + "\x00" + f.Fix.Title.String() }

// next is the most blocking wanted finding with a fix that was not tried, and the
// check that found it. Symptoms are left alone: what is behind them has to be
// mended. So is what only a deed mends: what comes of one, no draft shows.
func (r *rehearsing) next(rs []Result) (*Check, Finding, bool) {
	causes := Explain(rs)
	for _, res := range rs {
		for _, f := range res.Findings {
			if len(causes.By[f.Problem]) == 0 && r.mendable(f) && !r.tried[key(f)] {
				return res.Check, f, true
			}
		}
	}
	return nil, Finding{}, false
}

func (r *rehearsing) mendable(f Finding) bool {
	return r.t.mayFix(f) && f.Fix.Deed == nil && r.wanted(f)
}

// hops is how often one is sent on by what is unsafe: from http to https, and there
// to another path. Who sends runners elsewhere may do so for ever.
const hops = 2

// try keeps a fix if, on the draft, its check looks again and the problem is gone. One
// that is unsafe has to be the end of it: if its check knows another address then to
// go to, that is the last that is tried.
func (r *rehearsing) try(ctx context.Context, c *Check, f Finding, before judged) judged {
	r.tried[key(f)] = true
	kept, mended := slices.Clone(r.kept), slices.Clone(r.mended)
	for hop, g := 1, f; ; hop++ {
		fix := *g.Fix
		fix.Reason = g.Summary
		kept, mended = append(kept, fix), append(mended, g)
		draft, err := r.draw(kept)
		if err != nil {
			r.useless = append(r.useless, Declined{f, err})
			return before
		}
		after := r.judge(ctx, draft)
		left, open := unsettled(c, g, after.all)
		switch {
		case !looked(c, after.all, f.Moot), persists(g, after.wanted):
		case !open:
			r.kept, r.mended = kept, mended
			return after
		case hop < hops && r.mendable(left):
			g = left
			continue
		}
		r.useless = append(r.useless, Declined{Finding: f})
		return before
	}
}

// unsettled is what a check still has against a runner when something unsafe was done
// for it: the same in other words, or another failure.
func unsettled(c *Check, done Finding, rs []Result) (Finding, bool) {
	if done.Fix.Safety != repair.Unsafe {
		return Finding{}, false
	}
	for _, res := range rs {
		at := slices.IndexFunc(res.Findings, func(g Finding) bool { return g.Problem == done.Problem || g.Status == Fail })
		if res.Check == c && at >= 0 {
			return res.Findings[at], true
		}
	}
	return Finding{}, false
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

// looked reports whether c came to a judgement. Skipped or not done, it finds
// nothing whatever the fix has made worse; but it may be moot, and then it does not
// apply. One that is not listed is there only when something is wrong with it.
func looked(c *Check, rs []Result, moot bool) bool {
	for _, res := range rs {
		if res.Check == c {
			return (res.Status != Skip || moot) && res.Status != Unknown
		}
	}
	return true
}

// persists reports whether the same thing is found again.
func persists(f Finding, rs []Result) bool {
	for _, res := range rs {
		for _, g := range res.Findings {
			if g.Problem == f.Problem && g.Summary.String() == f.Summary.String() {
				return true
			}
		}
	}
	return false
}

// Worse lists what a rehearsal did not foresee: problems that are failures
// now, and checks that can no longer tell, each as a Problem with the check's
// name. After a repair there must be none.
func Worse(foreseen repair.Foreseen, now []Result) []*Problem {
	var all []*Problem
	for _, res := range now {
		for _, f := range res.Findings {
			if f.Status == Fail && !slices.Contains(foreseen.Fails, f.Problem.ID) && !slices.Contains(all, f.Problem) {
				all = append(all, f.Problem)
			}
		}
		if res.Status == Unknown && !slices.Contains(foreseen.Unknown, res.Check.ID) {
			all = append(all, &Problem{ID: res.Check.ID, Title: res.Check.Title, Status: Unknown})
		}
	}
	return all
}

// Foreseen is what will be left, by the rehearsal.
func (r *Rehearsal) Foreseen() repair.Foreseen {
	left := Found(r.After)
	for _, id := range Found(r.Before).Fails {
		if !slices.Contains(left.Fails, id) {
			left.Cures = append(left.Cures, id)
		}
	}
	return left
}

// Found is what results have against a runner.
func Found(rs []Result) repair.Foreseen {
	found := repair.Foreseen{Cures: []string{}, Fails: []string{}, Unknown: []string{}}
	for _, res := range rs {
		for _, f := range res.Findings {
			if f.Status == Fail {
				found.Fails = append(found.Fails, f.Problem.ID)
			}
		}
		if res.Status == Unknown {
			found.Unknown = append(found.Unknown, res.Check.ID)
		}
	}
	return found
}
