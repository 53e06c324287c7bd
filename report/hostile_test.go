package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/report"
)

// hostile is a text that means something in every format.
const hostile = "a|b#c\\d\"e%f::g,h<i>&'j{k}\t1..2 ok --- ... 中文 \u202e `l` ***"

// TestHostileWords: whatever a path, a server or a log says, the document stays
// one, and says the same.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	word := report.Clean(hostile)
	f := report.Finding{
		ID: "path-collision", Status: "fail", Summary: word, Detail: word, CausedBy: []string{}, Advice: []string{word},
		Evidence: []report.Evidence{{What: word, File: "/etc/semaphore/" + word, Line: 3}}, Fix: &report.Fix{Title: word, Safety: "safe"},
	}
	again := f // is told apart from the first
	again.Status = "warn"
	r := &report.Report{
		Schema: report.Schema, Tool: report.Tool{Name: "semadoctor", Version: word}, Verdict: report.Broken, ExitCode: 1,
		Counts: report.Counts{Fail: 1, Unknown: 1, Skip: 1, Pass: 1}, StartedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Targets: []report.Target{{
			Name: word, Config: "/srv/" + word, Server: word, VersionSource: "unknown", Verdict: report.Broken, RootCauses: []string{"path-collision"},
			Results: []report.Result{
				{Check: "paths/collision", Title: word, Status: "fail", Findings: []report.Finding{f, again}},
				{Check: "server/reachable", Title: word, Status: "unknown", Because: word, Findings: []report.Finding{}},
				{Check: "server/tls", Title: word, Status: "skip", Because: word, Findings: []report.Finding{}},
				{Check: "config/keys", Title: word, Status: "pass", Findings: []report.Finding{}},
			},
		}},
	}
	for format, w := range writers() {
		out := render(t, w, r)
		parses(t, format, out, r)
		if strings.ContainsAny(out, "\t\u202e") {
			t.Errorf("%s lets control characters through: %q", format, out)
		}
	}
}

// TestNothingFound: without a single target a document is there, too.
func TestNothingFound(t *testing.T) {
	t.Parallel()
	r := &report.Report{Schema: report.Schema, Verdict: report.Unknown, ExitCode: report.ExitUnknown, Targets: []report.Target{}}
	for format, w := range writers() {
		out := render(t, w, r)
		if out == "" {
			t.Errorf("%s: nothing is written", format)
		}
		parses(t, format, out, r)
	}
}
