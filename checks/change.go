package checks

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A value is changed where it stands: in the config, in an environment file, in a
// compose file or the .env beside it, or over a unit, in a drop-in. Edits of nil mean
// that only a person can: it stands nowhere that semadoctor may write, or in a way
// that an edit would change something else as well.

// setAt lets a value that comes from somewhere be another.
func (t *Target) setAt(c *runner.Config, from runner.Origin, to string) []repair.Edit {
	switch {
	case from.Pointer != "" && c.File != nil && from.File == c.File.Path:
		return t.feasible(repair.SetKey{File: from.File, Pointer: from.Pointer, Value: to})
	case !ofAFile(from):
		return nil
	case t.Install.Service != nil:
		return t.feasible(t.setComposeVariable(from, to)...)
	case t.Install.Container != nil:
		if !t.runVariable(from) {
			return nil
		}
		return t.feasible(repair.SetVariable{File: from.File, Form: host.RawEnv, Name: from.Env, Value: to})
	case t.ofUnit(from):
		return t.unitVariable(from.Env, to)
	case t.envOfOthers(from.File):
		return nil
	}
	return t.feasible(repair.SetVariable{File: from.File, Form: host.SystemdEnv, Name: from.Env, Value: to})
}

// renameAt gives the variable that sets a value another name, and another value.
func (t *Target) renameAt(from runner.Origin, name, to string) []repair.Edit {
	switch {
	case !ofAFile(from):
		return nil
	case t.Install.Service != nil:
		return t.feasible(t.renameComposeVariable(from, name, to)...)
	case t.Install.Container != nil:
		if !t.runVariable(from) {
			return nil
		}
		return t.feasible(repair.RenameVariable{File: from.File, Form: host.RawEnv, Name: from.Env, To: name, Value: to})
	case t.ofUnit(from):
		return t.unitVariable(name, to, "UnsetEnvironment="+from.Env)
	case t.envOfOthers(from.File):
		return nil
	}
	return t.feasible(repair.RenameVariable{File: from.File, Form: host.SystemdEnv, Name: from.Env, To: name, Value: to})
}

// dropAt takes a value out. A unit's own file keeps it, and a drop-in only takes it
// from the runner: where it is to be gone from the host, that is not enough.
func (t *Target) dropAt(c *runner.Config, from runner.Origin) []repair.Edit {
	switch {
	case from.Pointer != "" && c.File != nil && from.File == c.File.Path:
		return t.feasible(repair.DropKey{File: from.File, Pointer: from.Pointer})
	case !ofAFile(from) || t.ofUnit(from):
		return nil
	case t.Install.Service != nil:
		return t.feasible(t.dropComposeVariable(from)...)
	case t.Install.Container != nil:
		if !t.runVariable(from) {
			return nil
		}
		return t.feasible(repair.DropVariable{File: from.File, Form: host.RawEnv, Name: from.Env})
	case t.Install.Unit == nil || t.envOfOthers(from.File): // who else reads it is not known
		return nil
	}
	return t.feasible(repair.DropVariable{File: from.File, Form: host.SystemdEnv, Name: from.Env})
}

// ofAFile reports whether a value stands in a file from which a runner gets its
// environment. That of a process is none, and a pod's is in a manifest.
func ofAFile(from runner.Origin) bool {
	return from.Env != "" && from.File != "" && from.Line > 0 && !strings.HasPrefix(from.File, "/proc/")
}

// feasible is the edits if each changes the content of the file that it is about, as
// it is there.
func (t *Target) feasible(edits ...repair.Edit) []repair.Edit {
	if t.Install.Pod != nil {
		return nil
	}
	now := map[string][]byte{}
	for _, e := range edits {
		var old []byte
		read := func(file string) (data []byte, err error) {
			data, ok := now[file]
			if !ok {
				data, err = t.contentFor(e, file)
			}
			old = data
			return data, err
		}
		file, data, ok, err := repair.Preview(e, read)
		switch {
		case !ok:
			continue
		case err != nil || bytes.Equal(data, old):
			return nil
		}
		now[file] = data
	}
	return edits
}

// contentFor is what an edit's file holds. The config is where the runner sees it,
// what starts the runner is on this machine.
func (t *Target) contentFor(e repair.Edit, file string) ([]byte, error) {
	files := t.machine()
	switch e.(type) {
	case repair.SetKey, repair.DropKey:
		files = t.Files
	}
	return host.ReadThrough(files, file)
}

// Restart is how what was repaired comes to count for a runner that runs, or that is
// started by a unit or from a compose file; nil for others. What is known to be
// touched are paths of this machine.
func (t *Target) Restart(touched ...string) []say.Text {
	switch {
	case t.mountedOnly(touched):
		return []say.Text{say.Textf("afterwards: %s restart %s", t.Install.Service.Compose.Call(), say.Shell(t.Install.Service.Name))}
	case t.Install.Service != nil:
		return []say.Text{say.Textf("afterwards: %s up -d %s", t.Install.Service.Compose.Call(), say.Shell(t.Install.Service.Name))}
	case t.Install.Unit != nil:
		return []say.Text{t.afterwards()}
	case t.Install.Container != nil:
		return []say.Text{say.Textf("afterwards: docker restart %s", t.containerName())}
	case t.Install.Process != nil:
		p := t.Install.Process
		return []say.Text{say.Textf("afterwards: end process %d, and have it started again as it was, in %s: %s", p.PID, p.Dir, commandLine(p.Args))}
	}
	return nil
}

// commandLine is how a process was started, for a shell.
func commandLine(args []string) string {
	var words []string
	for _, a := range args {
		words = append(words, say.Shell(a))
	}
	return strings.Join(words, " ")
}

// mountedOnly reports whether all that was touched is what a compose service has
// mounted: "up" leaves a container as it is for that. What the container is made from
// counts only when it is made anew.
func (t *Target) mountedOnly(touched []string) bool {
	s := t.Install.Service
	if s == nil || len(touched) == 0 {
		return false
	}
	return !slices.ContainsFunc(touched, func(name string) bool {
		made := name == s.Compose.File || name == s.At.File || path.Base(name) == ".env" ||
			slices.ContainsFunc(s.Env, func(v host.ServiceVar) bool { return v.At.File == name })
		return made || !slices.ContainsFunc(s.Mounts, func(m host.ServiceMount) bool { return s.Place(m) != "" && t.lies(name, s.Place(m)) })
	})
}

// lies reports whether a real path of this machine is in what another leads to.
func (t *Target) lies(name, source string) bool {
	real, err := host.Resolve(t.machine(), source)
	return err == nil && within(name, real)
}
