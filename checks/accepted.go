package checks

import (
	"path"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// An Acceptance is one entry of an ignore file: somebody lives with a problem, for a
// reason and until a day.
type Acceptance struct {
	ID     string        // of the problem
	Reason string        // what its author says; never empty
	Until  string        // the last day on which it counts, as in 2027-03-31
	Target string        // a pattern that the target's name or config has to match; "" for all
	At     runner.Origin // where it stands
}

// String is what is said of a finding that is accepted.
func (a *Acceptance) String() string { return a.In(say.English) }

// In is String in a language.
func (a *Acceptance) In(lang say.Lang) string {
	return say.Textf("accepted until %s: %s", a.Until, a.Reason).In(lang)
}

// expired reports whether its day is over where semadoctor runs.
func (a *Acceptance) expired(now time.Time) bool { return now.Format(time.DateOnly) > a.Until }

// covers reports whether it is about a runner.
func (a *Acceptance) covers(t *Target, config string) bool {
	return a.Target == "" || slices.ContainsFunc([]string{t.Name, config}, func(name string) bool {
		ok, err := path.Match(a.Target, name)
		return name == a.Target || ok && err == nil
	})
}

// Acceptances is what an ignore file says.
type Acceptances struct {
	File string // as it was found, or named
	List []*Acceptance

	// Err is why nothing in it counts: a mistake (*IgnoreError), an author who may not
	// say so (ErrStranger), or what kept it from being read. nil: it counts.
	Err error
	// Shared says that it stands for other runners of this run, too: what this one has
	// no use for, another may, and nothing is said of it before all are known. Tell is
	// told of each entry that is about the runner whether it is of use; nil: nobody asks.
	Shared bool
	Tell   func(*Acceptance, Use)
}

// A Use is what an entry is good for with one runner.
type Use int

// The uses, in the order in which one of many runners decides.
const (
	Useless  Use = iota // its problem was looked for and is not there
	NotKnown            // nobody could look
	Needed              // its problem is there
)

// use is what an entry is good for.
func (a *Acceptance) use(rs []Result) Use {
	switch {
	case found(rs, a.ID):
		return Needed
	case lookedFor(rs, a.ID):
		return Useless
	}
	return NotKnown
}

// accept marks what is accepted among all that was found, and completes the result of
// IgnoreFile with what is accepted in vain. What it marks counts as skipped from here on.
func (t *Target) accept(rs []Result, as *Acceptances, config string) []Result {
	if as == nil || as.Err != nil {
		return rs
	}
	now := t.Net.Now()
	var vain []Finding
	for _, a := range as.List {
		if !a.covers(t, config) {
			continue
		}
		use := a.use(rs)
		if as.Shared && as.Tell != nil {
			as.Tell(a, use)
		}
		switch {
		case as.Shared && (use != Needed || a.expired(now)): // see SayOver and InVain
		case a.expired(now):
			vain = append(vain, a.over(as.File))
		case use == Needed:
			mark(rs, func(f *Finding) *Acceptance {
				if f.Problem.ID == a.ID {
					return a
				}
				return nil
			})
		case use == Useless:
			vain = append(vain, a.unused())
		}
	}
	return withVain(rs, vain)
}

func found(rs []Result, id string) bool {
	return slices.ContainsFunc(rs, func(r Result) bool {
		return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Problem != nil && f.Problem.ID == id })
	})
}

// lookedFor reports whether a check that would have found a problem came to a
// judgement.
func lookedFor(rs []Result, id string) bool {
	return slices.ContainsFunc(rs, func(r Result) bool {
		return r.Status != Skip && r.Status != Unknown && slices.ContainsFunc(r.Check.Problems, func(p *Problem) bool { return p.ID == id })
	})
}

// mark accepts findings for which there is an acceptance.
func mark(rs []Result, by func(*Finding) *Acceptance) {
	for i := range rs {
		r := &rs[i]
		for j := range r.Findings {
			f := &r.Findings[j]
			if f.Problem == nil || f.Accepted != nil {
				continue
			}
			if f.Accepted = by(f); f.Accepted != nil {
				f.was, f.Status = f.Status, Skip
			}
		}
		r.settle()
	}
}

// settle is the status of a result in which something is accepted: the worst of what
// is not.
func (r *Result) settle() {
	at := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Accepted != nil })
	if at < 0 {
		return
	}
	status := Skip
	if r.Status >= Unknown && !r.Because.IsZero() { // and it could not see all
		status = Unknown
	}
	for _, f := range r.Findings {
		status = max(status, f.Status)
	}
	if r.Status = status; status == Skip && r.Because.IsZero() {
		r.Because = say.Textf("%s", r.Findings[at].Accepted)
	}
}

// Accepted reports whether a check has looked, and found nothing but what somebody
// lives with.
func (r Result) Accepted() bool {
	return r.Status == Skip && slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Accepted != nil })
}

// weight is how bad a finding is, accepted or not.
func (f *Finding) weight() Status {
	if f.Accepted != nil {
		return f.was
	}
	return f.Status
}
