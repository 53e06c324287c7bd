package checks

import (
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// WrongBasePath is a server URL with the right host and the wrong path.
var WrongBasePath = &Problem{
	ID: "wrong-base-path", Title: "Semaphore answers at another path of the server", Status: Fail,
	Doc:      pageWrongBasePath,
	CausedBy: append(unusableURL(), URLAPISuffix),
}

// wrongBase names the path at which the ping was answered.
func wrongBase(p *runner.Probe) Finding {
	x, to := p.Sought[len(p.Sought)-1], runner.ShownURL(p.Found)
	return Finding{
		Problem: WrongBasePath,
		Summary: say.Textf("Semaphore answers at %s, and not at %s", to, p.Server),
		Detail:  misunderstood(p),
		Evidence: []Evidence{
			{What: answered(p.Bare), From: p.Server.Given.From},
			{What: say.Textf("GET %s was answered pong", x.URL), From: p.Server.Given.From},
		},
		Advice: []say.Text{say.Textf("set %s to %s", setter(p.Server.Given.From), to)},
	}
}
