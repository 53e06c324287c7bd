package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sick is a report of one target with something of everything.
func sick() *Report {
	return &Report{
		Tool: Tool{"semadoctor", "1.2.3"}, DurationMS: 41, Counts: Counts{Pass: 1, Warn: 1, Fail: 1, Skip: 1, Unknown: 1},
		Targets: []Target{{Name: `a "b"\c`, Verdict: Broken, Results: []Result{
			{Check: "server/url", Status: "pass", DurationMS: 2},
			{Check: "server/tls", Status: "skip", Because: "needs server/reachable"},
			{Check: "server/reachable", Status: "unknown", Because: "no answer"},
			{Check: "paths/private", Status: "warn", Findings: []Finding{{ID: "secret-exposed", Status: "warn", Summary: "everybody can read it", CausedBy: []string{}, Doc: "https://x"}}},
			{Check: "server/token", Status: "fail", Findings: []Finding{
				{ID: "", Status: "pass", Summary: "a note"},
				{ID: "state-stale", Status: "fail", Summary: "the server has no runner 1", CausedBy: []string{"other"}, Doc: "https://y"},
			}},
		}}},
	}
}

func at() time.Time { return time.Unix(1796000000, 0).UTC() }

// TestHealth: what is skipped is left out, what is not known warns, and the output of
// the whole is that of the first of the worst.
func TestHealth(t *testing.T) {
	t.Parallel()
	h := NewHealth(sick(), at())
	h.Add("runner:accepted", HealthCheck{Status: "fail", Output: "too late to be the output"})
	got := map[string]string{"": h.Status + " " + h.Output}
	for name, cs := range h.Checks {
		got[name] = cs[0].Status + " " + cs[0].Output
	}
	want := map[string]string{
		"": "fail state-stale: the server has no runner 1", "server:url": "pass ", "server:reachable": "warn no answer",
		"paths:private": "warn secret-exposed: everybody can read it", "server:token": "fail state-stale: the server has no runner 1",
		"runner:accepted": "fail too late to be the output",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("health (-want +got):\n%s", diff)
	}
	var short bytes.Buffer
	if err := h.Write(&short, false); err != nil || strings.Contains(short.String(), "checks") {
		t.Errorf("in short: %v\n%s", err, &short)
	}
}

// TestMetrics: each name once, with help and type; labels escaped.
func TestMetrics(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	m := NewMetrics(&b)
	m.Report(sick(), at())
	m.Counter("x_total", "Of nothing.")
	if err := m.Flush(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(b.String()) {
		if name, ok := strings.CutPrefix(line, "# TYPE "); ok {
			if seen[name] {
				t.Errorf("%q twice", line)
			}
			seen[name] = true
		}
	}
	for _, want := range []string{
		"# HELP semadoctor_target_healthy Whether nothing that was checked keeps the runner from working.\n# TYPE semadoctor_target_healthy gauge\nsemadoctor_target_healthy{target=\"a \\\"b\\\"\\\\c\"} 0\n",
		"\nsemadoctor_check_ok{check=\"server/url\",category=\"server\",target=\"a \\\"b\\\"\\\\c\"} 1\n",
		"\nsemadoctor_check_ok{check=\"server/reachable\",",
		"\nsemadoctor_checks{severity=\"unknown\"} 1\n",
		"\nsemadoctor_problem{problem=\"state-stale\",severity=\"fail\",root=\"false\",",
		"\nsemadoctor_last_run_timestamp_seconds 1.796e+09\n",
		"\nsemadoctor_run_duration_seconds 0.041\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, &b)
		}
	}
	for _, unwanted := range []string{"server/tls", "x_total", "no runner 1"} {
		if strings.Contains(b.String(), unwanted) {
			t.Errorf("%q in\n%s", unwanted, &b)
		}
	}
}
