package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// waiting is a vigil in a world whose time passes only while it sleeps.
type waiting struct {
	*vigil
	now    time.Time
	slept  []time.Duration
	stderr strings.Builder
}

func newWaiting(ctx context.Context, longest time.Duration) *waiting {
	w := &waiting{now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	w.vigil = &vigil{
		app: &app{world: &world{
			Stderr: &w.stderr,
			Net:    host.Net{Now: func() time.Time { return w.now }},
			Sleep: func(_ context.Context, d time.Duration) {
				w.slept, w.now = append(w.slept, d), w.now.Add(d)
			},
		}},
		lang: say.English, start: w.now, until: w.now.Add(longest), least: checks.Fail, jitter: func() float64 { return 0.5 },
	}
	w.enough, w.giveUp = context.WithCancel(ctx)
	return w
}

// seen is a diagnosis with these failures.
func (w *waiting) seen(ps ...*checks.Problem) checks.Diagnosis {
	t := checks.NewTarget("r", &runner.Installation{})
	t.Net, t.Secrets = w.Net, runner.NewSecrets(nil)
	r := checks.Result{Check: &checks.Check{ID: "server/x"}}
	for _, p := range ps {
		r.Status = checks.Fail
		r.Findings = append(r.Findings, checks.Finding{Problem: p, Status: checks.Fail, Summary: say.Textf("it is %s", w.now.Format("15:04:05"))})
	}
	rs := []checks.Result{r}
	return checks.Diagnosis{Target: t, Results: rs, Causes: checks.Explain(rs)}
}

func TestVigil(t *testing.T) {
	t.Parallel()
	refused, trouble, wrong := checks.ConnectionRefused, checks.ServerError, checks.TaskEndpoint401
	tests := []struct {
		name  string
		looks [][]*checks.Problem // one after the other; the last stays
		want  *checks.Problem     // the verdict
		slept []time.Duration
		said  string
	}{
		{"well", [][]*checks.Problem{nil}, nil, nil, ""},
		{"comes up", [][]*checks.Problem{{refused}, {refused}, {trouble}, nil}, nil, []time.Duration{250, 500, 1000}, `
semadoctor: waiting for r: connection-refused: it is 12:00:00
semadoctor: waiting for r: server-error: it is 12:00:00
semadoctor: waited 1.8s for r
`},
		{"401", [][]*checks.Problem{{wrong}}, wrong, nil, `
semadoctor: not waiting for r: task-endpoint-401: it is 12:00:00
`},
		{"comes up and answers 401", [][]*checks.Problem{{refused}, {wrong}}, wrong, []time.Duration{250}, `
semadoctor: waiting for r: connection-refused: it is 12:00:00
semadoctor: not waiting for r: task-endpoint-401: it is 12:00:00
`},
		{"stays away", [][]*checks.Problem{{refused}}, refused, []time.Duration{250, 500, 1000, 2000, 4000, 8000, 10000, 4250}, `
semadoctor: waiting for r: connection-refused: it is 12:00:00
semadoctor: waited 30s for r in vain: connection-refused: it is 12:00:30
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWaiting(t.Context(), 30*time.Second)
			at := 0
			d := w.keep(t.Context(), w.seen(tt.looks[0]...), func(*checks.Target) checks.Diagnosis {
				at = min(at+1, len(tt.looks)-1)
				return w.seen(tt.looks[at]...)
			})
			if got := d.Causes.Roots; tt.want == nil && len(got) > 0 || tt.want != nil && !slices.Equal(got, []*checks.Problem{tt.want}) {
				t.Errorf("root causes %v, want %v", got, tt.want)
			}
			for i := range tt.slept {
				tt.slept[i] *= time.Millisecond
			}
			if diff := cmp.Diff(tt.slept, w.slept); diff != "" {
				t.Errorf("pauses (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(strings.TrimPrefix(tt.said, "\n"), w.stderr.String()); diff != "" {
				t.Errorf("stderr (-want +got):\n%s", diff)
			}
		})
	}
}

// TestVigilEnds: what ends the waiting leaves the last whole look.
func TestVigilEnds(t *testing.T) {
	t.Parallel()
	t.Run("another runner is hopeless", func(t *testing.T) {
		t.Parallel()
		w := newWaiting(t.Context(), time.Hour)
		w.keep(t.Context(), w.seen(checks.TaskEndpoint401), nil)
		d := w.keep(t.Context(), w.seen(checks.ConnectionRefused), nil)
		if len(d.Causes.Roots) != 1 {
			t.Errorf("root causes %v, want the look before", d.Causes.Roots)
		}
	})
	t.Run("the deadline cuts a look short", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		w := newWaiting(ctx, time.Hour)
		d := w.keep(ctx, w.seen(checks.ConnectionRefused), func(*checks.Target) checks.Diagnosis {
			cancel()
			return w.seen()
		})
		if len(d.Causes.Roots) != 1 {
			t.Errorf("root causes %v, want the look before", d.Causes.Roots)
		}
	})
}

func TestVary(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		jitter float64
		want   time.Duration
	}{{0, 750 * time.Millisecond}, {0.5, time.Second}, {1, 1250 * time.Millisecond}} {
		v := &vigil{jitter: func() float64 { return tt.jitter }}
		if got := v.vary(time.Second); got != tt.want {
			t.Errorf("vary(1s) with jitter %v = %v, want %v", tt.jitter, got, tt.want)
		}
	}
}
