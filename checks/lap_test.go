package checks

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestLap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(*lap, context.CancelFunc) error
		want error
	}{
		{"nothing has happened", func(l *lap, _ context.CancelFunc) error { return l.Err() }, nil},
		{"its time is over", func(l *lap, _ context.CancelFunc) error { <-l.Done(); return l.Err() }, context.DeadlineExceeded},
		{"the lane ends", func(l *lap, end context.CancelFunc) error { end(); <-l.Done(); return l.Err() }, context.Canceled},
		{"the check ends", func(l *lap, _ context.CancelFunc) error { l.end(); <-l.Done(); return l.Err() }, context.Canceled},
		{"the check ends while somebody waits", func(l *lap, _ context.CancelFunc) error {
			go func() { time.Sleep(time.Second); l.end() }()
			<-l.Done()
			return l.Err()
		}, context.Canceled},
		{"what is made of it ends with it", func(l *lap, _ context.CancelFunc) error {
			child, cancel := context.WithCancel(l)
			defer cancel()
			go func() { time.Sleep(time.Second); l.end() }()
			<-child.Done()
			return child.Err()
		}, context.Canceled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				l := &lap{Context: ctx, until: time.Now().Add(3 * time.Second), now: time.Now}
				if err := tt.do(l, cancel); !errors.Is(err, tt.want) {
					t.Errorf("it ended with %v, want %v", err, tt.want)
				}
				l.end()
			})
		})
	}
}

// TestLapKnowsItsEnd: a check may ask how much time it has, late or early.
func TestLapKnowsItsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		l := &lap{Context: t.Context(), until: began.Add(3 * time.Second), now: time.Now}
		defer l.end()
		time.Sleep(time.Second)
		if at, ok := l.Deadline(); !ok || at.Sub(began) != 3*time.Second {
			t.Errorf("it ends %v after it began (%v), want 3 s", at.Sub(began), ok)
		}
	})
}
