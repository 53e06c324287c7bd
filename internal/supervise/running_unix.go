//go:build unix

package supervise

import (
	"syscall"
	"time"
)

// A Running is a runner that runs below us.
type Running struct {
	keeper  *Keeper
	child   *child
	streams *streams
}

// PID is the runner's process id.
func (r *Running) PID() int { return r.child.pid }

// Ended is closed when the runner's process has ended.
func (r *Running) Ended() <-chan struct{} { return r.child.ended }

// What a runner has left behind is asked to end, and killed when it does not; what
// has left its process group is no longer the runner's.
const (
	leftoverGrace = 5 * time.Second
	leftoverPause = 5 * time.Millisecond
)

// Wait waits for the end of the runner, of all that is left of its process group
// and of what they have to say.
func (r *Running) Wait() End {
	<-r.child.ended
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if r.clear(s) {
			break
		}
	}
	r.streams.drain()
	r.keeper.mu.Lock()
	defer r.keeper.mu.Unlock()
	e := End{Code: code(r.child.how), Asked: r.child.asked}
	if r.child.how.Signaled() {
		e.Signal = r.child.how.Signal()
	}
	return e
}

// clear sends a signal to what is left, and reports whether that was the end of it.
func (r *Running) clear(s syscall.Signal) bool {
	pgrp := r.child.pid
	for end := time.Now().Add(leftoverGrace); !empty(pgrp); time.Sleep(leftoverPause) {
		if s != 0 {
			_ = syscall.Kill(-pgrp, s)
			_ = syscall.Kill(-pgrp, syscall.SIGCONT)
			s = 0
		}
		if time.Now().After(end) {
			return false
		}
		r.keeper.bury()
	}
	return true
}
