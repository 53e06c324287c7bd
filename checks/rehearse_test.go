package checks_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// stage is a machine with one file, /mark, and a target on it.
func stage(t *testing.T) (*checks.Target, *checktest.Machine) {
	c, err := checktest.Parse("stage", txtar.Parse([]byte("config: /mark\n-- /mark --\nsick\n")))
	if err != nil {
		t.Fatal(err)
	}
	target := checks.NewTarget("stage", &c.Install)
	target.Files, target.Net = c.Machine, host.Net{Now: time.Now}
	return target, c.Machine
}

// while finds p as long as /mark holds word, and offers the fix.
func while(word string, p *checks.Problem, fix *repair.Fix) *checks.Check {
	run := func(_ context.Context, t *checks.Target) ([]checks.Finding, error) {
		if data, err := t.Files.ReadFile("/mark"); err != nil || string(data) != word {
			return nil, err
		}
		return []checks.Finding{{Problem: p, Summary: say.Sentence(p.ID), Fix: fix}}, nil
	}
	return &checks.Check{ID: "test/" + p.ID, Title: p.ID, Problems: []*checks.Problem{p}, Run: run}
}

func mark(title, word string) *repair.Fix {
	return &repair.Fix{
		Title:  say.Sentence(title),
		Edits:  []repair.Edit{repair.Rewrite{File: "/mark", Data: []byte(word)}},
		Safety: repair.Safe,
	}
}

func anything(checks.Finding) bool { return true }

func rehearse(t *testing.T, wish checks.Wish, cs ...*checks.Check) *checks.Rehearsal {
	t.Helper()
	target, machine := stage(t)
	r, err := checks.Rehearse(t.Context(), target, cs, machine, wish)
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := machine.ReadFile("/mark"); string(data) != "sick\n" {
		t.Errorf("the rehearsal changed the machine: /mark holds %q", data)
	}
	return r
}

func titles(p *repair.Plan) string {
	var all []string
	for _, f := range p.Fixes {
		all = append(all, f.Title.String())
	}
	return fmt.Sprint(all)
}

func useless(r *checks.Rehearsal) string {
	var all []string
	for _, f := range r.Useless {
		all = append(all, f.Problem.ID)
	}
	return fmt.Sprint(all)
}

func TestRehearse(t *testing.T) {
	t.Parallel()
	cause := &checks.Problem{ID: "cause", Status: checks.Fail}
	symptom := &checks.Problem{ID: "symptom", Status: checks.Fail, CausedBy: []*checks.Problem{cause}}
	later := &checks.Problem{ID: "later", Status: checks.Fail}
	minor := &checks.Problem{ID: "minor", Status: checks.Warn}
	unsafe := mark("register again", "well\n")
	unsafe.Safety = repair.Unsafe
	lost := &repair.Fix{Title: say.Sentence("close a file that is not there"), Edits: []repair.Edit{repair.Chmod{Path: "/nowhere", Mode: 0o600}}, Safety: repair.Safe}
	failures := func(f checks.Finding) bool { return f.Status == checks.Fail }
	tests := []struct {
		name    string
		checks  []*checks.Check
		wish    checks.Wish
		plan    string
		useless string
		after   checks.Status
	}{
		{"nothing is wrong", []*checks.Check{while("other\n", cause, mark("heal", "well\n"))}, anything, "[]", "[]", checks.Pass},
		{"one fix", []*checks.Check{while("sick\n", cause, mark("heal", "well\n"))}, anything, "[heal]", "[]", checks.Pass},
		{"one fix uncovers the next", []*checks.Check{while("better\n", later, mark("heal", "well\n")), while("sick\n", cause, mark("soothe", "better\n"))},
			anything, "[soothe heal]", "[]", checks.Pass},
		{"the cause's fix settles the symptom", []*checks.Check{while("sick\n", symptom, mark("powder", "pale\n")), while("sick\n", cause, mark("heal", "well\n"))},
			anything, "[heal]", "[]", checks.Pass},
		{"a symptom is left alone when nothing helps its cause", []*checks.Check{while("sick\n", symptom, mark("powder", "pale\n")), while("sick\n", cause, nil)},
			anything, "[]", "[]", checks.Fail},
		{"a fix that does not help is left out", []*checks.Check{while("sick\n", cause, mark("pray", "sick\n"))},
			anything, "[]", "[cause]", checks.Fail},
		{"and keeps nobody from the next", []*checks.Check{while("sick\n", cause, mark("pray", "sick\n")), while("sick\n", later, mark("heal", "well\n"))},
			anything, "[heal]", "[cause]", checks.Pass},
		{"a fix that cannot be drawn", []*checks.Check{while("sick\n", cause, lost)}, anything, "[]", "[cause]", checks.Fail},
		{"an unsafe fix", []*checks.Check{while("sick\n", cause, unsafe)}, anything, "[]", "[]", checks.Fail},
		{"an unwanted fix", []*checks.Check{while("sick\n", minor, mark("heal", "well\n"))}, failures, "[]", "[]", checks.Warn},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := rehearse(t, tt.wish, tt.checks...)
			if got := titles(r.Plan); got != tt.plan {
				t.Errorf("plan = %s, want %s", got, tt.plan)
			}
			if got := useless(r); got != tt.useless {
				t.Errorf("useless = %s, want %s", got, tt.useless)
			}
			if got := checks.Worst(r.After); got != tt.after {
				t.Errorf("after = %s, want %s", got, tt.after)
			}
		})
	}
}

