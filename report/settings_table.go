package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A SettingsWriter renders settings.
type SettingsWriter func(io.Writer, *Settings) error

// SettingsTable writes settings for a person: each with its value, where that
// came from and what it overrides.
func SettingsTable(s Style) SettingsWriter {
	return func(w io.Writer, doc *Settings) error {
		var b bytes.Buffer
		for i, t := range doc.Targets {
			if i > 0 {
				b.WriteByte('\n')
			}
			if err := s.settingsOf(&b, t); err != nil {
				return fmt.Errorf("write settings as table: %w", err)
			}
		}
		s.stopped(&b, doc.Stopped)
		_, err := io.WriteString(w, s.plain(b.String()))
		return err
	}
}

func (s Style) settingsOf(b *bytes.Buffer, t SettingsTarget) error {
	s.head(b, Target{Name: t.Name, Era: t.Era, RunnerVersion: t.RunnerVersion, VersionSource: t.VersionSource, Identity: t.Identity})
	if t.Error != "" {
		s.line(b, t.Status, s.mark(t.Status)+"  "+t.Error, "  ")
		return nil
	}
	var read, ignored [][]string
	for _, v := range t.Settings {
		if v.Status == "ignored" {
			ignored = append(ignored, s.settingRow(v))
			continue
		}
		read = append(read, s.settingRow(v))
	}
	if err := s.settingsGrid(b, s.word("setting"), read); err != nil {
		return err
	}
	if len(ignored) > 0 {
		s.line(b, "warn", s.word("set, and not read by this runner:"), "")
		if err := s.settingsGrid(b, s.word("ignored"), ignored); err != nil {
			return err
		}
	}
	for _, r := range t.Refused {
		s.line(b, "fail", s.mark("fail")+"  "+s.word("the runner panics over %s: %s (%s)", r.Key, r.Got, s.from(r.Origin, r.Key)), "")
	}
	return nil
}

const (
	keyCells  = 37 // runner.connection.server_ca_cert_file
	gridCells = 7  // borders and padding of two columns
	minGrid   = 76 // the least width, in cells, at which two columns can be read
	listCells = 4  // indent of values below keys
)

// settingsGrid is two columns, or a list where there is no room for them.
func (s Style) settingsGrid(b *bytes.Buffer, title string, rows [][]string) error {
	if s.width() >= minGrid {
		return s.grid(b, []string{title, s.word("value, and where it comes from")}, rows)
	}
	for _, r := range rows {
		s.line(b, "title", strings.ReplaceAll(r[0], "\n", ""), "")
		for l := range strings.SplitSeq(r[1], "\n") {
			b.WriteString(strings.Repeat(" ", listCells) + l + "\n")
		}
	}
	return nil
}

// settingRow is a setting's key, and its value with where it comes from.
func (s Style) settingRow(v Setting) []string {
	cells := s.width() - keyCells - gridCells
	if s.width() < minGrid {
		cells = s.width() - listCells
	}
	var lines []string
	add := func(status, text string) {
		for _, l := range wrap(text, cells) {
			lines = append(lines, s.paint(status, l))
		}
	}
	switch v.Status {
	case "unset":
		add("skip", s.word("not set"))
	case "default":
		add("", s.word("%s (default)", v.Value))
	default:
		add("title", s.quoted(v.Value))
		if v.Origin != nil {
			add("", s.from(*v.Origin, v.label()))
		}
	}
	for _, o := range v.Overrides {
		add("", s.word("overrides %s", s.from(o, v.label())))
	}
	if by := s.readBy(v.ReadBy); !by.IsZero() && v.Status != "unset" {
		add("skip", by.In(s.Lang))
	}
	return []string{strings.Join(wrap(v.label(), keyCells), "\n"), strings.Join(lines, "\n")}
}

// quoted is a value as it stands; one that is nothing is still to be seen.
func (s Style) quoted(value string) string {
	if value == "" {
		return s.word("(empty)")
	}
	return value
}
