package checks

import (
	"context"
	"errors"
	"slices"

	"github.com/semadoctor/semadoctor/say"
)

// What is said of ignore files.
var (
	IgnoreExpired = &Problem{
		ID: "ignore-expired", Title: "A problem was accepted for a time that is over", Status: Warn,
		Doc: pageIgnoreExpired,
	}
	IgnoreUnused = &Problem{
		ID: "ignore-unused", Title: "A problem is accepted that is not there", Status: Warn,
		Doc: pageIgnoreUnused,
	}
	IgnoreMalformed = &Problem{
		ID: "ignore-malformed", Title: "There is a mistake in the ignore file", Status: Warn,
		Doc: pageIgnoreMalformed,
	}
	IgnoreUntrusted = &Problem{
		ID: "ignore-untrusted", Title: "Somebody else may have written the ignore file", Status: Warn,
		Doc: pageIgnoreUntrusted,
	}
)

// IgnoreFile finds what is not as it should be about an ignore file. Without one it
// has no result at all, and what is accepted in vain is known only when all else is.
var IgnoreFile = &Check{
	ID:       "ignore/file",
	Title:    "Every accepted problem is there, and its time is not over",
	Problems: []*Problem{IgnoreUntrusted, IgnoreMalformed, IgnoreExpired, IgnoreUnused},
	About:    func(t *Target) bool { return t.Accepted != nil },
	Run:      ignoreFile,
}

func ignoreFile(ctx context.Context, t *Target) ([]Finding, error) {
	as, err := t.facts.accepted.of(ctx, t, (*Target).findAccepted)
	switch {
	case err != nil:
		return nil, err
	case as == nil:
		return nil, NotApplicable("there is no ignore file")
	}
	var mistake *IgnoreError
	switch {
	case errors.As(as.Err, &mistake):
		return one(Finding{
			Problem: IgnoreMalformed, Summary: say.Textf("nothing in %s counts: %s", as.File, mistake.Why),
			Evidence: []Evidence{{What: say.Textf("the mistake"), From: mistake.At}},
			Advice:   []say.Text{say.Textf("mend %s, or take it away", as.File)},
		})
	case errors.Is(as.Err, ErrStranger):
		return one(Finding{
			Problem: IgnoreUntrusted, Summary: say.Textf("nothing in %s counts: %s", as.File, strangerOf(as.Err)),
			Advice: []say.Text{say.Textf("if what it says is right, name it: --ignore %s", say.Shell(as.File))},
		})
	case as.Err != nil:
		return nil, CannotTell(as.Err, "%s cannot be read: %v", as.File, as.Err)
	}
	return nil, nil // what is over or unused is known when all else is: see accept
}

// over is an entry whose day is over.
func (a *Acceptance) over(file string) Finding {
	return Finding{
		Problem: IgnoreExpired, Status: Warn, Summary: say.Textf("%s was accepted until %s, and counts again", a.ID, a.Until),
		Evidence: []Evidence{{What: say.Textf("the reason was: %s", a.Reason), From: a.At}},
		Advice:   []say.Text{say.Textf("mend it, or give it another day in %s, or take the entry out if it is gone", file)},
	}
}

// unused is an entry of which the problem is not there.
func (a *Acceptance) unused() Finding {
	return Finding{
		Problem: IgnoreUnused, Status: Warn, Summary: say.Textf("%s is accepted until %s, and is not there", a.ID, a.Until),
		Evidence: []Evidence{{What: say.Textf("the reason was: %s", a.Reason), From: a.At}},
		Advice:   []say.Text{say.Textf("take the entry out: it would hide the problem when it comes again")},
	}
}

// withVain adds what is accepted in vain to the result of IgnoreFile, if that is among
// the results.
func withVain(rs []Result, vain []Finding) []Result {
	i := slices.IndexFunc(rs, func(r Result) bool { return r.Check == IgnoreFile })
	if i < 0 {
		return rs
	}
	for _, f := range vain {
		rs[i].Findings = append(rs[i].Findings, f)
		rs[i].Status = max(rs[i].Status, f.Status)
	}
	return rs
}

// InVain adds to a diagnosis what an ignore file for many runners accepts in vain: what
// none of them has, or, where its day is over, none is known to have. uses is what an
// entry is good for with any of them; ok is false for one that is about none.
func (d *Diagnosis) InVain(uses func(*Acceptance) (use Use, ok bool)) {
	for _, a := range d.Ignored.List {
		use, ok := uses(a)
		switch over := a.expired(d.Target.Net.Now()); {
		case !ok || use == Needed:
		case over:
			d.say(a.over(d.Ignored.File))
		case use == Useless:
			d.say(a.unused())
		}
	}
}

// Overdue are the entries of an ignore file that are about problems of this runner, and
// over.
func (d *Diagnosis) Overdue() (all []*Acceptance) {
	if d.Ignored == nil || d.Ignored.Err != nil {
		return nil
	}
	for _, a := range d.Ignored.List {
		if a.expired(d.Target.Net.Now()) && a.covers(d.Target, d.Config) && found(d.Results, a.ID) {
			all = append(all, a)
		}
	}
	return all
}

// SayOver adds to a diagnosis what is over of an ignore file for many runners: a warning
// for the first that has the problem, a note for the others. first is the name of that
// one, "" for itself.
func (d *Diagnosis) SayOver(first func(*Acceptance) string) {
	if d.Ignored == nil || !d.Ignored.Shared {
		return
	}
	for _, a := range d.Overdue() {
		name := first(a)
		if name == "" {
			d.say(a.over(d.Ignored.File))
			continue
		}
		n := note("%s was accepted until %s, and counts again: said of %s", a.ID, a.Until, name)
		d.Results = withVain(d.Results, []Finding{n})
	}
}

// say adds what is wrong with an ignore file, if somebody wants to hear it.
func (d *Diagnosis) say(f Finding) {
	if d.Target.Wanted == nil || d.Target.Wanted(f.Problem) {
		d.Results = withVain(d.Results, []Finding{f})
	}
}

// findAccepted is what the ignore file says, if there is one.
func (t *Target) findAccepted(ctx context.Context) (*Acceptances, error) {
	if t.Accepted == nil {
		return nil, nil
	}
	return t.Accepted(t.Files, t.configPath(ctx)), nil
}

// configPath is the config that the runner reads; "" when there is none.
func (t *Target) configPath(ctx context.Context) string {
	if f, err := t.File(ctx); err == nil {
		return f.Path
	}
	return ""
}

// ignoring applies the ignore file, if there is one, to what was found.
func (t *Target) ignoring(ctx context.Context, rs []Result) []Result {
	if t.Accepted == nil {
		return rs
	}
	as, err := t.facts.accepted.of(ctx, t, (*Target).findAccepted)
	if err == nil && as == nil {
		return slices.DeleteFunc(rs, func(r Result) bool { return r.Check == IgnoreFile })
	}
	return t.accept(rs, as, t.configPath(ctx))
}
