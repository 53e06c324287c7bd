package checks

import (
	"context"
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
	return []Finding{f}
}

// alone reports whether the runner is in a container in which no server is, as
// far as can be told.
func (t *Target) alone(ctx context.Context) bool {
	if s := t.Install.Service; s != nil {
		kind, _, shared := strings.Cut(s.Network, ":") // service:NAME, container:NAME
		return kind != "host" && !shared
	}
	if t.Offline || !t.boxed() {
		return false
	}
	p, err := t.Probe(ctx)
	return err == nil && !p.Ping.Answered()
}
