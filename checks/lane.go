package checks

import (
	"context"
	"errors"
	"sync"
	"time"
)

// A lane runs checks one after the other in one goroutine, prerequisites first.
// Most checks only read files, or what one of them has asked the server for, and
// take less time than a goroutine and a timer for each: of them there are many,
// on each of thousands of runners. One watch stands beside it, and a check that
// does not end in time is left behind, with the whole lane. So is, where there is
// a network to wait for, one that is merely slow: it goes on beside the others.
type lane struct {
	t     *Target
	order []*node
	slow  time.Duration // 0: the others wait as long as a check may take
	late  chan Result   // what becomes of a check that was left behind

	mu    sync.Mutex
	at    int       // the check that is run
	since time.Time // when that began
	left  bool      // nobody waits for the lane any more
}

// slowCheck is how long other checks wait for one that waits for a network.
const slowCheck = 20 * time.Millisecond

// inLane is the context of a check in a lane: who asks with it may be kept
// waiting, since it can be left behind.
type inLane struct {
	context.Context
	lasting *inLane // the same, for what goes on when nobody waits any more
}

func newInLane(ctx context.Context) *inLane {
	lasting := &inLane{Context: context.WithoutCancel(ctx)}
	lasting.lasting = lasting
	return &inLane{ctx, lasting}
}

// runLane settles nodes one after the other, up to one that does not end.
func runLane(ctx context.Context, t *Target, order []*node) {
	if len(order) == 0 || ctx.Err() != nil {
		return
	}
	l := &lane{t: t, order: order, late: make(chan Result, 1), since: t.Net.Now()}
	if !t.Offline {
		l.slow = slowCheck
	}
	lap, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		deepen(-1)
		l.run(newInLane(lap))
	}()
	switch why := l.watch(ctx, done); {
	case errors.Is(why, errSlow):
		l.release(ctx, cancel)
	default:
		cancel(why)
		l.leave(why)
	}
}

// errSlow is why a watch waits no longer for a check that still has time.
var errSlow = errors.New("slow")

func (l *lane) run(ctx *inLane) {
	for _, n := range l.order {
		if r, ok := n.spared(l.t); ok {
			if !l.settle(n, r) {
				return
			}
			continue
		}
		a := l.answer(ctx, n.check)
		if !l.settle(n, l.result(n).judged(a.findings, a.err)) {
			return
		}
	}
}

// answer runs a check. One that may ask somebody has to know how long it may
// take; the others are only ever left behind.
func (l *lane) answer(ctx *inLane, c *Check) answer {
	if c.Needs&Network == 0 {
		return c.answer(ctx, l.t)
	}
	own := &lap{Context: ctx, until: l.since.Add(c.timeout(l.t)), now: l.t.Net.Now}
	defer own.end()
	return c.answer(&inLane{own, ctx.lasting}, l.t)
}

// result is the frame of the result of the check that is run.
func (l *lane) result(n *node) Result {
	return Result{Check: n.check, Status: Skip, Took: l.t.Net.Now().Sub(l.since)}
}

// settle writes down a result, and reports whether anybody still waits for the
// lane.
func (l *lane) settle(n *node, r Result) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left {
		l.late <- r
		return false
	}
	*n.result, n.settled = r, true
	l.at++
	l.since = l.since.Add(r.Took)
	return true
}

// watch waits for the lane; the error is why it waits no longer.
func (l *lane) watch(ctx context.Context, done <-chan struct{}) error {
	at := 0
	timer := time.NewTimer(l.quick(l.order[0].check.timeout(l.t), 0))
	defer timer.Stop()
	for {
		select {
		case <-done:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-timer.C:
		}
		now, left, took := l.progress()
		switch {
		case now == at && l.slow > 0 && left > 0:
			return errSlow
		case now == at || left <= 0:
			return context.DeadlineExceeded
		}
		at = now
		timer.Reset(l.quick(left, took))
	}
}

// quick is how long to watch a check that has so much time left, and took so
// long already.
func (l *lane) quick(left, took time.Duration) time.Duration {
	if l.slow > 0 {
		return min(left, max(l.slow-took, 0))
	}
	return left
}

// progress is how far the lane has come, what is left of the time of the check
// that is run, and how much of it is over.
func (l *lane) progress() (at int, left, took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == len(l.order) {
		return l.at, time.Second, 0 // about to end
	}
	took = l.t.Net.Now().Sub(l.since)
	return l.at, l.order[l.at].check.timeout(l.t) - took, took
}

// release lets the check that is run go on by itself, until its time is over. The
// others are for whoever comes next.
func (l *lane) release(ctx context.Context, cancel context.CancelCauseFunc) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = true
	if l.at == len(l.order) {
		cancel(nil)
		return
	}
	n, left := l.order[l.at], l.order[l.at].check.timeout(l.t)-l.t.Net.Now().Sub(l.since)
	n.once.Do(func() {
		n.done = make(chan struct{})
		go func() {
			defer close(n.done)
			*n.result = l.await(ctx, n, left)
			cancel(context.DeadlineExceeded) // of one that still runs
		}()
	})
}

func (l *lane) await(ctx context.Context, n *node, left time.Duration) Result {
	why := context.DeadlineExceeded
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case r := <-l.late:
		return r
	case <-ctx.Done():
		why = context.Cause(ctx)
	case <-timer.C:
	}
	select { // both at once: an answer is better than none
	case r := <-l.late:
		return r
	default:
		return l.result(n).judged(nil, why)
	}
}

// leave settles the check that is run for it, and keeps the lane from settling
// anything more.
func (l *lane) leave(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left = true
	if l.at < len(l.order) {
		n := l.order[l.at]
		*n.result, n.settled = l.result(n).judged(nil, why), true
	}
}
