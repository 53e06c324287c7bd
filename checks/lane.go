package checks

import (
	"context"
	"sync"
	"time"
)

// A lane runs checks one after the other in one goroutine, prerequisites first.
// It is for checks that only read files, which take less time than a goroutine
// and a timer for each: of them there are many, on each of thousands of
// runners. One watch stands beside it, and a check that does not end in time is
// left behind, with the whole lane.
type lane struct {
	t     *Target
	order []*node

	mu    sync.Mutex
	at    int       // the check that is run
	since time.Time // when that began
	left  bool      // nobody waits for the lane any more
}

// inLane is the context of a check in a lane: who asks with it may be kept
// waiting, since it can be left behind.
type inLane struct{ context.Context }

func (l inLane) withoutCancel() context.Context { return inLane{context.WithoutCancel(l.Context)} }

// runLane settles nodes one after the other, up to one that does not end.
func runLane(ctx context.Context, t *Target, order []*node) {
	if len(order) == 0 || ctx.Err() != nil {
		return
	}
	l := &lane{t: t, order: order, since: t.Net.Now()}
	lap, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.run(inLane{lap})
	}()
	if why := l.watch(ctx, done); why != nil {
		cancel(why)
		l.leave(why)
	}
}

func (l *lane) run(ctx context.Context) {
	for _, n := range l.order {
		if r, ok := n.spared(l.t); ok {
			if !l.settle(n, r) {
				return
			}
			continue
		}
		a := n.check.answer(ctx, l.t)
		if !l.settle(n, l.result(n).judged(a.findings, a.err)) {
			return
		}
	}
}

// result is the frame of the result of the check that is run.
func (l *lane) result(n *node) Result {
	return Result{Check: n.check, Status: Skip, Took: l.t.Net.Now().Sub(l.since)}
}

// settle writes down a result, and reports whether anybody still waits for it.
func (l *lane) settle(n *node, r Result) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left {
		return false
	}
	n.result, n.settled = r, true
	l.at++
	l.since = l.since.Add(r.Took)
	return true
}

// watch waits for the lane; the error is why it waits no longer.
func (l *lane) watch(ctx context.Context, done <-chan struct{}) error {
	at := 0
	timer := time.NewTimer(l.order[0].check.timeout(l.t))
	defer timer.Stop()
	for {
		select {
		case <-done:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-timer.C:
		}
		now, left := l.progress()
		if now == at || left <= 0 {
			return context.DeadlineExceeded
		}
		at = now
		timer.Reset(left)
	}
}

// progress is how far the lane has come, and what is left of the time of the
// check that is run.
func (l *lane) progress() (at int, left time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == len(l.order) {
		return l.at, time.Second // about to end
	}
	return l.at, l.order[l.at].check.timeout(l.t) - l.t.Net.Now().Sub(l.since)
}

// leave settles the check that is run for it, and keeps the lane from settling
// anything more.
func (l *lane) leave(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = true
	if l.at < len(l.order) {
		n := l.order[l.at]
		n.result, n.settled = l.result(n).judged(nil, why), true
	}
}
