package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/semadoctor/semadoctor/say"
)

// manyTargets is up to how many targets a table shows all of them.
const manyTargets = 20

// Table writes a report for a person: what was checked as a table, then each
// root cause with what it does and what to do, its symptoms below it, and the
// verdict last, where the eye is. Of many targets those that are well are only
// counted.
func Table(s Style) Format {
	return func(w io.Writer, f Frame) Stream {
		return &tableStream{Style: s, w: bufio.NewWriter(w), many: f.Targets > manyTargets, verdicts: map[Verdict]int{}}
	}
}

type tableStream struct {
	Style
	w        *bufio.Writer
	many     bool
	shown    bool   // a target stands above
	told     string // the problem that was told first, "" if none was
	verdicts map[Verdict]int
}

// Target implements Stream.
func (s *tableStream) Target(t Target) error {
	s.verdicts[t.Verdict]++
	if s.many && t.Verdict == Healthy {
		return nil
	}
	var b bytes.Buffer
	if s.shown {
		b.WriteByte('\n')
	}
	s.shown = true
	s.head(&b, t)
	if err := s.overview(&b, t); err != nil {
		return fmt.Errorf("write report as table: %w", err)
	}
	if first := s.stories(&b, t); s.told == "" {
		s.told = first
	}
	_, err := s.w.WriteString(s.plain(b.String()))
	return err
}

// Close implements Stream.
func (s *tableStream) Close(r *Report) error {
	var b bytes.Buffer
	if s.told != "" {
		b.WriteByte('\n')
		s.line(&b, "skip", s.word("more about it: semadoctor explain %s", s.told), "")
	}
	s.foot(&b, r)
	if s.many {
		s.line(&b, "title", s.fleet(s.verdicts), "")
	}
	text := b.String()
	if !s.shown {
		text = strings.TrimPrefix(text, "\n")
	}
	_, _ = s.w.WriteString(s.plain(text)) // an error stays until Flush
	return s.w.Flush()
}

// fleet sums up many targets in one line.
func (s Style) fleet(v map[Verdict]int) string {
	all := v[Healthy] + v[Degraded] + v[Broken] + v[Unknown]
	return s.word("%d runners: %d healthy, %d with warnings, %d broken, %d not known", all, v[Healthy], v[Degraded], v[Broken], v[Unknown])
}

// head says who the patient is.
func (s Style) head(b *bytes.Buffer, t Target) {
	s.line(b, "title", t.Name, "")
	for _, fact := range s.facts(t) {
		s.line(b, "", fact, "  ")
	}
}

// facts are the runner's version and identity, and its server.
func (s Style) facts(t Target) []string {
	id := t.Identity
	who := s.word("uid %d, gid %d", id.UID, id.GID)
	switch {
	case id.UID < 0 && id.User != "": // nobody knows its numbers
		who = id.User
	case id.User != "":
		who = fmt.Sprintf("%s (%d:%d)", id.User, id.UID, id.GID)
	}
	facts := []string{s.word("runner %s, runs as %s, says %s", s.version(t), who, id.Source)}
	if t.Server != "" {
		facts = append(facts, s.word("server %s", t.Server))
	}
	return facts
}

func (s Style) version(t Target) string {
	switch {
	case t.Era == "":
		return s.word("of an unknown version")
	case t.Guessed:
		return s.word("like %s (a guess from its config)", t.Era)
	case t.RunnerVersion == t.Era:
		return t.Era
	}
	return fmt.Sprintf("%s (%s)", t.RunnerVersion, t.Era)
}

// line writes text wrapped and indented, each line coloured by itself.
func (s Style) line(b *bytes.Buffer, status, text, indent string) {
	for _, l := range wrap(text, s.width()-len(indent)) {
		b.WriteString(indent + s.paint(status, l) + "\n")
	}
}

// cells are the fixed widths of the first two columns, in cells.
const (
	statusCells = 9
	checkCells  = 21
	frameCells  = 10 // borders and padding of three columns
)

// minTable is the least width, in cells, at which a table can be read.
const minTable = 60

