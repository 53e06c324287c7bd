//go:build linux && integration

package main

import (
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

const watchdoctor = "semadoctor"

// triedSignals is every signal that a process can catch.
func triedSignals() []syscall.Signal { return everySignal() }

func triedEras() []string { return []string{"E1", "E2a", "E2b", "E3", "E4c"} }

// TestWatchCrowd: who opens connections and says nothing, or far too much, keeps nobody
// else from being answered for long.
func TestWatchCrowd(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E4c")
	d.becomes("/readyz", http.StatusOK, "accepted")
	for range 2 * mostAskers {
		c, err := net.Dial("tcp", strings.TrimPrefix(d.asked, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	req, _ := http.NewRequest("GET", d.asked+"/livez", nil)
	req.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	if resp, err := http.DefaultClient.Do(req); err == nil {
		resp.Body.Close()
		if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("a header of 64 KiB: %s", resp.Status)
		}
	}
	d.becomes("/readyz", http.StatusOK, "accepted")
}

// TestWatchStubborn: what a runner leaves behind and does not want to end is killed.
func TestWatchStubborn(t *testing.T) {
	t.Parallel()
	w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", `(trap "" TERM HUP; echo stubborn; exec sleep 600) & until [ -e ready ]; do :; done; exit 5`)
	if got := w.line(); got != "stubborn" {
		t.Fatalf("the runner says %q", got)
	}
	lay(t, w.cmd.Dir+"/ready", "")
	if got := w.ends(); got != 5 {
		t.Errorf("exit code %d, want 5", got)
	}
}
