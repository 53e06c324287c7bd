package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Metrics writes numbers in the text format that Prometheus scrapes. A name is
// declared once, with all its samples behind it.
type Metrics struct{ b *bufio.Writer }

// NewMetrics writes to w; Flush is the end.
func NewMetrics(w io.Writer) Metrics { return Metrics{bufio.NewWriter(w)} }

// A Sample is one number. Labels are names and values in turn; the values are few
// and known: ids, never sentences.
type Sample struct {
	Labels []string
	Value  float64
}

// Is is the sample of something that holds or does not.
func Is(holds bool, labels ...string) Sample {
	if holds {
		return Sample{labels, 1}
	}
	return Sample{labels, 0}
}

// When is the sample of a time, in seconds since 1970.
func When(t time.Time) Sample { return Sample{nil, float64(t.UnixMilli()) / 1000} }

// Gauge writes what goes up and down; without samples nothing.
func (m Metrics) Gauge(name, help string, samples ...Sample) { m.write("gauge", name, help, samples) }

// Counter writes what only grows.
func (m Metrics) Counter(name, help string, samples ...Sample) {
	m.write("counter", name, help, samples)
}

func (m Metrics) write(kind, name, help string, samples []Sample) {
	if len(samples) == 0 {
		return
	}
	m.declare(kind, name, help)
	for _, s := range samples {
		s.write(m.b, name)
	}
}

func (m Metrics) declare(kind, name, help string) {
	fmt.Fprintf(m.b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (s Sample) write(w io.Writer, name string) {
	_, _ = io.WriteString(w, name)
	for i := 0; i+1 < len(s.Labels); i += 2 {
		fmt.Fprintf(w, "%c%s=\"%s\"", "{,"[min(i, 1)], s.Labels[i], label(s.Labels[i+1]))
	}
	if len(s.Labels) > 0 {
		_, _ = io.WriteString(w, "}")
	}
	fmt.Fprintf(w, " %s\n", strconv.FormatFloat(s.Value, 'g', -1, 64))
}

// label is a value as it stands between quotes.
func label(s string) string {
	if !strings.ContainsAny(s, "\\\"\n") {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s)
}

// Flush ends the document.
func (m Metrics) Flush() error { return m.b.Flush() }

// Report writes what a report says, as seen at that time.
func (m Metrics) Report(r *Report, at time.Time) {
	for _, f := range families() {
		var all []Sample
		for _, t := range r.Targets {
			all = append(all, f.of(t)...)
		}
		m.Gauge(f.name, f.help, all...)
	}
	m.sums(r, at)
}

// sums writes what is known of the whole report; at is zero when times are left out.
func (m Metrics) sums(r *Report, at time.Time) {
	m.Gauge("semadoctor_checks", "How many checks came to a bad end.",
		Sample{[]string{"severity", "fail"}, float64(r.Counts.Fail)},
		Sample{[]string{"severity", "warn"}, float64(r.Counts.Warn)},
		Sample{[]string{"severity", "unknown"}, float64(r.Counts.Unknown)})
	m.Gauge("semadoctor_run_duration_seconds", "How long the last look took.", Sample{nil, float64(r.DurationMS) / 1000})
	if !at.IsZero() {
		m.Gauge("semadoctor_last_run_timestamp_seconds", "When the last look was.", When(at))
	}
}

// A family is the samples of one name about a target.
type family struct {
	name, help string
	of         func(Target) []Sample
}

func families() []family {
	return []family{
		{"semadoctor_target_healthy", "Whether nothing that was checked keeps the runner from working.", func(t Target) []Sample {
			return []Sample{Is(t.Verdict == Healthy || t.Verdict == Degraded, "target", t.Name)}
		}},
		{"semadoctor_check_ok", "Whether a check passed; one that was skipped is left out.", okSamples},
		{"semadoctor_check_duration_seconds", "How long a check took.", tookSamples},
		{"semadoctor_problem", "A problem that was found.", problemSamples},
	}
}

func okSamples(t Target) (all []Sample) {
	for _, res := range t.Results {
		if res.Status != "skip" {
			area, _, _ := strings.Cut(res.Check, "/")
			all = append(all, Is(res.Status == "pass", "check", res.Check, "category", area, "target", t.Name))
		}
	}
	return all
}

func tookSamples(t Target) (all []Sample) {
	for _, res := range t.Results {
		if res.Status != "skip" {
			all = append(all, Sample{[]string{"check", res.Check, "target", t.Name}, float64(res.DurationMS) / 1000})
		}
	}
	return all
}

// problemSamples are the problems of a target, each once.
func problemSamples(t Target) []Sample {
	var all []Sample
	seen := map[string]bool{}
	for _, res := range t.Results {
		for _, f := range res.Findings {
			if f.ID != "" && !seen[f.ID] {
				seen[f.ID] = true
				root, severity := strconv.FormatBool(len(f.CausedBy) == 0), f.Status
				if f.Accepted != nil {
					severity = "accepted"
				}
				all = append(all, Sample{[]string{"problem", f.ID, "severity", severity, "root", root, "target", t.Name}, 1})
			}
		}
	}
	return all
}
