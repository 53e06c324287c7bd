package report

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// GitHub writes workflow commands, which become annotations. Only ten of a kind
// are shown a step, so root causes come first; a summary comes last.
func GitHub() Format {
	return func(w io.Writer, f Frame) Stream {
		return &githubStream{b: bufio.NewWriter(w), later: f.Spool()}
	}
}

type githubStream struct {
	b     *bufio.Writer
	later Spool // all but the root causes
}

// Target implements Stream.
func (s *githubStream) Target(t Target) error {
	annotate(s.b, t, true)
	var rest bytes.Buffer
	annotate(&rest, t, false)
	_, err := rest.WriteTo(s.later)
	return err
}

// Close implements Stream.
func (s *githubStream) Close(r *Report) error {
	_, err := s.later.WriteTo(s.b)
	fmt.Fprintf(s.b, "::%s title=semadoctor::%s\n", level(r), ghData(fmt.Sprintf("%s: %s", r.Verdict, r.Counts)))
	return cmp.Or(err, s.b.Flush(), s.later.Close())
}

// level goes by the verdict: the exit code may be that of a dry run, or in another style.
func level(r *Report) string {
	switch {
	case r.Verdict == Broken || r.ExitCode == ExitFindings:
		return "error"
	case r.Verdict == Healthy && r.ExitCode == ExitOK:
		return "notice"
	}
	return "warning"
}

func annotate(b io.Writer, t Target, roots bool) {
	for _, res := range t.Results {
		if res.Status == "unknown" && !roots {
			fmt.Fprintf(b, "::warning title=%s::%s\n", ghProperty(res.Check), ghData(res.Because))
		}
		for _, f := range res.Findings {
			if f.ID != "" && slices.Contains(t.RootCauses, f.ID) == roots {
				fmt.Fprintf(b, "::%s %stitle=%s::%s\n", ghKind(f.Status), place(t, f), ghProperty(f.ID), ghData(message(f)))
			}
		}
	}
}

func ghKind(status string) string {
	switch status {
	case "fail":
		return "error"
	case "warn":
		return "warning"
	}
	return "notice"
}

// place is where an annotation is shown.
func place(t Target, f Finding) string {
	switch at := spotOf(t, f); {
	case at.file == "":
		return ""
	case at.line == 0:
		return fmt.Sprintf("file=%s,", ghProperty(at.file))
	default:
		return fmt.Sprintf("file=%s,line=%d,", ghProperty(at.file), at.line)
	}
}

func message(f Finding) string {
	parts := []string{f.Summary + becauseOf(f)}
	if f.Fix != nil {
		parts = append(parts, f.Fix.label()+": "+f.Fix.Title)
	}
	return strings.Join(append(parts, f.Advice...), "\n")
}

// ghData escapes the message of a workflow command.
func ghData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// ghProperty escapes a property of a workflow command.
func ghProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
