package main

import (
	"context"
	"errors"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// config is "semadoctor config": what is in effect, and where it comes from.
func (a *app) config(c *cli.Context) error {
	if err := commandOnly(c); err != nil {
		return err
	}
	outs, err := a.outputs(c, settingsFormats())
	if err != nil {
		return err
	}
	p, err := a.patients(c, selection{})
	if err != nil {
		return err
	}
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	if err := p.spare(ctx, a, outs); err != nil {
		return err
	}
	var ts []report.SettingsTarget
	for _, t := range p.targets() {
		ts = append(ts, settingsOf(ctx, t, p.secrets, a.language(c)))
	}
	doc := report.MakeSettings(ts, report.Options{Version: version, FailOn: report.FailOnFail, Redact: p.secrets.Redact, Stopped: stopped(ctx)})
	a.code = doc.ExitCode
	var errs []error
	for _, o := range outs {
		errs = append(errs, a.write(ctx, o, func(w io.Writer) error { return a.settingsWriter(c, o)(w, doc) }))
	}
	return errors.Join(errs...)
}

func (a *app) settingsWriter(c *cli.Context, o output) report.SettingsWriter {
	switch o.format {
	case "text":
		return report.SettingsText(a.style(c, o.file != ""))
	case "json":
		return report.SettingsJSON
	}
	return report.SettingsTable(a.style(c, o.file != ""))
}

// settingsOf is one runner's settings, or why there are none.
func settingsOf(ctx context.Context, t *checks.Target, secrets *runner.Secrets, lang say.Lang) report.SettingsTarget {
	in := t.Install
	out := report.SettingsTarget{Name: t.Name, Status: checks.Pass.String(), Identity: report.Identity{User: in.As.Name, UID: in.As.UID, GID: in.As.GID, Source: in.AsSource.In(lang)}}
	v, _ := t.Version(ctx)
	out.Era, out.RunnerVersion, out.VersionSource = string(v.Era), v.Text, v.Source.Published()
	if f, err := t.File(ctx); err == nil {
		out.Config = f.Path
	}
	cfg, err := t.Config(ctx)
	if err != nil {
		status, why := unreadable(ctx, t, err)
		out.Status, out.Error = status.String(), why.In(lang)
		return out
	}
	for _, e := range cfg.Entries(secrets) {
		out.Settings = append(out.Settings, settingOf(e))
	}
	for _, m := range cfg.Mismatches {
		out.Refused = append(out.Refused, report.Refused{Key: m.Setting.Key(), Got: m.Got, Origin: report.Origin(m.From)})
	}
	for _, b := range cfg.Broken {
		out.Refused = append(out.Refused, report.Refused{Key: b.Setting.Key(), Got: b.Value.V, Origin: report.Origin(b.Value.From)})
	}
	return out
}

// unreadable says what check says about a config that nothing can be read from.
func unreadable(ctx context.Context, t *checks.Target, err error) (checks.Status, say.Text) {
	d := checks.Diagnose(ctx, t, []*checks.Check{checks.ConfigReadable, checks.ConfigDecodes})
	for _, r := range d.Results {
		for _, f := range r.Findings {
			if f.Status == checks.Fail {
				return checks.Fail, say.Textf("%s: %s", say.Verbatim(f.Problem.ID), f.Summary)
			}
		}
		if r.Status == checks.Unknown {
			return checks.Unknown, r.Because
		}
	}
	return checks.Unknown, say.Error(err)
}

// settingOf is an entry in the words of the document.
func settingOf(e runner.Entry) report.Setting {
	s := e.Setting
	out := report.Setting{
		Name: string(s.Name), Key: runner.Dotted(s.Pointer), Env: s.Env, Status: string(e.Status),
		Value: e.Value.V, Secret: s.Secret, ReadBy: readBy(e.First, e.Last),
	}
	if e.Value.Set() {
		o := report.Origin(e.Value.From)
		out.Origin = &o
	}
	for _, o := range e.Value.Shadows {
		out.Overrides = append(out.Overrides, report.Origin(o))
	}
	return out
}

func readBy(first, last runner.Era) report.ReadBy {
	by := report.ReadBy{First: string(first), Last: string(last)}
	by.From, _ = first.Releases()
	_, by.To = last.Releases()
	return by
}
