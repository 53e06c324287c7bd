package checks

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// described reports whether the runner lives in a container of which only the
// description is here.
func (t *Target) described() bool { return t.Install.Service != nil }

// byHand turns the fixes of findings into advice: their paths are those of a
// container, in which semadoctor changes nothing from outside.
func byHand(findings []Finding) []Finding {
	for i := range findings {
		if f := &findings[i]; f.Fix != nil {
			f.Advice = append([]say.Text{say.Textf("in the container: %s", f.Fix.Title)}, f.Advice...)
			f.Fix = nil
		}
	}
	return findings
}

// away is why the server cannot be asked from here as the runner would; nil when
// it can. Names of a container network lead nowhere outside of it.
func (t *Target) away(ctx context.Context) error {
	s := t.Install.Service
	if s == nil || s.Network == "host" {
		return nil
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil
	}
	server := runner.NewServer(c)
	if server.URL == nil {
		return nil
	}
	switch name := server.URL.Hostname(); {
	case local(name):
		return NotApplicable("%s is the container itself there, and this host here", name)
	case net.ParseIP(name) == nil && !strings.Contains(name, "."), slices.Contains(s.Compose.Names(), name):
		return NotApplicable("%s is a name of the container's own network: only a program in there can ask it", name)
	}
	return nil
}

// inside is how semadoctor is run in a container of a service.
func inside(service string) say.Text {
	return say.Textf("docker compose cp semadoctor %s:/tmp/ && docker compose exec %s /tmp/semadoctor check", service, service)
}

// local reports whether a host name means the machine it is used on.
func local(name string) bool {
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// unseen says that a runner's identity is where only its container can look.
func (t *Target) unseen(cr *runner.Credential) error {
	var u *host.Unseen
	if !t.described() || !errors.As(cr.Err, &u) {
		return nil
	}
	return CannotTell(cr.Err, "the %s %s cannot be looked at: %s; in there semadoctor can: %s", cr.File.Role, cr.File.Path.V, u.Why, inside(t.Install.Service.Name))
}

// onHost is where the users of this host see a file of the runner's; ok is false
// when they do not.
func (t *Target) onHost(name string) (files host.Files, real string, ok bool) {
	v, boxed := plain(t.Files).(*host.View)
	if !boxed || !t.described() {
		return t.Files, name, true
	}
	files, real, ok = v.Behind(t.real(name))
	_, sketch := plain(files).(*host.Sketch)
	return files, real, ok && !sketch
}

// plain is files without what only keeps what they have said.
func plain(files host.Files) host.Files {
	for {
		g, ok := files.(*host.Glance)
		if !ok {
			return files
		}
		files = g.Files
	}
}
