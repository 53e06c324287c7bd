package main

import (
	"path"
	"sync"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/runner"
)

// uses is what the entries of ignore files for many runners are good for, by their
// places.
type uses struct {
	mu  sync.Mutex
	all map[string]map[int]checks.Use // by file and line: the best use with any runner

	over map[runner.Origin]string // what is over has been said of the runner of this name
}

// tell notes what an entry is good for with one more runner.
func (u *uses) tell(a *checks.Acceptance, use checks.Use) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.all == nil {
		u.all = map[string]map[int]checks.Use{}
	}
	lines := u.all[a.At.File]
	if lines == nil {
		lines = map[int]checks.Use{}
		u.all[a.At.File] = lines
	}
	lines[a.At.Line] = max(lines[a.At.Line], use)
}

// of is what an entry was good for with any runner; told is false for one that is about
// none of them.
func (u *uses) of(a *checks.Acceptance) (use checks.Use, told bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	use, told = u.all[a.At.File][a.At.Line]
	return use, told
}

// first is the runner of which it was said that an entry is over; "" if it is this one.
// Runners are asked about in their order.
func (u *uses) first(a *checks.Acceptance, name string) string {
	if before, said := u.over[a.At]; said {
		return before
	}
	if u.over == nil {
		u.over = map[runner.Origin]string{}
	}
	u.over[a.At] = name
	return ""
}

// conclude says of a runner what can be said of an ignore file for several when all
// those before it are known; whole is false when not all have been looked at.
func (p *patients) conclude(i int, d *checks.Diagnosis, whole bool) {
	if whole && p.lastOf(i, d.Ignored) {
		d.InVain(p.uses.of)
	}
	d.SayOver(func(a *checks.Acceptance) string { return p.uses.first(a, d.Target.Name) })
}

// lastOf reports whether a runner is the last for which a shared ignore file stands:
// what none of them needs is said of that one. Where it is not known which config a
// runner has, nobody is the last.
func (p *patients) lastOf(i int, as *checks.Acceptances) bool {
	switch {
	case as == nil || !as.Shared || as.Err != nil:
		return false
	case p.ignored != nil:
		return i == p.count()-1
	}
	p.lastOnce.Do(p.findLast)
	last, known := p.last[path.Dir(as.File)]
	return known && i == last
}

// findLast finds the last runner of each directory with configs.
func (p *patients) findLast() {
	last := map[string]int{}
	for i := range p.count() {
		config := p.configOf(i)
		if config == "" {
			return
		}
		last[path.Dir(config)] = i
	}
	p.last = last
}

// configOf is a runner's config as far as it is known how it is started; "" else.
func (p *patients) configOf(i int) string {
	if i < len(p.configs) {
		return p.configs[i]
	}
	in := p.others[i-len(p.configs)].Install
	if in.Config == "" {
		return ""
	}
	return in.Abs(in.Config)
}
