//go:build unix

package supervise

import (
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// lastSignal is the highest number there is: SIGRTMAX of Linux. Where there are
// fewer, those above are never sent.
const lastSignal = 64

// forwarded are the signals that a runner gets which are sent to us: all that
// can be caught but those that are about ourselves.
//
// SIGCHLD tells of our children. SIGPIPE tells that nobody reads what we write,
// and the runner learns that by its own writing. SIGURG is what the Go runtime
// interrupts its threads with, all the time: who forwards it drowns the runner in
// it (hashicorp/envconsul#254). SIGPROF never gets past that runtime. 32 to 34 are
// the C library's (glibc 32 and 33, musl all three).
func forwarded() []os.Signal {
	var all []os.Signal
	for n := syscall.Signal(1); n <= lastSignal; n++ {
		if !slices.Contains([]syscall.Signal{syscall.SIGKILL, syscall.SIGSTOP, syscall.SIGCHLD, syscall.SIGPIPE, syscall.SIGURG, syscall.SIGPROF, 32, 33, 34}, n) {
			all = append(all, n)
		}
	}
	return all
}

// caught are the signals that we ask for: with SIGCHLD, to learn of the end of
// children; with SIGPIPE, which would end us otherwise. What was ignored when we were
// started stays so, for us and for the runner: that is what nohup is for.
func caught() []os.Signal {
	all := slices.DeleteFunc(forwarded(), signal.Ignored)
	return append(all, syscall.SIGCHLD, syscall.SIGPIPE)
}

// pauses reports whether a signal, where nothing else is arranged, stops a process
// until SIGCONT.
func pauses(s syscall.Signal) bool {
	return s == syscall.SIGTSTP || s == syscall.SIGTTIN || s == syscall.SIGTTOU
}

// ends reports whether a signal, where nothing else is arranged, ends a process.
func ends(s syscall.Signal) bool {
	return !pauses(s) && s != syscall.SIGCONT && s != syscall.SIGWINCH && s != syscall.SIGURG && s != syscall.SIGCHLD
}

// asks reports whether a signal is what one ends a runner with on purpose: then
// its end is no accident.
func asks(s syscall.Signal) bool {
	return s == syscall.SIGTERM || s == syscall.SIGINT || s == syscall.SIGHUP || s == syscall.SIGQUIT
}

// Meant reports whether the runner was ended by what one ends a program with on purpose,
// whoever has sent it.
func (e End) Meant() bool {
	s, ok := e.Signal.(syscall.Signal)
	return e.Asked || ok && asks(s)
}
