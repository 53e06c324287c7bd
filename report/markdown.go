package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// maxMarkdown is how long a page of Markdown gets, in bytes. GitHub drops a step
// summary of more than 1 MiB whole, and other steps of the job have theirs;
// GitLab takes a note of a million characters.
const maxMarkdown = 900 << 10

// Markdown writes a page for $GITHUB_STEP_SUMMARY, a merge request or a ticket.
func Markdown(s Style) Format { return markdownUpTo(s, maxMarkdown) }

func markdownUpTo(s Style, limit int) Format {
	return func(w io.Writer, f Frame) Stream { return newPage(s, markdown{}, limit, w, f) }
}

// markdown is the Markdown that GitHub and GitLab have in common. Every paragraph
// and every item is one line, so that no text can begin one.
type markdown struct{}

func (markdown) open(*bytes.Buffer, string) {}
func (markdown) shut(*bytes.Buffer)         {}

func (m markdown) heading(b *bytes.Buffer, level int, _ string, line ...phrase) {
	fmt.Fprintf(b, "%s %s\n\n", strings.Repeat("#", level+1), m.within(line...))
}

func (m markdown) paragraph(b *bytes.Buffer, line ...phrase) {
	fmt.Fprintf(b, "%s\n\n", m.line(line))
}

func (m markdown) strong(b *bytes.Buffer, text string) {
	if text = m.line([]phrase{plain(text)}); text != "" {
		fmt.Fprintf(b, "**%s**\n\n", text)
	}
}

func (markdown) startList(*bytes.Buffer) {}

func (m markdown) item(b *bytes.Buffer, line ...phrase) { fmt.Fprintf(b, "- %s\n", m.line(line)) }

func (markdown) endList(b *bytes.Buffer) { b.WriteByte('\n') }

// fold is HTML, which ends at the blank line, around a table.
func (m markdown) fold(b *bytes.Buffer, title string, head []string, rows []row) {
	fmt.Fprintf(b, "<details><summary>%s</summary>\n\n", title)
	m.cells(b, head)
	fmt.Fprintf(b, "|%s\n", strings.Repeat(" --- |", len(head)))
	for _, r := range rows {
		m.cells(b, r.cells)
	}
	b.WriteString("\n</details>\n\n")
}

func (m markdown) cells(b *bytes.Buffer, cells []string) {
	for _, c := range cells {
		fmt.Fprintf(b, "| %s ", m.within(plain(c)))
	}
	b.WriteString("|\n")
}

// within is phrases where no line begins.
func (m markdown) within(line ...phrase) string { return m.line(append([]phrase{plain("")}, line...)) }

// line is phrases in one line.
func (m markdown) line(line []phrase) string {
	var b strings.Builder
	for i, p := range line {
		switch {
		case p.typed:
			b.WriteString(mdCode(clip(p.text)))
		case p.url != "" && mdURL(p.url):
			fmt.Fprintf(&b, "[%s](%s)", mdText(clip(p.text), false), p.url)
		default:
			b.WriteString(mdText(clip(p.text), i == 0))
		}
	}
	return strings.TrimSpace(b.String())
}
