package checks

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

func TestSeconds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		d    time.Duration
		want string
	}{
		{0, "0 ms"},
		{7600 * time.Microsecond, "8 ms"},
		{999 * time.Millisecond, "999 ms"},
		{time.Second, "1 s"},
		{1040 * time.Millisecond, "1 s"},
		{1260 * time.Millisecond, "1.3 s"},
		{9960 * time.Millisecond, "10 s"},
		{94400 * time.Millisecond, "94 s"},
		{time.Hour, "3600 s"},
	}
	for _, tt := range tests {
		if got := seconds(tt.d); got != tt.want {
			t.Errorf("seconds(%v) = %q, want %q", tt.d, got, tt.want)
		}
	}
}

func TestServerOffset(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		date   string
		took   time.Duration
		offset time.Duration
		bound  time.Duration
		ok     bool
	}{
		{"at once", "Mon, 23 Nov 2026 12:00:00 GMT", 0, time.Second / 2, time.Second / 2, true},
		{"after a long way", "Mon, 23 Nov 2026 12:00:02 GMT", 4 * time.Second, time.Second / 2, 5 * time.Second / 2, true},
		{"behind", "Mon, 23 Nov 2026 11:59:00 GMT", time.Second, -60 * time.Second, time.Second, true},
		{"no date", "", 0, 0, 0, false},
		{"no date at all", "yesterday", 0, 0, 0, false},
	}
	for _, tt := range tests {
		x := &runner.Exchange{Status: 200, Sent: sent, Took: tt.took}
		x.Date, _ = http.ParseTime(tt.date)
		offset, bound, ok := serverOffset(&runner.Probe{Ping: x})
		if offset != tt.offset || bound != tt.bound || ok != tt.ok {
			t.Errorf("%s: serverOffset() = %v, %v, %v, want %v, %v, %v", tt.name, offset, bound, ok, tt.offset, tt.bound, tt.ok)
		}
	}
	if _, _, ok := serverOffset(&runner.Probe{Ping: &runner.Exchange{Err: http.ErrServerClosed}}); ok {
		t.Error("serverOffset() of no answer is ok, want not")
	}
}

// TestNoNTP: who leaves clock/ntp out asks no time server by another way.
func TestNoNTP(t *testing.T) {
	t.Parallel()
	for _, none := range []bool{true, false} {
		target, asked := someTarget(), make(chan string, 100)
		target.NTPServers, target.NoNTP = []string{"192.0.2.1"}, none
		target.Net = host.Net{Now: time.Now, Dial: func(_ context.Context, _, addr string) (net.Conn, error) {
			asked <- addr
			return nil, errors.New("nobody there")
		}}
		if _, ok := target.trueTime(t.Context()); ok || (len(asked) == 0) != none {
			t.Errorf("NoNTP %v: trueTime is %v after %d connections", none, ok, len(asked))
		}
	}
}
