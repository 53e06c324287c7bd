package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
)

// patients is what the flags say about the runners to look at.
type patients struct {
	targets []*checks.Target
	disk    repair.Disk
	secrets *runner.Secrets
	root    string
}

// patients builds the targets that the flags name.
func (a *app) patients(c *cli.Context, sel selection) (*patients, error) {
	root := c.String("root")
	if root != "" {
		root = a.abs(root)
	}
	p := &patients{disk: repair.NewMachine(root), secrets: newSecrets(c.Bool("deterministic")), root: root}
	a.secrets = p.secrets
	in, err := a.installation(c, p)
	if err != nil {
		return nil, err
	}
	configs, err := expand(p.disk, in.Dir, listOf(c, "config"))
	if err != nil {
		return nil, err
	}
	for _, config := range configs {
		one := *in
		one.Config = config
		t := a.target(c, p, sel, &one)
		t.Wanted = sel.problems(a.checks)
		p.targets = append(p.targets, t)
	}
	return p, nil
}

// newSecrets has a random key, so that digests of two runs cannot be compared.
func newSecrets(deterministic bool) *runner.Secrets {
	key := make([]byte, 16)
	if !deterministic {
		rand.Read(key) // never fails
	}
	return runner.NewSecrets(key)
}

func (a *app) target(c *cli.Context, p *patients, sel selection, in *runner.Installation) *checks.Target {
	name := in.Config
	if name == "" {
		name = "the runner's own search list"
	}
	t := checks.NewTarget(name, in)
	t.Files, t.Net, t.Secrets = p.disk, a.Net, p.secrets
	if p.root == "" {
		t.Exec = a.Exec
	}
	t.NoNTP = !sel.wantsCheck(checks.ClockNTP)
	t.Offline, t.Timeout = c.Bool("offline"), c.Duration("timeout")
	t.NTPServers = commas(listOf(c, "ntp"))
	t.SkewWarn, t.SkewFail = c.Duration("skew-warn"), c.Duration("skew-fail")
	return t
}

// installation is how the runner would be started, but for its config.
func (a *app) installation(c *cli.Context, p *patients) (*runner.Installation, error) {
	in := &runner.Installation{Env: runner.Environment{}, Dir: a.cwd(c)}
	in.As, in.AsSource = host.Self(), "this shell"
	if in.As.Root() {
		in.As.Name = "root"
	}
	if spec := c.String("user"); spec != "" {
		as, err := host.LookupUser(p.disk, spec)
		if err != nil {
			return nil, usageError{err}
		}
		in.As, in.AsSource = as, "--user"
	}
	if v := c.String("runner-version"); v != "" {
		version, err := runner.ParseVersion(v)
		if err != nil {
			return nil, usageError{err}
		}
		version.Source = runner.FromFlag
		in.Version = version
	}
	return in, a.environment(c, p, in)
}

func (a *app) cwd(c *cli.Context) string {
	switch dir := c.String("cwd"); {
	case dir != "":
		return a.abs(dir)
	case c.String("root") != "":
		return "/" // our own directory means nothing in there
	}
	return slashed(a.Dir)
}

// environment lays the variables over each other: ours, files, --env.
func (a *app) environment(c *cli.Context, p *patients, in *runner.Installation) error {
	if !c.Bool("clean-env") {
		for name, value := range a.Env {
			in.Env.Set(name, value, runner.Origin{Env: name})
		}
	}
	for _, file := range listOf(c, "env-file") {
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

func (a *app) envFile(in *runner.Installation, p *patients, file string) error {
	real, err := host.Resolve(p.disk, file)
	if err != nil {
		return fmt.Errorf("read environment file: %w", err)
	}
	data, err := p.disk.ReadFile(real)
	if err != nil {
		return fmt.Errorf("read environment file: %w", err)
	}
	vars, err := host.ParseEnvFile(data)
	if err != nil {
		return fmt.Errorf("read environment file %s: %w", file, err)
	}
	for _, v := range vars {
		in.Env.Set(v.Name, v.Value, runner.Origin{Env: v.Name, File: file, Line: v.Line})
	}
	return nil
}

// abs makes a path of the command line absolute and slash-separated.
func (a *app) abs(name string) string {
	if !filepath.IsAbs(name) && !path.IsAbs(name) {
		name = host.Join(slashed(a.Dir), slashed(name))
	}
	return slashed(name)
}

// slashed keeps a trailing slash: it means a directory to the kernel.
func slashed(name string) string { return filepath.ToSlash(name) }

// expand turns directories and patterns into the configs they mean. No --config
// at all is one target: whatever the runner finds by itself.
func expand(files host.Files, dir string, args []string) ([]string, error) {
	if len(args) == 0 {
		return []string{""}, nil
	}
	var all []string
	for _, arg := range args {
		name := slashed(arg)
		if !path.IsAbs(name) && !filepath.IsAbs(name) {
			name = host.Join(dir, name)
		}
		found, err := matches(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func matches(files host.Files, name string) ([]string, error) {
	info, err := host.Stat(files, name)
	dir, base := path.Split(name)
	switch {
	case err == nil && info.Mode.IsDir():
		return configsIn(files, name, "")
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(base, "*?["):
		return configsIn(files, dir, base)
	}
	return []string{name}, nil
}

// configsIn lists the configs in a directory, or what matches a pattern in it.
func configsIn(files host.Files, dir, pattern string) ([]string, error) {
	real, err := host.Resolve(files, dir)
	if err != nil {
		return nil, fmt.Errorf("look for configs: %w", err)
	}
	names, err := files.ReadDir(real)
	if err != nil {
		return nil, fmt.Errorf("look for configs: %w", err)
	}
	var found []string
	for _, n := range names {
		if isConfig(n, pattern) {
			found = append(found, host.Join(dir, n))
		}
	}
	if len(found) == 0 {
		return nil, usagef("there is no config in %s: want *.json, *.yaml or *.yml, or name the file", dir)
	}
	return found, nil
}

func isConfig(name, pattern string) bool {
	if pattern != "" {
		ok, err := path.Match(pattern, name)
		return ok && err == nil
	}
	switch path.Ext(name) {
	case ".json", ".yaml", ".yml":
		return true
	}
	return false
}

// commas splits every value at its commas.
func commas(values []string) []string {
	var all []string
	for _, v := range values {
		for _, part := range strings.Split(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}
