package report

import (
	"iter"
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

// wrap breaks plain text into lines of at most w cells: at blanks, between Chinese
// characters, and inside of what has neither: a path.
func wrap(s string, w int) []string {
	w = max(w, 10)
	var lines []string
	line, cells := "", 0
	for p := range pieces(s) {
		if need := cells + len(p.gap) + width(p.text); line != "" && need <= w {
			line, cells = line+p.gap+p.text, need
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = p.text; width(line) > w; {
			head, rest := cut(line, w)
			lines, line = append(lines, head), rest
		}
		cells = width(line)
	}
	return append(lines, line)
}

// A piece of a text stays on one line, if it fits.
type piece struct {
	gap  string // what stands before it unless a line begins there: a blank or nothing
	text string
}

// pieces are the words of s; beside Chinese characters words end without a blank.
func pieces(s string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		code := false // between backticks
		for word := range strings.SplitSeq(s, " ") {
			for gap := " "; gap != "" || word != ""; gap = "" {
				at := ending(word, code)
				if strings.Count(word[:at], "`")%2 == 1 {
					code = !code
				}
				if !yield(piece{gap, word[:at]}) {
					return
				}
				word = word[at:]
			}
		}
	}
}

// ending is where the first piece of a word ends. Code is never broken, and a path only
// behind what ends it.
func ending(word string, code bool) int {
	var before rune
	isPath := strings.HasPrefix(strings.TrimLeft(word, opening), "/")
	for i, r := range word {
		if i > 0 && !code && (isWide(before) || isWide(r)) && !strings.ContainsRune(opening, before) && !strings.ContainsRune(closing, r) && (!isPath || strings.ContainsRune(closing, before)) {
			return i
		}
		before, code = r, code != (r == '`')
	}
	return len(word)
}

// No line ends with an opening sign, and none begins with a closing one.
const (
	opening = "（《「『【“‘([{"
	closing = "，。；：、？！）》」』】”’…),.;:!?]}"
)

func isWide(r rune) bool { return r >= 0x1100 && width(string(r)) == 2 }

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
