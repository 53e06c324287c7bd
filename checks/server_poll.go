package checks

import (
	"context"
	"net/http"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// polled is what is to be said of a runner whose report was accepted. Its poll is
// known only with --poll.
func polled(p *runner.Probe) ([]Finding, error) {
	found := accepted(p)
	switch x := p.Poll; {
	case x == nil:
		return found, nil
	case !x.Answered():
		return found, CannotTell(x.Err, "the server gave no answer to %s: %s", x.Method, runnerWords(x.Err))
	case x.Status == http.StatusBadRequest:
		return append(found, badPoll(p)), nil
	case x.Status != http.StatusOK:
		return found, CannotTell(nil, "the server answers %d to %s, which semadoctor sends in the place of the runner's GET, and accepts the runner's reports", x.Status, x.Method)
	}
	return append(found, note("the runner's poll is answered, too")), nil
}

// badPoll is a server that cannot encrypt its answer (semaphoreui/semaphore#3355,
// 2.12 to 2.18), or that fails to write down that the runner was seen (read in
// source). It says neither to the runner.
func badPoll(p *runner.Probe) Finding {
	return Finding{
		Problem:  TaskEndpoint400,
		Summary:  say.Textf("the server answers 400 to the runner's poll, though it accepts its reports"),
		Detail:   say.Textf("The runner logs \"the server returned error 400\" once a second, and never gets a task. The server has an empty or broken public key for it, or cannot write to its database: its log says which."),
		Evidence: []Evidence{{What: answered(p.Poll), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("look at the server's log: \"invalid public key\" is cured by registering the runner again with runner.private_key_file set, anything else is about its database")},
	}
}

// poll is what was answered to the runner's poll; nil when none was sent, or it was
// not answered.
func (t *Target) poll(ctx context.Context) *runner.Exchange {
	if !t.Poll || t.Offline {
		return nil
	}
	if p, err := t.asked(ctx); err == nil && p.Poll.Answered() {
		return p.Poll
	}
	return nil
}

// judgedByPoll is a doubt about a missing key, in the light of a poll.
func judgedByPoll(doubt []Finding, poll *runner.Exchange) []Finding {
	if len(doubt) == 0 {
		return nil
	}
	f := doubt[0]
	switch {
	case poll == nil && f.Status == Warn:
		f.Advice = append(f.Advice, say.Textf("to be sure, have semadoctor ask for tasks once as the runner does: semadoctor check --poll"))
		return []Finding{f}
	case poll == nil:
		return doubt
	case poll.Status == http.StatusBadRequest:
		f.Summary = say.Textf("runner.private_key_file is not set, and the server answers the runner's polls 400")
	case poll.Status == http.StatusOK && strings.HasPrefix(poll.Header.Get("Content-Type"), "application/octet-stream"):
		f.Summary = say.Textf("runner.private_key_file is not set, and the server encrypts what it sends")
	case poll.Status == http.StatusOK:
		return nil // it was registered before there were keys
	default:
		return doubt
	}
	f.Status = Fail
	f.Evidence = append(f.Evidence, Evidence{What: answered(poll), From: f.Evidence[0].From})
	return []Finding{f}
}
