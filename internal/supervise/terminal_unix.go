//go:build unix

package supervise

import (
	"errors"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// A terminal is the one that the runner may read from: standard input. Who started us
// in the background of a script has put something else there, and keeps the terminal.
// Its foreground process group gets what ^C and ^Z send.
type terminal struct {
	fd      int            // -1: there is none
	signals chan os.Signal // that hears of SIGTTOU; nil: it was ignored before us
}

func findTerminal(signals chan os.Signal) terminal {
	if signal.Ignored(syscall.SIGTTOU) {
		signals = nil
	}
	const stdin = 0
	if _, err := unix.IoctlGetInt(stdin, unix.TIOCGPGRP); err != nil {
		return terminal{-1, signals}
	}
	return terminal{stdin, signals}
}

// foreground is the process group that has it; 0 when nobody can say.
func (t terminal) foreground() int {
	if t.fd < 0 {
		return 0
	}
	pgrp, err := unix.IoctlGetInt(t.fd, unix.TIOCGPGRP)
	if err != nil {
		return 0
	}
	return pgrp
}

// ours reports whether our own process group has it: nobody has put us into the
// background.
func (t terminal) ours() bool { return t.fd >= 0 && t.foreground() == syscall.Getpgrp() }

// hand gives the terminal to a process group, if it is ours to give.
func (t terminal) hand(pgrp int) {
	if t.ours() {
		t.give(pgrp)
	}
}

// back takes the terminal from a process group, or from one that is no more, and
// reports whether there was something to take: a shell may have done it already.
func (t terminal) back(pgrp int) bool {
	fg := t.foreground()
	if fg <= 0 || fg == syscall.Getpgrp() || fg != pgrp && !empty(fg) {
		return false
	}
	t.give(syscall.Getpgrp())
	return fg == pgrp
}

// give sets the foreground process group. Who is not in it may do that only while
// SIGTTOU is ignored, and is stopped otherwise (tcsetpgrp(3)).
func (t terminal) give(pgrp int) {
	signal.Ignore(syscall.SIGTTOU)
	_ = unix.IoctlSetPointerInt(t.fd, unix.TIOCSPGRP, pgrp) // a terminal that is gone
	if t.signals != nil {
		signal.Notify(t.signals, syscall.SIGTTOU)
	}
}

// empty reports whether there is nobody in a process group.
func empty(pgrp int) bool { return errors.Is(syscall.Kill(-pgrp, 0), syscall.ESRCH) }
