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
func (t *Target) described() bool { return t.Install.Container != nil || t.Install.Pod != nil }

// letPodIn is what makes files of a Secret or ConfigMap readable for a pod's
// user; nil where p is about something else.
func (t *Target) letPodIn(p *Problem) []say.Text {
	pod := t.Install.Pod
	if pod == nil || p != StateUnreadable && p != ConfigUnreadable && p != KeyUnreadable {
		return nil
	}
	return []say.Text{
		say.Textf("in the pod's securityContext, set fsGroup: %d: files of Secrets and ConfigMaps are then readable for that group, whatever their mode", t.Install.As.UID),
		say.Textf("or give the volume the mode that %s needs: defaultMode: 0444", t.Install.As),
	}
}

// away is why the server cannot be asked from here as the runner would; nil when
// it can. Names of a container network lead nowhere outside of it.
func (t *Target) away(ctx context.Context) error {
	if !t.described() {
		return nil
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil
	}
	if from, ok := t.Install.Withheld[c.Secret(runner.RunnerToken).From.Env]; ok {
		if t.Install.Pod == nil {
			return NotApplicable("the token comes from %s, which cannot be looked into: only the container can show it to the server", from)
		}
		return NotApplicable("the token comes from %s, which is not in the manifest: only the pod can show it to the server", from)
	}
	server := runner.NewServer(c)
	if server.URL == nil || t.hostNetwork() {
		return nil
	}
	switch name := server.URL.Hostname(); {
	case local(name):
		return NotApplicable("%s is the container itself there, and this host here", name)
	case t.ofItsNetwork(name):
		return NotApplicable("%s is a name of the container's own network: only a program in there can ask it", name)
	}
	return nil
}

// hostNetwork reports whether the container shares the network of its host.
func (t *Target) hostNetwork() bool {
	if p := t.Install.Pod; p != nil {
		return p.HostNetwork
	}
	return t.Install.Container.Network == "host"
}

// ofItsNetwork reports whether a name is one that Docker or Kubernetes gives: of a
// single word, or of a Service.
func (t *Target) ofItsNetwork(name string) bool {
	single := net.ParseIP(name) == nil && !strings.Contains(name, ".")
	if s := t.Install.Service; s != nil {
		return single || slices.Contains(s.Compose.Names(), name)
	}
	if c := t.Install.Container; c != nil {
		return single && c.NamesOthers()
	}
	return single || strings.HasSuffix(name, ".svc") || strings.HasSuffix(name, ".cluster.local") || strings.Count(name, ".") == 1 && strings.HasSuffix(name, "."+t.Install.Pod.Namespace)
}

// inside is how semadoctor is run in the runner's container.
func (t *Target) inside() say.Text {
	if p := t.Install.Pod; p != nil {
		in := p.Ref() + " -c " + p.Container
		if p.Namespace != "" {
			in = "-n " + p.Namespace + " " + in
		}
		return say.Textf("kubectl exec -i %s -- sh -c \"cat > /tmp/semadoctor; chmod +x /tmp/semadoctor\" < semadoctor && kubectl exec %s -- /tmp/semadoctor check", in, in)
	}
	if t.Install.Service == nil {
		return t.insideContainer()
	}
	program, name := t.Install.Service.Compose.Call(), say.Shell(t.Install.Service.Name)
	return say.Textf("%s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check", program, name, program, name)
}

// insideContainer is inside for a container that a unit makes.
func (t *Target) insideContainer() say.Text {
	c, name := t.Install.Container, t.containerName()
	program := string(c.By)
	if u := t.Install.Unit; u != nil && u.Manager != nil {
		return say.Textf("as %s: %s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check", u.Manager.As.Name, program, name, program, name)
	}
	return say.Textf("%s cp semadoctor %s:/tmp/ && %s exec %s /tmp/semadoctor check", program, name, program, name)
}

// containerName is what the container is called, for a shell.
func (t *Target) containerName() string {
	if name := t.Install.Container.Name; name != "" {
		return say.Shell(name)
	}
	return "CONTAINER"
}

// local reports whether a host name means the machine it is used on.
func local(name string) bool {
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// unseen says that a runner's identity is where only its container can look, or where
// something is when the system runs.
func (t *Target) unseen(cr *runner.Credential) error {
	var u *host.Unseen
	switch {
	case !errors.As(cr.Err, &u) || u.Given:
		return nil
	case !t.described():
		return CannotTell(cr.Err, "the %s %s cannot be looked at: %s", cr.File.Role, cr.File.Path.V, u.Why)
	}
	return CannotTell(cr.Err, "the %s %s cannot be looked at: %s; in there semadoctor can: %s", cr.File.Role, cr.File.Path.V, u.Why, t.inside())
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

// given reports an identity that is known to be there, and no more.
func given(cr *runner.Credential) bool {
	var u *host.Unseen
	return cr.Condition == runner.Hidden && errors.As(cr.Err, &u) && u.Given
}