// Two fixes that undo each other come to an end.
func TestRehearseEnds(t *testing.T) {
	t.Parallel()
	hot, cold := &checks.Problem{ID: "hot", Status: checks.Fail}, &checks.Problem{ID: "cold", Status: checks.Fail}
	r := rehearse(t, anything, while("sick\n", hot, mark("cool", "cold\n")), while("cold\n", cold, mark("warm", "sick\n")))
	if got := titles(r.Plan); got != "[cool warm]" && got != "[cool]" {
		t.Errorf("plan = %s, want an end", got)
	}
}

// moving finds p as long as /mark holds a number, up to most, and offers the next one:
// an address that leads to another.
func moving(p *checks.Problem, most int, safety repair.Safety) *checks.Check {
	run := func(_ context.Context, t *checks.Target) ([]checks.Finding, error) {
		data, _ := t.Files.ReadFile("/mark")
		at, _ := strconv.Atoi(string(data))
		if at >= most {
			return nil, nil
		}
		fix := mark(fmt.Sprint("go to ", at+1), strconv.Itoa(at+1))
		fix.Safety = safety
		return []checks.Finding{{Problem: p, Status: checks.Fail, Summary: say.Textf("at %d", at), Fix: fix}}, nil
	}
	return &checks.Check{ID: "test/" + p.ID, Title: p.ID, Problems: []*checks.Problem{p}, Run: run}
}

// What is unsafe is followed twice and no further, and only if that is the end of it.
func TestRehearseFollowsTwice(t *testing.T) {
	t.Parallel()
	moved := &checks.Problem{ID: "moved", Status: checks.Fail}
	for _, tt := range []struct {
		most          int
		safety        repair.Safety
		plan, useless string
	}{
		{1, repair.Unsafe, "[go to 1]", "[]"},
		{2, repair.Unsafe, "[go to 1 go to 2]", "[]"},
		{3, repair.Unsafe, "[]", "[moved]"},
		{1000, repair.Unsafe, "[]", "[moved]"},
		{4, repair.Safe, "[go to 1 go to 2 go to 3 go to 4]", "[]"},
	} {
		target, machine := stage(t)
		target.Unsafe = true
		r, err := checks.Rehearse(t.Context(), target, []*checks.Check{moving(moved, tt.most, tt.safety)}, machine, anything)
		if err != nil {
			t.Fatal(err)
		}
		if got := titles(r.Plan); got != tt.plan || useless(r) != tt.useless {
			t.Errorf("%d addresses, %s: plan = %s, useless = %s, want %s and %s", tt.most, tt.safety, got, useless(r), tt.plan, tt.useless)
		}
	}
}

