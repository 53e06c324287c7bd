package fakentp_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/beevik/ntp"
	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/internal/fakentp"
)

func TestServer(t *testing.T) {
	t.Parallel()
	type seen struct {
		Offset     time.Duration // rounded to seconds
		Stratum    uint8
		Leap       ntp.LeapIndicator
		Kiss       string
		Delay, Dis time.Duration
	}
	tests := []struct {
		name string
		o    fakentp.Options
		want seen
	}{
		{"good", fakentp.Options{}, seen{Stratum: 2}},
		{"ahead", fakentp.Options{Offset: 90 * time.Second, Stratum: 1, Leap: 1}, seen{Offset: 90 * time.Second, Stratum: 1, Leap: 1}},
		{"behind", fakentp.Options{Offset: -400 * 24 * time.Hour}, seen{Offset: -400 * 24 * time.Hour, Stratum: 2}},
		{"kiss", fakentp.Options{Kiss: "RATE"}, seen{Leap: 3, Kiss: "RATE"}},
		{"unsynchronised", fakentp.Options{Unsynchronised: true}, seen{Leap: 3}},
		{"far from its source", fakentp.Options{RootDelay: 2 * time.Second, RootDispersion: 500 * time.Millisecond},
			seen{Stratum: 2, Delay: 2 * time.Second, Dis: 500 * time.Millisecond}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			addr, stop := fakentp.Start(t.Context(), tt.o)
			defer stop()
			r, err := ntp.Query(addr)
			if err != nil {
				t.Fatal(err)
			}
			got := seen{r.ClockOffset.Round(time.Second), r.Stratum, r.Leap, r.KissCode, r.RootDelay, r.RootDispersion}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Query (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBadServer(t *testing.T) {
	t.Parallel()
	for _, o := range []fakentp.Options{{Silent: true}, {Short: true}, {WrongFirst: 1}} {
		addr, stop := fakentp.Start(t.Context(), o)
		if _, err := ntp.QueryWithOptions(addr, ntp.QueryOptions{Timeout: 100 * time.Millisecond}); err == nil {
			t.Errorf("%+v: an answer, want none", o)
		}
		stop()
		stop() // twice is no mistake
	}
}

func TestEndOfContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	addr, stop := fakentp.Start(ctx, fakentp.Options{})
	cancel()
	stop()
	conn, err := net.ListenPacket("udp4", addr)
	if err != nil {
		t.Fatalf("listen on its port: %v, want it free", errors.Unwrap(err))
	}
	conn.Close()
}
