package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// A printer writes a report everywhere it is wanted, target by target.
type printer struct {
	*app
	press *report.Press
	files []*reportFile // of each stream of the press; nil is stdout
	errs  []error       // of what could not be opened
	start time.Time
	lang  say.Lang
}

// printer starts the report of so many targets.
func (a *app) printer(ctx context.Context, c *cli.Context, outs []output, targets int, start time.Time) *printer {
	p := &printer{app: a, start: start, lang: a.language(c), press: report.NewPress(report.Options{
		Version: version, Lang: a.language(c), FailOn: report.FailOn(c.String("fail-on")), ExitStyle: report.ExitStyle(c.String("exit-style")), StartedAt: start, Deterministic: c.Bool("deterministic"),
	})}
	for _, o := range outs {
		w, f, err := a.open(ctx, o)
		if err != nil {
			p.errs = append(p.errs, err)
			continue
		}
		p.press.Into(a.format(c, o), w, targets, newSpill)
		p.files = append(p.files, f)
	}
	return p
}

// open is where an output goes: a file, or stdout and nil.
func (a *app) open(ctx context.Context, o output) (io.Writer, *reportFile, error) {
	if o.file == "" {
		return a.Stdout, nil, nil
	}
	f, err := a.openReport(ctx, a.abs(o.file))
	return f, f, err
}

// end closes the report. The exit code is the report's.
func (p *printer) end(ctx context.Context) error {
	r, errs := p.press.Close(p.Net.Now().Sub(p.start), stopped(ctx))
	p.code = r.ExitCode
	for i, f := range p.files {
		if f != nil {
			errs[i] = f.finish(errs[i])
		}
	}
	return errors.Join(append(p.errs, errs...)...)
}

// publish writes the report of diagnoses that are all there.
func (s *surgery) publish(ctx context.Context, ds []checks.Diagnosis, start time.Time) error {
	p := s.printer(ctx, s.c, s.outs, len(ds), start)
	p.press.DryRun = s.dryRun()
	for _, d := range ds {
		p.press.Add(p.press.Make(d, s.patients.secrets.Redact))
	}
	return p.end(ctx)
}
