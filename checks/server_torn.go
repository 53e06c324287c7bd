package checks

import (
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// torn is about a load balancer with servers of both sides of 2.10.26 behind it, as in
// the middle of an upgrade, which may end by itself.
func torn(p *runner.Probe) Finding {
	f := Finding{
		Problem: VersionMismatch, Passes: true,
		Summary: say.Textf("two servers answer at %s, one up to 2.10.25 and one from 2.10.26 on", p.Server),
		Detail:  say.Textf("The runner speaks as one of them does. What comes to the other fails, and so results of tasks may be lost and tasks be run again."),
		Advice:  []say.Text{say.Textf("bring all servers behind this address to the runner's version, or have the load balancer send %s to those of its version alone", taskPaths(p))},
	}
	for _, x := range []*runner.Exchange{p.Bare, p.Token, p.Lost} {
		if x != nil {
			f.Evidence = append(f.Evidence, Evidence{What: answered(x), From: p.Server.Given.From})
		}
	}
	return f
}
