package report

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// width is how many cells a text takes on a terminal. The locale has no say in
// it: under zh_CN the table library would count box lines double.
func width(s string) int {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	return c.StringWidth(s)
}

// Fill is a text with blanks behind it, up to so many cells.
func Fill(s string, cells int) string { return s + strings.Repeat(" ", max(cells-width(s), 0)) }

// Hang is text in lines that fit the terminal, with a line feed behind each. The first
// begins with first, and the others with as many blanks.
func (s Style) Hang(first, text string) string {
	cells := width(first)
	lines := wrap(text, s.width()-cells)
	return first + strings.Join(lines, "\n"+strings.Repeat(" ", cells)) + "\n"
}

// wrap breaks plain text into lines of at most w cells, at blanks, and inside of
// what has none: a path, or a sentence in Chinese.
func wrap(s string, w int) []string {
	w = max(w, 10)
	var lines []string
	line := ""
	for _, word := range strings.Split(s, " ") {
		if line != "" && width(line)+1+width(word) <= w {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; width(line) > w; {
			head, rest := cut(line, w)
			lines, line = append(lines, head), rest
		}
	}
	return append(lines, line)
}

// cut splits a word where it no longer fits, behind a slash if there is one in
// the last third.
func cut(word string, w int) (head, rest string) {
	at, cells := 0, 0
	for i, r := range word {
		if cells += width(string(r)); cells > w {
			break
		}
		at = i + len(string(r))
	}
	if slash := strings.LastIndexByte(word[:at], '/'); slash > at*2/3 {
		at = slash + 1
	}
	return word[:at], word[at:]
}
