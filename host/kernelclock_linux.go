package host

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// kernelClock only reads, which needs no privilege. A sandbox may not let the
// call through.
func kernelClock() (KernelClock, error) {
	var t unix.Timex
	if _, err := unix.Adjtimex(&t); err != nil {
		return KernelClock{}, fmt.Errorf("ask the kernel about its clock: %w", err)
	}
	return kernelClockOf(t), nil
}

// mostError is NTP_PHASE_LIMIT of the kernel, in microseconds: maxerror grows by
// 500 each second that nobody tells, and no further than this.
const mostError = 16e6

func kernelClockOf(t unix.Timex) KernelClock {
	return KernelClock{
		Unsynchronised: t.Status&unix.STA_UNSYNC != 0 && t.Maxerror >= mostError,
		Max:            time.Duration(t.Maxerror) * time.Microsecond,
	}
}
