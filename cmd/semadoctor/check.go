package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
)

// check is "semadoctor check": look, judge, report.
func (a *app) check(c *cli.Context) error {
	if c.Args().Present() {
		return usagef("check takes no arguments, got %q: the config goes behind --config", c.Args().First())
	}
	if err := failOn(c); err != nil {
		return err
	}
	outs, err := a.outputs(c)
	if err != nil {
		return err
	}
	sel, err := selectionOf(c, a.checks)
	if err != nil {
		return err
	}
	p, err := a.patients(c, sel)
	if err != nil {
		return err
	}
	start := a.Net.Now()
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	ds := diagnose(ctx, p.targets, sel.checks(a.checks))
	return a.publish(ctx, c, p, ds, start, outs)
}

// diagnose looks at one target after the other; the checks of one run side by
// side.
func diagnose(ctx context.Context, ts []*checks.Target, cs []*checks.Check) []checks.Diagnosis {
	ds := make([]checks.Diagnosis, len(ts))
	for i, t := range ts {
		ds[i] = checks.Diagnose(ctx, t, cs)
	}
	return ds
}
