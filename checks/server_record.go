package checks

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// RunnerInactive is a runner that the server knows and gives no tasks.
var RunnerInactive = &Problem{
	ID: "runner-inactive", Title: "The runner is not active on the server", Status: Fail,
	Doc: pageRunnerInactive,
}

// RunnerDuplicates is what earlier registrations of a runner have left.
var RunnerDuplicates = &Problem{
	ID: "runner-duplicates", Title: "Earlier registrations of the runner are left on the server", Status: Warn,
	Doc:      pageRunnerDuplicates,
	CausedBy: cannotKeep(),
}

// RemoteRunnersOff is a server that runs tasks itself.
var RemoteRunnersOff = &Problem{
	ID: "remote-runners-off", Title: "The server gives no tasks to runners", Status: Warn,
	Doc: pageRemoteRunnersOff,
}

// ServerRecord finds out what the server's API says about the runner.
var ServerRecord = &Check{
	ID:       "server/record",
	Title:    "The server gives the runner tasks",
	Problems: []*Problem{RunnerInactive, RemoteRunnersOff, RunnerDuplicates},
	Requires: []*Check{ServerSemaphore},
	Needs:    Network | APIToken,
	About:    func(t *Target) bool { return !t.APIToken.Empty() },
	Run:      serverRecord,
}

func serverRecord(ctx context.Context, t *Target) ([]Finding, error) {
	p, v, err := t.askedAs(ctx)
	if err != nil {
		return nil, err
	}
	r, err := t.Record(ctx)
	if err != nil {
		return nil, err
	}
	if err := untold(p, r.Info); err != nil {
		return nil, err
	}
	found := []Finding{listed(p, r)}
	switch {
	case r.Garbled != nil:
		return found, CannotTell(r.Garbled, "what the server answers to the API token is not understood")
	case r.Local:
		found = append(found, remoteOff(p, r))
	}
	if r.List == nil {
		return append(found, note("servers up to 2.10.25 list no runners: their rows are in the database alone")), nil
	}
	if err := untold(p, r.List); err != nil {
		return found, err
	}
	rows, err := t.rows(ctx, p, r)
	return append(append(found, t.leftRows(ctx, rows, p, r)...), t.inactive(rows, p, v)...), err
}

// untold is why an answer to the API token says nothing: never the runner's fault.
func untold(p *runner.Probe, x *runner.Exchange) error {
	switch {
	case x == nil && p.Server.URL.User != nil:
		return CannotTell(nil, "the API token is not sent: the server URL has a login in it, which goes in the same header")
	case x == nil && p.Bare.Answered() && p.Bare.Status/100 == 3:
		return CannotTell(nil, "the API token is not sent: the server redirects, and nothing is sent after that")
	case x == nil:
		return CannotTell(nil, "the API token is not sent: what answers the ping is not known to be Semaphore")
	case !x.Answered():
		return CannotTell(x.Err, "the server gave no answer to %s %s: %s", x.Method, x.URL, runnerWords(x.Err))
	case x.Status == http.StatusUnauthorized:
		return CannotTell(nil, "the server does not accept the API token (401 to %s): it is wrong, has been revoked, the header Authorization is lost on the way, or the server cannot read its database; the runner's own token is another matter", x.URL)
	case x.Status == http.StatusForbidden && (x.HTML() || strings.HasSuffix(x.URL, "/api/info")): // Semaphore's own has no page, and is for the list alone
		return CannotTell(nil, "something in front of the server forbids %s (403), which semadoctor asks with the API token and the runner never does", x.URL)
	case x.Status == http.StatusForbidden:
		return CannotTell(nil, "the API token is not an administrator's (403 to %s): only those may list runners; this is about the API token alone", x.URL)
	case x.Status != http.StatusOK:
		return CannotTell(nil, "the server answers %d to %s, asked with the API token", x.Status, x.URL)
	}
	return nil
}

// listed is what the server is.
func listed(p *runner.Probe, r *runner.Record) Finding {
	f := note("the server is Semaphore %s", r.Release.Number())
	if r.List.Answered() && r.List.Status == http.StatusOK && r.Garbled == nil {
		active := slices.DeleteFunc(slices.Clone(r.Rows), func(row runner.Row) bool { return row.Active != nil && !*row.Active })
		f = note("the server is Semaphore %s; active runners: %d of %d", r.Release.Number(), len(active), len(r.Rows))
	}
	f.Evidence = []Evidence{{What: say.Textf("GET %s says version %s", r.Info.URL, r.Release.Text), From: p.Server.Given.From}}
	return f
}

// remoteOff is about use_remote_runner (v2.9.5+; shown by /api/info from 2.10.26
// on, observed 2.10.32).
func remoteOff(p *runner.Probe, r *runner.Record) Finding {
	f := Finding{
		Problem:  RemoteRunnersOff,
		Summary:  say.Textf("use_remote_runner is off on the server: it runs tasks itself"),
		Detail:   say.Textf("The runner polls and is answered as if all were well; it is never given a task."),
		Evidence: []Evidence{{What: say.Textf("GET %s says use_remote_runner: false", r.Info.URL), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("on the server set SEMAPHORE_USE_REMOTE_RUNNER=true (use_remote_runner in its config.json) and restart it")},
	}
	if !r.Release.Era.Before(runner.E6) {
		f.Advice = append(f.Advice, say.Textf("from 2.19 on SEMAPHORE_DEFAULT_GLOBAL_RUNNERS_MODE goes before it: with prefer or require, tasks go to runners all the same"))
	}
	return f
}
