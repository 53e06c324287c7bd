package checktest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// operate applies the plan and demands that what it mends is gone, that nothing is
// worse than rehearsed, that a second repair changes nothing, and that taking it back
// leaves the machine as it was, byte for byte. It returns what was mended. told is
// whether the case says what is left.
func (c *Case) operate(t *testing.T, cs []*checks.Check, target *checks.Target, r *checks.Rehearsal, before string, told bool) []checks.Finding {
	t.Helper()
	ctx := context.Background()
	if err := r.Plan.Apply(c.Machine); err != nil {
		t.Fatal(err)
	}
	after := checks.Diagnose(ctx, target.Again(), cs)
	if told {
		c.compare(t, "want/after", c.findings(after))
	}
	for _, f := range r.Mended {
		if again(f, after) {
			t.Errorf("%s is found again after its repair: %s", f.Problem.ID, f.Summary)
		}
	}
	if worse := checks.Worse(r.Foreseen(), after.Results); len(worse) > 0 {
		t.Errorf("after the repair there is, unforeseen, %v", worse)
	}
	second, err := checks.Rehearse(ctx, target.Again(), cs, c.Machine, c.wish)
	if err != nil {
		t.Fatal(err)
	}
	if !second.Plan.Empty() {
		t.Errorf("a second repair would change something:\n%s", repair.Diff(say.English, second.Plan, nil))
	}
	if _, err := r.Plan.Revert(c.Machine); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, c.Machine.dump()); diff != "" {
		t.Errorf("taking the repair back left the machine changed (-before +after):\n%s", diff)
	}
	return r.Mended
}

// again reports whether a finding is among those of a diagnosis.
func again(f checks.Finding, d checks.Diagnosis) bool {
	for _, r := range d.Results {
		for _, g := range r.Findings {
			if g.Problem == f.Problem && g.Summary.String() == f.Summary.String() {
				return true
			}
		}
	}
	return false
}

// mendWarnings does the same with warnings repaired, too, where the case leaves them:
// every repair that is offered is proven.
func (c *Case) mendWarnings(t *testing.T, cs []*checks.Check, target *checks.Target, d checks.Diagnosis, seen *Seen, before string) {
	if t.Failed() || c.Fixes != "" || c.Unsafe != "" || !offers(d) {
		return
	}
	c.Fixes = "warnings"
	r, err := checks.Rehearse(context.Background(), target.Again(), cs, c.Machine, c.wish)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Useless) > 0 && !c.Useless {
		t.Errorf("with warnings, a repair is offered that does not help, or cannot be made: %v", r.Useless)
	}
	if !r.Plan.Empty() {
		seen.repaired(c.operate(t, cs, target, r, before, false), c.era(t, target))
	}
}

// offers reports whether a repair of a warning is offered.
func offers(d checks.Diagnosis) bool {
	for _, r := range d.Results {
		for _, f := range r.Findings {
			if f.Status == checks.Warn && f.Fix != nil && f.Fix.Safety == repair.Safe {
				return true
			}
		}
	}
	return false
}

// era is the one that a case is about; "" when nobody knows.
func (c *Case) era(t *testing.T, target *checks.Target) runner.Era {
	v, err := target.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return v.Era
}