// overview says what each check came to: as a table, or as a list where a table
// has no room.
func (s Style) overview(b *bytes.Buffer, t Target) error {
	if s.width() >= minTable {
		return s.table(b, t)
	}
	for _, r := range t.Results {
		s.line(b, r.Status, s.mark(r.Status)+" "+r.Check, "")
		for _, l := range s.resultLines(r, s.width()-4) {
			b.WriteString("    " + l + "\n")
		}
	}
	return nil
}

func (s Style) table(b *bytes.Buffer, t Target) error {
	var rows [][]string
	for _, r := range t.Results {
		rows = append(rows, s.row(r))
	}
	return s.grid(b, []string{s.word("status"), s.word("check"), s.word("result")}, rows)
}

// grid draws rows that are broken into lines already.
func (s Style) grid(b *bytes.Buffer, header []string, rows [][]string) error {
	var plain bytes.Buffer
	tab := tablewriter.NewTable(&plain,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{Symbols: s.symbols()})),
		tablewriter.WithEastAsian(false),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.Off),
	)
	tab.Header(header)
	for _, r := range rows {
		if err := tab.Append(r); err != nil {
			return err
		}
	}
	if err := tab.Render(); err != nil {
		return err
	}
	b.Write(plain.Bytes())
	return nil
}

func (s Style) symbols() tw.Symbols {
	if s.ASCII {
		return tw.NewSymbols(tw.StyleASCII)
	}
	return tw.NewSymbols(tw.StyleLight)
}

// row is one check: its status, its id, and in one sentence what it came to.
func (s Style) row(r Result) []string {
	lines := s.resultLines(r, s.width()-statusCells-checkCells-frameCells)
	check := wrap(r.Check, checkCells)
	return []string{
		s.paint(r.Status, s.mark(r.Status)),
		strings.Join(check, "\n"),
		strings.Join(lines, "\n"),
	}
}

func (s Style) resultLines(r Result, cells int) []string {
	var lines []string
	for _, text := range s.resultWords(r) {
		lines = append(lines, wrap(text, cells)...)
	}
	return lines
}

// resultWords is what a check came to: why it has no result, what it found, or else
// what holds.
func (s Style) resultWords(r Result) []string {
	var words []string
	if r.Because != "" {
		words = append(words, r.Because)
	}
	for _, f := range r.Findings {
		text := f.Summary
		if f.ID != "" {
			text = f.ID
			if len(f.CausedBy) > 0 {
				text = s.word("%s, caused by %s", f.ID, strings.Join(f.CausedBy, ", "))
			}
			if f.Accepted != nil {
				text = s.word("%s (accepted)", text)
			}
		}
		words = append(words, text)
	}
	if len(words) == 0 {
		return []string{r.Title}
	}
	return words
}

// foot is the verdict.
func (s Style) foot(b *bytes.Buffer, r *Report) {
	b.WriteByte('\n')
	s.stopped(b, r.Stopped)
	s.line(b, statusOf(r.Verdict), fmt.Sprintf("%s (%s)", s.verdict(r.Verdict, r.Counts.Accepted > 0), r.Counts), "")
}

// verdict is a verdict in words; accepted says that something is lived with.
func (s Style) verdict(v Verdict, accepted bool) string {
	if v == Healthy && accepted {
		return s.word("healthy: nothing found but what is accepted")
	}
	return map[Verdict]string{
		Healthy:  s.word("healthy: nothing found"),
		Degraded: s.word("works, with warnings"),
		Broken:   s.word("broken"),
		Unknown:  s.word("not everything could be found out; this is no clean bill of health"),
	}[v]
}

// stopped says what cut the run short, if anything did.
func (s Style) stopped(b *bytes.Buffer, by string) {
	if by != "" {
		s.line(b, "unknown", s.word("stopped by %s: what is known until then is above", say.Sentence(by)), "")
	}
}

func statusOf(v Verdict) string {
	return map[Verdict]string{Healthy: "pass", Degraded: "warn", Broken: "fail", Unknown: "unknown"}[v]
}
