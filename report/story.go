package report

import (
	"bytes"
	"fmt"
	"strings"
)

// stories tells each root cause with its symptoms, then the warnings, then what
// could not be found out. The first of them is returned, "" if there is none.
func (s Style) stories(b *bytes.Buffer, t Target) (first string) {
	for _, c := range plot(t) {
		for _, f := range c.told {
			if f.Accepted != nil {
				s.lived(b, f)
			} else {
				s.tell(b, f, s.sceneTitle(c, f), f.Status)
			}
			if first == "" {
				first = f.ID
			}
		}
		for _, f := range c.symptoms {
			s.symptom(b, f)
		}
	}
	return first
}

// sceneTitle names the problem, and says whether it is a root cause.
func (s Style) sceneTitle(c scene, f Finding) string {
	if c.root {
		return s.word("root cause: %s", f.ID)
	}
	return f.ID
}

// tell writes one finding in full.
func (s Style) tell(b *bytes.Buffer, f Finding, title, status string) {
	b.WriteByte('\n')
	s.line(b, status, s.mark(status)+"  "+title, "")
	s.line(b, "title", f.Summary, "  ")
	if f.Detail != "" {
		s.line(b, "", f.Detail, "  ")
	}
	for _, e := range f.Evidence {
		s.line(b, "skip", s.seen(e), "    ")
	}
	if f.Fix != nil {
		s.line(b, "fix", s.word("semadoctor %s will %s", f.Fix.command(status), f.Fix.Title), "  ")
	}
	for _, a := range f.Advice {
		s.line(b, "fix", s.word("to do: %s", a), "  ")
	}
	if f.Fix == nil && len(f.Advice) == 0 {
		s.line(b, "fix", s.word("to do: semadoctor explain %s", f.ID), "  ")
	}
}

// lived tells what somebody lives with: that it is there, and who says so.
func (s Style) lived(b *bytes.Buffer, f Finding) {
	b.WriteByte('\n')
	s.line(b, f.Status, s.mark(f.Status)+"  "+f.ID, "")
	s.line(b, "title", f.Summary, "  ")
	s.line(b, "skip", s.acceptedBy(f.Accepted), "    ")
}

// acceptedBy says until when, why, and where that stands.
func (s Style) acceptedBy(a *Accepted) string {
	return s.word("accepted until %s: %s", a.Until, a.Reason) + " (" + s.at(Evidence{File: a.File, Line: a.Line}) + ")"
}

// symptom is a finding that a root cause explains: one line, nothing to do.
func (s Style) symptom(b *bytes.Buffer, f Finding) {
	s.line(b, "", s.word("its symptom %s: %s", f.ID, f.Summary), "    ")
}

// seen is evidence with its place.
func (s Style) seen(e Evidence) string {
	at := s.at(e)
	if at == "" {
		return e.What
	}
	return fmt.Sprintf("%s (%s)", e.What, at)
}

// at is where something stands.
func (s Style) at(e Evidence) string {
	var at []string
	if e.Env != "" {
		at = append(at, e.Env)
	}
	if e.Pointer != "" {
		at = append(at, dotted(e.Pointer))
	}
	if e.File != "" && e.Line > 0 {
		at = append(at, s.word("line %d of %s", e.Line, e.File))
	} else if e.File != "" {
		at = append(at, e.File)
	}
	if e.Flag != "" {
		at = append(at, e.Flag)
	}
	return strings.Join(at, ", ")
}

// dotted writes a pointer as Semaphore's documentation does.
func dotted(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", ".")
}
