package report

import (
	"bytes"
	"slices"
	"strings"
)

// Manual is a page of the manual, which is Markdown, for a terminal: paragraphs and
// items in lines that fit, tables drawn, code left as it is, for it is to be copied.
func (s Style) Manual(page string) (string, error) {
	m := manual{style: s}
	for line := range strings.Lines(s.plain(page)) {
		if err := m.line(strings.TrimRight(line, "\n")); err != nil {
			return "", err
		}
	}
	err := m.flush()
	return m.out.String(), err
}

// A manual is a page that is being set. What is not complete yet is in at most one of
// words and rows.
type manual struct {
	style Style
	out   bytes.Buffer
	inner int        // where the text of the item begins that lines belong to, in blanks
	first string     // what stands before the first of words: blanks and the item's dash
	words []string   // the lines of a paragraph
	rows  [][]string // of a table, the first is its head
}

func (m *manual) line(line string) error {
	text := strings.TrimLeft(line, " ")
	indent := len(line) - len(text)
	if strings.HasPrefix(text, "|") && len(m.words) == 0 {
		m.rows = append(m.rows, cellsOf(text))
		return nil
	}
	mark := itemMark(text)
	if len(m.words) > 0 && text != "" && mark == "" && !isHeading(text) {
		m.words = append(m.words, text)
		return nil
	}
	if err := m.flush(); err != nil {
		return err
	}
	switch {
	case text == "":
		m.out.WriteByte('\n')
	case isHeading(text):
		m.inner = 0
		m.heading(text)
	case indent >= m.inner+4:
		m.out.WriteString(line + "\n")
	default:
		m.begin(line[:indent]+mark, text[len(mark):])
	}
	return nil
}

// begin begins a paragraph or, when a dash or number is before it, an item.
func (m *manual) begin(before, text string) {
	m.inner, m.first, m.words = len(before), before, []string{text}
}

func (m *manual) heading(text string) {
	for _, l := range wrap(text, m.style.width()) {
		m.out.WriteString(m.style.paint("title", l) + "\n")
	}
}

// flush sets what is complete now.
func (m *manual) flush() error {
	rows, words := m.rows, m.words
	m.rows, m.words = nil, nil
	if len(words) > 0 {
		m.out.WriteString(m.style.Hang(m.first, strings.Join(words, " ")))
	}
	if len(rows) > 0 {
		return m.table(rows)
	}
	return nil
}

// table draws a table, or where it has no room makes an item of each row.
func (m *manual) table(rows [][]string) error {
	rows = slices.DeleteFunc(rows, func(r []string) bool { return strings.Trim(strings.Join(r, ""), "-: ") == "" })
	if m.style.width() < minTable {
		for _, row := range rows[1:] {
			row = slices.DeleteFunc(row, func(cell string) bool { return cell == "" })
			m.out.WriteString(m.style.Hang("- ", strings.Join(row, " | ")))
		}
		return nil
	}
	room := columns(rows, m.style.width()-1)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = strings.Join(wrap(cell, room[i]), "\n")
		}
	}
	return m.style.grid(&m.out, rows[0], rows[1:])
}

// columns shares the cells of a line among the columns of a table: each gets what it
// needs, and the widest give away first.
func columns(rows [][]string, line int) []int {
	room := make([]int, len(rows[0]))
	left := line
	for i := range room {
		for _, row := range rows {
			room[i] = max(room[i], width(row[i]))
		}
		left -= room[i] + len("|  ")
	}
	for ; left < 0; left++ {
		widest := 0
		for i := range room {
			if room[i] > room[widest] {
				widest = i
			}
		}
		room[widest]--
	}
	return room
}

// cellsOf are the cells of a row of a table. A bar in a cell has a backslash before it.
func cellsOf(row string) []string {
	const bar = "\x00"
	row = strings.ReplaceAll(row, `\|`, bar)
	cells := strings.Split(strings.TrimSuffix(strings.TrimSpace(row), "|"), "|")[1:]
	for i, c := range cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(c, bar, "|"))
	}
	return cells
}

// isHeading tells a heading from a line that begins with the number of an issue.
func isHeading(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(text, "#"), " ") && text[0] == '#'
}

// itemMark is the dash or the number that begins an item, with the blank behind it; ""
// when text is no item.
func itemMark(text string) string {
	if strings.HasPrefix(text, "- ") {
		return "- "
	}
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if digits > 0 && strings.HasPrefix(text[digits:], ". ") {
		return text[:digits+2]
	}
	return ""
}
