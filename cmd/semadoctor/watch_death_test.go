//go:build linux

package main

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/supervise"
)

// TestMostLikely: the kernel is accused only where it has killed something meanwhile,
// and a runner's own words come before what can only be guessed.
func TestMostLikely(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		end    supervise.End
		memory bool
		said   string
		want   string
	}{
		{"out of memory", supervise.End{Signal: syscall.SIGKILL, Code: 137}, true, "", "the kernel has killed it: "},
		{"killed", supervise.End{Signal: syscall.SIGKILL, Code: 137}, false, "", "; the kernel kills so "},
		{"a fault, and another was killed", supervise.End{Signal: syscall.SIGSEGV, Code: 139}, true, "", "all that semadoctor checks is well"},
		{"its own words", supervise.End{Code: 2}, false, "panic: registration token cannot be empty\n", "the runner itself says: panic: registration token cannot be empty"},
		{"no words", supervise.End{}, false, "", "all that semadoctor checks is well"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &watcher{surgery: &surgery{patients: &patients{secrets: newSecrets(true)}}}
			h := newHearing(time.Now)
			h.ear(h.errs)([]byte(tt.said))
			got := w.mostLikely(death{end: tt.end, hearing: h, memory: tt.memory}, &look{}).String()
			if !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q in it", got, tt.want)
			}
		})
	}
}
