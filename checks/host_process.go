package checks

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ConnectionLeak is a running runner that holds more and more connections.
var ConnectionLeak = &Problem{
	ID: "connection-leak", Title: "The runner does not close its connections", Status: Warn,
	Doc: pageConnectionLeak,
}

// HostProcess looks at a runner that runs: at what it holds, and at what has
// changed since it was started.
var HostProcess = &Check{
	ID:       "host/process",
	Title:    "The running runner holds no more than it needs",
	Problems: []*Problem{ConnectionLeak},
	About:    (*Target).runs,
	Run:      hostProcess,
}

// A healthy runner keeps two connections to its server, or three while it
// redials. Above leakFrom they leak (semaphoreui/semaphore#3941); above fullFrom
// percent of its descriptors, whatever they are, it is about to stop.
const leakFrom, fullFrom = 50, 80

func hostProcess(ctx context.Context, t *Target) ([]Finding, error) {
	p := t.Install.Process
	if p == nil {
		return nil, NotApplicable("no running runner was named")
	}
	var found []Finding
	if f, leaks := t.leak(ctx, p); leaks {
		found = append(found, f)
	}
	if p.Replaced {
		found = append(found, note("the program %s was replaced after the runner's start: process %d is still the old one", p.Program, p.PID))
	}
	return append(found, t.since(ctx, p)...), nil
}

// runs reports whether the runner is known to run.
func (t *Target) runs() bool { return t.Install.Process != nil }

func (t *Target) leak(ctx context.Context, p *host.Process) (Finding, bool) {
	f := Finding{Problem: ConnectionLeak, Evidence: []Evidence{{What: say.Textf("%d of %s open files", p.Open, limit(p))}}}
	v, _ := t.Version(ctx)
	f.Detail, f.Advice = leakWords(v, p.PID)
	switch {
	case p.Connections > leakFrom:
		f.Summary = say.Textf("process %d holds %d connections to %s", p.PID, p.Connections, p.Remote)
	case p.MaxOpen > 0 && p.Open*100 > p.MaxOpen*fullFrom:
		f.Summary = say.Textf("process %d has %d files open and may open %d", p.PID, p.Open, p.MaxOpen)
	default:
		return Finding{}, false
	}
	return f, true
}

// limit is the number of files a process may open, in words.
func limit(p *host.Process) say.Text {
	if p.MaxOpen == 0 {
		return say.Textf("any number of")
	}
	return say.Textf("%d", p.MaxOpen)
}

// leakWords is what comes of it, and what to do, by version. The leak of 2.18 is
// mended in 2.18.25; which release began it is not known.
func leakWords(v runner.Version, pid int) (detail say.Text, advice []say.Text) {
	restart := say.Textf("restart the runner: until then its requests may fail with \"too many open files\" or \"cannot assign requested address\"")
	if v.Era.Within(runner.E5, runner.E5b) && !v.AtLeast(2, 18, 25) {
		return say.Textf("Runners of 2.18 before 2.18.25 leave a connection open with every poll, about two a second; which release began that is not known."),
			[]say.Text{say.Textf("upgrade the runner to 2.18.25 or newer"), restart}
	}
	return say.Textf("No such leak is known of this version. A runner needs two connections."),
		[]say.Text{restart, say.Textf("look at what they are: ls -l /proc/%d/fd, ss -tp", pid)}
}

// since says what has changed since the start: the process does not know it.
func (t *Target) since(ctx context.Context, p *host.Process) (notes []Finding) {
	c, err := t.Config(ctx)
	if err != nil {
		return nil
	}
	if c.File != nil && c.File.Real != "" {
		i, err := t.Files.Lstat(c.File.Real)
		if err == nil && !p.Started.IsZero() && i.ModTime.After(p.Started.Add(time.Second)) {
			notes = append(notes, note("%s was changed after the runner's start: process %d still has the old settings", c.File.Path, p.PID))
		}
	}
	cr, err := t.Credential(ctx)
	if err == nil && cr.Condition == runner.Missing {
		notes = append(notes, note("process %d runs, and the %s %s is not there: it could not be written, or was removed since", p.PID, cr.File.Role, cr.File.Path.V))
	}
	return notes
}
