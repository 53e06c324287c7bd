package host

import (
	"context"
	"errors"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/beevik/ntp"
	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/internal/fakentp"
)

// errAny is any error, in a table.
var errAny = errors.New("any")

func TestAskNTP(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		server fakentp.Options
		want   NTPAnswer // Offset in whole seconds; Bound and RTT are looked at apart
	}{
		{"good", fakentp.Options{}, NTPAnswer{Stratum: 2}},
		{"ahead of us", fakentp.Options{Offset: 94 * time.Second, Stratum: 1}, NTPAnswer{Offset: 94 * time.Second, Stratum: 1}},
		{"behind", fakentp.Options{Offset: -time.Hour}, NTPAnswer{Offset: -time.Hour, Stratum: 2}},
		{"chronyd without a source", fakentp.Options{Unsynchronised: true}, NTPAnswer{Unsynchronised: true}},
		{"leap says so", fakentp.Options{Leap: 3, Stratum: 5}, NTPAnswer{Stratum: 5, Unsynchronised: true}},
		{"stratum says so", fakentp.Options{Stratum: 16}, NTPAnswer{Stratum: 16, Unsynchronised: true}},
		{"too often", fakentp.Options{Kiss: "RATE"}, NTPAnswer{Kiss: "RATE"}},
		{"ntpd starting", fakentp.Options{Kiss: "INIT"}, NTPAnswer{Kiss: "INIT", Unsynchronised: true}},
		{"one bad packet", fakentp.Options{WrongFirst: 1}, NTPAnswer{Stratum: 2}},
		{"two bad packets", fakentp.Options{WrongFirst: 2}, NTPAnswer{Err: ntp.ErrServerResponseMismatch}},
		{"one lost packet", fakentp.Options{LostFirst: 1}, NTPAnswer{Stratum: 2}},
		{"denied", fakentp.Options{Kiss: "DENY"}, NTPAnswer{Kiss: "DENY"}},
		{"denied in a mannerly way", fakentp.Options{Kiss: "RSTR"}, NTPAnswer{Kiss: "RSTR"}},
		{"short", fakentp.Options{Short: true}, NTPAnswer{Err: errAny}},
		{"stale", fakentp.Options{Stale: 100 * time.Hour}, NTPAnswer{Stratum: 2, Err: ntp.ErrServerClockFreshness}},
		{"far off", fakentp.Options{RootDispersion: 17 * time.Second}, NTPAnswer{Stratum: 2, Err: ntp.ErrInvalidDispersion}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			addr, stop := fakentp.Start(t.Context(), tt.server)
			defer stop()
			got := AskNTP(t.Context(), []string{addr}, NTPOptions{Timeout: time.Second})[0]
			if !errors.Is(got.Err, tt.want.Err) && (tt.want.Err != errAny || got.Err == nil) {
				t.Errorf("Err = %v, want %v", got.Err, tt.want.Err)
			}
			if want := tt.want.Err == nil && !tt.want.Unsynchronised && tt.want.Kiss == ""; got.Good() != want {
				t.Errorf("Good = %v, want %v", got.Good(), want)
			}
			if got.Err == nil && (got.RTT <= 0 || got.Bound < got.RTT/2) {
				t.Errorf("RTT = %v, Bound = %v, want 0 < RTT/2 <= Bound", got.RTT, got.Bound)
			}
			tt.want.Server, tt.want.Err = addr, nil
			got.Offset, got.Bound, got.RTT, got.Err = got.Offset.Round(time.Second), 0, 0, nil
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("AskNTP (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAskNTPBound(t *testing.T) {
	t.Parallel()
	addr, stop := fakentp.Start(t.Context(), fakentp.Options{RootDelay: 2 * time.Second, RootDispersion: time.Second})
	defer stop()
	a := AskNTP(t.Context(), []string{addr}, NTPOptions{})[0]
	if want := 2*time.Second + a.RTT/2; (a.Bound - want).Abs() > time.Millisecond {
		t.Errorf("Bound = %v, want %v", a.Bound, want)
	}
}

// TestAskNTPSideBySide: a silent server costs its own timeout, not the others'.
func TestAskNTPSideBySide(t *testing.T) {
	t.Parallel()
	good, stop := fakentp.Start(t.Context(), fakentp.Options{})
	defer stop()
	silent, stop := fakentp.Start(t.Context(), fakentp.Options{Silent: true})
	defer stop()
	closed, stop := fakentp.Start(t.Context(), fakentp.Options{})
	stop()
	start := time.Now()
	got := AskNTP(t.Context(), []string{silent, good, silent, closed, silent, "[::1"}, NTPOptions{Timeout: 600 * time.Millisecond})
	if took := time.Since(start); took > 1700*time.Millisecond {
		t.Errorf("took %v, want the timeout of one", took)
	}
	for i, want := range []error{context.DeadlineExceeded, nil, context.DeadlineExceeded, syscall.ECONNREFUSED, context.DeadlineExceeded, errAny} {
		if err := got[i].Err; !errors.Is(err, want) && (want != errAny || err == nil) {
			t.Errorf("%s: %v, want %v", got[i].Server, err, want)
		}
	}
	if got, want := got[0].Err.Error(), "ask "+silent+" for the time: no answer within 600ms: context deadline exceeded"; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
}

func TestAskNTPCancelled(t *testing.T) {
	t.Parallel()
	addr, stop := fakentp.Start(t.Context(), fakentp.Options{Silent: true})
	defer stop()
	ctx, cancel := context.WithCancel(t.Context())
	opt := NTPOptions{Dial: func(_ context.Context, network, address string) (net.Conn, error) {
		defer cancel() // while the question is on its way
		return new(net.Dialer).DialContext(t.Context(), network, address)
	}}
	if a := AskNTP(ctx, []string{addr}, opt)[0]; !errors.Is(a.Err, context.Canceled) {
		t.Errorf("AskNTP = %v, want context.Canceled", a.Err)
	}
	if got := AskNTP(ctx, nil, opt); len(got) != 0 {
		t.Errorf("AskNTP of no servers = %v, want none", got)
	}
}
