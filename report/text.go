package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A Writer renders a report.
type Writer func(io.Writer, *Report) error

// Text writes one line a finding, for grep:
//
//	fail path-collision /etc/semaphore/config.json: the config file and …
func Text(w io.Writer, r *Report) error {
	b := bufio.NewWriter(w)
	for _, t := range r.Targets {
		for _, res := range t.Results {
			textResult(b, t, res)
		}
	}
	fmt.Fprintf(b, "%s: %s\n", r.Verdict, r.Counts)
	return b.Flush()
}

func textResult(b io.Writer, t Target, res Result) {
	if res.Because != "" {
		fmt.Fprintf(b, "%s %s %s: %s\n", res.Status, res.Check, t.Name, res.Because)
	}
	for _, f := range res.Findings {
		id := f.ID
		if id == "" {
			id = res.Check
		}
		fmt.Fprintf(b, "%s %s %s: %s%s\n", f.Status, id, t.Name, f.Summary, becauseOf(f))
	}
	if res.Because == "" && len(res.Findings) == 0 {
		fmt.Fprintf(b, "%s %s %s: %s\n", res.Status, res.Check, t.Name, res.Title)
	}
}

// becauseOf marks a symptom.
func becauseOf(f Finding) string {
	if len(f.CausedBy) == 0 {
		return ""
	}
	return fmt.Sprintf(" [caused by %s]", strings.Join(f.CausedBy, ", "))
}

// String is the counts in one line.
func (c Counts) String() string {
	return fmt.Sprintf("%d fail, %d warn, %d unknown, %d pass, %d skip", c.Fail, c.Warn, c.Unknown, c.Pass, c.Skip)
}

// JSON writes the report as one JSON document.
func JSON(w io.Writer, r *Report) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write report as JSON: %w", err)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
