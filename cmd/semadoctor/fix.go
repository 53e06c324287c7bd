package main

import (
	"context"
	"errors"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// fix is "semadoctor fix": rehearse, show, ask, lock, journal, apply, check
// again, and take back what did not help.
func (a *app) fix(c *cli.Context) error {
	switch {
	case c.Bool("list") && c.Bool("undo"):
		return usagef("--list and --undo do not go together")
	case c.Bool("list"):
		return a.listRepairs(c)
	case c.Bool("undo"):
		return a.undo(c)
	}
	if err := fixable(c); err != nil {
		return err
	}
	s, err := a.surgery(c)
	if err != nil {
		return err
	}
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	start := a.Net.Now()
	if err := s.patients.spare(ctx, a, s.outs); err != nil {
		return err
	}
	if err := s.readPlan(); err != nil {
		return err
	}
	ds, err := s.treatAll(ctx)
	if err == nil {
		err = s.writePlan(ctx)
	}
	if err != nil {
		return err
	}
	return s.finish(ctx, ds, start)
}

// fixable refuses what fix does not do, and what does not go together.
func fixable(c *cli.Context) error {
	switch {
	case len(listOf(c, "manifest")) > 0:
		return usagef("fix does not change manifests, and nothing in a cluster: check says what to do by hand")
	case c.Args().Present():
		return usagef("fix takes no arguments, got %q: the config goes behind --config", harmless(c.Args().First()))
	}
	return errors.Join(planFlags(c), unsafeFlags(c), restartFlags(c))
}

// treatAll treats one target after the other. The journal is locked before the
// first is looked at: two repairs at once would plan against each other.
func (s *surgery) treatAll(ctx context.Context) ([]checks.Diagnosis, error) {
	j, err := s.journal(s.patients.root)
	switch {
	case err != nil:
		return nil, err
	case s.dry:
		s.tellUnfinished(j)
	default:
		unlock, err := s.lock(j)
		if err != nil {
			return nil, err
		}
		defer unlock() //nolint:errcheck // the lock ends with the process at the latest
		if err := errors.Join(s.finishInterrupted(j), s.fits()); err != nil {
			return nil, err
		}
	}
	var ds []checks.Diagnosis
	for _, t := range s.patients.targets() {
		d, err := s.treatOne(ctx, t)
		if err != nil {
			return nil, err
		}
		ds = append(ds, s.restarted(ctx, t, d))
	}
	return ds, nil
}

// treatOne treats a target in whatever way is wanted. What goes wrong is said, and
// keeps no other from being treated.
func (s *surgery) treatOne(ctx context.Context, t *checks.Target) (checks.Diagnosis, error) {
	d, err := s.way()(ctx, t)
	switch {
	case errors.As(err, new(usageError)), errors.Is(err, errToRepair):
		return d, err
	case err != nil:
		s.note("%s", say.Error(withWayOut(err)))
		s.unplanned = true
		d = checks.Diagnose(ctx, t.Again(), s.sel.checks(s.checks))
	}
	return d, nil
}

// finish reports what is left. A dry run that was asked for no format has shown
// its plan on stdout, and that is its document.
func (s *surgery) finish(ctx context.Context, ds []checks.Diagnosis, start time.Time) error {
	if !s.dry && len(s.outs) == 0 {
		s.outs = []output{{format: "table"}}
	}
	for i := range ds {
		s.patients.conclude(i, &ds[i], stopped(ctx) == "")
	}
	return s.publish(ctx, ds, start)
}

// dryRun is what a dry run has come to.
func (s *surgery) dryRun() report.DryRun {
	switch {
	case !s.dry:
		return report.NotDry
	case s.changes:
		return report.WouldChange
	case s.unplanned:
		return report.NotPlanned
	}
	return report.NothingToDo
}
