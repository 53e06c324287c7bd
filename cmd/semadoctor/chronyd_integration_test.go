//go:build integration && linux

package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestChronyd asks real time servers whose clocks are false what time it is.
// Whom it asks has no network: the false clock is libfaketime's.
func TestChronyd(t *testing.T) {
	t.Parallel()
	binary, faketime := program(t, "chronyd"), falseClock(t)
	tests := []struct {
		name    string
		clocks  []string // of one server each, as libfaketime takes them; "lost" does not know the time
		status  string
		summary string // part of it
	}{
		{"right", []string{""}, "pass", "clock is right to "},
		{"ahead of us", []string{"+37s"}, "fail", "clock is 37 s behind (±"},
		{"behind us", []string{"-90s"}, "fail", "clock is 90 s ahead (±"},
		{"five seconds", []string{"+5s"}, "warn", "clock is 5 s behind (±"},
		{"a year and more", []string{"+400d"}, "fail", "clock is 34560000 s behind (±"},
		{"does not know", []string{"lost"}, "unknown", "does not know the time itself"},
		{"one liar", []string{"", "", "", "-90s"}, "pass", "by 3 of 4 NTP servers"},
		{"one liar among false ones", []string{"+37s", "+37s", "+37s", "-90s"}, "fail", "by 3 of 4 NTP servers"},
		{"two against two", []string{"", "", "+37s", "+37s"}, "unknown", "contradict each other"},
		{"one of them is lost", []string{"+37s", "+37s", "lost"}, "fail", "clock is 37 s behind (±"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPatient(t, "2.10.32")
			var servers []string
			for _, clock := range tt.clocks {
				servers = append(servers, startChronyd(t, binary, faketime, clock))
			}
			target := p.check(p.config("http://127.0.0.1:1"), "--only", "clock/ntp", "--ntp", strings.Join(servers, ","))
			r := resultOf(t, target, "clock/ntp")
			said := r.Because
			for _, f := range r.Findings { // one may be about the kernel's clock, which is this machine's
				said += "\n" + f.Summary
			}
			if r.Status != tt.status || !strings.Contains(said, tt.summary) {
				t.Errorf("clock/ntp: %s, %q, want %s, %q", r.Status, said, tt.status, tt.summary)
			}
		})
	}
}

// falseClock is libfaketime's library, beside the directories of programs.
func falseClock(t *testing.T) string {
	t.Helper()
	for _, dir := range programDirs() {
		found, _ := filepath.Glob(filepath.Join(dir, "../lib/*/faketime/libfaketime.so.1"))
		if len(found) > 0 {
			return found[0]
		}
	}
	t.Skip("there is no libfaketime; .ci/run gets it")
	return ""
}

// startChronyd runs a time server with a clock and returns its address. It
// touches no clock itself.
func startChronyd(t *testing.T, binary, faketime, clock string) string {
	t.Helper()
	needsRoot(t, "chronyd does not start")
	dir, port := t.TempDir(), udpPort(t)
	local := "local stratum 5"
	if clock == "lost" {
		local, clock = "", ""
	}
	config := writeIn(t, dir, "chrony.conf", fmt.Sprintf(
		"port %s\nbindaddress 127.0.0.1\nallow 127.0.0.1\n%s\ncmdport 0\nbindcmdaddress /\npidfile %s/pid\ndriftfile %s/drift\n", port, local, dir, dir))
	var env []string
	if clock != "" {
		env = []string{"LD_PRELOAD=" + faketime, "FAKETIME=" + clock}
	}
	c := startComponent(t, dir, env, binary, "-x", "-d", "-u", "root", "-f", config)
	addr := "127.0.0.1:" + port
	c.await(func() bool { return tellsTime(addr, local != "") })
	return addr
}

// tellsTime asks a server as any client does, and reports whether it answers; if
// it is to know the time, that it says so.
func tellsTime(addr string, known bool) bool {
	conn, err := net.Dial("udp4", addr)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	packet := make([]byte, 48)
	packet[0] = 4<<3 | 3 // version 4, client
	if _, err := conn.Write(packet); err != nil {
		return false
	}
	n, err := conn.Read(packet)
	lost := packet[0]>>6 == 3
	return err == nil && n == 48 && lost != known
}
