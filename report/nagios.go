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

// Nagios writes what a plugin of Nagios, Icinga and their kin does: a line with the
// state, the first root cause and numbers, then a line for each finding. The
// exit code that belongs to it is that of --exit-style nagios.
func Nagios() Format {
	return func(w io.Writer, f Frame) Stream { return &nagiosStream{w: w, lines: f.Spool(), targets: f.Targets} }
}

// nagiosStream keeps the findings until the first line is known.
type nagiosStream struct {
	w       io.Writer
	lines   Spool
	targets int
	worst   [2]string // the first finding that fails and is a root cause, and the first that is no pass
}

// Target implements Stream.
func (s *nagiosStream) Target(t Target) error {
	var b bytes.Buffer
	for _, res := range t.Results {
		if res.Status == "unknown" {
			s.line(&b, t, res.Status, res.Check, res.Because, "")
		}
		for _, f := range res.Findings {
			if f.Status == "fail" && slices.Contains(t.RootCauses, f.ID) && s.worst[0] == "" {
				s.worst[0] = s.who(t) + f.ID + ": " + f.Summary + explained(t, f.ID)
			}
			if f.Status == "fail" || f.Status == "warn" {
				s.line(&b, t, f.Status, f.ID, f.Summary, becauseOf(f))
			}
		}
	}
	_, err := b.WriteTo(s.lines)
	return err
}

// explained says how much else a root cause explains.
func explained(t Target, id string) string {
	n := 0
	for _, res := range t.Results {
		for _, f := range res.Findings {
			if slices.Contains(f.CausedBy, id) {
				n++
			}
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (explains %d more)", n)
}

func (s *nagiosStream) line(b *bytes.Buffer, t Target, status, id, text, more string) {
	if s.worst[1] == "" {
		s.worst[1] = s.who(t) + id + ": " + text
	}
	fmt.Fprintf(b, "%s %s%s: %s%s\n", status, barless(s.who(t)), id, barless(text), more)
}

// who is whose finding it is, when there are several.
func (s *nagiosStream) who(t Target) string {
	if s.targets < 2 {
		return ""
	}
	return t.Name + ": "
}

// barless is a text without the sign behind which the numbers stand.
func barless(s string) string { return strings.ReplaceAll(s, "|", "¦") }

// Close implements Stream.
func (s *nagiosStream) Close(r *Report) error {
	state := [...]string{"OK", "WARNING", "CRITICAL", "UNKNOWN"}[ExitNagios.Of(exitCode(r.Counts, FailOnFail, r.Stopped != ""), r.Counts)]
	first := s.worst[0]
	if first == "" {
		first = s.worst[1]
	}
	if r.Stopped != "" {
		first = strings.TrimSuffix("stopped: "+r.Stopped+", "+first, ", ")
	}
	out := bufio.NewWriter(s.w)
	c := r.Counts
	fmt.Fprintf(out, "SEMADOCTOR %s - %s", state, c)
	if first != "" {
		fmt.Fprintf(out, ": %s", barless(first))
	}
	fmt.Fprintf(out, " | fail=%d;;0;0 warn=%d;0;;0 unknown=%d;0;;0 pass=%d;;;0 skip=%d;;;0 duration=%ss;;;0\n",
		c.Fail, c.Warn, c.Unknown, c.Pass, c.Skip, seconds(r.DurationMS))
	_, err := s.lines.WriteTo(out)
	return cmp.Or(err, out.Flush(), s.lines.Close())
}
