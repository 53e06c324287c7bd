package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// logsFlags are those of logs alone.
func logsFlags() []cli.Flag {
	return append(reportFlags(),
		&cli.StringFlag{Name: "since", Usage: "only what was said after `TIME`: a date, a time of today, or how long ago, like 90m or 3d"},
		&cli.StringFlag{Name: "until", Usage: "only what was said before `TIME`"},
		&cli.BoolFlag{Name: "follow", Aliases: []string{"f"}, Usage: "go on reading what is written to the last file, or to the unit's journal, until a signal or --deadline"},
	)
}

// A listening is one "semadoctor logs": whose log, from where, and what is wanted.
type listening struct {
	*app
	c        *cli.Context
	outs     []output
	checks   []*checks.Check // those of the runner too, if one is named
	target   *checks.Target
	patients *patients
	sources  []logSource
	options  runner.LogOptions
}

// logs is "semadoctor logs": what a runner itself has said.
func (a *app) logs(c *cli.Context) error {
	l, err := a.listening(c)
	if err != nil {
		return err
	}
	start := a.Net.Now()
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	if err := errors.Join(l.patients.spare(ctx, a, l.outs), l.spare()); err != nil {
		return err
	}
	if c.Bool("follow") {
		l.options.Each = a.live(c, l.patients.secrets).event
	}
	log := runner.NewLogReader(l.options)
	parts, err := readLogs(ctx, log, l.sources)
	l.target.Log = &checks.Log{Life: log.Life(), Parts: parts, All: true, Err: err}
	return errors.Join(err, l.publish(ctx, checks.Diagnose(lasting(ctx), l.target, l.checks), start))
}

// listening understands the command line.
func (a *app) listening(c *cli.Context) (*listening, error) {
	l := &listening{app: a, c: c, checks: []*checks.Check{checks.LogLifecycle}}
	sel, err := selectionOf(c, a.checks)
	if err != nil {
		return nil, err
	}
	if l.outs, err = a.outputs(c, reportFormats()); err != nil {
		return nil, err
	}
	if l.options, err = a.logSpan(c); err != nil {
		return nil, err
	}
	if l.target, l.patients, err = a.speaker(c, sel); err != nil {
		return nil, err
	}
	if l.sources, err = a.logSources(c, l.target); err != nil {
		return nil, err
	}
	if a.named(c) {
		l.checks = sel.checks(a.checks)
	} else {
		l.target.Name = l.last().name
	}
	return l, nil
}

// last is the source that is read last: the one that may go on.
func (l *listening) last() *logSource { return &l.sources[len(l.sources)-1] }

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
var errLogAlone = say.Errorf("only its log was given")

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
	t := checks.NewTarget("log", &runner.Installation{Env: runner.Environment{}, AsSource: say.Textf("nobody"), Unseen: []error{errLogAlone}})
	t.Files, t.Net, t.Secrets, t.Offline = host.OS{}, a.Net, secrets, true
	t.Wanted = sel.problems(a.checks)
	return t, &patients{secrets: secrets}, nil
}

// publish writes what the log tells, and the report of what is wrong.
func (l *listening) publish(ctx context.Context, d checks.Diagnosis, start time.Time) error {
	lang := l.language(l.c)
	o := report.Options{
		Version: version, Lang: lang, FailOn: report.FailOn(l.c.String("fail-on")), Redact: l.patients.secrets.Redact,
		StartedAt: start, Took: l.Net.Now().Sub(start), Stopped: stopped(ctx), Deterministic: l.c.Bool("deterministic"),
	}
	doc, r := report.MakeLog(lifeOf(d.Target, namesOf(l.sources), lang), d, o)
	l.code = doc.ExitCode
	var errs []error
	for _, out := range l.outs {
		errs = append(errs, l.write(ctx, out, func(w io.Writer) error { return l.logWriter(l.c, out)(w, doc, r) }))
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
			return say.Errorf("write report: %w", err)
		}
		return nil
	}
}
