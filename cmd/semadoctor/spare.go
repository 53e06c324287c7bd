package main

import (
	"context"

	"github.com/semadoctor/semadoctor/host"
)

// spare refuses a report in the place of one of the runner's own files: check
// changes nothing, and least of all the patient.
func (p *patients) spare(ctx context.Context, a *app, outs []output) error {
	for _, o := range outs {
		if o.file == "" {
			continue
		}
		for _, t := range p.targets {
			c, err := t.Config(ctx)
			if f, ferr := t.File(ctx); ferr == nil && p.one(f.Path, a.abs(o.file)) {
				return usagef("-o %s=%s: that is the runner's config", o.format, o.file)
			}
			if err != nil {
				continue
			}
			for _, u := range c.Uses() {
				if p.one(u.Path.V, a.abs(o.file)) {
					return usagef("-o %s=%s: that is the runner's %s", o.format, o.file, u.Role)
				}
			}
		}
	}
	return nil
}

// one reports whether a path of the runner's and one of ours lead to one file.
func (p *patients) one(theirs, ours string) bool {
	a, errA := host.Stat(p.disk, theirs)
	b, errB := host.Stat(host.OS{}, ours)
	return errA == nil && errB == nil && a.SameFile(b)
}
