package checks

import (
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// byHand turns the fixes of findings into advice where they are about paths of a
// container that are no paths of this machine. What a compose service has mounted is
// changed where it is; in an image, a volume or a pod nothing is changed from outside.
func (t *Target) byHand(findings []Finding) []Finding {
	for i := range findings {
		f := &findings[i]
		if advice := t.letPodIn(f.Problem); advice != nil {
			f.Advice, f.Fix = advice, nil
		}
		if advice := t.letSecretIn(f.Problem); advice != nil {
			f.Advice, f.Fix = advice, nil
		}
		if f.Fix != nil && f.Fix.Deed != nil && t.Install.Container == nil {
			f.Fix = nil
		}
		if f.Fix == nil || f.Fix.Deed != nil { // what a deed changes here is on the machine already
			continue
		}
		edits, ok := t.onMachine(f.Fix.Edits)
		if !ok {
			f.Advice = append([]say.Text{say.Textf("in the container: %s", f.Fix.Title)}, f.Advice...)
			f.Fix = nil
			continue
		}
		fix := *f.Fix
		fix.Edits, f.Fix = edits, &fix
	}
	return findings
}

// onMachine are edits of a container's files as edits of what is mounted there. One
// that makes a directory which the image has is not needed.
func (t *Target) onMachine(edits []repair.Edit) (all []repair.Edit, ok bool) {
	if t.Install.Container == nil {
		return nil, false
	}
	for _, e := range edits {
		if dir, makes := e.(repair.MakeDir); makes {
			if info, err := host.Stat(t.Files, dir.Path); err == nil && info.Mode.IsDir() {
				continue
			}
		}
		moved, ok := t.mountedEdit(e)
		if !ok {
			return nil, false
		}
		all = append(all, moved)
	}
	return all, len(all) > 0
}

// mountedEdit is an edit of what stands behind a path of the container. What is about
// this machine already stays: files of which the compose file is made.
func (t *Target) mountedEdit(e repair.Edit) (repair.Edit, bool) {
	var ok bool
	switch e := e.(type) {
	case repair.SetKey:
		e.File, ok = t.behind(e.File)
		return e, ok
	case repair.DropKey:
		e.File, ok = t.behind(e.File)
		return e, ok
	case repair.Rewrite:
		e.File, ok = t.behind(e.File)
		return e, ok
	case repair.MoveAside:
		e.Path, ok = t.beside(e.Path)
		return e, ok
	case repair.WriteNew:
		e.File, ok = t.beside(e.File)
		return e, ok
	case repair.MakeDir:
		e.Path, ok = t.beside(e.Path)
		return e, ok
	case repair.Chmod:
		e.Path, ok = t.beside(e.Path)
		return e, ok
	case repair.Chown:
		e.Path, ok = t.beside(e.Path)
		return e, ok
	}
	return e, true
}

// behind is where on this machine a file of the container is. What another service has
// mounted as well, the server, say, may be its own.
func (t *Target) behind(name string) (string, bool) {
	_, real, ok := t.onHost(name)
	return real, ok && !t.mountedByOthers(name, real)
}

// mountedByOthers reports whether another service, or unit, has a file of this machine,
// too, which the runner's container has at name.
func (t *Target) mountedByOthers(name, real string) bool {
	if t.Install.Service == nil {
		m, ok := t.Install.Container.MountAt(t.real(name))
		return !ok || t.ofUnits(m.Source)
	}
	for _, s := range t.Install.Service.Compose.Services {
		if s.Name != t.Install.Service.Name && slices.ContainsFunc(s.Mounts, func(m host.ServiceMount) bool { return s.Place(m) != "" && within(real, s.Place(m)) }) {
			return true
		}
	}
	return false
}

// beside is behind for what may be made, moved or given to another: what lies beside
// the compose file, in a volume of the service's, or is a runner's by its name. The
// container's users are those of this machine, but where Docker is told to give it
// users of its own.
func (t *Target) beside(name string) (string, bool) {
	real, ok := t.behind(name)
	project := "/"
	if s := t.Install.Service; s != nil {
		project = path.Dir(s.Compose.File)
	}
	if !ok || off(real) || t.Install.Container.Remapped() || t.Install.Service != nil && path.Dir(project) == "/" { // /etc is no project's
		return real, false
	}
	if r, err := host.Resolve(t.machine(), real); err != nil || r != real {
		return real, false
	}
	return real, project != "/" && within(real, project) && real != project || t.inVolume(real) || t.dedicated("", real)
}

// inVolume reports whether a real path lies in a named volume of the compose service's:
// nobody else has anything there.
func (t *Target) inVolume(real string) bool {
	s := t.Install.Service
	return s != nil && slices.ContainsFunc(s.Mounts, func(m host.ServiceMount) bool {
		return m.Kind == host.VolumeMount && s.Place(m) != "" && s.Place(m) != real && within(real, s.Place(m))
	})
}
