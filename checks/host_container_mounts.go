package checks

import (
	"context"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

func dirOf(name string) string { return path.Dir(name) }

// unkept is an identity that a runner keeps in a file which goes with the
// container.
func (t *Target) unkept(c *runner.Config, cr *runner.Credential) []Finding {
	u, ok := c.Identity()
	if !ok || cr.Next == runner.Polls && !fromFile(cr) || t.lasts(u.Path.V) || colliding(t.Files, c, u) {
		return nil
	}
	dir, s := path.Dir(t.real(u.Path.V)), t.Install.Service
	if s == nil {
		return []Finding{t.goesWithContainer(c, u, dir)}
	}
	f := Finding{
		Problem:  ComposeStateNotMounted,
		Summary:  say.Textf("the %s %s is on no volume of the service %s: it goes with the container", u.Role, u.Path.V, s.Name),
		Detail:   say.Textf("Every \"docker compose up\" that makes the container anew, after a change, a pull or a down, starts a runner without an identity."),
		Evidence: []Evidence{{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From}},
		Advice: []say.Text{
			say.Textf("below the service in %s, add a volume, and the name below volumes: at the end of the file: volumes: [\"semaphore_runner:%s\"]", s.At, dir),
			say.Textf("before the container is made anew, save what it has: %s cp %s .", s.Compose.Call(), say.Shell(s.Name+":"+u.Path.V)),
		},
	}
	registers := c.Install.Command.Registers(c.Era)
	if registers {
		f.Detail = say.Textf("Every \"docker compose up\" that makes the container anew, after a change, a pull or a down, registers one more runner on the server, and tasks given to the old ones hang (semaphoreui/semaphore#1796).")
	}
	if m, ok := t.onUnnamed(u.Path.V); ok {
		f.Summary = say.Textf("the %s %s is on a volume without a name: after a \"docker compose down\" the service %s gets another", u.Role, u.Path.V, s.Name)
		f.Detail = say.Textf("\"docker compose up\" keeps such a volume when it makes the container anew. After a down, or with -V, it starts a runner without an identity.")
		if registers {
			f.Detail = say.Textf("\"docker compose up\" keeps such a volume when it makes the container anew. After a down, or with -V, it registers one more runner on the server, and tasks given to the old ones hang (semaphoreui/semaphore#1796).")
		}
		f.Advice[0] = say.Textf("in line %d of %s, give the volume a name, and put the name below volumes: at the end of the file: volumes: [\"semaphore_runner:%s\"]", m.At.Line, m.At.File, m.Target)
	}
	t.addVolume(u, dir, &f)
	return []Finding{f}
}

// onUnnamed is the volume without a name that a path of a container is on.
func (t *Target) onUnnamed(name string) (m host.ServiceMount, ok bool) {
	if c := t.Install.Container; c != nil {
		m, ok = c.MountAt(t.real(name))
	}
	return m, ok && m.Kind == host.VolumeMount && m.Source == ""
}

// lasts reports whether what is written to a file, or to its directory, outlives
// the container. What cannot be told does.
func (t *Target) lasts(name string) bool {
	m, err := t.Files.Mount(name)
	if err != nil {
		m, err = t.Files.Mount(path.Dir(name))
	}
	return err != nil || m.Life == ""
}

// mismatches are places of the host that the container's user cannot use as it
// must, because they belong to another.
func (t *Target) mismatches(c *runner.Config, cr *runner.Credential) []Finding {
	var found []Finding
	seen := map[string]bool{}
	for _, u := range c.Uses() {
		a := t.hindrance(c, cr, u)
		if f, ok := t.mismatch(u, a); ok && !seen[a.At] {
			seen[a.At] = true
			t.settleOwner(c, cr, u, a, &f)
			found = append(found, f)
		}
	}
	return found
}

// hindrance is what keeps the runner from using a path as it will have to.
func (t *Target) hindrance(c *runner.Config, cr *runner.Credential, u runner.Use) host.Access {
	as := t.Install.As
	if u.Dir {
		a := host.CanFill(t.Files, u.Path.V, as)
		if a.Verdict == host.Missing || a.Verdict == host.NotDir {
			a = host.CanCreate(t.Files, u.Path.V, as)
		}
		return a
	}
	a := host.CanRead(t.Files, u.Path.V, as)
	if u.Role != c.IdentityRole() || a.Verdict == host.Denied || !needsWrite(c, cr) {
		return a
	}
	if a.Verdict == host.Missing {
		return host.CanCreate(t.Files, u.Path.V, as)
	}
	return host.CanWrite(t.Files, u.Path.V, as)
}

// mismatch is a finding if a is about a place of the host, or of the image, that
// another user owns.
func (t *Target) mismatch(u runner.Use, a host.Access) (Finding, bool) {
	s := t.Install.Container
	m, mounted := s.MountAt(a.At)
	if a.Verdict == host.Denied && !mounted && s.User.Text != "" {
		return t.notTheImages(u, a), true
	}
	if a.Verdict != host.Denied || !mounted || m.Kind != host.BindMount || a.Info.Owner.UID == t.Install.As.UID {
		return Finding{}, false
	}
	if s.Remapped() {
		return t.notItsRoots(u, a, m), true
	}
	real := m.Source + a.At[len(m.Target):]
	f := Finding{
		Problem:  ComposeUserMismatch,
		Summary:  say.Textf("%s of this host is mounted for the %s, and belongs to %s: the container runs as %s", real, u.Role, a.Info.Owner, t.Install.As),
		Detail:   keeps(s, a),
		Evidence: []Evidence{written(m.At, say.Textf("%s is mounted at %s", m.Source, m.Target))},
		Advice:   []say.Text{say.Textf("give it to the container's user: chown -R %s %s", t.Install.As.Owner(), say.Shell(real))},
	}
	switch {
	case s.User.Text == "":
	case t.Install.Service == nil:
		f.Evidence = append(f.Evidence, written(s.User.At, t.flag("user", "User", s.User.Text)))
		f.Advice = append(f.Advice, say.Textf("or take the user out, %s, if the owner is the image's 1001:0", t.where()))
	default:
		f.Evidence = append(f.Evidence, written(s.User.At, say.Textf("user: %s", s.User.Text)))
		f.Advice = append(f.Advice, say.Textf("or take user: out of line %d of %s, if the owner is the image's 1001:0", s.User.At.Line, s.User.At.File))
	}
	return f, true
}

// notTheImages is a place of the image itself, in which the user of "user:" has
// no rights.
func (t *Target) notTheImages(u runner.Use, a host.Access) Finding {
	s := t.Install.Container
	if t.Install.Service == nil {
		return t.noImagesUser(u, a)
	}
	return Finding{
		Problem:  ComposeUserMismatch,
		Summary:  say.Textf("%s of the image, where the %s is, belongs to %s: the container runs as %s", a.At, u.Role, a.Info.Owner, t.Install.As),
		Detail:   say.Textf("In the container: %s. The image is made for 1001:0.", a.Why),
		Evidence: []Evidence{written(s.User.At, say.Textf("user: %s", s.User.Text))},
		Advice: []say.Text{
			say.Textf("take user: out of line %d of %s: the image runs as 1001:0 by itself", s.User.At.Line, s.User.At.File),
			say.Textf("or mount something of that user at %s: volumes: [\"./tmp:%s\"], and chown %s ./tmp", a.At, a.At, t.Install.As.Owner()),
		},
	}
}

// unreadableMount is a config of the host that the container's user may not
// read.
func (t *Target) unreadableMount(ctx context.Context) []Finding {
	file, err := t.File(ctx)
	if err != nil {
		return nil
	}
	u := runner.Use{Role: runner.ConfigRole, Path: runner.Value[string]{V: file.Path}}
	if f, ok := t.mismatch(u, host.CanRead(t.Files, file.Path, t.Install.As)); ok {
		return []Finding{f}
	}
	return nil
}
