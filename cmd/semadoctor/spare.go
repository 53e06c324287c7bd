package main

import (
	"context"
	"slices"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
)

// spare refuses a report in the place of one of the runner's own files: check
// changes nothing, and least of all the patient. What is not there yet is none of
// them, so most reports cost no look at any runner.
func (p *patients) spare(ctx context.Context, a *app, outs []output) error {
	outs = slices.DeleteFunc(slices.Clone(outs), func(o output) bool {
		if o.file == "" {
			return true
		}
		_, err := host.Stat(host.OS{}, a.abs(o.file))
		return err != nil
	})
	if len(outs) == 0 {
		return nil
	}
	for i := range p.count() {
		t := p.at(i)
		for _, o := range outs {
			if err := p.spareOf(ctx, t, o, a.abs(o.file)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *patients) spareOf(ctx context.Context, t *checks.Target, o output, name string) error {
	if s := t.Install.Service; s != nil && p.one(s.Compose.File, name) {
		return usagef("-o %s=%s: that is the compose file", o.format, o.file)
	}
	if pod := t.Install.Pod; pod != nil && p.one(pod.At.File, name) {
		return usagef("-o %s=%s: that is the manifest", o.format, o.file)
	}
	c, err := t.Config(ctx)
	if f, ferr := t.File(ctx); ferr == nil && p.one(f.Path, name) {
		return usagef("-o %s=%s: that is the runner's config", o.format, o.file)
	}
	if err != nil {
		return nil
	}
	for _, u := range c.Uses() {
		if p.one(u.Path.V, name) {
			return usagef("-o %s=%s: that is the runner's %s", o.format, o.file, u.Role)
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
