package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// A Writer renders a report.
type Writer func(io.Writer, *Report) error

// Text writes one line a finding, for grep:
//
//	fail path-collision /etc/semaphore/config.json: the config file and …
func Text() Format {
	return func(w io.Writer, _ Frame) Stream { return textStream{bufio.NewWriterSize(w, textBuffer)} }
}

const textBuffer = 64 << 10

type textStream struct{ b *bufio.Writer }

// Target implements Stream.
func (s textStream) Target(t Target) error {
	for _, res := range t.Results {
		textResult(s.b, t, res)
	}
	return nil // what could not be written is known at the end
}

// Close implements Stream.
func (s textStream) Close(r *Report) error {
	fmt.Fprintf(s.b, "%s: %s\n", r.Verdict, r.Counts)
	return s.b.Flush()
}

func textResult(b *bufio.Writer, t Target, res Result) {
	if res.Because != "" {
		textLine(b, res.Status, res.Check, t.Name, res.Because, "")
	}
	for _, f := range res.Findings {
		id := f.ID
		if id == "" {
			id = res.Check
		}
		textLine(b, f.Status, id, t.Name, f.Summary, becauseOf(f))
	}
	if res.Because == "" && len(res.Findings) == 0 {
		textLine(b, res.Status, res.Check, t.Name, res.Title, "")
	}
}

// textLine is one line. A fleet has hundreds of thousands of them, so they are
// put together without package fmt.
func textLine(b *bufio.Writer, status, id, target, text, more string) {
	for _, part := range [...]string{status, " ", id, " ", target, ": ", text, more, "\n"} {
		_, _ = b.WriteString(part) // an error stays in b until Flush
	}
}

// becauseOf marks a symptom, and what is accepted.
func becauseOf(f Finding) (marks string) {
	if len(f.CausedBy) > 0 {
		marks = fmt.Sprintf(" [caused by %s]", strings.Join(f.CausedBy, ", "))
	}
	if a := f.Accepted; a != nil {
		marks += fmt.Sprintf(" [accepted until %s: %s]", a.Until, a.Reason)
	}
	return marks
}

// String is the counts in one line.
func (c Counts) String() string {
	return fmt.Sprintf("%d fail, %d warn, %d unknown, %d pass, %d skip", c.Fail, c.Warn, c.Unknown, c.Pass, c.Skip)
}
