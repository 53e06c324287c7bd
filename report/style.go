package report

import (
	"strings"

	"github.com/fatih/color"

	"github.com/semadoctor/semadoctor/say"
)

// A Style is how a person's terminal takes a report.
type Style struct {
	Width int  // cells; 0 means 80
	Color bool // escapes may be used
	ASCII bool // nothing but ASCII from us; what we quote stays as it is
	Lang  say.Lang
}

func (s Style) width() int {
	if s.Width <= 0 {
		return 80
	}
	return max(s.Width, 20)
}

// word says something of the frame around the findings.
func (s Style) word(format string, args ...any) string { return say.Textf(format, args...).In(s.Lang) }

// mark is a status with its symbol, so that it can be read without colour.
func (s Style) mark(status string) string { return s.symbol(status) + " " + status }

// symbol is a status as one sign.
func (s Style) symbol(status string) string {
	symbol := map[string][2]string{
		"pass": {"✓", "+"}, "warn": {"!", "!"}, "fail": {"✗", "x"}, "skip": {"-", "-"}, "unknown": {"?", "?"},
	}[status]
	if s.ASCII {
		return symbol[1]
	}
	return symbol[0]
}

// plain replaces what we draw and write beyond ASCII; what we quote stays.
func (s Style) plain(text string) string {
	if !s.ASCII {
		return text
	}
	return strings.NewReplacer("…", "...", "±", "+-").Replace(text)
}

// paint colours one line of text by status. A colour never spans two lines.
func (s Style) paint(status, text string) string {
	if !s.Color {
		return text
	}
	attr := map[string][]color.Attribute{
		"pass": {color.FgGreen}, "warn": {color.FgYellow}, "fail": {color.FgRed, color.Bold},
		"unknown": {color.FgMagenta}, "skip": {color.Faint}, "title": {color.Bold}, "fix": {color.FgCyan},
	}[status]
	if attr == nil {
		return text
	}
	c := color.New(attr...)
	c.EnableColor() // decided by the caller, for this report alone
	return c.Sprint(text)
}
