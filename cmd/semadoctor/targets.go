package main

import (
	"crypto/rand"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// patients is what the flags say about the runners to look at. There may be many
// thousands: each is made when its turn comes.
type patients struct {
	configs  []string         // of --config; the runners first in order
	like     *checks.Target   // what those are started like
	others   []*checks.Target // named by other flags
	disk     repair.Disk
	secrets  *runner.Secrets // of all runners, as far as their environments tell
	ground   host.Files      // disk; of a command that changes nothing, with its directories remembered
	own      *runner.Secrets // of none of them yet: for looking at many, one by one
	apart    bool            // each runner keeps its own secrets: see setApart
	root     string
	envFiles []string      // of --env-file, for compose files
	api      runner.Secret // for the API of their server; empty: none

	ignored  []*checks.Acceptance // by the file of --ignore
	uses     uses                 // of ignore files for several runners
	lastOnce sync.Once
	last     map[string]int // the last runner of each directory; nil where that is not known
}

// count is how many runners there are.
func (p *patients) count() int { return len(p.configs) + len(p.others) }

// at is one of them, with nothing known about it yet.
func (p *patients) at(i int) *checks.Target {
	if i >= len(p.configs) {
		return p.others[i-len(p.configs)]
	}
	t := p.like.Beside(nameOfConfig(p.configs[i]), p.configs[i])
	if p.apart {
		t.Secrets = p.secrets.Fork() // all have the same environment
	}
	return t
}

// single is the only one there is, the same whenever it is asked for from now on.
func (p *patients) single() *checks.Target {
	t := p.at(0)
	p.configs, p.others = nil, []*checks.Target{t}
	return t
}

// targets are all of them, for those who need them more than once.
func (p *patients) targets() []*checks.Target {
	ts := make([]*checks.Target, p.count())
	for i := range ts {
		ts[i] = p.at(i)
	}
	return ts
}

// patients finds the runners that the flags name.
func (a *app) patients(c *cli.Context, sel selection) (*patients, error) {
	p, err := a.nobody(c)
	if err != nil {
		return nil, err
	}
	setups, configs, err := a.setups(c, p)
	if err != nil {
		return nil, err
	}
	wanted := sel.problems(a.checks)
	for _, s := range setups {
		t := a.target(c, p, sel, s)
		t.Wanted = wanted
		p.others = append(p.others, t)
	}
	if configs {
		var in *runner.Installation
		if in, p.configs, err = a.configs(c, p); err != nil {
			return nil, err
		}
		p.like = a.target(c, p, sel, runner.Setup{Install: in})
		p.like.Wanted = wanted
	}
	if err := a.ignore(c, p); err != nil {
		return nil, err
	}
	p.introduce(len(listOf(c, "config")))
	if p.api.Empty() || c.Bool("offline") {
		return p, nil
	}
	return p, p.oneServer(c.Context)
}

// nobody is what patients share, before there is one: the machine and the secrets.
func (a *app) nobody(c *cli.Context) (*patients, error) {
	root := c.String("root")
	if root != "" {
		root = a.abs(root)
	}
	p := &patients{disk: repair.NewMachine(root), secrets: newSecrets(c.Bool("deterministic")), root: root}
	token, err := a.apiToken(c, p)
	if err != nil {
		return nil, err
	}
	p.api = p.secrets.New(token)
	a.secrets, p.own = p.secrets, p.secrets.Fork()
	for _, file := range listOf(c, "env-file") {
		p.envFiles = append(p.envFiles, a.inside(p, file))
	}
	if p.ground = p.disk; c.Command.Name == "check" {
		p.ground = host.NewGround(p.disk)
	}
	return p, nil
}

// introduce lets the runners of this host know each other: those of which it is
// known how they are started, and those whose configs were named one by one. Of
// what a directory or a pattern brings, some may be backups.
func (p *patients) introduce(named int) {
	if named > 1 && named == len(p.configs) {
		configs := p.targets()
		p.configs, p.others = nil, configs
	}
	checks.Meet(p.others...)
	if p.like != nil {
		checks.AskOnce(append(p.others[:len(p.others):len(p.others)], p.like)...)
	} else {
		checks.AskOnce(p.others...)
	}
}

// setApart gives each runner a collection of secrets of its own, for one for all
// of them would grow with every runner. It comes before the first check, in which
// one runner may look at another.
func (p *patients) setApart() {
	p.apart = true
	for _, t := range p.others {
		t.Secrets = p.secretsOf(t)
	}
}

// secretsOf are the secrets that a runner begins with where others have other
// environments: those of its own.
func (p *patients) secretsOf(t *checks.Target) *runner.Secrets {
	secrets := p.own.Fork()
	for name, v := range t.Install.Env {
		if runner.SecretKey(name) {
			secrets.New(v.V)
		}
	}
	return secrets
}

// newSecrets has a random key, so that digests of two runs cannot be compared.
func newSecrets(deterministic bool) *runner.Secrets {
	key := make([]byte, 16)
	if !deterministic {
		rand.Read(key) // never fails
	}
	return runner.NewSecrets(key)
}

func (a *app) target(c *cli.Context, p *patients, sel selection, s runner.Setup) *checks.Target {
	t := checks.NewTarget(s.Name, s.Install)
	if t.Files = s.Files; t.Files == nil {
		t.Files = p.disk
	}
	t.Resolve, t.Machine = s.Again, p.disk
	t.Net, t.Secrets, t.APIToken = a.Net, p.secrets, p.api
	if t.Exec = a.Exec; p.root != "" {
		t.Exec, t.Net.Kernel = nil, nil
	}
	t.NoNTP = !sel.wantsCheck(checks.ClockNTP)
	t.Journal = c.Command.Name == "check"
	t.Poll = c.Bool("poll")
	t.Offline, t.Timeout = c.Bool("offline"), c.Duration("timeout")
	t.NTPServers = commas(listOf(c, "ntp"))
	t.SkewWarn, t.SkewFail = c.Duration("skew-warn"), c.Duration("skew-fail")
	return t
}

func (a *app) envFile(in *runner.Installation, p *patients, file string) error {
	data, err := host.ReadThrough(p.disk, file)
	if err != nil {
		return say.Errorf("read environment file: %w", err)
	}
	vars, err := host.ParseEnvFile(data)
	if err != nil {
		return say.Errorf("read environment file %s: %w", file, err)
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
