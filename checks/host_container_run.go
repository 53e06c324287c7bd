package checks

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// flag is what a container is given, as people write it: the flag of a command, or the
// line of a Quadlet.
func (t *Target) flag(long, quadlet, value string) say.Text {
	if u := t.Install.Unit; u != nil && u.Quadlet {
		return say.Verbatim(quadlet + "=" + value)
	}
	return say.Verbatim("--" + long + "=" + value)
}

// where is the place in which the container is described.
func (t *Target) where() say.Text {
	at := t.Install.Container.At
	switch u := t.Install.Unit; {
	case u != nil && u.Quadlet:
		return say.Textf("in [Container] of %s", at.File)
	case at.Line == 0:
		return say.Textf("in what makes the container %s", t.Install.Container.Name)
	}
	return say.Textf("in the command of line %d of %s", at.Line, at.File)
}

// notHandedOn are variables that the container is to have from what makes it, and that
// this does not have.
func (t *Target) notHandedOn(c *runner.Config, cr *runner.Credential) (found []Finding) {
	s := t.Install.Container
	for _, name := range s.Variables() {
		v := last(s.Env, name)
		if v.Set || !v.Passed || !strings.HasPrefix(name, "SEMAPHORE_") {
			continue
		}
		f := Finding{
			Problem:  ComposeEmptyVariable,
			Summary:  say.Textf("%s is handed on in %s, and there is nothing to hand on", v.Name, v.At),
			Detail:   say.Textf("A name without a value takes its value from the environment of %s, which is that of the unit. It is not in there: the container does not have the variable.", s.By),
			Evidence: []Evidence{written(v.At, say.Verbatim(v.Name))},
			Advice:   []say.Text{say.Textf("give the unit the variable, with EnvironmentFile=, or give it to the container as %s", t.flag("env", "Environment", v.Name+"=…"))},
			Explains: suffers(c, cr, name),
		}
		f.Harmless = len(f.Explains) == 0
		found = append(found, f)
	}
	return found
}

// last is what counts of several variables with one name.
func last(env []host.ServiceVar, name string) (v host.ServiceVar) {
	for _, e := range env {
		if e.Name == name {
			v = e
		}
	}
	return v
}

// goesWithContainer is an identity that a container keeps in its own layer.
func (t *Target) goesWithContainer(c *runner.Config, u runner.Use, dir string) Finding {
	s := t.Install.Container
	f := Finding{
		Problem:  ComposeStateNotMounted,
		Summary:  say.Textf("the %s %s is on no volume of the container: it goes with the container", u.Role, u.Path.V),
		Detail:   say.Textf("Every time %s makes the container anew it starts a runner without an identity.", s.By),
		Evidence: []Evidence{{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From}},
		Advice: []say.Text{
			say.Textf("give the container a volume, %s: %s", t.where(), t.flag("volume", "Volume", stateVolume+":"+dir)),
			say.Textf("before the container is made anew, save what it has: %s cp %s:%s .", string(s.By), t.containerName(), u.Path.V),
		},
	}
	if _, ok := t.onUnnamed(u.Path.V); ok {
		f.Summary = say.Textf("the %s %s is on a volume without a name: a new container need not get it", u.Role, u.Path.V)
	}
	if t.Install.Unit != nil {
		f.Advice = append(f.Advice, t.afterwards())
	}
	if c.Install.Command.Registers(c.Era) {
		f.Detail = say.Textf("Every time %s makes the container anew it registers one more runner on the server, and tasks given to the old ones hang (semaphoreui/semaphore#1796).", s.By)
	}
	return f
}

// keeps is what an engine does with the owners of what it mounts.
func keeps(s *host.Container, a host.Access) say.Text {
	if s.By == host.Podman {
		return say.Textf("In the container: %s. Podman keeps owners as they are; the image runs as 1001:0.", a.Why)
	}
	return say.Textf("In the container: %s. Docker makes a directory that is missing as root's, and keeps owners as they are; the image runs as 1001:0.", a.Why)
}

