package main

import (
	"path"
	"slices"
	"sync"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
)

func ignoreFlag() cli.Flag {
	return &cli.StringFlag{Name: "ignore", Usage: "problems that are accepted, each with a reason and a last day, in `FILE` (default: .semadoctor.yaml beside the config)"}
}

// ignore has the runners' accepted problems told to their checks: those of --ignore,
// or of the file beside each config.
func (a *app) ignore(c *cli.Context, p *patients) error {
	if !slices.Contains([]string{"check", "fix", "run"}, c.Command.Name) {
		return nil
	}
	of, ofMany := a.beside(p), a.besideMany(p)
	if name := c.String("ignore"); name != "" {
		named, err := checks.ReadAcceptances(p.disk, a.inside(p, name), a.checks)
		if err != nil {
			return usagef("read --ignore: %w", err)
		}
		named.Shared, named.Tell, p.ignored = p.count() > 1, p.uses.tell, named.List
		of = func(host.Files, string) *checks.Acceptances { return named }
		ofMany = of
	}
	if p.like != nil {
		p.like.Accepted = ofMany
	}
	for _, t := range p.others {
		t.Accepted = of
	}
	return nil
}

// beside tells what the ignore file beside a config accepts.
func (a *app) beside(p *patients) func(host.Files, string) *checks.Acceptances {
	self := host.Self()
	return func(files host.Files, config string) *checks.Acceptances {
		as := checks.AcceptedBeside(files, config, self, a.checks)
		if as != nil {
			as.Shared, as.Tell = p.sharing(path.Dir(config)), p.uses.tell
		}
		return as
	}
}

// besideMany is beside for runners that see the same files: that a directory has no
// ignore file is found out once. What one says is asked anew for each, for it depends
// on whose config that is.
func (a *app) besideMany(p *patients) func(host.Files, string) *checks.Acceptances {
	beside, bare := a.beside(p), &bareDirs{dirs: map[string]bool{}}
	return func(files host.Files, config string) *checks.Acceptances {
		dir := path.Dir(config)
		if bare.has(dir) {
			return nil
		}
		as := beside(files, config)
		if as == nil {
			bare.add(dir)
		}
		return as
	}
}

// sharing reports whether several of the runners have their config in a directory, or
// may have: an ignore file stands there for all of them.
func (p *patients) sharing(dir string) bool {
	n := 0
	for i := range p.count() {
		if config := p.configOf(i); config == "" || path.Dir(config) == dir {
			n++
		}
	}
	return n > 1
}

// bareDirs are directories without an ignore file.
type bareDirs struct {
	mu   sync.RWMutex
	dirs map[string]bool
}

func (b *bareDirs) has(dir string) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.dirs[dir]
}

func (b *bareDirs) add(dir string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dirs[dir] = true
}

// tellAccepted says what is left as it is because somebody has accepted it, and what no
// longer is.
func (s *surgery) tellAccepted(d checks.Diagnosis) {
	for _, a := range d.Overdue() {
		mendable := func(f checks.Finding) bool {
			return f.Problem != nil && f.Problem.ID == a.ID && f.Fix != nil && s.wanted(f) && len(d.Causes.By[f.Problem]) == 0
		}
		if found(d.Results, mendable) && !s.overdue[a.At] {
			s.overdue[a.At] = true
			s.note("%s was accepted until %s, and counts again (line %d of %s)", a.ID, a.Until, a.At.Line, a.At.File)
		}
	}
	for _, r := range d.Results {
		for _, f := range r.Findings {
			if f.Accepted != nil && f.Fix != nil && len(d.Causes.By[f.Problem]) == 0 {
				s.note("left alone: %s is %s (line %d of %s)", f.Problem.ID, f.Accepted, f.Accepted.At.Line, f.Accepted.At.File)
			}
		}
	}
}
