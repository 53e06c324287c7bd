package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/report"
)

// run is "semadoctor run": check, with --fix repair, and then become the
// runner. Once it is the runner, nothing of semadoctor is left.
func (a *app) run(c *cli.Context) error {
	gate := c.String("gate")
	if c.String("root") != "" {
		return usagef("run starts a runner of this host: --root is for check and fix")
	}
	if len(listOf(c, "unit")) > 0 {
		return usagef("run does not start units: write \"semadoctor run\" before the command of ExecStart=, or let systemctl start the unit")
	}
	if boxed(c) {
		return usagef("run starts a runner of this host, and no container: --compose and --manifest are for check and config")
	}
	s, err := a.surgery(c)
	if err != nil {
		return err
	}
	targets := s.patients.targets()
	if len(targets) != 1 {
		return usagef("run starts one runner, and --config names %d", len(targets))
	}
	s.yes = true // --fix is the consent
	t := targets[0]
	ctx, cancel := until(c.Duration("deadline"))
	defer cancel()
	d, err := s.examine(ctx, t, gate)
	if err != nil {
		return err
	}
	if stopped(ctx) != "" {
		a.code = report.ExitStopped
		return fmt.Errorf("the runner is not started: stopped by %s", stopped(ctx))
	}
	if why := refusal(d, gate); why != "" {
		a.code = report.ExitGate
		return fmt.Errorf("the runner is not started: %s", why)
	}
	return a.start(ctx, t, c.Args().Slice())
}

// examine is what happens before the start. Time servers are asked only when
// the user names them: a clock keeps no runner from its work, and the start
// must not wait for one.
func (s *surgery) examine(ctx context.Context, t *checks.Target, gate string) (checks.Diagnosis, error) {
	if len(t.NTPServers) == 0 && len(s.sel.only) == 0 {
		s.sel.skip, t.NoNTP = append(s.sel.skip, checks.ClockNTP.ID), true
	}
	switch {
	case s.c.Bool("fix"):
		ds, err := s.treatAll(ctx)
		if err != nil {
			return checks.Diagnosis{}, err
		}
		return ds[0], nil
	case gate == "off":
		return checks.Diagnosis{Target: t}, nil
	}
	return checks.Diagnose(ctx, t, s.sel.checks(s.checks)), nil
}

// refusal is why the gate stays shut, in one line; "" when it opens.
func refusal(d checks.Diagnosis, gate string) string {
	switch worst := checks.Worst(d.Results); {
	case gate == "off", worst == checks.Pass, worst == checks.Skip:
		return ""
	case gate == "fail" && worst != checks.Fail:
		return ""
	}
	for _, r := range d.Results {
		for _, f := range r.Findings {
			if f.Problem != nil && len(d.Causes.By[f.Problem]) == 0 && (f.Status == checks.Fail || gate == "strict" && f.Status == checks.Warn) {
				return f.Problem.ID + ": " + f.Summary.String()
			}
		}
		if gate == "strict" && r.Status == checks.Unknown {
			return r.Check.ID + ": " + r.Because.String()
		}
	}
	return "something is wrong; semadoctor check tells what"
}

// start becomes the runner: what stands behind "--", or the command of the
// runner's version.
func (a *app) start(ctx context.Context, t *checks.Target, command []string) error {
	in := t.Install
	if len(command) == 0 {
		v, err := t.Version(ctx)
		if err != nil {
			return err
		}
		command = append([]string{"semaphore"}, v.Era.StartsWith(a.configOf(ctx, t))...)
		if in.NoConfig {
			command = append(command, "--no-config")
		}
	}
	path, err := a.program(t, command[0])
	if err != nil {
		a.code = report.ExitNotFound
		return fmt.Errorf("start the runner: %w", err)
	}
	code, err := supervise.Become(supervise.Start{Path: path, Args: command, Env: in.Env.Environ(), Dir: in.Dir, As: in.As})
	if a.code = code; err != nil {
		a.code = exitOf(err)
	}
	return err
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
