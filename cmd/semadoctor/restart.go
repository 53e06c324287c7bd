package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// How a restarted runner is waited for. It polls every second from the first on.
const (
	restartBound = 30 * time.Second // then it is said what was seen until then
	restartPause = 500 * time.Millisecond
	steadyFor    = 3 * time.Second // without an end, and without a complaint
)

// restartFlags refuses what does not go together with --restart.
func restartFlags(c *cli.Context) error {
	switch {
	case !c.Bool("restart"):
		return nil
	case c.String("root") != "":
		return usagef("--restart and --root do not go together: what is in there does not run")
	case c.Bool("dry-run") || c.String("plan") != "":
		return usagef("--restart is for a repair, and --dry-run and --plan make none")
	}
	return nil
}

// restarted restarts a runner that was repaired, when that was asked for and it will
// work, and is what is found then.
func (s *surgery) restarted(ctx context.Context, t *checks.Target, d checks.Diagnosis) checks.Diagnosis {
	u := t.Install.Unit
	switch {
	case !s.c.Bool("restart"):
		return d
	case len(s.mended[t.Name]) == 0:
		s.note("%s is not restarted: nothing of it was repaired", t.Name)
		return d
	case u == nil || !u.Known:
		s.note("%s is not restarted: semadoctor restarts units of systemd alone", t.Name)
		for _, then := range t.Restart(s.mended[t.Name]...) {
			s.note("%s", then)
		}
		return d
	case s.first[t.Name]:
		s.note("%s is not restarted: something has to be done first", u.Called())
		return d
	case !curable(d):
		s.note("%s is not restarted: something is wrong with it still", u.Called())
		return d
	}
	w := &restart{surgery: s, t: t, unit: u, files: s.patients.disk, server: t.ServerAddrs(ctx)}
	r := w.run(ctx)
	for _, text := range []say.Text{r.Works, r.Fault, r.Unseen} {
		if !text.IsZero() {
			s.note("%s", text)
		}
	}
	if !r.Said.IsZero() {
		s.note("it said: %s", r.Said)
	}
	return checks.Diagnose(ctx, t.Since(r), s.withRestart())
}

// withRestart are the checks that are asked for, and the one of the restart, which was
// asked for, too.
func (s *surgery) withRestart() []*checks.Check {
	cs := s.sel.checks(s.checks)
	if slices.Contains(cs, checks.HostRestart) {
		return cs
	}
	return append(cs, checks.HostRestart)
}

// curable reports whether nothing fails but what a restart ends.
func curable(d checks.Diagnosis) bool {
	for _, p := range d.Causes.Roots {
		if p != checks.UnitRestartLoop {
			return false
		}
	}
	return true
}

// A restart is one unit that was started anew, and what is seen of it.
type restart struct {
	*surgery
	t      *checks.Target
	unit   *runner.Unit
	files  host.Files
	began  time.Time
	server []string  // addresses of the server, or of the proxy before it
	pid    int       // of the process that is there now
	since  time.Time // since when it is
}

// run restarts the unit and waits until its runner polls.
func (w *restart) run(ctx context.Context) checks.Restart {
	w.began = w.Net.Now()
	if err := runner.RestartUnit(ctx, w.Exec, w.files, w.unit.Unit); err != nil {
		return w.failed(err)
	}
	w.note("restarted %s; waiting until it polls", w.unit.Called())
	before := w.t.Seen(ctx)
	for stopped(ctx) == "" && w.Net.Now().Sub(w.began) < restartBound {
		state, err := runner.AskSystemd(ctx, w.Exec, w.files, w.unit.Unit)
		switch {
		case err != nil:
			return w.failed(err)
		case state.Active == "failed" || state.Sub == "auto-restart":
			return w.ended(ctx, state)
		}
		if w.watch(state); w.steady(state) {
			if r, done := w.judged(ctx, before); done {
				return r
			}
		}
		w.Sleep(ctx, restartPause)
	}
	return w.unseen(ctx)
}

