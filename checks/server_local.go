package checks

import (
	"context"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// URLLocalInContainer is a server URL that means the runner's own container.
var URLLocalInContainer = &Problem{
	ID: "url-local-in-container", Title: "The server URL means the runner's own container", Status: Warn,
	Doc: pageURLLocalInContainer,
}

func (t *Target) localInContainer(ctx context.Context, s *runner.Server) []Finding {
	if !local(s.URL.Hostname()) || !t.alone(ctx) {
		return nil
	}
	f := Finding{
		Problem:  URLLocalInContainer,
		Summary:  say.Textf("the server URL %s means the container that the runner is in", s),
		Detail:   say.Textf("No server listens in there. The runner says \"connection refused\" once a second, for ever."),
		Evidence: []Evidence{{What: say.Verbatim(s.String()), From: s.Given.From}},
		Advice:   []say.Text{say.Textf("name the server as its own service or host is called: http://semaphore:3000, if the service is called semaphore; for a server on the Docker host, host.docker.internal")},
	}
	if c := t.Install.Container; c != nil && t.Install.Service == nil {
		f.Advice = []say.Text{say.Textf("name the server as its host is called; for a server on this machine, %s, or the container shares its network: %s", c.By.Gateway(), t.flag("network", "Network", "host"))}
	}
	return []Finding{f}
}

// alone reports whether the runner is in a container in which no server is, as
// far as can be told.
func (t *Target) alone(ctx context.Context) bool {
	if p := t.Install.Pod; p != nil && slices.ContainsFunc(p.Beside, func(image string) bool { return strings.Contains(image, "semaphore") }) {
		return false
	}
	if c := t.Install.Container; c != nil && strings.Contains(c.Network, ":") {
		return false // service:NAME, container:NAME, pod:NAME: what listens in there is local, too
	}
	if t.described() {
		return !t.hostNetwork()
	}
	if t.Offline || !t.boxed() {
		return false
	}
	p, err := t.Probe(ctx)
	return err == nil && !p.Ping.Answered() && !met(p.Ping.Way)
}

// met reports whether an address on the way has accepted a connection: who does is
// there, whatever comes after.
func met(w runner.Way) bool {
	return slices.ContainsFunc(w.Of(runner.StepConnect), func(l runner.Layer) bool { return l.Err == nil })
}
