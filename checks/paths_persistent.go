package checks

import (
	"context"
	"errors"
	"path"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// StateVolatile is an identity that something is going to take away.
var StateVolatile = &Problem{
	ID: "state-volatile", Title: "The runner's identity is kept where it does not last", Status: Warn,
	Doc:      pageStateVolatile,
	CausedBy: boxes(),
}

// PathsPersistent finds out whether what identifies the runner stays where it is.
var PathsPersistent = &Check{
	ID:       "paths/persistent",
	Title:    "What identifies the runner lasts",
	Problems: []*Problem{StateVolatile},
	Requires: []*Check{ConfigDecodes},
	Run:      pathsPersistent,
}

func pathsPersistent(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, u := range t.keeps(c, cr) {
		f, err := t.volatile(c, cr, u)
		if err != nil {
			return found, err
		}
		found = append(found, f...)
	}
	return found, nil
}

// keeps are the files without which the runner is nobody. One that is another
// file too is a matter of paths/collision.
func (t *Target) keeps(c *runner.Config, cr *runner.Credential) []runner.Use {
	var us []runner.Use
	elsewhere := !fromFile(cr) && (cr.Next == runner.Polls || cr.Next == runner.Chokes)
	for _, u := range c.Uses() {
		switch {
		case colliding(t.Files, c, u):
		case u.Role == runner.StateRole, u.Role == runner.TokenRole:
			if !elsewhere {
				us = append(us, u)
			}
		case u.Role == runner.KeyRole:
			us = append(us, u)
		case u.Role == runner.ConfigRole && elsewhere && cr.TokenFrom.Pointer == configToken:
			us = append(us, u)
		}
	}
	return us
}

// volatile asks what will take u away. What the runner cannot write anyway,
// somebody else puts there, at each start again.
func (t *Target) volatile(c *runner.Config, cr *runner.Credential, u runner.Use) ([]Finding, error) {
	m, err := t.mount(u.Path.V)
	if err != nil {
		return nil, CannotTell(err, "semadoctor could not see on what file system %s is: %s", u.Path.V, err)
	}
	f := Finding{Problem: StateVolatile}
	switch name := t.real(u.Path.V); {
	case m.ReadOnly, m.Life == host.UntilReboot && t.handed(u):
		return nil, nil
	case m.Life != "" && u.Role != runner.ConfigRole:
		t.fleeting(c, u, m.Life, &f)
	case cachesIn(c, t.real(c.Path(runner.TmpPath).V), name):
		f.Summary = say.Textf("the %s %s is inside tmp_path (%s), and \"clear cache\" in the web UI deletes all that is in there", u.Role, u.Path.V, c.Path(runner.TmpPath).V)
		f.Advice = []say.Text{t.moveOut(c, u)}
	case u.Role != runner.ConfigRole && swept(name):
		f.Summary = say.Textf("the %s %s is in %s, which systems clean by themselves", u.Role, u.Path.V, path.Dir(name))
		f.Advice = []say.Text{t.moveOut(c, u)}
	default:
		return nil, nil
	}
	f.Detail = t.without(c, cr, u)
	f.Evidence = []Evidence{{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From}}
	if cr.Condition == runner.Missing && cr.Next != runner.Registers && u.Role == runner.TokenRole {
		f.Advice = append(f.Advice, t.registerAdvice(c)...)
	}
	return []Finding{f}, nil
}

// handed reports whether u is there and not the runner's to write: a tool puts
// it there at each boot (agenix, sops-nix, a systemd credential).
func (t *Target) handed(u runner.Use) bool {
	a := host.CanWrite(t.Files, u.Path.V, t.Install.As)
	return a.Verdict == host.Denied && a.Info.Mode.IsRegular() && a.Info.Owner.UID != t.Install.As.UID
}

// mount is the file system that holds name, or will. The layer of a container is
// known from inside by what the engines put there.
func (t *Target) mount(name string) (host.Mount, error) {
	real := t.real(name)
	if _, err := t.Files.Lstat(real); err != nil && !errors.As(err, new(*host.Unseen)) {
		real = t.existing(real)
	}
	m, err := t.Files.Mount(real)
	switch {
	case m.Life != "" || !t.boxed():
	case m.Type == "overlay":
		m.Life = host.UntilRecreated
	default:
		m.Life = host.VolumeLife(t.Files, real)
	}
	return m, err
}

// boxed reports whether the root directory is a container's.
func (t *Target) boxed() bool {
	_, kubernetes := t.Install.Env["KUBERNETES_SERVICE_HOST"]
	return host.InContainer(t.Files, kubernetes)
}

// cachesIn reports whether "clear cache" of 2.14 and later deletes name.
func cachesIn(c *runner.Config, tmp, name string) bool {
	if c.Era.Before(runner.E5) || c.Era == runner.E5 && c.Version.Major == 2 && c.Version.Minor < 14 {
		return false
	}
	return name != tmp && within(name, tmp)
}

// swept reports whether systemd-tmpfiles, or the next boot, takes name away. Who
// has made a directory of its own in /tmp may know what it is for.
func swept(name string) bool {
	dir := path.Dir(name)
	return dir == "/tmp" || dir == "/var/tmp"
}

// fleeting says what ends a file system, and what to have instead.
func (t *Target) fleeting(c *runner.Config, u runner.Use, life host.Lifetime, f *Finding) {
	dir := path.Dir(t.real(u.Path.V))
	switch life {
	case host.UntilRecreated:
		f.Status = Fail
		f.Summary = say.Textf("the %s %s is in the container's own layer: it is gone when the container is made anew", u.Role, u.Path.V)
		if _, ok := t.onUnnamed(u.Path.V); ok {
			f.Summary = say.Textf("the %s %s is on a volume without a name: a new container need not get it", u.Role, u.Path.V)
		}
		f.Advice = []say.Text{
			say.Textf("mount a volume at %s: -v semaphore-runner:%s for docker run, or the same under volumes: in the compose file", dir, say.Shell(dir)),
			say.Textf("if the runner works now, copy %s out of the container before it is made anew (docker cp), and into the volume", u.Path.V),
		}
	case host.UntilPodGone:
		f.Summary = say.Textf("the %s %s is in a volume that is gone with the pod", u.Role, u.Path.V)
		f.Advice = []say.Text{say.Textf("mount a PersistentVolumeClaim at %s, or a Secret that holds the file; if an init container puts it there at every start, leave it", dir)}
	case host.UntilStopped:
		f.Summary = say.Textf("the %s %s is in a directory that systemd empties when the service stops", u.Role, u.Path.V)
		f.Advice = []say.Text{
			say.Textf("set StateDirectory=semaphore in the unit, and %s", t.elsewhere(c, u)),
			say.Textf("if something puts the file there before every start, leave it"),
		}
	default:
		f.Summary = say.Textf("the %s %s is on a file system in memory, which is empty after a reboot", u.Role, u.Path.V)
		f.Advice = []say.Text{t.moveOut(c, u), say.Textf("if something puts the file there before every start, leave it")}
	}
}

// moveOut is how a file comes to last.
func (t *Target) moveOut(c *runner.Config, u runner.Use) say.Text {
	if u.Role == runner.ConfigRole {
		return say.Textf("move %s to a directory of its own, such as /etc/semaphore, and name it there with --config", u.Path.V)
	}
	if _, err := t.Files.Lstat(t.real(u.Path.V)); err != nil {
		return t.elsewhere(c, u)
	}
	return say.Textf("%s; move the file there, with its owner and mode", t.elsewhere(c, u))
}

// without is what becomes of the runner when u is gone.
func (t *Target) without(c *runner.Config, cr *runner.Credential, u runner.Use) say.Text {
	cmd := t.Install.Command
	switch {
	case u.Role == runner.KeyRole:
		return say.Textf("Without its private key the runner is accepted, and can read no task: \"can not read private key\". Only registering it anew makes another.")
	case c.Era.Legacy() && c.Secret(runner.RegistrationToken).V.Empty():
		return say.Textf("Without it the runner must register, and has no registration token: it panics with \"registration token cannot be empty\".")
	case c.Era.Legacy(), cmd != nil && cmd.Register:
		return say.Textf("Without it the runner registers anew, which leaves one more runner on the server each time, and tasks given to the old ones hang.")
	}
	return say.Textf("Without it the runner has no token. %s", noToken(c))
}
