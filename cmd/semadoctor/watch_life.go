//go:build unix

package main

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/say"
)

// A look is what was seen of the runner and its server at one moment.
type look struct {
	at       time.Time
	d        checks.Diagnosis
	accepted bool // by the server, with what is on the disk; without a network: nothing is wrong that can be seen
}

// seen makes a look of a diagnosis, and keeps it for who asks.
func (w *watcher) seen(ctx context.Context, d checks.Diagnosis, since time.Time) *look {
	l := &look{at: w.Net.Now(), d: d}
	if len(d.Results) == 0 { // --gate off, or a verdict remembered: nobody has looked
		return l
	}
	switch p, err := d.Target.Probe(ctx); {
	case d.Target.Offline:
		l.accepted = !d.Failed()
	case err == nil:
		l.accepted = p.Accepted()
	}
	w.state.saw(l.at, w.reportOf(l, l.at.Sub(since)))
	return l
}

// look looks again at all, but never with a poll: that takes a request to clear its
// cache away from the runner, which asks by itself now.
func (w *watcher) look(ctx context.Context) *look {
	since := w.Net.Now()
	w.target = w.target.Later()
	w.target.Poll = false
	return w.seen(ctx, checks.Diagnose(ctx, w.target, w.sel.checks(w.checks)), since)
}

// life is one life of the runner, from its start to what is to be said of its end.
func (w *watcher) life(ctx context.Context, before *look) (*supervise.End, error) {
	s, err := w.startOf(ctx, w.target, w.command)
	if err != nil {
		return nil, err
	}
	h := newHearing(w.Net.Now)
	r, err := w.keeper.Start(s, supervise.Sink{To: w.Stdout, See: h.ear(h.out)}, supervise.Sink{To: w.mouth, See: h.ear(h.errs)})
	switch {
	case ctx.Err() != nil:
		return nil, w.stoppedBy(ctx)
	case err != nil:
		w.code = exitOf(err)
		return nil, err
	}
	w.state.started(r.PID(), h)
	w.status(say.Textf("the runner runs; it has not polled yet"))
	began, killed := w.Net.Now(), host.OOMKills(host.OS{})
	w.attend(ctx, r, &attention{watcher: w, hearing: h, began: began, last: before})
	end := r.Wait()
	h.end()
	w.state.ended(end)
	if !end.Asked && ctx.Err() == nil {
		w.status(say.Textf("the runner has ended with status %d", end.Code))
		w.obituary(ctx, death{end: end, lived: w.Net.Now().Sub(began), hearing: h, before: before, memory: host.OOMKills(host.OS{}) > killed})
	}
	return &end, nil
}

// attend stays with a runner until its process ends, which ends a look, too.
func (w *watcher) attend(ctx context.Context, r *supervise.Running, a *attention) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-r.Ended():
			cancel()
		case <-ctx.Done():
		}
	}()
	timer := time.NewTimer(w.times.settle)
	defer timer.Stop()
	for {
		select {
		case <-r.Ended():
			return
		case <-a.hearing.stir:
		case <-timer.C:
		}
		before, was := a.last, w.state.isReady()
		timer.Reset(a.turn(ctx, r.Ended()))
		if w.state.isReady() && (a.last != before || !was) {
			supervise.Rest()
		}
	}
}
