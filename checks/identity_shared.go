package checks

import (
	"context"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// IdentityShared is two runners that are one to their server.
var IdentityShared = &Problem{
	ID: "identity-shared", Title: "Two runners here have the same identity", Status: Fail,
	Doc: pageIdentityShared,
}

// sharedIdentity looks for other runners of this host with this identity.
func (t *Target) sharedIdentity(ctx context.Context, c *runner.Config, cr *runner.Credential) ([]Finding, error) {
	id := whoIs(c, cr)
	if id == "" {
		return nil, nil
	}
	others, err := t.Peers.doubles(ctx, t, id)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	f := Finding{
		Problem:  IdentityShared,
		Summary:  say.Textf("another runner here has the same identity (%s): %s", origin(cr), others[0].Name),
		Detail:   say.Textf("The server takes both for one and gives each task to both: every task runs twice, at the same time."),
		Evidence: []Evidence{{What: say.Textf("token %s", cr.Token), From: cr.TokenFrom}},
		Advice: []say.Text{
			say.Textf("stop one of the two; if both are needed, let each have an identity file of its own and register one of them anew"),
		},
	}
	if len(others) > 1 {
		var names []string
		for _, o := range others {
			names = append(names, o.Name)
		}
		f.Summary = say.Textf("%d other runners here have the same identity (%s): %s", len(others), origin(cr), say.List(names))
	}
	if !c.Era.Legacy() {
		f.Advice = append(f.Advice, registerAdvice(c)...)
	}
	return []Finding{f}, nil
}
