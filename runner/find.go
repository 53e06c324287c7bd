package runner

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// FindUnits are the runners that units of the system start, or would. One that
// cannot be read is among them, and says so.
func FindUnits(files host.Files) (all []Setup) {
	loader := host.NewUnitLoader(files)
	names := host.FindUnits(files, "semaphore")
	names = append(names, host.FindQuadlets(files, "semaphore", names)...)
	for _, name := range append(names, host.FindUserUnits(files, "semaphore")...) {
		var s Setup
		u, err := loader.Load(name)
		if err == nil {
			s = unitSetup(files, u, name)
		}
		switch {
		case errors.Is(err, host.ErrMasked), errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			s = Setup{Name: path.Base(name), Install: unknown(say.Textf("unit %s", path.Base(name)), err)}
		case !mayRun(s.Install):
			continue
		}
		all = append(all, s)
	}
	return all
}

// mayRun reports whether a unit that has to do with Semaphore starts a runner,
// or a script that may: what merely stands beside one, as a backup does, is no
// runner that nothing is known of.
func mayRun(in *Installation) bool {
	c := in.Command
	switch {
	case c.Runs():
		return true
	case len(in.Unseen) == 0:
		return false
	}
	if c == nil {
		return true
	}
	line := strings.Join(c.Words, " ")
	starts := engineVerb((&Command{}).unwrap(c.Words)) == "start" && strings.Contains(line, "semaphore") && strings.Contains(line, "runner")
	return starts || strings.Contains(c.Program, "semaphore") || strings.Contains(line, "semaphore runner")
}

// FindServices are the runners in the compose files of this machine, those in
// dir too. env is the environment docker compose would be called with.
func FindServices(files host.Files, dir string, env map[string]string) (all []Setup) {
	found := host.FindCompose(files, dir, "semaphore")
	for _, file := range composedBy(files) {
		if !slices.Contains(found, file) {
			found = append(found, file)
		}
	}
	for _, file := range found {
		services, err := authored(files, file, env)
		if errors.As(err, new(noRunner)) {
			continue
		}
		if err != nil {
			services = []Setup{{Name: file, Install: unknown(say.Verbatim(file), err)}}
		}
		all = append(all, services...)
	}
	return all
}

// composedBy are the compose files that units of the system start, if a runner may be
// in them.
func composedBy(files host.Files) (found []string) {
	loader := host.NewUnitLoader(files)
	for _, name := range host.FindUnits(files, "compose") {
		u, err := loader.Load(name)
		if err != nil {
			continue
		}
		r := &unitReader{files: files, u: &Unit{Unit: u}, in: &Installation{Dir: "/", Env: Environment{}}}
		r.directory()
		for _, e := range u.List("Service", "ExecStart") {
			for _, line := range host.ParseExec(e) {
				words := (&Command{}).unwrap(line.Words)
				if engineVerb(words) != "compose" {
					continue
				}
				if file := host.ComposeWith(files, r.composeFile(words), "semaphore"); file != "" {
					found = append(found, file)
				}
			}
		}
	}
	return found
}

// authored are the runners of a compose file that nobody has named: it is read as
// its author may read, who could else have it lead to what is root's alone.
func authored(files host.Files, file string, env map[string]string) ([]Setup, error) {
	by := host.Author(files, file)
	if by == nil {
		return ComposeSetups(files, file, env)
	}
	all, err := ComposeSetups(host.Guard{Files: files, As: *by}, file, env)
	for i := range all {
		again := all[i].Again
		all[i].Install.Author = by
		all[i].Again = func(files host.Files) (Setup, error) {
			s, err := again(host.Guard{Files: files, As: *by})
			if err == nil {
				s.Install.Author = by
			}
			return s, err
		}
	}
	return all, err
}

// FindProcesses are the runners at work on this machine. One that ends while it
// is looked at was none to find.
func FindProcesses(files host.Files) ([]Setup, error) {
	pids, err := host.Processes(files)
	if err != nil {
		return nil, err
	}
	var all []Setup
	for _, pid := range pids {
		args, err := host.ProcessArgs(files, pid)
		if err != nil || !isRunner(args) {
			continue
		}
		if s, err := ProcessSetup(files, pid); err == nil {
			all = append(all, s)
		}
	}
	return all, nil
}

// FindContainers are the runners in containers that Docker has made, and that are none of
// the set-ups known already: made by hand, and not at work at the moment.
func FindContainers(files host.Files, known []Setup) (all []Setup) {
	for _, d := range host.FindDescribed(files, "semaphore") {
		if isRunnerContainer(&d.Run.Container) && !slices.ContainsFunc(known, func(s Setup) bool { return s.has(d) }) {
			all = append(all, containerSetup(files, d))
		}
	}
	return all
}

// has reports whether a container that Docker has made is that of a set-up.
func (s Setup) has(d *host.Described) bool {
	in := s.Install
	switch {
	case in.Process != nil && in.Process.Container == d.ID:
		return true
	case in.Service != nil:
		return in.Service.Name == d.Service && slices.Contains(d.Compose, in.Service.Compose.File)
	}
	return in.Container != nil && in.Container.By == host.Docker && in.Container.Name != "" && in.Container.Name == d.DockerContainer.Name
}

// unknown is an installation of which nothing is known but that it is there.
func unknown(from say.Text, why error) *Installation {
	return &Installation{Env: Environment{}, Dir: "/", As: host.Identity{UID: -1, GID: -1}, AsSource: from, Unseen: []error{why}}
}

// Join makes one of a process and the set-up that has started it: the set-up
// stays, with the process in it. The processes that nothing known has started
// are left.
func Join(setups, processes []Setup) (left []Setup) {
	for _, p := range processes {
		i := slices.IndexFunc(setups, func(s Setup) bool { return s.started(p.Install.Process) })
		if i < 0 {
			left = append(left, p)
			continue
		}
		setups[i] = setups[i].with(p.Install.Process)
	}
	return left
}

// started reports whether a process is this set-up at work.
func (s Setup) started(p *host.Process) bool {
	u, c := s.Install.Unit, s.Install.Service
	switch {
	case p == nil || s.Install.Process != nil:
		return false
	case u != nil && s.Install.Container != nil:
		return p.Container != "" && s.Install.Container.Holds(p, u.Name)
	case u != nil:
		return p.Container == "" && (u.Name == p.Unit || slices.Contains(u.Aliases, p.Unit)) && (u.Manager == nil || u.Manager.As.UID == p.As.UID)
	case c != nil:
		return c.Name == p.Docker.Service && slices.Contains(p.Docker.Compose, c.Compose.File)
	}
	return false
}

// with is the set-up with its process, also when it is found again.
func (s Setup) with(p *host.Process) Setup {
	s.Install.Process = p
	if again := s.Again; again != nil {
		s.Again = func(files host.Files) (Setup, error) {
			t, err := again(files)
			if err == nil {
				t.Install.Process = p
			}
			return t, err
		}
	}
	return s
}
