package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// TAP writes a test point a check, as the Test Anything Protocol has it from
// version 13 on; the plan comes at the end. A check that could not find out is not
// ok: no TODO, which would count as passed.
func TAP() Format {
	return func(w io.Writer, _ Frame) Stream {
		b := bufio.NewWriter(w)
		_, _ = b.WriteString("TAP version 14\n")
		return &tapStream{b: b}
	}
}

type tapStream struct {
	b *bufio.Writer
	n int
}

// Target implements Stream.
func (s *tapStream) Target(t Target) error {
	for _, res := range t.Results {
		s.n++
		ok := "ok"
		if res.Status == "fail" || res.Status == "unknown" {
			ok = "not ok"
		}
		fmt.Fprintf(s.b, "%s %d - %s %s [%s]", ok, s.n, res.Check, tapWords(res.Title), tapWords(t.Name))
		if res.Status == "skip" {
			fmt.Fprintf(s.b, " # SKIP %s", tapWords(res.Because))
		}
		_ = s.b.WriteByte('\n')
		if res.Status != "pass" && res.Status != "skip" {
			s.diagnose(res)
		}
	}
	return nil // what could not be written is known at the end
}

// diagnose writes why, as YAML. Strings of JSON are strings of YAML.
func (s *tapStream) diagnose(res Result) {
	fmt.Fprintf(s.b, "  ---\n  severity: %s\n", res.Status)
	if res.Because != "" {
		fmt.Fprintf(s.b, "  message: %s\n", quoted(res.Because))
	}
	list := "  findings:\n"
	for _, f := range res.Findings {
		if f.ID == "" {
			continue
		}
		fmt.Fprintf(s.b, "%s    - id: %s\n      severity: %s\n      message: %s\n", list, f.ID, f.Status, quoted(f.Summary))
		list = ""
		if len(f.CausedBy) > 0 {
			fmt.Fprintf(s.b, "      caused_by: [%s]\n", strings.Join(f.CausedBy, ", "))
		}
		if f.Fix != nil {
			fmt.Fprintf(s.b, "      %s: %s\n", strings.ReplaceAll(f.Fix.label(), " --", "_"), quoted(f.Fix.Title))
		}
	}
	_, _ = s.b.WriteString("  ...\n")
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string has no error
	return string(b)
}

// tapWords is a text behind the number of a test point, where # begins a directive.
func tapWords(s string) string {
	if !strings.ContainsAny(s, `\#`) {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, `#`, `\#`).Replace(s)
}

// Close implements Stream. What was stopped has no plan that it came up to.
func (s *tapStream) Close(r *Report) error {
	if r.Stopped != "" {
		fmt.Fprintf(s.b, "Bail out! %s\n", r.Stopped)
		return s.b.Flush()
	}
	fmt.Fprintf(s.b, "1..%d\n", s.n)
	fmt.Fprintf(s.b, "# %s: %s\n", r.Verdict, r.Counts)
	return s.b.Flush()
}
