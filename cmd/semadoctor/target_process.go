package main

import (
	"strconv"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// processSetups is the runner of "--pid N".
func (a *app) processSetups(p *patients, ref string) ([]runner.Setup, error) {
	pid, err := strconv.Atoi(ref)
	switch {
	case err != nil || pid <= 0:
		return nil, usagef("--pid %s: want the number of a process", ref)
	case p.root != "":
		return nil, usagef("--pid names a process of this host, and --root looks at nothing else of it")
	}
	s, err := runner.ProcessSetup(p.disk, pid)
	if err != nil {
		return nil, err
	}
	return []runner.Setup{s}, nil
}

// apart reports a runner that sees other files than we do at the same paths: it
// is in a container, or in a sandbox that no unit describes. From outside
// nothing is repaired there. Of a compose service that is only described, its checks
// offer no fix but for what is on this machine.
func apart(t *checks.Target) bool {
	p := t.Install.Process
	return t.Install.Pod != nil || p != nil && p.Root != "" && (t.Install.Unit == nil || t.Install.Container != nil)
}

// foreign is the user whose word a runner's set-up is, if that is not us. What such
// a set-up names may be anything of this machine: a repair would give it away, and an
// API token would go where it says.
func foreign(t *checks.Target) *host.Identity {
	by := t.Install.Author
	if by == nil || by.UID == host.Self().UID {
		return nil
	}
	return by
}
