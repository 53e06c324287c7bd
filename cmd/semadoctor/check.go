package main

import (
	"strings"

	"github.com/urfave/cli/v2"
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
	p.setApart()
	start := a.Net.Now()
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	if err := p.spare(ctx, a, outs); err != nil {
		return err
	}
	out := a.printer(ctx, c, outs, p.count(), start)
	f := out.fleet(p, sel.checks(a.checks))
	f.vigil = out.vigil(ctx, c)
	f.run(ctx)
	return out.end(ctx)
}

// harmless is a word of the command line without what may be a secret in it.
func harmless(word string) string {
	name, _, cut := strings.Cut(word, "=")
	if cut {
		return name + "=…"
	}
	return word
}
