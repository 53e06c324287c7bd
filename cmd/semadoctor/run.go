package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// run is "semadoctor run": check, with --fix repair, and then become the
// runner. Once it is the runner, nothing of semadoctor is left.
func (a *app) run(c *cli.Context) error {
	gate := c.String("gate")
	if err := startable(c); err != nil {
		return err
	}
	s, err := a.surgery(c)
	if err != nil {
		return err
	}
	if n := s.patients.count(); n != 1 {
		return usagef("run starts one runner, and --config names %d", n)
	}
	t := s.patients.single()
	s.yes = true // --fix is the consent
	if c.Bool("watch") {
		return s.watch(c, t, gate)
	}
	return s.become(c, t, gate)
}

// startable refuses runners that are not ours to start.
func startable(c *cli.Context) error {
	switch {
	case c.String("root") != "":
		return usagef("run starts a runner of this host: --root is for check and fix")
	case len(listOf(c, "unit")) > 0:
		return usagef("run does not start units: write \"semadoctor run\" before the command of ExecStart=, or let systemctl start the unit")
	case boxed(c):
		return usagef("run starts a runner of this host, and no container: --compose and --manifest are for check and config")
	case len(listOf(c, "pid")) > 0, c.Bool("all"):
		return usagef("run starts a runner: --pid and --all name some that run, and two with one token do every task twice")
	}
	return registerFlags(c)
}

// become checks and then becomes the runner.
func (s *surgery) become(c *cli.Context, t *checks.Target, gate string) error {
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	d, err := s.examine(ctx, t, gate)
	if err != nil {
		return err
	}
	if err := s.mayStart(ctx, refusal(d, gate, s.language(c))); err != nil {
		return err
	}
	start, err := s.startOf(ctx, t, c.Args().Slice())
	if err != nil {
		return err
	}
	if err := s.mayStart(ctx, s.rival(ctx, t, gate, true)); err != nil {
		return err
	}
	if s.code, err = supervise.Become(start); err != nil {
		s.code = exitOf(err)
	}
	return err
}

// mayStart is nil where nothing speaks against a start, and it was not stopped.
func (s *surgery) mayStart(ctx context.Context, why string) error {
	if by := stopped(ctx); by != "" {
		s.code = report.ExitStopped
		return s.notStarted(say.Textf("stopped by %s", say.Sentence(by)))
	}
	if why != "" {
		s.code = report.ExitGate
		return s.notStarted(say.Verbatim(why))
	}
	return nil
}

// notStarted is all that is said of a runner that the gate keeps: one line.
func (s *surgery) notStarted(why say.Text) error {
	return errors.New(say.Textf("the runner is not started: %s", why).In(s.language(s.c)))
}

// examine is what happens before the start. Time servers are asked only when
// the user names them: a clock keeps no runner from its work, and the start
// must not wait for one.
func (s *surgery) examine(ctx context.Context, t *checks.Target, gate string) (checks.Diagnosis, error) {
	if len(t.NTPServers) == 0 && len(s.sel.only) == 0 {
		s.sel.skip, t.NoNTP = append(s.sel.skip, checks.ClockNTP.ID), true
	}
	fix := s.c.Bool("fix") || s.c.Bool("register")
	if gate == "off" && !fix {
		return checks.Diagnosis{Target: t}, nil
	}
	cache := s.remembered(t)
	if cache.holds() {
		return checks.Diagnosis{Target: t}, nil
	}
	t.MeetAtWork(s.atWork()...)
	if !fix {
		d := checks.Diagnose(ctx, t, s.sel.checks(s.checks))
		cache.keep(ctx, d, gate)
		return d, nil
	}
	d, err := s.repaired(ctx, t)
	if err != nil {
		return checks.Diagnosis{}, err
	}
	cache.keep(ctx, d, gate)
	return d, nil
}

// atWork are the runners that run on this host at this moment: two with one identity
// do every task twice. Where they cannot be listed, none is known.
func (s *surgery) atWork() (all []*checks.Target) {
	found, _ := runner.FindProcesses(s.patients.disk)
	for _, f := range found {
		all = append(all, s.target(s.c, s.patients, s.sel, f))
	}
	return all
}

// refusal is why the gate stays shut, in one line; "" when it opens.
func refusal(d checks.Diagnosis, gate string, lang say.Lang) string {
	worst := checks.Worst(d.Results)
	least := checks.Fail
	if gate == "strict" {
		least = checks.Warn
	}
	if gate == "off" || worst < least {
		return ""
	}
	if f, ok := root(d, least); ok {
		return f.Problem.ID + ": " + f.Summary.In(lang)
	}
	for _, r := range d.Results {
		if r.Status == checks.Unknown {
			return r.Check.ID + ": " + r.Because.In(lang)
		}
	}
	return say.Textf("something is wrong; semadoctor check tells what").In(lang)
}

// root is the first finding of at least that status which no other explains.
func root(d checks.Diagnosis, least checks.Status) (checks.Finding, bool) {
	for _, r := range d.Results {
		for _, f := range r.Findings {
			if f.Problem != nil && f.Status >= least && len(d.Causes.By[f.Problem]) == 0 {
				return f, true
			}
		}
	}
	return checks.Finding{}, false
}

// startOf is how to start the runner: what stands behind "--", or the command of the
// runner's version.
func (s *surgery) startOf(ctx context.Context, t *checks.Target, command []string) (supervise.Start, error) {
	in := t.Install
	if len(command) == 0 {
		v, err := t.Version(ctx)
		if err != nil {
			return supervise.Start{}, err
		}
		command = append([]string{"semaphore"}, v.Era.StartsWith(s.configOf(ctx, t))...)
		if in.NoConfig {
			command = append(command, "--no-config")
		}
	}
	path, err := s.program(t, command[0])
	if err != nil {
		s.code = report.ExitNotFound
		return supervise.Start{}, say.Errorf("start the runner: %w", err)
	}
	return supervise.Start{Path: path, Args: command, Env: s.environment(ctx, t).Environ(), Dir: in.Dir, As: in.As}, nil
}

// environment is the runner's. What it was registered with is not for who runs
// tasks; up to 2.10.25 a runner may still register by itself.
func (s *surgery) environment(ctx context.Context, t *checks.Target) runner.Environment {
	env := t.Install.Env
	if v, err := t.Version(ctx); s.c.Bool("register") && err == nil && !v.Era.Legacy() {
		env = maps.Clone(env)
		delete(env, registrationEnv)
	}
	return env
}

// configOf is the path to start the runner with: the one that was checked.
func (a *app) configOf(ctx context.Context, t *checks.Target) string {
	if f, err := t.File(ctx); err == nil {
		return f.Path
	}
	return t.Install.Config
}

func (a *app) program(t *checks.Target, name string) (string, error) {
	if strings.ContainsRune(name, '/') {
		return a.abs(t.Install.Abs(name)), nil
	}
	return host.LookPath(t.Files, t.Install.Env["PATH"].V, t.Install.Dir, name)
}

func exitOf(err error) int {
	if errors.Is(err, fs.ErrNotExist) {
		return report.ExitNotFound
	}
	return report.ExitCannot
}
