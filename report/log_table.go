package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// LogTable writes a log for a person: who speaks, the life, the tasks, and then
// what is wrong, as a report tells it.
func LogTable(s Style) LogWriter {
	return func(w io.Writer, l *Log) error {
		var b bytes.Buffer
		s.logHead(&b, l.Log)
		if err := s.logLife(&b, l.Log); err != nil {
			return fmt.Errorf("write log as table: %w", err)
		}
		s.logTasks(&b, l.Log.Tasks)
		for _, t := range l.Targets {
			if err := s.logFindings(&b, t); err != nil {
				return fmt.Errorf("write log as table: %w", err)
			}
		}
		s.foot(&b, &Report{Verdict: l.Verdict, Counts: l.Counts, Stopped: l.Stopped})
		_, err := io.WriteString(w, s.plain(b.String()))
		return err
	}
}

// logFindings is a report where a runner was named, too. Of one whose log stands
// alone nobody knows what is a root cause and what a symptom.
func (s Style) logFindings(b *bytes.Buffer, t Target) error {
	if len(t.Results) > 1 {
		b.WriteByte('\n')
		s.head(b, t)
		err := s.overview(b, t)
		s.stories(b, t)
		return err
	}
	for _, r := range t.Results {
		if r.Because != "" {
			b.WriteByte('\n')
			s.line(b, r.Status, s.mark(r.Status)+"  "+r.Because, "")
		}
		for _, f := range r.Findings {
			s.tell(b, f, f.ID, f.Status)
		}
	}
	return nil
}

func (s Style) logHead(b *bytes.Buffer, l LogLife) {
	for _, source := range l.Sources {
		s.line(b, "title", source, "")
	}
	lines := s.word("lines: %d", l.Lines)
	if l.From != "" {
		lines = s.word("%s, %s to %s", lines, l.From, l.Until)
	}
	s.line(b, "", lines, "  ")
	s.line(b, "", s.logEras(l.Eras), "  ")
	s.line(b, "", s.word("starts: %d, registrations: %d", l.Starts, l.Registrations), "  ")
}

// logEras says of which versions the words are.
func (s Style) logEras(e LogEras) string {
	var text string
	switch {
	case e.First == "":
		return s.word("the words of no particular version")
	case e.To == "":
		text = s.word("the words of %s or later", e.From)
	default:
		text = s.word("the words of %s to %s", e.From, e.To)
	}
	if e.Changed {
		text = s.word("%s, and before that of another version", text)
	}
	return text
}

const (
	clockCells  = 25 // 2026-11-23T12:03:48+01:00
	linesCells  = 7
	momentFrame = 10 // borders and padding of three columns
)

// logLife is the story, line by line; a list where a table has no room.
func (s Style) logLife(b *bytes.Buffer, l LogLife) error {
	if len(l.Moments) == 0 {
		return nil
	}
	if s.width() < minGrid {
		for _, m := range l.Moments {
			s.line(b, "", strings.TrimSpace(m.From+" "+m.Text), "")
		}
		return nil
	}
	var rows [][]string
	for i, m := range l.Moments {
		if l.LeftOut > 0 && i == len(l.Moments)/2 {
			rows = append(rows, []string{"...", "", s.word("%d more", l.LeftOut)})
		}
		rows = append(rows, s.momentRow(m))
	}
	return s.grid(b, []string{s.word("when"), s.word("lines"), s.word("what the runner says")}, rows)
}

func (s Style) momentRow(m LogMoment) []string {
	when := m.From
	if m.Until != m.From {
		when += "\n" + m.Until
	}
	status := ""
	if m.ID != "" {
		status = "fail"
	}
	var text []string
	for _, line := range wrap(m.Text, s.width()-clockCells-linesCells-momentFrame) {
		text = append(text, s.paint(status, line))
	}
	return []string{when, fmt.Sprint(m.Lines), strings.Join(text, "\n")}
}

// shownTasks is how many of the last tasks a table shows.
const shownTasks = 10

func (s Style) logTasks(b *bytes.Buffer, t LogTasks) {
	if t.Enqueued+t.Finished == 0 {
		return
	}
	s.line(b, "title", s.word("%d tasks enqueued, %d finished, %d of those failed", t.Enqueued, t.Finished, t.Failed), "")
	for _, task := range t.Recent[max(0, len(t.Recent)-shownTasks):] {
		text := s.word("task %d, %s", task.ID, s.taskWord(task))
		if task.Run > 1 {
			text = s.word("task %d, run %d, %s", task.ID, task.Run, s.taskWord(task))
		}
		s.line(b, "", text+": "+s.taskTimes(task), "  ")
	}
}

// taskWord is how far a task has come, for people.
func (s Style) taskWord(t LogTask) string {
	switch t.word() {
	case "failed":
		return s.word("failed")
	case "enqueued":
		return s.word("enqueued")
	case "dequeued":
		return s.word("dequeued")
	case "started":
		return s.word("started")
	case "finished":
		return s.word("finished")
	}
	return s.word("finished and reported")
}
