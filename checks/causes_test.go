package checks

import (
	"fmt"
	"strings"
	"testing"
)

// seen makes results of findings, one each, in order.
func seen(fs ...Finding) []Result {
	var rs []Result
	for _, f := range fs {
		rs = append(rs, Result{Check: &Check{ID: "c/" + f.Problem.ID}, Status: f.Status, Findings: []Finding{f}})
	}
	return rs
}

func TestExplain(t *testing.T) {
	t.Parallel()
	cause := &Problem{ID: "cause"}
	middle := &Problem{ID: "middle", CausedBy: []*Problem{cause}}
	other := &Problem{ID: "other"}
	symptom := &Problem{ID: "symptom", CausedBy: []*Problem{cause, middle, other}}
	tests := []struct {
		name     string
		findings []Finding
		roots    string
		by       string
		statuses string
	}{
		{"nothing failed", []Finding{{Problem: cause, Status: Warn}}, "[]", "", "warn"},
		{"alone", []Finding{{Problem: symptom, Status: Fail}}, "[symptom]", "", "fail"},
		{"cause and symptom", []Finding{{Problem: symptom, Status: Fail}, {Problem: cause, Status: Fail}},
			"[cause]", "symptom<[cause]", "fail fail"},
		{"a chain", []Finding{{Problem: cause, Status: Fail}, {Problem: middle, Status: Fail}, {Problem: symptom, Status: Fail}},
			"[cause]", "middle<[cause] symptom<[cause middle]", "fail fail fail"},
		{"a chain with its middle missing", []Finding{{Problem: middle, Status: Fail}, {Problem: symptom, Status: Fail}},
			"[middle]", "symptom<[middle]", "fail fail"},
		{"two of a kind", []Finding{{Problem: other, Status: Fail}, {Problem: cause, Status: Fail}},
			"[other cause]", "", "fail fail"},
		{"found twice", []Finding{{Problem: cause, Status: Fail}, {Problem: cause, Status: Fail}},
			"[cause]", "", "fail fail"},
		{"a warning that explains a failure is one", []Finding{{Problem: cause, Status: Warn}, {Problem: symptom, Status: Fail}},
			"[cause]", "symptom<[cause]", "fail fail"},
		{"all the way up", []Finding{{Problem: cause, Status: Warn}, {Problem: middle, Status: Warn}, {Problem: symptom, Status: Fail}},
			"[cause]", "middle<[cause] symptom<[cause middle]", "fail fail fail"},
		{"a warning that explains a warning stays one", []Finding{{Problem: cause, Status: Warn}, {Problem: middle, Status: Warn}},
			"[]", "middle<[cause]", "warn warn"},
		{"a failure explains a warning", []Finding{{Problem: cause, Status: Fail}, {Problem: middle, Status: Warn}},
			"[cause]", "middle<[cause]", "fail warn"},
		{"a warning is left alone where a failure explains enough", []Finding{{Problem: other, Status: Warn}, {Problem: cause, Status: Fail}, {Problem: symptom, Status: Fail}},
			"[cause]", "symptom<[cause other]", "warn fail fail"},
		{"two warnings behind one failure", []Finding{{Problem: other, Status: Warn}, {Problem: cause, Status: Warn}, {Problem: symptom, Status: Fail}},
			"[other cause]", "symptom<[cause other]", "fail fail fail"},
		{"what is harmless explains nothing", []Finding{{Problem: cause, Status: Warn, Harmless: true}, {Problem: symptom, Status: Fail}},
			"[symptom]", "", "warn fail"},
		{"one of a kind that is not harmless does", []Finding{{Problem: cause, Status: Warn, Harmless: true}, {Problem: cause, Status: Fail}, {Problem: symptom, Status: Fail}},
			"[cause]", "symptom<[cause]", "warn fail fail"},
		{"what only passed explains nothing", []Finding{{Problem: cause, Status: Pass}, {Problem: symptom, Status: Fail}},
			"[symptom]", "", "pass fail"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rs := seen(tt.findings...)
			c := Explain(rs)
			if got := fmt.Sprint(c.Roots); got != tt.roots {
				t.Errorf("roots = %s, want %s", got, tt.roots)
			}
			if got := by(c, cause, middle, other, symptom); got != tt.by {
				t.Errorf("by = %q, want %q", got, tt.by)
			}
			if got := statuses(rs); got != tt.statuses {
				t.Errorf("statuses = %q, want %q", got, tt.statuses)
			}
		})
	}
}

func by(c Causes, ps ...*Problem) string {
	var all []string
	for _, p := range ps {
		if len(c.By[p]) > 0 {
			all = append(all, fmt.Sprintf("%s<%v", p, c.By[p]))
		}
	}
	return strings.Join(all, " ")
}

// statuses is those of the results, which must be those of their one finding.
func statuses(rs []Result) string {
	var all []string
	for _, r := range rs {
		if s := r.Findings[0].Status; s != r.Status {
			return fmt.Sprintf("%s is %s and found %s", r.Check, r.Status, s)
		}
		all = append(all, r.Status.String())
	}
	return strings.Join(all, " ")
}

