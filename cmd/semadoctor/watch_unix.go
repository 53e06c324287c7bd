//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// A watcher is "semadoctor run --watch": the parent of the runner, which passes on
// what it says and what is said to it, and knows at every moment how it stands.
type watcher struct {
	*surgery
	target  *checks.Target
	gate    string
	command []string // behind --; empty: that of the runner's version
	restart string   // never, failure or always
	lang    say.Lang
	times   watchTimes

	keeper  *supervise.Keeper
	manager *supervise.Manager // nil: there is none to be told
	mouth   *mouth             // stderr, which the runner and we share
	state   *condition
	ready   sync.Once // the manager knows that it is
}

// reportOf is a look in the shape of a report.
func (w *watcher) reportOf(l *look, took time.Duration) *report.Report {
	return report.Make([]checks.Diagnosis{l.d}, report.Options{
		Version: version, Lang: w.lang, FailOn: report.FailOnFail, Redact: w.patients.secrets.Redact, StartedAt: l.at, Took: took,
	})
}

// watch is "run --watch". From here on signals are the runner's.
func (s *surgery) watch(c *cli.Context, t *checks.Target, gate string) error {
	w := &watcher{
		surgery: s, target: t, gate: gate, command: c.Args().Slice(), restart: c.String("restart"), lang: s.language(c), times: s.Times,
		manager: supervise.NewManager(s.Env, os.Getpid()),
		mouth:   &mouth{w: s.Stderr},
	}
	w.Stderr = w.mouth.named()
	w.state = newCondition(w.Net.Now)
	for _, name := range supervise.Variables() {
		delete(t.Install.Env, name)
	}
	var ctx context.Context
	w.keeper, ctx = supervise.Keep(context.Background(), func() { w.manage("STOPPING=1") })
	defer w.keeper.Close()
	t.Exec = w.keeper.Exec(t.Exec)
	closing, err := w.listen(c.String("listen"))
	if err != nil {
		return err
	}
	defer closing()
	defer w.watchdog()()
	return w.keep(ctx)
}

// keep starts the runner, again and again if that is wanted, until it has ended for
// good.
func (w *watcher) keep(ctx context.Context) error {
	for round := 0; ; round++ {
		began := w.Net.Now()
		end, err := w.round(ctx, round)
		switch {
		case err != nil:
			return err
		case end == nil: // the gate is shut
		case end.Asked || !w.wantsAgain(*end):
			w.code = end.Code
			return nil
		}
		if w.Net.Now().Sub(began) > w.times.steady {
			round = 0
		}
		pause := w.pause(round)
		if end == nil {
			w.tell(say.Textf("in %s it is looked at again", pause))
		} else {
			w.tell(say.Textf("the runner is started again in %s", pause))
		}
		w.Sleep(ctx, pause)
		if stop := (supervise.Stop{}); errors.As(context.Cause(ctx), &stop) { // meant for the runner, which is not there
			w.code = stop.Code()
			return nil
		}
	}
}

// wantsAgain reports whether a runner that ended so is started again. Who sends it
// itself what asks a program to end has not made it fail; systemd sees it so, too.
func (w *watcher) wantsAgain(end supervise.End) bool {
	return w.restart == "always" || w.restart == "failure" && end.Code != report.ExitOK && !end.Meant()
}

// pause is how long to wait before the next start.
func (w *watcher) pause(round int) time.Duration {
	pause := w.times.backoff
	for ; round > 0 && pause < w.times.longest; round-- {
		pause *= 2
	}
	return min(pause, w.times.longest)
}

// round is one life of the runner: the gate, the start, the end. The end is nil
// when the gate stayed shut, which ends a first round, and has later ones wait.
func (w *watcher) round(ctx context.Context, n int) (*supervise.End, error) {
	began := w.Net.Now()
	if n > 0 { // what was known is of the life before
		w.target = w.target.Later()
		w.patients.others = []*checks.Target{w.target}
	}
	w.state.enter(isChecking, "")
	w.status(say.Textf("checking the runner"))
	limited, cancel := w.limited(ctx, n)
	defer cancel()
	d, err := w.examine(limited, w.target, w.gate)
	if err != nil {
		return nil, err
	}
	if limited.Err() != nil {
		return nil, w.stoppedBy(limited)
	}
	before := w.seen(limited, d, began)
	why := refusal(d, w.gate, w.lang)
	if why == "" {
		why = w.rival(limited, w.target, w.gate, false)
	}
	if limited.Err() != nil {
		return nil, w.stoppedBy(limited)
	}
	if why != "" {
		w.state.enter(isRefused, w.safe(why))
		w.status(say.Textf("the runner is not started: %s", say.Verbatim(why)))
		if n == 0 {
			w.code = report.ExitGate
			return nil, w.notStarted(say.Verbatim(why))
		}
		w.tell(say.Textf("the runner is not started: %s", say.Verbatim(why)))
		return nil, nil
	}
	return w.life(ctx, before)
}

func (w *watcher) stoppedBy(ctx context.Context) error {
	w.code = report.ExitStopped
	by := "the deadline"
	if stop := (supervise.Stop{}); errors.As(context.Cause(ctx), &stop) {
		by = stop.Signal.String()
	}
	return w.notStarted(say.Textf("stopped by %s", say.Sentence(by)))
}

// limited is a context that ends with the deadline, which is for what comes before
// the first start.
func (w *watcher) limited(ctx context.Context, round int) (context.Context, context.CancelFunc) {
	if deadline := w.c.Duration("deadline"); round == 0 && deadline > 0 {
		return context.WithTimeoutCause(ctx, deadline, stopError{say.Sentence("the deadline")})
	}
	return context.WithCancel(ctx)
}

// tell says something of our own, on a line of its own.
func (w *watcher) tell(t say.Text) {
	fmt.Fprintf(w.mouth.own(), "semadoctor: %s\n", w.safe(t.In(w.lang)))
}
