package main

import (
	"sync"
	"time"

	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/report"
)

// A phase is where in its life a watched runner is.
type phase string

// The phases.
const (
	isChecking phase = "checking" // it is not started yet
	isRefused  phase = "refused"  // the gate is shut
	isUnpolled phase = "starting" // it runs, and has not polled yet
	isAccepted phase = "accepted" // the server takes its polls
	isRejected phase = "rejected" // the server does not
	isEnded    phase = "ended"    // it has ended
)

// A condition is how it stands with a watched runner, for those who ask.
type condition struct {
	now func() time.Time

	mu      sync.Mutex
	phase   phase
	since   time.Time // of this phase
	why     string    // of a phase that is not good: one line, fit to be shown
	restart bool      // a restart would help
	pid     int       // 0: it does not run
	began   time.Time // the last start
	starts  int
	code    int      // of the last end
	hearing *hearing // of the last life; nil before the first
	report  *report.Report
	looked  time.Time // when the report was made
	healthy time.Time // when one was good
}

func newCondition(now func() time.Time) *condition {
	return &condition{now: now, phase: isChecking, since: now()}
}

// enter begins a phase, or has another reason for the one that it is in.
func (c *condition) enter(p phase, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.become(p, why)
}

func (c *condition) become(p phase, why string) {
	if c.phase != p {
		c.since = c.now()
	}
	c.phase, c.why, c.restart = p, why, false
}

func (c *condition) started(pid int, h *hearing) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.become(isUnpolled, "")
	c.pid, c.began, c.hearing = pid, c.now(), h
	c.starts++
}

func (c *condition) ended(e supervise.End) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.become(isEnded, "")
	c.pid, c.code = 0, e.Code
}

func (c *condition) accept() { c.enter(isAccepted, "") }

func (c *condition) reject(why string, restart bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.become(isRejected, why)
	c.restart = restart
}

// saw keeps the report of the last look.
func (c *condition) saw(at time.Time, r *report.Report) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report, c.looked = r, at; r.ExitCode == report.ExitOK {
		c.healthy = at
	}
}

// isReady reports whether the runner is accepted by its server.
func (c *condition) isReady() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.phase == isAccepted
}

// restartHelps reports whether what is wrong is of the kind that a restart cures.
// Whatever else is wrong, to be started again once more does not help the runner.
func (c *condition) restartHelps() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.restart
}

// inWords is the phase and, if there is one, its reason.
func (c *condition) inWords() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.why == "" {
		return string(c.phase)
	}
	return string(c.phase) + ": " + c.why
}
