package checks

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// DefaultTimeout is how long one check may take.
const DefaultTimeout = 5 * time.Second

// Run runs the checks, and what they require, side by side, and returns the
// results in the order of the list. A prerequisite that is not in the list comes
// last, and only when it did not pass: it is why others could not look. A check
// that ignores its timeout is abandoned and Unknown; one that panics is Unknown
// and named. When ctx ends, what is not done by then is Unknown too. Checks that
// are not about the target are not among the results. What an ignore file accepts is
// found all the same, and marked.
func Run(ctx context.Context, t *Target, cs []*Check) []Result {
	g := newGraph(t, cs)
	t.askAhead(ctx, cs)
	runLane(ctx, t, g.inOrder(t))
	runAll(ctx, t, g.listed)
	return t.ignoring(ctx, g.outcome())
}

func runAll(ctx context.Context, t *Target, ns []*node) {
	for _, n := range ns {
		if n.settled {
			continue
		}
		n.once.Do(func() {
			n.done = make(chan struct{})
			go func() {
				defer close(n.done)
				*n.result = n.run(ctx, t)
			}()
		})
	}
	for _, n := range ns {
		if !n.settled {
			<-n.done
		}
	}
}

func (n *node) run(ctx context.Context, t *Target) Result {
	if !n.offLimits(t) {
		runAll(ctx, t, n.deps)
	}
	if r, ok := n.spared(t); ok {
		return r
	}
	r := Result{Check: n.check, Status: Skip}
	start := t.Net.Now()
	findings, err := call(ctx, n.check, t)
	r.Took = t.Net.Now().Sub(start)
	return r.judged(findings, err)
}

// offLimits reports whether the check needs what is not to be used.
func (n *node) offLimits(t *Target) bool { return n.check.Needs&Network != 0 && t.Offline }

// spared is the result of a check that is not run; its prerequisites have been.
func (n *node) spared(t *Target) (r Result, ok bool) {
	r = Result{Check: n.check, Status: Skip}
	if n.offLimits(t) {
		r.Because = say.Textf("needs the network, and --offline is set")
		return r, true
	}
	if blocker := n.blocker(); blocker != nil {
		r.Because = say.Textf("needs %s", blocker.ID)
		return r, true
	}
	return r, false
}

// blocker is the first prerequisite without which the check cannot look: one
// that failed or could not be found out, or that waits for one itself.
func (n *node) blocker() *Check {
	for _, d := range n.deps {
		switch d.result.Status {
		case Fail, Unknown:
			return d.check
		case Skip:
			if b := d.blocker(); b != nil {
				return b
			}
		}
	}
	return nil
}

func (r Result) judged(findings []Finding, err error) Result {
	r.Status = Pass
	if err != nil {
		r.Status, r.Because = reason(err)
	}
	for i := range findings { // what was found before it went wrong still counts
		f := &findings[i]
		f.Status = f.severity()
		r.Status = max(r.Status, f.Status)
	}
	r.Findings = findings
	return r
}

// reason is what an error of a check means.
func reason(err error) (Status, say.Text) {
	if skip, ok := errors.AsType[notApplicable](err); ok {
		return Skip, skip.why
	}
	if unclear, ok := errors.AsType[cannotTell](err); ok {
		return Unknown, unclear.why
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return Unknown, say.Textf("no answer within the time given")
	case errors.Is(err, context.Canceled):
		return Unknown, say.Textf("stopped before it was done")
	}
	return Unknown, say.Error(err)
}

// call runs one check, gives up when its time is over and turns a panic into an
// error.
func call(ctx context.Context, c *Check, t *Target) ([]Finding, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout(t))
	defer cancel()
	done := make(chan answer, 1)
	go func() { done <- c.answer(ctx, t) }()
	select {
	case a := <-done:
		return a.findings, a.err
	case <-ctx.Done():
	}
	select { // both at once: an answer is better than none
	case a := <-done:
		return a.findings, a.err
	default:
		return nil, context.Cause(ctx)
	}
}

type answer struct {
	findings []Finding
	err      error
}

func (c *Check) answer(ctx context.Context, t *Target) (a answer) {
	defer func() {
		if p := recover(); p != nil {
			a.err = fmt.Errorf("check %s: %w", c, panicked(p))
		}
	}()
	if a.findings, a.err = c.Run(ctx, t); t.described() {
		a.findings = t.byHand(a.findings)
	}
	if t.Install.As.Dynamic || t.Install.As.Unknown != nil {
		unfix(t.Install.As, a.findings)
	}
	return a
}

func (c *Check) timeout(t *Target) time.Duration {
	return orElse(c.Timeout, t.timeout())
}

func panicked(p any) error {
	return fmt.Errorf("a bug in semadoctor, please report it: panic: %v\n%s", p, debug.Stack())
}
