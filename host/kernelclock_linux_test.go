package host

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestKernelClockOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		t    unix.Timex
		want KernelClock
	}{
		{"since boot nobody", unix.Timex{Status: unix.STA_UNSYNC, Maxerror: 16e6, Esterror: 16e6}, KernelClock{true, 16 * time.Second}},
		{"chronyd", unix.Timex{Status: unix.STA_PLL | unix.STA_NANO, Maxerror: 12500}, KernelClock{false, 12500 * time.Microsecond}},
		{"chronyd without rtcsync", unix.Timex{Status: unix.STA_UNSYNC, Maxerror: 17288}, KernelClock{false, 17288 * time.Microsecond}},
		{"leap second ahead", unix.Timex{Status: unix.STA_INS}, KernelClock{}},
	}
	for _, tt := range tests {
		if got := kernelClockOf(tt.t); got != tt.want {
			t.Errorf("%s: kernelClockOf() = %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// TestKernelClock: reading needs no privilege, or there is an error.
func TestKernelClock(t *testing.T) {
	t.Parallel()
	if got, err := RealNet().Kernel(); err != nil && got != (KernelClock{}) {
		t.Errorf("Kernel() = %+v, %v, want nothing with an error", got, err)
	}
}
