package host

import "time"

// A KernelClock is what the kernel says of how its clock is kept (adjtimex(2)). A
// host has one for all its containers: no namespace has a wall clock of its own.
type KernelClock struct {
	// Unsynchronised says that nobody has told the kernel since its start, or for
	// nine hours, how good its clock is, as a time service does: STA_UNSYNC with
	// the largest error there is. The flag alone does not say so: chronyd without
	// rtcsync leaves it set and tells only the error (sys_timex.c, chrony 4.5).
	// What merely sets the clock, like a hypervisor's tools, does not tell.
	Unsynchronised bool
	Max            time.Duration // how far off the clock may be, by who last told (maxerror)
}
