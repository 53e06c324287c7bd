package main

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/semadoctor/semadoctor/runner"
)

// A hearing is what a watcher hears of one life of a runner while it passes it on.
type hearing struct {
	now   func() time.Time
	stir  chan struct{} // something was said about a poll; nobody waits to send
	bytes atomic.Int64

	mu         sync.Mutex
	out, errs  *runner.LogReader
	complaints int          // lines about polls that went wrong
	complained time.Time    // when the last of them came
	topic      runner.Topic // what it was about
	news       bool         // it was about something else than the one before
	connected  bool         // it has said that its first report was accepted
}

// lastWords is how many lines of each output are remembered.
const lastWords = 12

func newHearing(now func() time.Time) *hearing {
	h := &hearing{now: now, stir: make(chan struct{}, 1)}
	o := runner.LogOptions{Now: now(), Each: h.heed, Keep: lastWords}
	h.out, h.errs = runner.NewLogReader(o), runner.NewLogReader(o)
	return h
}

// ear is for one of the two outputs.
func (h *hearing) ear(log *runner.LogReader) func([]byte) {
	return func(b []byte) {
		h.bytes.Add(int64(len(b)))
		h.mu.Lock()
		defer h.mu.Unlock()
		_, _ = log.Write(b) // never fails
	}
}

// heed takes a line that says something; mu is held.
func (h *hearing) heed(e runner.LogEvent) {
	switch {
	case e.Deed == runner.DeedConnected && !h.connected:
		h.connected = true
	case ofPolls(e.Topic):
		h.complaints++
		h.complained = h.now()
		h.news = h.news || h.topic != e.Topic
		h.topic = e.Topic
	default:
		return
	}
	select {
	case h.stir <- struct{}{}:
	default:
	}
}

// ofPolls reports whether trouble is about the runner and its server, not about a
// task.
func ofPolls(t runner.Topic) bool {
	switch t {
	case runner.LogTokenUnusable, runner.LogURLUnusable, runner.LogServerUnreachable, runner.LogTLSFails, runner.LogNotSemaphore, runner.LogServerErrors,
		runner.LogRegistrationFails, runner.LogLoop401, runner.LogLoop404, runner.LogLoop400, runner.LogKeyUnusable:
		return true
	}
	return false
}

// failed is how many lines were about polls that went wrong.
func (h *hearing) failed() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.complaints
}

// heard reports whether the runner has said anything about a poll.
func (h *hearing) heard() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.connected || h.complaints > 0
}

// complaining reports whether the runner has said within that time that its polls go
// wrong.
func (h *hearing) complaining(within time.Duration) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.complained.IsZero() && h.now().Sub(h.complained) <= within
}

// hasNews reports, once, whether the runner complains about something else than before.
func (h *hearing) hasNews() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	news := h.news
	h.news = false
	return news
}

// end takes half a line for a whole one: nothing comes behind it.
func (h *hearing) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.out.Flush()
	h.errs.Flush()
}

// last are the last lines: those of stderr, where a runner dies, behind those of
// stdout.
func (h *hearing) last() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append(h.out.Last(), h.errs.Last()...)
}

// troubles are what the runner has said to be wrong, errors first.
func (h *hearing) troubles() []runner.Trouble {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append(h.errs.Life().Troubles, h.out.Life().Troubles...)
}
