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
	w, many := t.replicated(cr)
	switch {
	case err != nil:
		return nil, err
	case many:
		return []Finding{t.replicas(c, cr, w)}, nil
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
		f.Advice = append(f.Advice, t.registerAdvice(c)...)
	}
	return f
}

// several is a workload that is started more than once.
type several struct {
	ref  string // "Deployment/runner", "service runner"
	many int    // 0: one on each node
	at   runner.Origin
}

// replicated is the workload of which each instance has this identity: it is in the
// environment, or in a file that each is given. What each writes to a place of its
// own is its own.
func (t *Target) replicated(cr *runner.Credential) (w several, ok bool) {
	given := func(gives func(string) bool) bool { return cr.TokenFrom.Env != "" || gives(cr.TokenFrom.File) }
	if p := t.Install.Pod; p != nil {
		w = several{p.Ref(), p.Replicas, runner.Origin{File: p.At.File, Line: p.ReplicasAt.Line}}
		if p.Kind == "DaemonSet" {
			w.many, w.at.Line = 0, p.At.Line
		}
		return w, w.many != 1 && given(p.Gives)
	}
	if s := t.Install.Service; s != nil {
		w = several{"service " + s.Name, s.Replicas, runner.Origin{File: s.ReplicasAt.File, Line: s.ReplicasAt.Line}}
		return w, w.many > 1 && given(s.Gives)
	}
	return w, false
}

// replicas is a workload that is several times with one identity.
func (t *Target) replicas(c *runner.Config, cr *runner.Credential, w several) Finding {
	if w.many == 0 {
		return t.eachNode(c, cr, w)
	}
	f := t.sharing(c, cr, say.Textf("%d instances of %s run with the same identity (%s)", w.many, w.ref, origin(cr)))
	f.Detail = say.Textf("The server takes all of them for one runner and gives each task to every instance: it runs %d times, at the same time.", w.many)
	f.Evidence = append(f.Evidence, Evidence{What: say.Textf("%d replicas", w.many), From: w.at})
	f.Advice = []say.Text{say.Textf("let there be one: line %d of %s; for each further runner make a workload of its own, with a token of its own", w.at.Line, w.at.File)}
	return f
}

// eachNode is a DaemonSet: right where there is one node for it, and how many there
// are a manifest does not say.
func (t *Target) eachNode(c *runner.Config, cr *runner.Credential, w several) Finding {
	f := t.sharing(c, cr, say.Textf("%s has a pod on each node, and all of them have the same identity (%s)", w.ref, origin(cr)))
	f.Status = Warn
	f.Detail = say.Textf("The server takes all of them for one runner and gives each task to every one: with two nodes it runs twice, at the same time.")
	f.Evidence = append(f.Evidence, Evidence{What: say.Verbatim(w.ref), From: w.at})
	f.Advice = []say.Text{say.Textf("make a Deployment with one replica of it, and of each further runner one of its own, with a token of its own")}
	return f
}
