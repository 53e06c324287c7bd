package checks

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// offline is someTarget whose checks run in a lane.
func offline() *Target {
	t := someTarget()
	t.Offline = true
	return t
}

// A lane keeps the promises of checks that run side by side.
func TestLaneAbandonsWhoIgnoresTheTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		late := make(chan struct{})
		quick := someCheck("a/quick", func(context.Context, *Target) ([]Finding, error) { time.Sleep(2 * time.Second); return nil, nil })
		deaf := someCheck("a/deaf", func(context.Context, *Target) ([]Finding, error) {
			defer close(late)
			<-release
			return []Finding{{Problem: &Problem{ID: "late", Status: Fail}}}, nil
		})
		deaf.Timeout = 3 * time.Second
		start := time.Now()
		rs := Run(t.Context(), offline(), []*Check{quick, deaf, someCheck("a/after", nil, deaf), someCheck("a/good", nil)})
		took := time.Since(start)
		close(release)
		<-late
		synctest.Wait()
		want := "a/quick pass\na/deaf unknown no answer within the time given\na/after skip needs a/deaf\na/good pass"
		if got := outcome(rs); got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
		if took != 5*time.Second || rs[0].Took != 2*time.Second || rs[1].Took != 3*time.Second {
			t.Errorf("Run() took %v, and says %v and %v, want 5 s, 2 s and 3 s", took, rs[0].Took, rs[1].Took)
		}
	})
}

func TestLaneTellsWhoListensToStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		heard := make(chan error, 1)
		listens := someCheck("a/listens", func(ctx context.Context, _ *Target) ([]Finding, error) {
			<-ctx.Done()
			heard <- context.Cause(ctx)
			return nil, ctx.Err()
		})
		rs := Run(t.Context(), offline(), []*Check{listens})
		if got, want := outcome(rs), "a/listens unknown no answer within the time given"; got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
		if err := <-heard; err != context.DeadlineExceeded {
			t.Errorf("the check heard %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

func TestLaneSurvivesPanic(t *testing.T) {
	t.Parallel()
	bad := someCheck("a/bad", func(context.Context, *Target) ([]Finding, error) { panic("oh no") })
	rs := Run(t.Context(), offline(), []*Check{bad, someCheck("a/after", nil, bad), someCheck("a/good", nil)})
	if rs[0].Status != Unknown || rs[1].Status != Skip || rs[2].Status != Pass {
		t.Errorf("Run() = %q, want unknown, skip and pass", outcome(rs))
	}
}

func TestLaneCancelledHalfway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		deaf := someCheck("a/deaf", func(context.Context, *Target) ([]Finding, error) { <-release; return nil, nil })
		go func() {
			time.Sleep(time.Second) // of the bubble: nobody waits
			cancel()
		}()
		rs := Run(ctx, offline(), []*Check{someCheck("a/quick", finds(&Problem{ID: "p", Status: Fail})), deaf, someCheck("a/never", nil)})
		want := "a/quick fail\na/deaf unknown stopped before it was done\na/never unknown stopped before it was done"
		if got := outcome(rs); got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
		close(release)
	})
}

// A fact that a check in a lane was loading when it was left behind is there for
// the others when it comes.
func TestLaneLoadsFactsForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var f fact[string]
		load := func(ctx context.Context) (string, error) {
			time.Sleep(7 * time.Second)
			return "slow", ctx.Err()
		}
		ask := func(ctx context.Context, _ *Target) ([]Finding, error) {
			v, err := f.get(ctx, load)
			if err == nil && v != "slow" {
				t.Errorf("the fact is %q", v)
			}
			return nil, err
		}
		rs := Run(t.Context(), offline(), []*Check{someCheck("a/1", ask), someCheck("a/2", ask)})
		want := "a/1 unknown no answer within the time given\na/2 pass"
		if got := outcome(rs); got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
	})
}

// Where there is a network to wait for, who waits for it keeps nobody waiting: not
// the quick, not the slow, and not those that need neither.
func TestLaneLetsTheSlowGoOnBesideTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		takes := func(d time.Duration) func(context.Context, *Target) ([]Finding, error) {
			return func(ctx context.Context, _ *Target) ([]Finding, error) {
				select {
				case <-time.After(d):
					return nil, nil
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
		}
		slow, slower := someCheck("net/slow", takes(3*time.Second)), someCheck("net/slower", takes(4*time.Second))
		deaf := someCheck("net/deaf", takes(time.Hour))
		start := time.Now()
		rs := Run(t.Context(), someTarget(), []*Check{
			someCheck("a/quick", takes(time.Millisecond)), slow, slower, someCheck("a/after", nil, slow), deaf, someCheck("a/good", nil),
		})
		want := "a/quick pass\nnet/slow pass\nnet/slower pass\na/after pass\nnet/deaf unknown no answer within the time given\na/good pass"
		if got := outcome(rs); got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
		if took := time.Since(start); took > DefaultTimeout+2*slowCheck {
			t.Errorf("Run() took %v, want the time of the slowest", took)
		}
		if rs[1].Took != 3*time.Second || rs[2].Took != 4*time.Second {
			t.Errorf("the slow ones took %v and %v, want 3 s and 4 s", rs[1].Took, rs[2].Took)
		}
	})
}

// One that the context ends is cut short at once, wherever it runs.
func TestLaneEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		end := make(chan struct{})
		deaf := func(context.Context, *Target) ([]Finding, error) { <-end; return nil, nil }
		start := time.Now()
		rs := Run(ctx, someTarget(), []*Check{someCheck("a/quick", nil), someCheck("a/deaf", deaf), someCheck("a/deaf2", deaf)})
		if took := time.Since(start); took != time.Second || rs[0].Status != Pass || rs[1].Status != Unknown || rs[2].Status != Unknown {
			t.Errorf("Run() = %q after %v, want pass and twice unknown after 1 s", outcome(rs), took)
		}
		close(end)
	})
}

// What keeps a check from being run keeps its prerequisites from it as well.
func TestLaneLeavesOutWhatNobodyNeeds(t *testing.T) {
	t.Parallel()
	first := someCheck("a/first", func(context.Context, *Target) ([]Finding, error) { panic("asked in vain") })
	net := someCheck("net/it", nil, first)
	net.Needs = Network
	if got, want := outcome(Run(t.Context(), offline(), []*Check{net})), "net/it skip needs the network, and --offline is set"; got != want {
		t.Errorf("Run() = %q, want %q", got, want)
	}
}