// A warning that explains a failure is mended with the failures.
func TestRehearseMendsTheWarningBehindAFailure(t *testing.T) {
	t.Parallel()
	cause := &checks.Problem{ID: "cause", Status: checks.Warn}
	symptom := &checks.Problem{ID: "symptom", Status: checks.Fail, CausedBy: []*checks.Problem{cause}}
	failures := func(f checks.Finding) bool { return f.Status == checks.Fail }
	r := rehearse(t, failures, while("sick\n", symptom, nil), while("sick\n", cause, mark("heal", "well\n")))
	if got := titles(r.Plan); got != "[heal]" {
		t.Errorf("plan = %s, want [heal]", got)
	}
}

// A fix does not help when, after it, its check cannot look, though nothing is
// found any more.
func TestRehearseKeepsOnlyWhatIsJudged(t *testing.T) {
	t.Parallel()
	p, worse := &checks.Problem{ID: "p", Status: checks.Fail}, &checks.Problem{ID: "worse", Status: checks.Fail}
	heal := mark("heal", "well\n")
	after := func(ending func() ([]checks.Finding, error), requires ...*checks.Check) *checks.Check {
		sick := while("sick\n", p, heal)
		return &checks.Check{ID: "test/p", Title: "p", Problems: []*checks.Problem{p, worse}, Requires: requires,
			Run: func(ctx context.Context, t *checks.Target) ([]checks.Finding, error) {
				if found, err := sick.Run(ctx, t); found != nil || err != nil {
					return found, err
				}
				return ending()
			}}
	}
	nothing := func() ([]checks.Finding, error) { return nil, nil }
	skip := func() ([]checks.Finding, error) { return nil, checks.NotApplicable("nothing to judge") }
	other := func(s checks.Status) func() ([]checks.Finding, error) {
		return func() ([]checks.Finding, error) { return []checks.Finding{{Problem: worse, Status: s}}, nil }
	}
	tests := []struct {
		name   string
		checks []*checks.Check
		plan   string
	}{
		{"well", []*checks.Check{after(nothing)}, "[heal]"},
		{"a warning is left", []*checks.Check{after(other(checks.Warn))}, "[heal]"},
		{"another failure is left", []*checks.Check{after(other(checks.Fail))}, "[heal]"},
		{"it cannot tell", []*checks.Check{after(func() ([]checks.Finding, error) { return nil, checks.CannotTell(nil, "too dark") })}, "[]"},
		{"it goes wrong", []*checks.Check{after(func() ([]checks.Finding, error) { panic("bug") })}, "[]"},
		{"it has nothing to judge", []*checks.Check{after(skip)}, "[]"},
		{"what it needs fails", []*checks.Check{after(nothing, while("well\n", worse, nil))}, "[]"},
	}
	for _, tt := range tests {
		r := rehearse(t, anything, tt.checks...)
		if got := titles(r.Plan); got != tt.plan {
			t.Errorf("%s: plan = %s, want %s", tt.name, got, tt.plan)
		}
		if want := map[string]string{"[]": "[p]", "[heal]": "[]"}[tt.plan]; useless(r) != want {
			t.Errorf("%s: useless = %s, want %s", tt.name, useless(r), want)
		}
	}
}

