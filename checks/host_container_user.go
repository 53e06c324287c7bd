package checks

import (
	"context"
	"errors"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// firstOwn is the first number that no user of Alpine's own has, but for nobody's.
const (
	firstOwn = 1000
	nobody   = 65534
)

// strange says that it is not known whether the container's user may use what the runner
// needs, for it is not known who that is. What all may use is nothing to wonder about. c is
// nil where the config is not known.
func (t *Target) strange(ctx context.Context, c *runner.Config, cr *runner.Credential) error {
	if t.Install.As.Unknown == nil {
		return nil
	}
	var asked []host.Access
	if file, err := t.File(ctx); err == nil {
		asked = append(asked, host.CanRead(t.Files, file.Path, t.Install.As))
	}
	if c != nil {
		for _, u := range c.Uses() {
			asked = append(asked, t.hindrance(c, cr, u))
		}
	}
	for _, a := range asked {
		if errors.Is(a.Err, t.Install.As.Unknown) {
			return CannotTell(a.Err, "%s", a.Why)
		}
	}
	return nil
}

// stranger is the note that it is not known whether the container's user may read a file;
// nil where that is known, or the name is "".
func (t *Target) stranger(name string) []Finding {
	if as := t.Install.As; name == "" || as.Unknown == nil || host.CanRead(t.Files, name, as).Verdict != host.Unclear {
		return nil
	}
	return []Finding{note("who %s is in the container is not known, nor whether it may read %s", t.Install.As, name)}
}

// nameless is a user of Docker's that is not in the /etc/passwd of Semaphore's image:
// Podman adds a line for it, and so do some engines of Kubernetes.
func (t *Target) nameless(c *runner.Config) []Finding {
	s, as := t.Install.Container, t.Install.As
	switch image := runner.ParseImage(s.Image.Text); {
	case !image.Own || !image.Released() || t.namesUsers():
		return nil
	case t.Install.Service != nil && t.Install.Service.Built || s.By != host.Docker || t.Install.Pod != nil:
		return nil
	case s.User.Text == "" || as.Name != "" || as.UID < firstOwn || as.UID == nobody || as.Mapped != nil:
		return nil
	case c != nil && c.ExecutorType() != "" && c.ExecutorType() != "local": // its tasks are in other containers
		return nil
	}
	f := Finding{
		Problem:  ContainerUserUnknown,
		Summary:  say.Textf("the container runs as uid %d, and /etc/passwd of the image has nobody of that number", as.UID),
		Detail:   say.Textf("ssh does not start for a user that is not there: \"No user exists for uid %d\". Tasks that reach their hosts by ssh fail, and clones over ssh (semaphoreui/semaphore#1815).", as.UID),
		Evidence: []Evidence{written(s.User.At, say.Textf("user: %s", s.User.Text))},
		Advice: []say.Text{
			say.Textf("take user: out of line %d of %s: the image runs as 1001:0 by itself", s.User.At.Line, s.User.At.File),
			say.Textf("or mount a passwd file in which the user stands at /etc/passwd, read-only"),
		},
	}
	if t.Install.Service == nil {
		f.Evidence = []Evidence{written(s.User.At, t.flag("user", "User", s.User.Text))}
		f.Advice[0] = say.Textf("take the user out, %s: the image runs as 1001:0 by itself", t.where())
	}
	return []Finding{f}
}

// namesUsers reports whether the container itself changes /etc/passwd, or may.
func (t *Target) namesUsers() bool {
	c, s := t.Install.Command, t.Install.Service
	return s != nil && s.Hooked || c != nil && slices.Contains(c.Makes, "/etc/passwd")
}
