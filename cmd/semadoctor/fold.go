package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// folded is where cli/v2 writes its help, which it sets in columns as wide as the
// longest flag, at the right of any terminal.
type folded struct {
	w     io.Writer
	style report.Style
	text  bytes.Buffer
}

func (f *folded) Write(b []byte) (int, error) { return f.text.Write(b) }

// helpCells is how wide the help is at the most, in cells: on a wide terminal long
// lines are hard to read.
const helpCells = 80

// helpStyle is how a terminal of so many cells, 0 if unknown, takes the help.
func helpStyle(cells int, lang say.Lang) report.Style {
	if cells == 0 {
		cells = helpCells
	}
	return report.Style{Width: min(cells, helpCells), Lang: lang}
}

// flush writes what has come, folded: of a flag the name on one line and what it
// is for below. Nothing is not written: whoever holds the output may never let go.
func (f *folded) flush() error {
	if f.text.Len() == 0 {
		return nil
	}
	var out strings.Builder
	for line := range strings.Lines(f.text.String()) {
		line = cliWords(strings.TrimRight(line, " \n"), f.style.Lang)
		name, usage, found := strings.Cut(strings.TrimPrefix(line, "   "), "  ")
		usage = strings.TrimSpace(usage)
		switch {
		case found && strings.HasPrefix(line, "   -"):
			out.WriteString(f.style.Hang("   ", name))
			out.WriteString(f.style.Hang("         ", byDefault(usage, f.style.Lang)))
		case found && len(line) > f.style.Width: // a command
			out.WriteString(f.style.Hang(line[:len(line)-len(usage)], usage))
		case len(line) > f.style.Width:
			out.WriteString(f.style.Hang("   ", strings.TrimSpace(line)))
		default:
			out.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(f.w, out.String())
	return err
}
