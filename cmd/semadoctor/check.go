package main

import (
	"context"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
)

// check is "semadoctor check": look, judge, report.
func (a *app) check(c *cli.Context) error {
	if err := commandOnly(c); err != nil {
		return err
	}
	outs, err := a.outputs(c, reportFormats())
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
	if err := p.spare(ctx, a, outs); err != nil {
		return err
	}
	ds := diagnose(ctx, p.targets, sel.checks(a.checks))
	return a.publish(ctx, c, p, ds, start, outs)
}

// harmless is a word of the command line without what may be a secret in it.
func harmless(word string) string {
	name, _, cut := strings.Cut(word, "=")
	if cut {
		return name + "=…"
	}
	return word
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
