package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// chapter is one target: who it is, the root causes with their symptoms, the other
// findings, what could not be found out, and folded what is well. It keeps to a
// number of bytes by leaving out whole parts, and says so.
func (p *pageStream) chapter(b *bytes.Buffer, t Target, limit int) {
	p.who(b, t)
	left := 0
	for _, write := range p.parts(t) {
		var part bytes.Buffer
		if write(&part); b.Len()+part.Len() > limit {
			left++
			continue
		}
		b.Write(part.Bytes())
	}
	if left > 0 {
		p.ink.paragraph(b, plain(p.word("findings of this runner that are left out here, for lack of room: %d (-o json=FILE has them all)", left)))
	}
}

func (p *pageStream) parts(t Target) []func(*bytes.Buffer) {
	var all []func(*bytes.Buffer)
	for _, c := range plot(t) {
		all = append(all, func(b *bytes.Buffer) { p.scene(b, t, c) })
	}
	return append(all,
		func(b *bytes.Buffer) { p.open(b, t) },
		func(b *bytes.Buffer) { p.well(b, t) })
}

// who names the target. Of a log that stands alone nobody knows whose it is.
func (p *pageStream) who(b *bytes.Buffer, t Target) {
	status := statusOf(t.Verdict)
	p.ink.heading(b, 2, status, plain(p.symbol(status)+" "), typed(t.Name), plain(": "+p.verdict(t.Verdict, accepts(t))))
	if loneLog(t) {
		return
	}
	p.ink.startList(b)
	if t.Config != "" && t.Config != t.Name {
		p.ink.item(b, plain(p.word("config %s", t.Config)))
	}
	for _, fact := range p.facts(t) {
		p.ink.item(b, plain(fact))
	}
	p.ink.endList(b)
}

// accepts reports whether somebody lives with something that was found.
func accepts(t Target) bool {
	return slices.ContainsFunc(findings(t), func(f Finding) bool { return f.Accepted != nil })
}

// loneLog reports whether a target is nothing but a log.
func loneLog(t Target) bool {
	return len(t.Results) == 1 && strings.HasPrefix(t.Results[0].Check, "log/") && t.Config == ""
}

// scene tells findings in full, and below them in a line each what they explain.
func (p *pageStream) scene(b *bytes.Buffer, t Target, c scene) {
	c.root = c.root && !loneLog(t)
	for _, f := range c.told {
		p.ink.heading(b, 3, f.Status, plain(p.symbol(f.Status)+" "+p.chapterTitle(c, f)))
		p.finding(b, f)
	}
	if len(c.symptoms) == 0 {
		return
	}
	p.ink.paragraph(b, plain(p.word("its symptoms:")))
	p.ink.startList(b)
	for _, f := range c.symptoms {
		p.ink.item(b, plain(p.mark(f.Status)+" "), linked(f.ID, f.Doc), plain(": "+f.Summary))
	}
	p.ink.endList(b)
}

// chapterTitle says a status in words where it is not the root cause's.
func (p *pageStream) chapterTitle(c scene, f Finding) string {
	if c.root {
		return p.sceneTitle(c, f)
	}
	return f.Status + ": " + f.ID
}

func (p *pageStream) finding(b *bytes.Buffer, f Finding) {
	p.ink.strong(b, f.Summary)
	if f.Accepted != nil {
		p.ink.paragraph(b, plain(p.acceptedBy(f.Accepted)))
		return
	}
	if f.Detail != "" {
		p.ink.paragraph(b, plain(f.Detail))
	}
	if len(f.Evidence) > 0 {
		p.ink.paragraph(b, plain(p.word("what was seen:")))
		p.ink.startList(b)
		for _, e := range f.Evidence {
			p.ink.item(b, plain(p.seen(e)))
		}
		p.ink.endList(b)
	}
	p.ink.paragraph(b, plain(p.word("what to do:")))
	p.ink.startList(b)
	if f.Fix != nil {
		p.ink.item(b, typed("semadoctor "+f.Fix.command(f.Status)), plain(" "+p.word("will %s", f.Fix.Title)))
	}
	for _, a := range f.Advice {
		p.ink.item(b, plain(a))
	}
	p.ink.item(b, typed("semadoctor explain "+f.ID), plain(" "+p.word("or")+" "), linked(p.word("the page on %s", f.ID), f.Doc))
	p.ink.endList(b)
}

// open says what could not be found out, and why.
func (p *pageStream) open(b *bytes.Buffer, t Target) {
	all := unknowns(t)
	if len(all) == 0 {
		return
	}
	p.ink.heading(b, 3, "unknown", plain(p.symbol("unknown")+" "+p.word("what could not be found out")))
	p.ink.startList(b)
	for _, r := range all {
		p.ink.item(b, typed(r.Check), plain(": "+strings.Join(p.resultWords(r), "; ")))
	}
	p.ink.endList(b)
}

func unknowns(t Target) (all []Result) {
	for _, r := range t.Results {
		if r.Status == "unknown" {
			all = append(all, r)
		}
	}
	return all
}

// well is what passed and what was skipped, and what was noted beside.
func (p *pageStream) well(b *bytes.Buffer, t Target) {
	var c Counts
	var rows []row
	for _, r := range t.Results {
		switch r.Status {
		case "pass":
			c.Pass++
		case "skip":
			c.Skip++
		default:
			rows = append(rows, p.notes(r)...)
			continue
		}
		rows = append(rows, row{r.Status, []string{p.mark(r.Status), r.Check, strings.Join(p.resultWords(r), "; ")}})
	}
	if len(rows) > 0 {
		p.ink.fold(b, fmt.Sprintf("%d pass, %d skip", c.Pass, c.Skip), []string{p.word("status"), p.word("check"), p.word("result")}, rows)
	}
}

// notes are the findings of a result that are no problems.
func (p *pageStream) notes(r Result) (rows []row) {
	if r.Status == "unknown" {
		return nil // they stand there
	}
	for _, f := range r.Findings {
		if f.ID == "" {
			rows = append(rows, row{f.Status, []string{p.mark(f.Status), r.Check, f.Summary}})
		}
	}
	return rows
}
