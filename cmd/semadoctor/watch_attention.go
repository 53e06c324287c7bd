//go:build unix

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// An attention is how a watcher follows one life of a runner: by what it says, and
// by looks at its server.
type attention struct {
	*watcher
	hearing *hearing
	began   time.Time
	last    *look
	next    time.Time     // when to look again; zero: nobody has judged yet
	pause   time.Duration // between looks, while the runner is not accepted
	odd     time.Time     // since when the server accepts what the runner is refused with; zero: it is not so
	said    string        // what was last said to be wrong; "" when nothing is
	trouble time.Time     // since when
}

// turn judges how it stands, looks again if that is due, and returns how long to
// wait for the next turn.
func (a *attention) turn(ctx context.Context, ended <-chan struct{}) time.Duration {
	now := a.Net.Now()
	if wait := a.tooEarly(now); wait > 0 {
		return wait
	}
	complaining := a.complaining()
	if a.next.IsZero() && a.last.accepted && !complaining { // what the gate saw is good enough
		a.judge()
		return a.next.Sub(now)
	}
	if news := a.hearing.hasNews(); complaining && (news || a.state.isReady()) {
		a.next = earlier(a.next, a.last.at.Add(a.times.eager))
	}
	if wait := a.next.Sub(now); wait > 0 {
		return wait
	}
	a.last = a.look(ctx)
	select {
	case <-ended: // what was seen is of its death
		return a.times.pulse
	default:
	}
	a.judge()
	return a.next.Sub(a.Net.Now())
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// tooEarly is how long it still takes until the runner can have polled: a second
// from its start, unless it says so itself.
func (a *attention) tooEarly(now time.Time) time.Duration {
	if a.hearing.heard() {
		return 0
	}
	return a.began.Add(a.times.settle).Sub(now)
}

// complaining reports whether the runner says, as of now, that its polls go wrong.
func (a *attention) complaining() bool { return a.hearing.complaining(a.times.settle) }

// rhythm is how often to look while all is well: more often where the runner would
// not say that it is refused, which is so in 2.9.1 to 2.9.40.
func (a *attention) rhythm() time.Duration {
	if a.last.d.Version.Era == runner.E1 {
		return a.times.silent
	}
	return a.times.pulse
}

// judge draws the conclusion from the last look and from what the runner says. A
// runner that complains while the server would accept what is on the disk may not
// have polled since; when it goes on doing so, it runs with something else.
func (a *attention) judge() {
	now, complaining := a.Net.Now(), a.complaining()
	if !a.last.accepted || !complaining {
		a.odd = time.Time{}
	} else if a.odd.IsZero() {
		a.odd = now
	}
	pause := a.times.eager
	switch {
	case a.last.accepted && !complaining:
		a.accept(now)
		pause = a.rhythm()
	case !a.last.accepted:
		a.refuse(now, a.cause(), false)
		a.pause = min(max(2*a.pause, a.times.eager), a.times.patient)
		pause = a.pause
	case now.Sub(a.odd) > a.times.doubt:
		a.refuse(now, say.Textf("the runner says that it is refused, and the server accepts what is on the disk: it runs with older settings, and a restart helps"), true)
	}
	a.next = now.Add(pause)
}

// accept notes that the server takes the runner's polls, and says so to whom it
// matters: the manager at the first time, people when there was trouble.
func (a *attention) accept(now time.Time) {
	a.state.accept()
	a.pause = 0
	if a.said != "" {
		a.tell(say.Textf("the server accepts the runner again, after %s", now.Sub(a.trouble).Round(time.Second/10)))
		a.said = ""
	}
	a.becomeReady()
	a.status(say.Textf("the server accepts the runner (%s)", versionOf(a.last.d)))
}

// refuse notes that it does not, and says why once: not every second, as the runner
// does.
func (a *attention) refuse(now time.Time, why say.Text, restart bool) {
	text := a.safe(why.In(a.lang))
	a.state.reject(text, restart)
	if text == a.said {
		return
	}
	if a.said == "" {
		a.trouble = now
	}
	a.said = text
	a.tell(why)
	a.status(why)
}

// cause is the first root cause of the last look.
func (a *attention) cause() say.Text {
	f, ok := root(a.last.d, checks.Fail)
	switch {
	case ok && refusing(a.last.d):
		return say.Textf("the server does not accept the runner: %s: %s", f.Problem.ID, f.Summary)
	case ok:
		return say.Textf("the runner cannot work: %s: %s", f.Problem.ID, f.Summary)
	}
	return say.Textf("it could not be found out whether the server accepts the runner")
}

// refusing reports whether it is at the server, or on the way there, that something
// fails: with --offline nobody has asked.
func refusing(d checks.Diagnosis) bool {
	return slices.ContainsFunc(d.Results, func(r checks.Result) bool {
		return r.Status == checks.Fail && strings.HasPrefix(r.Check.ID, "server/")
	})
}

// versionOf is the runner's release as people say it.
func versionOf(d checks.Diagnosis) string {
	if d.Version.Text == "" {
		return string(d.Version.Era)
	}
	return fmt.Sprintf("%s, %s", d.Version.Text, d.Version.Era)
}
