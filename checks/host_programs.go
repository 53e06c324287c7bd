package checks

import (
	"context"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ProgramMissing is a program that tasks need and the runner does not find.
var ProgramMissing = &Problem{
	ID: "program-missing", Title: "The runner does not find a program its tasks need", Status: Warn,
	Doc: pageProgramMissing,
}

// HostPrograms finds out whether the runner finds what its tasks start.
var HostPrograms = &Check{
	ID:       "host/programs",
	Title:    "The runner finds the programs its tasks need",
	Problems: []*Problem{ProgramMissing},
	Requires: []*Check{ConfigDecodes},
	About:    (*Target).installed,
	Run:      hostPrograms,
}

func hostPrograms(ctx context.Context, t *Target) ([]Finding, error) {
	if !t.installed() {
		return nil, NotApplicable("it is not known what starts the runner, nor with which PATH")
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	if kind := c.ExecutorType(); kind != "" && kind != "local" {
		return nil, NotApplicable("tasks run in containers of their own (executor %s)", kind)
	}
	s := search{t: t, path: t.Install.Env["PATH"]}
	if c.Text(runner.GitClient).V != "go_git" {
		s.need("git")
		s.need("ssh")
	}
	s.needOne(apps())
	switch {
	case s.unclear != nil:
		return nil, CannotTell(s.unclear.Err, "%s", s.unclear.Why)
	case len(s.missing) == 0:
		return nil, nil
	}
	return one(s.finding())
}

// apps are what templates run, but for shells and Python, which every host has.
func apps() []string {
	return []string{"ansible-playbook", "terraform", "tofu", "terragrunt", "pulumi", "pwsh"}
}

// installed reports whether it is known how the runner is really started, and
// not only how it would be from this shell.
func (t *Target) installed() bool {
	return t.Install.Process != nil || t.Install.Unit != nil && t.Install.Container == nil
}

// A search looks for programs on the runner's PATH.
type search struct {
	t       *Target
	path    runner.Value[string]
	missing []string
	seen    []Evidence
	unclear *host.Access
}

func (s *search) need(name string) {
	if a := s.find(name); !a.OK() {
		s.lacks(name, a)
	}
}

// needOne wants any of several: the first names what most people use.
func (s *search) needOne(names []string) {
	var best host.Access
	for _, n := range names {
		a := s.find(n)
		switch {
		case a.OK():
			return
		case best.Verdict == 0, best.Verdict == host.Missing && a.Verdict != host.Missing:
			best = a
		}
	}
	s.lacks(names[0], best)
}

func (s *search) find(name string) host.Access {
	return host.FindProgram(s.t.Files, s.path.V, name, s.t.Install.As)
}

func (s *search) lacks(name string, a host.Access) {
	switch a.Verdict {
	case host.Unclear:
		s.unclear = &a
	case host.Missing:
		s.missing = append(s.missing, name)
	default:
		s.missing = append(s.missing, name)
		if !slices.ContainsFunc(s.seen, func(e Evidence) bool { return e.What.String() == a.Why.String() }) {
			s.seen = append(s.seen, Evidence{What: a.Why})
		}
	}
}

func (s *search) finding() Finding {
	f := Finding{
		Problem: ProgramMissing,
		Summary: say.Textf("the runner does not find %s on its PATH", say.List(s.missing)),
		Detail:  say.Textf("A task that needs one of them fails: git fetches repositories, with ssh where the URL says so, and ansible-playbook stands for all that templates run but shells and Python."),
		Advice:  []say.Text{say.Textf("install what is missing, or give the runner a PATH that leads to it: in a unit Environment=PATH=…, and restart it")},
	}
	path := say.Textf("PATH is %s", s.path.V)
	if s.path.V == "" {
		path = say.Textf("PATH is not set")
	}
	f.Evidence = append([]Evidence{{What: path, From: s.path.From}}, s.seen...)
	return f
}