// That what is left was not asked for does not make a fix useless.
func TestRehearseBesideWhatIsNotWanted(t *testing.T) {
	t.Parallel()
	p, other := &checks.Problem{ID: "p", Status: checks.Fail}, &checks.Problem{ID: "other", Status: checks.Fail}
	sick := while("sick\n", p, mark("heal", "well\n"))
	both := &checks.Check{ID: "test/both", Title: "both", Problems: []*checks.Problem{p, other},
		Run: func(ctx context.Context, t *checks.Target) ([]checks.Finding, error) {
			found, err := sick.Run(ctx, t)
			return append(found, checks.Finding{Problem: other}), err
		}}
	target, machine := stage(t)
	target.Wanted = func(q *checks.Problem) bool { return q == p }
	r, err := checks.Rehearse(t.Context(), target, []*checks.Check{both}, machine, anything)
	if err != nil || titles(r.Plan) != "[heal]" {
		t.Errorf("Rehearse() = %v, %v, want [heal]", r, err)
	}
}

// What is judged when ctx has ended is not to be relied on: nothing is planned.
func TestRehearseCutShort(t *testing.T) {
	t.Parallel()
	p, later := &checks.Problem{ID: "p", Status: checks.Fail}, &checks.Problem{ID: "later", Status: checks.Fail}
	for _, at := range []string{"better\n", "well\n"} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		stop := &checks.Check{ID: "test/stop", Title: "stop", Run: func(_ context.Context, t *checks.Target) ([]checks.Finding, error) {
			if data, _ := t.Files.ReadFile("/mark"); string(data) == at {
				cancel()
			}
			return nil, nil
		}}
		target, machine := stage(t)
		cs := []*checks.Check{while("sick\n", p, mark("soothe", "better\n")), while("better\n", later, mark("heal", "well\n")), stop}
		r, err := checks.Rehearse(ctx, target, cs, machine, anything)
		if err != nil || !r.Plan.Empty() || len(r.Useless) > 0 || checks.Worst(r.After) != checks.Fail {
			t.Errorf("stopped at %q: Rehearse() = %+v, %v, want an empty plan and what was", at, r, err)
		}
	}
}

func TestRehearseCancelled(t *testing.T) {
	t.Parallel()
	target, machine := stage(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := &checks.Problem{ID: "p", Status: checks.Fail}
	r, err := checks.Rehearse(ctx, target, []*checks.Check{while("sick\n", p, mark("heal", "well\n"))}, machine, anything)
	if err != nil || !r.Plan.Empty() || len(r.Before) != 1 || r.Before[0].Status != checks.Unknown {
		t.Errorf("Rehearse() = %+v, %v, want an empty plan and one unknown", r, err)
	}
}

func TestWorse(t *testing.T) {
	t.Parallel()
	p, q := &checks.Problem{ID: "p"}, &checks.Problem{ID: "q"}
	found := func(p *checks.Problem, s checks.Status) checks.Result {
		return checks.Result{Status: s, Findings: []checks.Finding{{Problem: p, Status: s}}}
	}
	dark, seen := &checks.Check{ID: "test/dark"}, &checks.Check{ID: "test/seen"}
	cannotTell := func(c *checks.Check) checks.Result { return checks.Result{Check: c, Status: checks.Unknown} }
	r := &checks.Rehearsal{After: []checks.Result{found(p, checks.Fail), found(q, checks.Warn), cannotTell(dark), {Check: seen}}}
	tests := []struct {
		name string
		now  []checks.Result
		want string
	}{
		{"as foreseen", r.After, "[]"},
		{"better", []checks.Result{found(p, checks.Warn)}, "[]"},
		{"a warning is a failure now", []checks.Result{found(q, checks.Fail), found(q, checks.Fail)}, "[q]"},
		{"a check still cannot tell", []checks.Result{cannotTell(dark)}, "[]"},
		{"a check cannot tell any more", []checks.Result{cannotTell(seen), cannotTell(dark)}, "[test/seen]"},
		{"notes do not count", []checks.Result{{Findings: []checks.Finding{{Status: checks.Pass}}}}, "[]"},
	}
	for _, tt := range tests {
		if got := fmt.Sprint(checks.Worse(r.Foreseen(), tt.now)); got != tt.want {
			t.Errorf("%s: Worse() = %s, want %s", tt.name, got, tt.want)
		}
	}
}
