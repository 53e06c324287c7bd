package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
)

// logsFlags are those of logs alone.
func logsFlags() []cli.Flag {
	return append(reportFlags(),
		&cli.StringFlag{Name: "since", Usage: "only what was said after `TIME`: a date, a time of today, or how long ago, like 90m or 3d"},
		&cli.StringFlag{Name: "until", Usage: "only what was said before `TIME`"},
		&cli.BoolFlag{Name: "follow", Aliases: []string{"f"}, Usage: "go on reading what is written to the last file, or to the unit's journal, until a signal or --deadline"},
	)
}

// logs is "semadoctor logs": what a runner itself has said.
func (a *app) logs(c *cli.Context) error {
	outs, err := a.outputs(c, reportFormats())
	if err != nil {
		return err
	}
	sel, err := selectionOf(c, a.checks)
	if err != nil {
		return err
	}
	t, p, err := a.speaker(c, sel)
	if err != nil {
		return err
	}
	options, err := a.logSpan(c)
	if err != nil {
		return err
	}
	sources, err := a.logSources(c, t)
	if err != nil {
		return err
	}
	if !a.named(c) {
		t.Name = sources[len(sources)-1].name
	}
	start := a.Net.Now()
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	if err := p.spare(ctx, a, outs); err != nil {
		return err
	}
	if err := spareLogs(a, sources, outs); err != nil {
		return err
	}
	if c.Bool("follow") {
		options.Each = a.live(c, p.secrets).event
	}
	log := runner.NewLogReader(options)
	readErr := readLogs(ctx, log, sources)
	t.Log = &checks.Log{Life: log.Life(), From: runner.Origin{File: sources[len(sources)-1].name}, All: true}
	cs := []*checks.Check{checks.LogLifecycle}
	if a.named(c) {
		cs = sel.checks(a.checks)
	}
	err = a.publishLog(ctx, c, p, checks.Diagnose(lasting(ctx), t, cs), namesOf(sources), outs, start)
	if readErr != nil && a.code == report.ExitOK {
		a.code = report.ExitUnknown
	}
	return errors.Join(readErr, err)
}

// lasting is for what is still to be found out when reading was stopped.
func lasting(ctx context.Context) context.Context {
	if ctx.Err() != nil {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// named reports whether the flags name a runner, whose checks may then explain
// what its log tells.
func (a *app) named(c *cli.Context) bool {
	return c.Bool("all") || slices.ContainsFunc([]string{"config", "unit", "pid", "compose", "manifest"}, func(f string) bool { return len(listOf(c, f)) > 0 })
}

// errLogAlone is why nothing is known about the runner whose log was given.
var errLogAlone = errors.New("only its log was given")

// speaker is the runner whose log is read: the one that the flags name, or one of
// which nothing else is known.
func (a *app) speaker(c *cli.Context, sel selection) (*checks.Target, *patients, error) {
	if a.named(c) {
		p, err := a.patients(c, sel)
		if err != nil {
			return nil, nil, err
		}
		if p.count() != 1 {
			return nil, nil, usagef("a log is of one runner, and the flags name %d", p.count())
		}
		return p.at(0), p, nil
	}
	secrets := newSecrets(c.Bool("deterministic"))
	a.secrets = secrets
	t := checks.NewTarget("log", &runner.Installation{Env: runner.Environment{}, AsSource: "nobody", Unseen: []error{errLogAlone}})
	t.Files, t.Net, t.Secrets, t.Offline = host.OS{}, a.Net, secrets, true
	t.Wanted = sel.problems(a.checks)
	return t, &patients{secrets: secrets}, nil
}

// publishLog writes what the log tells, and the report of what is wrong.
func (a *app) publishLog(ctx context.Context, c *cli.Context, p *patients, d checks.Diagnosis, sources []string, outs []output, start time.Time) error {
	o := report.Options{
		Version: version, Lang: a.language(c), FailOn: report.FailOn(c.String("fail-on")), Redact: p.secrets.Redact,
		StartedAt: start, Took: a.Net.Now().Sub(start), Stopped: stopped(ctx), Deterministic: c.Bool("deterministic"),
	}
	doc, r := report.MakeLog(lifeOf(d.Target, sources, a.language(c)), d, o)
	a.code = doc.ExitCode
	var errs []error
	for _, out := range outs {
		errs = append(errs, a.write(out, func(w io.Writer) error { return a.logWriter(c, out)(w, doc, r) }))
	}
	return errors.Join(errs...)
}

// logWriter is how one -o is written: formats that know no logs write the report.
func (a *app) logWriter(c *cli.Context, o output) func(io.Writer, *report.Log, *report.Report) error {
	style := a.style(c, o.file != "")
	of := func(write report.LogWriter) func(io.Writer, *report.Log, *report.Report) error {
		return func(w io.Writer, l *report.Log, _ *report.Report) error { return write(w, l) }
	}
	switch o.format {
	case "table":
		return of(report.LogTable(style))
	case "text":
		return of(report.LogText(style))
	case "json":
		return of(report.LogJSON)
	}
	return func(w io.Writer, _ *report.Log, r *report.Report) error {
		if err := a.format(c, o).Writer()(w, r); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return nil
	}
}
