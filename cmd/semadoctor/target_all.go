package main

import (
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// errNobody is "--all" without a runner to look at.
var errNobody = say.Errorf("no runner found on this host")

// A finder knows one kind of place where runners are set up.
type finder struct {
	where string // for people, who are told when there is none
	find  func(p *patients) ([]runner.Setup, error)
}

// finders are where "--all" looks for what starts runners.
func (a *app) finders() []finder {
	return []finder{
		{"the units of systemd", func(p *patients) ([]runner.Setup, error) { return runner.FindUnits(p.ground), nil }},
		{"the compose files in this directory, /root, /etc/semaphore and below /opt, /srv, /home and /var/lib", a.findServices},
	}
}

func (a *app) findServices(p *patients) ([]runner.Setup, error) {
	return runner.FindServices(p.ground, a.inside(p, "."), a.Env), nil
}

// allSetups are the runners of "--all": what starts them, and those at work that
// nothing known has started. Below --root nothing is at work.
func (a *app) allSetups(p *patients) ([]runner.Setup, error) {
	var all []runner.Setup
	looked := ""
	for _, f := range a.finders() {
		found, err := f.find(p)
		if err != nil {
			return nil, err
		}
		all, looked = append(all, found...), looked+", "+f.where
	}
	if p.root == "" {
		at, err := runner.FindProcesses(p.disk)
		if err != nil {
			return nil, err
		}
		all, looked = append(all, runner.Join(all, at)...), looked+", the processes"
	}
	all, looked = append(all, runner.FindContainers(p.ground, all)...), looked+", what Docker has written down of its containers"
	if len(all) == 0 {
		a.code = report.ExitUnknown
		return nil, say.Errorf("%w: looked at %s", errNobody, looked[2:])
	}
	return all, nil
}
