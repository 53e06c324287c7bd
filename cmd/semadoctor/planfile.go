package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// planFlags refuses what does not go together with a plan in a file.
func planFlags(c *cli.Context) error {
	plan, apply := c.String("plan") != "", c.String("apply") != ""
	switch {
	case plan && apply:
		return usagef("--plan and --apply do not go together")
	case plan && c.Bool("yes"):
		return usagef("--plan and --yes do not go together: --plan changes nothing, --apply does")
	case apply && c.Bool("dry-run"):
		return usagef("--apply and --dry-run do not go together: without --yes, --apply shows the plan and asks")
	case apply && (c.IsSet("only") || c.IsSet("skip") || c.Bool("warnings")):
		return usagef("--apply does what the plan says: --only, --skip and --warnings belong to --plan")
	}
	return nil
}

// way is how a target is treated: by a plan that is there, or by one to be made.
func (s *surgery) way() func(context.Context, *checks.Target) (checks.Diagnosis, error) {
	if s.c.String("apply") != "" {
		return s.carryOut
	}
	return s.treat
}

// readPlan gets the plan that --apply names, or begins the one of --plan.
func (s *surgery) readPlan() error {
	if s.c.String("plan") != "" {
		s.saved = &repair.Saved{Tool: "semadoctor " + version, Root: s.patients.root, MadeAt: s.Net.Now().UTC()}
	}
	name := s.c.String("apply")
	if name == "" {
		return nil
	}
	saved, err := repair.ReadSaved(s.abs(name))
	if err != nil {
		return usageError{err}
	}
	if saved.Root != s.patients.root {
		return usagef("the plan is for --root %q, and this is --root %q", saved.Root, s.patients.root)
	}
	if saved.Unsafe() && !s.unsafe {
		return usagef("the plan holds what cannot all be taken back: give --unsafe, too")
	}
	s.saved = saved
	return s.known(saved)
}

// fits refuses a plan that no longer is one for this disk, before any of it is
// shown: what is in it is known from the disk alone.
func (s *surgery) fits() error {
	if s.c.String("apply") == "" {
		return nil
	}
	err := s.saved.Fits(s.patients.disk)
	if err != nil {
		s.code = report.ExitFindings
	}
	return err
}

// known demands that all runners of a plan are named.
func (s *surgery) known(saved *repair.Saved) error {
	named := map[string]bool{}
	for _, t := range s.patients.targets() {
		named[t.Name] = true
	}
	for _, o := range saved.Operations {
		if !named[o.Target] {
			return usagef("the plan is for %s: name the runner as it was named then", o.Target)
		}
	}
	return nil
}

// writePlan writes what --plan wants, unless it was cut short.
func (s *surgery) writePlan(ctx context.Context) error {
	name := s.c.String("plan")
	if name == "" || stopped(ctx) != "" {
		return nil
	}
	err := s.saved.Write(s.abs(name))
	switch {
	case errors.Is(err, fs.ErrExist):
		return usageError{err}
	case err != nil:
		return err
	}
	if s.saved.Unsafe() {
		s.note("the plan is in %s, and secrets with it; semadoctor fix --unsafe --apply %s carries it out, asked for the same runner and with the same tokens", name, say.Shell(name))
		return nil
	}
	s.note("the plan is in %s, and secrets with it; semadoctor fix --apply %s carries it out", name, say.Shell(name))
	return nil
}

// carryOut does what the plan says about a target, and nothing else.
func (s *surgery) carryOut(ctx context.Context, t *checks.Target) (checks.Diagnosis, error) {
	now := checks.Diagnose(ctx, t, s.sel.checks(s.checks))
	o, ok := s.saved.For(t.Name)
	switch {
	case s.beyond(t):
		return now, nil
	case !ok:
		s.note("the plan says nothing of %s", t.Name)
		return now, nil
	case stopped(ctx) != "":
		return now, nil
	}
	o.Foreseen = o.Foreseen.Beside(checks.Found(now.Results))
	after, _, err := s.propose(ctx, t, o, now)
	if err != nil || s.declined {
		s.declined = false
		return after, err
	}
	return s.keep(ctx, t, after, o.Promises)
}

// choices is how many fixes of a plan can be chosen: of one that is done exactly,
// there is nothing to choose.
func (s *surgery) choices(p *repair.Plan) int {
	if s.saved != nil {
		return 1
	}
	return len(p.Fixes)
}
