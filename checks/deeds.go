package checks

import (
	"context"
	"errors"
	"slices"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
)

// mayFix reports whether a finding has a fix that may be made: one that can be
// taken back, or any with Target.Unsafe. What somebody has accepted is left as it is.
func (t *Target) mayFix(f Finding) bool {
	return f.Problem != nil && f.Fix != nil && f.Accepted == nil && (f.Fix.Safety == repair.Safe || t.Unsafe)
}

// Deeds are the wanted findings that a deed would mend, most blocking first. What
// one of them brings, the others have to be asked anew for: only the first can be
// done as it stands.
func Deeds(t *Target, rs []Result, wanted Wish) (all []Finding) {
	causes := Explain(rs)
	for _, res := range rs {
		for _, f := range res.Findings {
			if len(causes.By[f.Problem]) == 0 && t.mayFix(f) && f.Fix.Deed != nil && wanted(f) {
				fix := *f.Fix
				fix.Reason, f.Fix = f.Summary, &fix
				all = append(all, f)
			}
		}
	}
	return all
}

// Cured reports whether a finding's check has looked again and does not find its
// problem any more; known says whether it could look.
func Cured(f Finding, rs []Result) (cured, known bool) {
	for _, res := range rs {
		if slices.Contains(res.Check.Problems, f.Problem) && !looked(res.Check, rs, f.Moot) {
			return false, false
		}
		if slices.ContainsFunc(res.Findings, func(g Finding) bool { return g.Problem == f.Problem }) {
			return false, true
		}
	}
	return true, true
}

// ordering has the server do something for the API token.
func (t *Target) ordering(order func(context.Context, *runner.Wire, *runner.Probe) error) repair.Deed {
	return func(ctx context.Context) (repair.Filling, error) {
		p, c, err := t.forAPI(ctx)
		if err != nil {
			return nil, err
		}
		return nil, uncertain(t.speaking(ctx, c, func(ctx context.Context, w *runner.Wire) error { return order(ctx, w, p) }))
	}
}

// speaking is one conversation with the server of a config, on a connection of its
// own.
func (t *Target) speaking(ctx context.Context, c *runner.Config, talk func(context.Context, *runner.Wire) error) error {
	ctx, cancel := context.WithTimeout(ctx, t.patience())
	defer cancel()
	_, trust := t.way(c, runner.NewServer(c))
	w := t.wire(c, trust)
	defer w.Close()
	return talk(ctx, w)
}

// uncertain marks an error that leaves it open what the server has done.
func uncertain(err error) error {
	if errors.Is(err, runner.ErrUnanswered) || errors.Is(err, runner.ErrNoToken) || errors.Is(err, errPartly) {
		return repair.Uncertain(err)
	}
	return err
}