func (w *restart) failed(err error) checks.Restart {
	return checks.Restart{Fault: w.quoted(err.Error())}
}

// quoted is what the runner, or systemd, has said. Nobody has looked for secrets in it
// yet, and it may name some that no setting holds.
func (w *restart) quoted(words string) say.Text {
	return say.Verbatim(string(w.t.Secrets.MaskLine([]byte(words))))
}

// judged is the judgement on a runner that stays, once there is one.
func (w *restart) judged(ctx context.Context, before checks.Sighting) (r checks.Restart, done bool) {
	if why := w.complaint(ctx); why != "" {
		return checks.Restart{Fault: say.Textf("%s runs, and complains: %s", w.unit.Called(), w.quoted(why))}, true
	}
	seen := w.polls(ctx, before)
	if seen.IsZero() {
		return r, false
	}
	return checks.Restart{Works: say.Textf("%s runs, and polls: %s", w.unit.Called(), seen)}, true
}

// watch notes a process that is another than before.
func (w *restart) watch(state runner.UnitState) {
	if state.PID != w.pid {
		w.pid, w.since = state.PID, w.Net.Now()
	}
}

func (w *restart) steady(state runner.UnitState) bool {
	return state.Active == "active" && w.pid > 0 && w.Net.Now().Sub(w.since) >= steadyFor
}

// complaint is the first trouble that the runner itself has told since it was
// started; "" when there is none, or no journal to tell.
func (w *restart) complaint(ctx context.Context) string {
	log, err := runner.UnitLog(ctx, w.Exec, w.files, w.unit.Unit, w.began, w.pid)
	if err != nil {
		return ""
	}
	r := runner.NewLogReader(runner.LogOptions{Now: w.Net.Now()})
	_, _ = r.Write(log) // never fails
	r.Flush()
	for _, trouble := range r.Life().Troubles {
		for _, told := range trouble.Told {
			return told.Text
		}
	}
	return ""
}

// polls is by what it is seen that the runner asks its server; zero when it is not.
func (w *restart) polls(ctx context.Context, before checks.Sighting) say.Text {
	if now := w.t.Seen(ctx); now.After(before) {
		return say.Textf("the server has seen runner %d at %s", now.Row, now.At.UTC().Format(time.RFC3339))
	}
	p, err := host.ReadProcess(w.files, w.pid)
	if err != nil {
		return say.Text{}
	}
	for _, server := range w.server { // tasks have connections of their own
		if n := p.Remotes[server]; n > 0 {
			return say.Textf("process %d holds %d connections to %s, and has logged no error", w.pid, n, server)
		}
	}
	return say.Text{}
}

// ended is a unit that does not stay up, in the runner's own words: of a panic's many
// lines the first tells.
func (w *restart) ended(ctx context.Context, state runner.UnitState) checks.Restart {
	log, _ := runner.UnitLog(ctx, w.Exec, w.files, w.unit.Unit, w.began, 0)
	said := ""
	for line := range strings.Lines(string(log)) {
		if said = strings.TrimSpace(line); strings.Contains(said, "panic") {
			break
		}
	}
	r := checks.Restart{Fault: say.Textf("%s does not stay up: systemd calls it %s/%s (%s)", w.unit.Called(), state.Active, state.Sub, state.Result)}
	if said != "" {
		r.Said = w.quoted(said)
	}
	return r
}

// unseen is what is known when the time is over.
func (w *restart) unseen(ctx context.Context) checks.Restart {
	switch {
	case stopped(ctx) != "":
		return checks.Restart{Unseen: say.Textf("stopped by %s before %s was seen to poll", say.Sentence(stopped(ctx)), w.unit.Called())}
	case w.pid == 0:
		return checks.Restart{Fault: say.Textf("%s was restarted, and has no process after %s", w.unit.Called(), restartBound)}
	}
	return checks.Restart{Unseen: say.Textf("%s runs as process %d; that it polls could not be seen within %s", w.unit.Called(), w.pid, restartBound)}
}