// What is accepted explains nothing that it would hide: its symptoms are accepted with
// it, unless they are worse than it is, or something else explains them, too.
func TestExplainAccepted(t *testing.T) {
	t.Parallel()
	cause := &Problem{ID: "cause"}
	middle := &Problem{ID: "middle", CausedBy: []*Problem{cause}}
	other := &Problem{ID: "other"}
	symptom := &Problem{ID: "symptom", CausedBy: []*Problem{cause, middle, other}}
	failing := []Finding{{Problem: cause, Status: Fail}, {Problem: middle, Status: Fail}, {Problem: symptom, Status: Fail}}
	tests := []struct {
		name     string
		accepted *Problem
		findings []Finding
		roots    string
		by       string
		statuses string
	}{
		{"a failure with all that it explains", cause, failing, "[]", "middle<[cause] symptom<[cause middle]", "skip skip skip"},
		{"the middle of a chain", middle, failing, "[cause]", "middle<[cause] symptom<[cause middle]", "fail skip fail"},
		{"a symptom alone", symptom, failing, "[cause]", "middle<[cause] symptom<[cause middle]", "fail fail skip"},
		{"something else explains it, too", cause, []Finding{{Problem: cause, Status: Fail}, {Problem: other, Status: Fail}, {Problem: symptom, Status: Fail}},
			"[other]", "symptom<[cause other]", "skip fail fail"},
		{"a warning that is not accepted would explain it", cause, []Finding{{Problem: cause, Status: Fail}, {Problem: other, Status: Warn}, {Problem: symptom, Status: Fail}},
			"[other]", "symptom<[cause other]", "skip fail fail"},
		{"a warning hides no failure", cause, []Finding{{Problem: cause, Status: Warn}, {Problem: symptom, Status: Fail}},
			"[symptom]", "", "skip fail"},
		{"nor through another warning", cause, []Finding{{Problem: cause, Status: Warn}, {Problem: middle, Status: Warn}, {Problem: symptom, Status: Fail}},
			"[symptom]", "middle<[cause]", "skip skip fail"},
		{"a warning behind a warning", cause, []Finding{{Problem: cause, Status: Warn}, {Problem: middle, Status: Warn}},
			"[]", "middle<[cause]", "skip skip"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rs := seen(tt.findings...)
			mark(rs, func(f *Finding) *Acceptance {
				if f.Problem == tt.accepted {
					return &Acceptance{ID: f.Problem.ID}
				}
				return nil
			})
			for range 2 { // a rehearsal explains what was explained
				c := Explain(rs)
				if got := fmt.Sprint(c.Roots); got != tt.roots {
					t.Errorf("roots = %s, want %s", got, tt.roots)
				}
				if got := by(c, cause, middle, other, symptom); got != tt.by {
					t.Errorf("by = %q, want %q", got, tt.by)
				}
				if got := statuses(rs); got != tt.statuses {
					t.Errorf("statuses = %q, want %q", got, tt.statuses)
				}
			}
		})
	}
}

// Notes belong to nobody's cause.
func TestExplainSkipsNotes(t *testing.T) {
	t.Parallel()
	rs := []Result{{Check: &Check{ID: "a/b"}, Findings: []Finding{note("all is well")}}}
	if c := Explain(rs); len(c.Roots) != 0 || len(c.By) != 0 {
		t.Errorf("Explain() = %v, want nothing", c)
	}
}

// What usually explains a problem does not explain a finding that says so.
func TestExplainLeavesAloneAlone(t *testing.T) {
	t.Parallel()
	cause := &Problem{ID: "cause"}
	p := &Problem{ID: "p", CausedBy: []*Problem{cause}}
	c := Explain(seen(Finding{Problem: p, Status: Fail, Alone: true}, Finding{Problem: cause, Status: Fail}))
	if got := fmt.Sprint(c.Roots); got != "[p cause]" {
		t.Errorf("roots = %s, want [p cause]", got)
	}
}

// If problems explained each other in a circle, none of them would be a root
// cause. Causes must also be problems that some check can find.
func TestBuiltinCausesAreATree(t *testing.T) {
	t.Parallel()
	known := map[*Problem]bool{}
	for _, c := range Builtin() {
		for _, p := range c.Problems {
			known[p] = true
		}
	}
	for p := range known {
		for _, c := range p.CausedBy {
			if !known[c] {
				t.Errorf("%s is caused by %s, which no check finds", p, c)
			}
		}
		if circle(p, p, nil) {
			t.Errorf("%s explains itself", p)
		}
	}
}

func circle(start, p *Problem, seen map[*Problem]bool) bool {
	if seen == nil {
		seen = map[*Problem]bool{}
	}
	for _, c := range p.CausedBy {
		if c == start {
			return true
		}
		if !seen[c] {
			seen[c] = true
			if circle(start, c, seen) {
				return true
			}
		}
	}
	return false
}

// A finding may explain only some of what its problem is a cause of: the old
// name of one setting does not explain that another is missing.
func TestExplainNarrowed(t *testing.T) {
	t.Parallel()
	cause := &Problem{ID: "cause"}
	one := &Problem{ID: "one", CausedBy: []*Problem{cause}}
	two := &Problem{ID: "two", CausedBy: []*Problem{cause}}
	found := []Finding{{Problem: cause, Status: Warn, Explains: []*Problem{one}}, {Problem: one, Status: Fail}, {Problem: two, Status: Fail}}
	if got := fmt.Sprint(Explain(seen(found...)).Roots); got != "[cause two]" {
		t.Errorf("roots = %s, want [cause two]", got)
	}
	found = append(found, Finding{Problem: cause, Status: Warn, Explains: []*Problem{two}}, Finding{Problem: cause, Status: Warn, Harmless: true})
	if got := fmt.Sprint(Explain(seen(found...)).Roots); got != "[cause]" {
		t.Errorf("roots with both explained = %s, want [cause]", got)
	}
}
