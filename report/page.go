package report

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"time"
)

// An ink writes the parts of a page in one language of markup. What it is given is
// text of unknown origin: to escape it is the ink's own affair.
type ink interface {
	// open and shut are what stands around the page.
	open(b *bytes.Buffer, title string)
	shut(b *bytes.Buffer)
	// heading is of level 1 (the page), 2 (a runner) or 3; status colours it.
	heading(b *bytes.Buffer, level int, status string, line ...phrase)
	paragraph(b *bytes.Buffer, line ...phrase)
	strong(b *bytes.Buffer, text string)
	// An item stands between startList and endList.
	startList(b *bytes.Buffer)
	item(b *bytes.Buffer, line ...phrase)
	endList(b *bytes.Buffer)
	// fold is a table that shows its title until somebody opens it.
	fold(b *bytes.Buffer, title string, head []string, rows []row)
}

// A phrase is a piece of a line: words, or what is typed as it stands, or a link.
type phrase struct {
	text  string
	typed bool
	url   string // "" when it is no link
}

func plain(text string) phrase       { return phrase{text: text} }
func typed(text string) phrase       { return phrase{text: text, typed: true} }
func linked(text, url string) phrase { return phrase{text: text, url: url} }

// A row is a line of a table.
type row struct {
	status string
	cells  []string
}

// A pageStream writes a page for people to read: the verdict, whom it is about, and
// then a chapter a target. It never becomes longer than its limit: what is told
// first is the root causes of those that are broken, and of what has no room it is
// said how much there is.
type pageStream struct {
	Style
	ink      ink
	w        io.Writer
	limit    int // bytes
	targets  int
	shelves  [3]*shelf
	verdicts map[Verdict]int
	causes   causes
}

// The shelves, in the order in which they are read.
const (
	shelfBroken = iota
	shelfDoubtful
	shelfHealthy
)

func newPage(s Style, i ink, limit int, w io.Writer, f Frame) *pageStream {
	p := &pageStream{Style: s, ink: i, w: w, limit: limit, targets: f.Targets, verdicts: map[Verdict]int{}, causes: causes{}}
	for n, part := range [...]int{shelfBroken: limit / 3 * 2, shelfDoubtful: limit / 6, shelfHealthy: limit / 12} {
		p.shelves[n] = &shelf{names: f.Spool(), room: part, chapters: f.Spool(), limit: limit}
	}
	return p
}

// Target implements Stream.
func (p *pageStream) Target(t Target) error {
	p.verdicts[t.Verdict]++
	p.causes.count(t)
	on := p.shelves[shelfOf(t.Verdict)]
	if p.many() && t.Verdict == Healthy {
		return nil
	}
	var name, chapter bytes.Buffer
	if p.targets > 1 {
		p.name(&name, t)
	}
	if !on.full() {
		p.chapter(&chapter, t, p.limit/2)
	}
	return on.put([]byte(p.plain(name.String())), []byte(p.plain(chapter.String())))
}

func (p *pageStream) many() bool { return p.targets > manyTargets }

func shelfOf(v Verdict) int {
	return map[Verdict]int{Broken: shelfBroken, Degraded: shelfDoubtful, Unknown: shelfDoubtful, Healthy: shelfHealthy}[v]
}

// maxFoot is more than what stands behind the chapters, in bytes.
const maxFoot = 2 << 10

// Close implements Stream.
func (p *pageStream) Close(r *Report) error {
	out := &counted{w: bufio.NewWriter(p.w)}
	err := p.cover(out, r)
	var untold int
	for _, s := range p.shelves {
		n, e := s.copyChapters(out, p.limit-maxFoot-out.n)
		untold, err = untold+n, cmp.Or(err, e, s.close())
	}
	p.page(out, func(b *bytes.Buffer) { p.foot(b, r, untold) })
	return cmp.Or(err, out.w.Flush())
}

// page writes a part of the page.
func (p *pageStream) page(out io.Writer, write func(*bytes.Buffer)) {
	var b bytes.Buffer
	write(&b)
	fmt.Fprint(out, p.plain(b.String()))
}

// foot says what is left out, and who wrote this.
func (p *pageStream) foot(b *bytes.Buffer, r *Report, untold int) {
	if untold > 0 {
		p.ink.paragraph(b, plain(p.word("runners whose findings are left out here, for lack of room: %d (-o json=FILE has them all)", untold)))
	}
	by := r.Tool.Name + " " + r.Tool.Version
	if !r.StartedAt.IsZero() {
		by += ", " + r.StartedAt.Format(time.RFC3339)
	}
	p.ink.paragraph(b, plain(p.word("%s, exit code %d", by, r.ExitCode)))
	p.ink.shut(b)
}

// counted counts the bytes that it passes on.
type counted struct {
	w *bufio.Writer
	n int
}

func (c *counted) Write(b []byte) (int, error) {
	c.n += len(b)
	return c.w.Write(b)
}
