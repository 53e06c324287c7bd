package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A LogWriter renders a log.
type LogWriter func(io.Writer, *Log) error

// LogJSON writes the log as one JSON document.
func LogJSON(w io.Writer, l *Log) error {
	e := json.NewEncoder(w)
	e.SetIndent("", jsonIndent)
	e.SetEscapeHTML(false)
	if err := e.Encode(l); err != nil {
		return fmt.Errorf("write log as JSON: %w", err)
	}
	return nil
}

// LogText writes one line a moment, a task and a finding, for grep:
//
//	moment 2026-11-23T12:03:48Z log-404-loop 4: the server answers the runner 404
//	task 7 finished: enqueued 2026-…, started 2026-…, finished 2026-…
//	fail log-404-loop runner.log: the server answers the runner 404: 4 times, …
//	said log-404-loop runner.log:10: level=error msg="…" (the first of 4 lines)
func LogText(s Style) LogWriter {
	return func(w io.Writer, l *Log) error {
		b := bufio.NewWriterSize(w, textBuffer)
		for _, m := range l.Log.Moments {
			fmt.Fprintf(b, "moment %s %s %d: %s\n", orDash(m.From), orDash(m.Deed+m.ID), m.Lines, m.Text)
		}
		for _, t := range l.Log.Tasks.Recent {
			fmt.Fprintf(b, "task %d %s: %s\n", t.ID, t.word(), s.taskTimes(t))
		}
		for _, t := range l.Targets {
			for _, res := range t.Results {
				textResult(b, t, res)
				said(b, res)
			}
		}
		fmt.Fprintf(b, "%s: %s\n", l.Verdict, l.Counts)
		return b.Flush()
	}
}

// said quotes the log for what was found in it.
func said(b *bufio.Writer, res Result) {
	for _, f := range res.Findings {
		for _, e := range f.Evidence {
			if strings.HasPrefix(res.Check, "log/") {
				fmt.Fprintf(b, "said %s%s: %s\n", f.ID, standing(e), e.What)
			}
		}
	}
}

// standing is where a line stands that is the first of its kind, as compilers and
// grep write it.
func standing(e Evidence) string {
	if e.File == "" || e.Line == 0 {
		return ""
	}
	return fmt.Sprintf(" %s:%d", e.File, e.Line)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// word is the state of a task, and whether it failed.
func (t LogTask) word() string {
	if t.Failed {
		return "failed"
	}
	return t.State
}

// taskTimes says when a task came how far.
func (s Style) taskTimes(t LogTask) string {
	text := ""
	for _, step := range [...][2]string{
		{s.word("enqueued"), t.Enqueued}, {s.word("started"), t.Started}, {s.word("finished"), t.Finished},
	} {
		if step[1] == "" {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += step[0] + " " + step[1]
	}
	return text
}