// notItsRoots is a place of this machine in a container of which the users have other
// numbers here: one of Podman's without root, or of Docker's with userns-remap.
func (t *Target) notItsRoots(u runner.Use, a host.Access, m host.ServiceMount) Finding {
	real := m.Source + a.At[len(m.Target):]
	info, _ := host.Stat(t.machine(), real)
	as := t.Install.As
	f := Finding{
		Problem:  ComposeUserMismatch,
		Summary:  say.Textf("%s of this host is mounted for the %s, and belongs to %s: that is %s in the container, which runs as %s", real, u.Role, info.Owner, a.Info.Owner, as),
		Detail:   say.Textf("In the container: %s. In a container without root the user who makes it is root, and all others are numbers of /etc/subuid.", a.Why),
		Evidence: []Evidence{written(m.At, say.Textf("%s is mounted at %s", m.Source, m.Target))},
	}
	if t.Install.Container.By == host.Docker {
		here := t.Install.Container.Outside(as.Owner())
		f.Detail = say.Textf("In the container: %s. Docker gives containers users of their own (userns-remap in /etc/docker/daemon.json): %s of the container is %s here.", a.Why, as.Owner(), here)
		f.Advice = []say.Text{say.Textf("give it to the container's user: chown -R %s %s", here, say.Shell(real))}
		return f
	}
	f.Advice = []say.Text{
		say.Textf("as %s: podman unshare chown -R %s %s", t.containersUser(), as.Owner(), say.Shell(real)),
		say.Textf("or let Podman do it at each start, with the option U: %s", t.flag("volume", "Volume", m.Source+":"+m.Target+":U")),
	}
	return f
}

// containersUser is who makes the container of a unit.
func (t *Target) containersUser() string {
	u := t.Install.Unit
	if u.Manager != nil {
		return u.Manager.As.Name
	}
	e, _ := u.Last("Service", "User")
	return e.Value
}

// noImagesUser is a place of the image itself, in which the user that the container is
// given has no rights.
func (t *Target) noImagesUser(u runner.Use, a host.Access) Finding {
	s := t.Install.Container
	return Finding{
		Problem:  ComposeUserMismatch,
		Summary:  say.Textf("%s of the image, where the %s is, belongs to %s: the container runs as %s", a.At, u.Role, a.Info.Owner, t.Install.As),
		Detail:   say.Textf("In the container: %s. The image is made for 1001:0.", a.Why),
		Evidence: []Evidence{written(s.User.At, t.flag("user", "User", s.User.Text))},
		Advice: []say.Text{
			say.Textf("take the user out, %s: the image runs as 1001:0 by itself", t.where()),
			say.Textf("or mount something of that user at %s", a.At),
		},
	}
}

// letSecretIn is what makes a secret of Podman's readable for the container's user; nil
// where p is about something else.
func (t *Target) letSecretIn(p *Problem) (advice []say.Text) {
	c := t.Install.Container
	if c == nil || c.By != host.Podman || p != StateUnreadable && p != ConfigUnreadable && p != KeyUnreadable {
		return nil
	}
	as := t.Install.As
	for _, m := range c.Mounts {
		if m.Kind == host.ContentMount && m.Source != "" && host.CanRead(t.Files, m.Target, as).Verdict == host.Denied {
			value := fmt.Sprintf("%s,target=%s,uid=%d,gid=%d,mode=0400", m.Source, m.Target, as.UID, as.GID)
			advice = append(advice, say.Textf("let the secret belong to %s, %s: %s", as, t.where(), t.flag("secret", "Secret", value)))
		}
	}
	if advice != nil {
		advice = append(advice, t.Restart()...)
	}
	return advice
}

// inContainer is what is to be done about a missing token of a container.
func (t *Target) inContainer(c *runner.Config, f Finding) Finding {
	if t.Install.Container == nil {
		return f
	}
	advice := []say.Text{say.Textf("make the runner in the web UI, and give its token to the container, %s: as SEMAPHORE_RUNNER_TOKEN in a file for %s, or in a file that is mounted and that SEMAPHORE_RUNNER_TOKEN_FILE names",
		t.where(), t.flag("env-file", "EnvironmentFile", "…"))}
	if key, ok := runner.SettingOf(c.Era, runner.PrivateKeyFile); ok && c.Path(runner.PrivateKeyFile).V == "" {
		advice = append(advice, say.Textf("the web UI shows a private key with it: mount that, too, and let %s name it", key.Env))
	}
	if c.File != nil {
		advice = append(advice, f.Advice...)
	}
	f.Advice = advice
	return f
}

// ofUnits reports whether another unit has what is mounted from a place of this
// machine, too: the server's, say.
func (t *Target) ofUnits(source string) bool {
	return slices.ContainsFunc([]string{source, path.Dir(source)}, func(name string) bool {
		return path.Dir(name) != "/" && t.envOfOthers(name)
	})
}

// setRunVariable changes a variable in the file of --env-file that it stands in.
func (t *Target) runVariable(from runner.Origin) bool {
	v := last(t.Install.Container.Env, from.Env)
	return v.Form == host.RawEnv && !v.Passed && v.At.File == from.File && v.At.Line == from.Line && !t.envOfOthers(from.File)
}
