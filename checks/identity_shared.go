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
	id := t.whoIs(c, cr)
	if id == "" {
		return nil, nil
	}
	others, err := t.Peers.doubles(ctx, t, id)
	switch {
	case err != nil:
		return nil, err
	case t.replicated(cr):
		return []Finding{t.replicas(c, cr)}, nil
	case len(others) == 0:
		return nil, nil
	}
	f := t.sharing(c, cr, say.Textf("another runner here has the same identity (%s): %s", origin(cr), others[0].Name))
	if len(others) > 1 {
		var names []string
		for _, o := range others {
			names = append(names, o.Name)
		}
		f.Summary = say.Textf("%d other runners here have the same identity (%s): %s", len(others), origin(cr), say.List(names))
	}
	return []Finding{f}, nil
}

func (t *Target) sharing(c *runner.Config, cr *runner.Credential, summary say.Text) Finding {
	f := Finding{
		Problem:  IdentityShared,
		Summary:  summary,
		Detail:   say.Textf("The server takes both for one and gives each task to both: every task runs twice, at the same time."),
		Evidence: []Evidence{{What: say.Textf("token %s", cr.Token), From: cr.TokenFrom}},
		Advice: []say.Text{
			say.Textf("stop one of the two; if both are needed, let each have an identity file of its own and register one of them anew"),
		},
	}
	if from, ok := t.Install.Withheld[cr.TokenFrom.Env]; ok {
		f.Evidence[0].What = say.Textf("the token comes from %s", from)
	}
	if !c.Era.Legacy() {
		f.Advice = append(f.Advice, registerAdvice(c)...)
	}
	return f
}

// replicated reports whether a manifest has several pods, all with this
// identity: it is in the environment, or in a file that each pod is given. What
// a pod writes to a volume of its own is its own.
func (t *Target) replicated(cr *runner.Credential) bool {
	pod := t.Install.Pod
	return pod != nil && pod.Replicas > 1 && (cr.TokenFrom.Env != "" || pod.Gives(cr.TokenFrom.File))
}

// replicas is a workload of several pods with one identity.
func (t *Target) replicas(c *runner.Config, cr *runner.Credential) Finding {
	pod := t.Install.Pod
	f := t.sharing(c, cr, say.Textf("%d pods of %s run with the same identity (%s)", pod.Replicas, pod.Ref(), origin(cr)))
	f.Detail = say.Textf("The server takes all of them for one runner and gives each task to every pod: it runs %d times, at the same time.", pod.Replicas)
	f.Evidence = append(f.Evidence, Evidence{What: say.Textf("%d replicas", pod.Replicas), From: runner.Origin{File: pod.At.File, Line: pod.ReplicasAt.Line}})
	f.Advice = []say.Text{say.Textf("set replicas to 1 in line %d of %s; for each further runner make a workload of its own, with a token of its own", pod.ReplicasAt.Line, pod.At.File)}
	return f
}
