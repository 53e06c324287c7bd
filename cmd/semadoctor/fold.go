package main

import (
	"bytes"
	"io"
	"strings"
)

// folded is where cli/v2 writes its help, which it sets in columns as wide as the
// longest flag, at the right of any terminal.
type folded struct {
	w    io.Writer
	text bytes.Buffer
}

func (f *folded) Write(b []byte) (int, error) { return f.text.Write(b) }

// helpCells is how wide the help is, in cells: nobody's terminal is narrower.
const helpCells = 80

// flush writes what has come, folded: of a flag the name on one line and what it
// is for below. Nothing is not written: whoever holds the output may never let go.
func (f *folded) flush() error {
	if f.text.Len() == 0 {
		return nil
	}
	var out strings.Builder
	for line := range strings.Lines(f.text.String()) {
		line = strings.TrimRight(line, " \n")
		name, usage, found := strings.Cut(strings.TrimPrefix(line, "   "), "  ")
		usage = strings.TrimSpace(usage)
		switch {
		case found && strings.HasPrefix(line, "   -"):
			out.WriteString("   " + name + "\n")
			fold(&out, "         ", "         ", strings.TrimSuffix(usage, " (default: false)"))
		case found && len(line) > helpCells: // a command
			before := line[:len(line)-len(usage)]
			fold(&out, before, strings.Repeat(" ", len(before)), usage)
		case len(line) > helpCells:
			fold(&out, "   ", "   ", strings.TrimSpace(line))
		default:
			out.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(f.w, out.String())
	return err
}

// fold writes words into lines that begin with an indent, the first with another.
func fold(out *strings.Builder, first, indent, text string) {
	line, empty := first, true
	for _, word := range strings.Split(text, " ") {
		switch {
		case empty:
			line += word
		case len(line)+1+len(word) > helpCells:
			out.WriteString(line + "\n")
			line = indent + word
		default:
			line += " " + word
		}
		empty = false
	}
	out.WriteString(line + "\n")
}
