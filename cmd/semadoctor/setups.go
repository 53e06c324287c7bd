package main

import (
	"path"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A source is a flag that names runners, and how they are found.
type source struct {
	flag string
	find func(p *patients, ref string) ([]runner.Setup, error)
}

// sources are the flags that name runners, but for --config.
func (a *app) sources() []source {
	return []source{
		{"unit", a.unitSetups},
		{"pid", a.processSetups},
		{"compose", a.composeSetups},
		{"manifest", a.manifestSetups},
	}
}

// unitSetups is the runner of a systemd unit.
func (a *app) unitSetups(p *patients, ref string) ([]runner.Setup, error) {
	if strings.Contains(ref, "/") {
		ref = a.inside(p, ref)
	}
	s, err := runner.UnitSetup(p.disk, ref)
	return []runner.Setup{s}, err
}

// inside is a path of the command line: below --root our own directory means
// nothing.
func (a *app) inside(p *patients, name string) string {
	if p.root != "" && !path.IsAbs(name) {
		return path.Join("/", slashed(name))
	}
	return a.abs(name)
}

// setups are the runners that the flags name, but for those of --config.
// configs reports whether those are meant, too.
func (a *app) setups(c *cli.Context, p *patients) (all []runner.Setup, configs bool, err error) {
	if words := commandWords(c); len(words) > 0 {
		all, err = a.commandSetup(c, p, words)
		return all, false, err
	}
	named := false
	for _, s := range a.sources() {
		for _, ref := range listOf(c, s.flag) {
			found, err := s.find(p, ref)
			if err != nil {
				return nil, false, usageError{err}
			}
			all, named = append(all, found...), true
		}
	}
	if c.Bool("all") {
		found, err := a.allSetups(p)
		if err != nil {
			return nil, false, err
		}
		all, named = append(all, found...), true
	}
	for i, s := range all {
		if err := a.amend(c, p, s.Install); err != nil {
			return nil, false, err
		}
		all[i].Again = a.amended(c, p, s.Again)
	}
	return all, !named || len(listOf(c, "config")) > 0, nil
}

// amended finds a set-up again with what the flags say laid over it.
func (a *app) amended(c *cli.Context, p *patients, again func(host.Files) (runner.Setup, error)) func(host.Files) (runner.Setup, error) {
	if again == nil {
		return nil
	}
	return func(files host.Files) (runner.Setup, error) {
		s, err := again(files)
		if err == nil {
			err = a.amend(c, p, s.Install)
		}
		return s, err
	}
}

// shell is a runner as it would be started from this shell, but for its config.
func (a *app) shell(c *cli.Context, p *patients) (*runner.Installation, error) {
	in := &runner.Installation{Env: runner.Environment{}, Dir: slashed(a.Dir)}
	if c.String("root") != "" {
		in.Dir = "/" // our own directory means nothing in there
	}
	in.As, in.AsSource = host.Self(), say.Textf("this shell")
	if in.As.Root() {
		in.As.Name = "root"
	}
	if !c.Bool("clean-env") {
		for name, value := range a.Env {
			if name != apiTokenEnv { // ours: who runs tasks must not have it
				in.Env.Set(name, value, runner.Origin{Env: name})
			}
		}
	}
	return in, a.amend(c, p, in)
}

// amend lays what the flags say over how a runner is started.
func (a *app) amend(c *cli.Context, p *patients, in *runner.Installation) error {
	if dir := c.String("cwd"); dir != "" {
		in.Dir = a.abs(dir)
	}
	if spec := c.String("user"); spec != "" {
		as, err := host.LookupUser(p.disk, spec)
		if err != nil {
			return usageError{err}
		}
		in.As, in.AsSource = as, say.Verbatim("--user")
	}
	if v := c.String("runner-version"); v != "" {
		version, err := runner.ParseVersion(v)
		if err != nil {
			return usageError{err}
		}
		version.Source = runner.FromFlag
		in.Version = version
	}
	return a.variables(c, p, in)
}

// variables lays files and --env over the environment. A compose file has been filled in
// from those files already, and hands on what it wants.
func (a *app) variables(c *cli.Context, p *patients, in *runner.Installation) error {
	for _, file := range listOf(c, "env-file") {
		if in.Service != nil {
			break
		}
		if err := a.envFile(in, p, a.abs(file)); err != nil {
			return usageError{err}
		}
	}
	for _, kv := range listOf(c, "env") {
		name, value, ok := strings.Cut(kv, "=")
		if !ok || name == "" {
			return usagef("--env: want NAME=VALUE")
		}
		in.Env.Set(name, value, runner.Origin{Env: name, Flag: "--env"})
	}
	for name, v := range in.Env {
		if runner.SecretKey(name) {
			p.secrets.New(v.V)
		}
	}
	return nil
}
