package checks

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// someTarget is one that no check looks at, with a clock.
func someTarget() *Target {
	t := NewTarget("test", &runner.Installation{})
	t.Net = host.Net{Now: time.Now}
	return t
}

// someCheck finds nothing, or what run says.
func someCheck(id string, run func(context.Context, *Target) ([]Finding, error), requires ...*Check) *Check {
	if run == nil {
		run = func(context.Context, *Target) ([]Finding, error) { return nil, nil }
	}
	return &Check{ID: id, Title: id, Run: run, Requires: requires}
}

func finds(p *Problem) func(context.Context, *Target) ([]Finding, error) {
	return func(context.Context, *Target) ([]Finding, error) { return []Finding{{Problem: p}}, nil }
}

func returns(err error) func(context.Context, *Target) ([]Finding, error) {
	return func(context.Context, *Target) ([]Finding, error) { return nil, err }
}

// outcome is results in short: "area/id status because".
func outcome(rs []Result) string {
	var lines []string
	for _, r := range rs {
		lines = append(lines, strings.TrimSpace(r.Check.ID+" "+r.Status.String()+" "+r.Because.String()))
	}
	return strings.Join(lines, "\n")
}

func TestRunJudges(t *testing.T) {
	t.Parallel()
	broken, odd := &Problem{ID: "broken", Status: Fail}, &Problem{ID: "odd", Status: Warn}
	tests := []struct {
		name string
		run  func(context.Context, *Target) ([]Finding, error)
		want string
	}{
		{"nothing found", nil, "a/b pass"},
		{"a problem counts as it is declared", finds(broken), "a/b fail"},
		{"a warning", finds(odd), "a/b warn"},
		{"a finding may say otherwise", func(context.Context, *Target) ([]Finding, error) {
			return []Finding{{Problem: odd, Status: Fail}}, nil
		}, "a/b fail"},
		{"a note is no problem", func(context.Context, *Target) ([]Finding, error) { return []Finding{note("well")}, nil }, "a/b pass"},
		{"not applicable", returns(NotApplicable("there is none")), "a/b skip there is none"},
		{"cannot tell", returns(CannotTell(errors.New("x"), "run it as root")), "a/b unknown run it as root"},
		{"any error is unknown, not a failure", returns(errors.New("read x: no luck")), "a/b unknown read x: no luck"},
		{"what was found before an error counts", func(context.Context, *Target) ([]Finding, error) {
			return []Finding{{Problem: broken}}, errors.New("no luck")
		}, "a/b fail no luck"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := outcome(Run(t.Context(), someTarget(), []*Check{someCheck("a/b", tt.run)})); got != tt.want {
				t.Errorf("Run() = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRunPrerequisites(t *testing.T) {
	t.Parallel()
	sick, shaky := &Problem{ID: "sick", Status: Fail}, &Problem{ID: "shaky", Status: Warn}
	tests := []struct {
		name  string
		first *Check
		want  string
	}{
		{"passes", someCheck("a/first", nil), "a/third pass"},
		{"warns", someCheck("a/first", finds(shaky)), "a/third pass"},
		{"is not applicable", someCheck("a/first", returns(NotApplicable("none"))), "a/third pass"},
		{"fails", someCheck("a/first", finds(sick)), "a/third skip needs a/first\na/first fail"},
		{"is unknown", someCheck("a/first", returns(errors.New("?"))), "a/third skip needs a/first\na/first unknown ?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			second := someCheck("a/second", nil, tt.first)
			got := outcome(Run(t.Context(), someTarget(), []*Check{someCheck("a/third", nil, second)}))
			if got != tt.want {
				t.Errorf("Run() = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRunKeepsOrderAndRunsOnce(t *testing.T) {
	t.Parallel()
	runs := make(chan string, 10)
	count := func(id string) *Check {
		return someCheck(id, func(context.Context, *Target) ([]Finding, error) {
			runs <- id
			return nil, nil
		})
	}
	base := count("a/base")
	list := []*Check{someCheck("a/1", nil, base), base, someCheck("a/2", nil, base), someCheck("a/3", nil, base)}
	if got, want := outcome(Run(t.Context(), someTarget(), list)), "a/1 pass\na/base pass\na/2 pass\na/3 pass"; got != want {
		t.Errorf("Run() = %q, want %q", got, want)
	}
	if len(runs) != 1 {
		t.Errorf("the prerequisite ran %d times, want 1", len(runs))
	}
}

func TestRunOffline(t *testing.T) {
	t.Parallel()
	target := someTarget()
	target.Offline = true
	net := someCheck("net/it", func(context.Context, *Target) ([]Finding, error) { panic("asked the network") })
	net.Needs = Network
	got := outcome(Run(t.Context(), target, []*Check{net, someCheck("net/after", nil, net)}))
	if want := "net/it skip needs the network, and --offline is set\nnet/after pass"; got != want {
		t.Errorf("Run() = %q, want %q", got, want)
	}
}

func TestRunSurvivesPanic(t *testing.T) {
	t.Parallel()
	bad := someCheck("a/bad", func(context.Context, *Target) ([]Finding, error) { panic("oh no") })
	rs := Run(t.Context(), someTarget(), []*Check{bad, someCheck("a/good", nil)})
	if rs[0].Status != Unknown || rs[1].Status != Pass {
		t.Errorf("Run() = %q, want unknown and pass", outcome(rs))
	}
	because := rs[0].Because.String()
	if !strings.Contains(because, "check a/bad") || !strings.Contains(because, "oh no") {
		t.Errorf("because = %q, want it to name the check and the panic", because)
	}
}

// A check that does not look at its context holds nobody up.
func TestRunAbandonsWhoIgnoresTheTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		deaf := someCheck("a/deaf", func(context.Context, *Target) ([]Finding, error) { <-release; return nil, nil })
		deaf.Timeout = 3 * time.Second
		start := time.Now()
		rs := Run(t.Context(), someTarget(), []*Check{deaf, someCheck("a/after", nil, deaf), someCheck("a/good", nil)})
		want := "a/deaf unknown no answer within the time given\na/after skip needs a/deaf\na/good pass"
		if got := outcome(rs); got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
		if took := time.Since(start); took != deaf.Timeout || rs[0].Took != took {
			t.Errorf("Run() took %v, and says %v, want %v", took, rs[0].Took, deaf.Timeout)
		}
		close(release)
	})
}

func TestRunTimeoutOfTheTarget(t *testing.T) {
	t.Parallel()
	wait := func(ctx context.Context, _ *Target) ([]Finding, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	for _, of := range []time.Duration{0, time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			target := someTarget()
			target.Timeout = of
			start := time.Now()
			Run(t.Context(), target, []*Check{someCheck("a/slow", wait)})
			if took, want := time.Since(start), orElse(of, DefaultTimeout); took != want {
				t.Errorf("Run() with a timeout of %v took %v, want %v", of, took, want)
			}
		})
	}
}

func TestRunCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rs := Run(ctx, someTarget(), []*Check{someCheck("a/1", nil), someCheck("a/2", nil)})
	want := "a/1 unknown stopped before it was done\na/2 unknown stopped before it was done"
	if got := outcome(rs); got != want {
		t.Errorf("Run() = %q, want %q", got, want)
	}
}

// What was known when somebody pressed Ctrl-C is still reported.
func TestRunCancelledHalfway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		deaf := someCheck("a/deaf", func(context.Context, *Target) ([]Finding, error) { <-release; return nil, nil })
		go func() {
			time.Sleep(time.Second) // of the bubble: nobody waits
			cancel()
		}()
		rs := Run(ctx, someTarget(), []*Check{someCheck("a/quick", finds(&Problem{ID: "p", Status: Fail})), deaf})
		if got, want := outcome(rs), "a/quick fail\na/deaf unknown stopped before it was done"; got != want {
			t.Errorf("Run() = %q, want %q", got, want)
		}
		close(release)
	})
}

func TestRunLeavesOutWhatIsNotAboutTheTarget(t *testing.T) {
	t.Parallel()
	no, yes := someCheck("a/no", nil), someCheck("a/yes", nil)
	no.About = func(*Target) bool { return false }
	yes.About = func(*Target) bool { return true }
	if got := outcome(Run(context.Background(), someTarget(), []*Check{no, yes})); got != "a/yes pass" {
		t.Errorf("outcome %q, want that of a/yes alone", got)
	}
}
