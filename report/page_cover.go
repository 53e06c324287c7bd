package report

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"
)

// cover is what stands before the chapters: the verdict, the counts, and of several
// targets which are how.
func (p *pageStream) cover(out io.Writer, r *Report) error {
	p.page(out, func(b *bytes.Buffer) {
		status, verdict := statusOf(r.Verdict), "semadoctor: "+p.verdict(r.Verdict, r.Counts.Accepted > 0)
		p.ink.open(b, verdict)
		p.ink.heading(b, 1, status, plain(p.symbol(status)+" "+verdict))
		p.ink.paragraph(b, plain(r.Counts.String()))
		if r.Stopped != "" {
			p.ink.strong(b, p.word("stopped by %s: this is what was known until then", r.Stopped))
		}
		if p.targets > 1 {
			p.ink.paragraph(b, plain(p.fleet(p.verdicts)))
		}
		if p.many() {
			p.sum(b)
		}
	})
	return p.names(out)
}

// names is the list of the targets: of many only of those that are not well.
func (p *pageStream) names(out io.Writer) error {
	var err error
	listed, unnamed := 0, 0
	for _, s := range p.shelves {
		listed, unnamed = listed+s.listed, unnamed+s.unnamed
	}
	if listed > 0 {
		p.page(out, func(b *bytes.Buffer) {
			if p.many() { // a list would go on with the one before it
				p.ink.paragraph(b, plain(p.word("those that are not well:")))
			}
			p.ink.startList(b)
		})
		for _, s := range p.shelves {
			_, e := s.names.WriteTo(out)
			err = cmp.Or(err, e)
		}
		p.page(out, p.ink.endList)
	}
	if unnamed > 0 {
		p.page(out, func(b *bytes.Buffer) {
			p.ink.paragraph(b, plain(p.word("runners that are not well and not named here, for lack of room: %d", unnamed)))
		})
	}
	return err
}

// name is one target in one line: how it is, and why.
func (p *pageStream) name(b *bytes.Buffer, t Target) {
	line := []phrase{plain(p.symbol(statusOf(t.Verdict)) + " "), typed(t.Name), plain(": ")}
	why := p.why(t)
	if why == "" {
		why = p.verdict(t.Verdict, accepts(t))
	}
	p.ink.item(b, append(line, plain(why))...)
}

// why is what a target is not well for: the root causes with their words, or else
// the ids of what was found or could not be found out.
func (p *pageStream) why(t Target) string {
	var all []string
	for _, c := range plot(t) {
		switch id := c.told[:min(len(c.told), 1)]; {
		case len(id) == 0 || id[0].Accepted != nil:
		case c.root:
			all = append(all, id[0].ID+": "+id[0].Summary)
		case len(t.RootCauses) == 0:
			all = append(all, id[0].ID)
		}
	}
	if t.Verdict == Unknown {
		for _, r := range unknowns(t) {
			all = append(all, r.Check)
		}
	}
	return strings.Join(slices.Compact(all), "; ")
}

// causes are the root causes of a fleet, by id.
type causes map[string]*cause

type cause struct {
	id, doc string
	targets int
}

func (c causes) count(t Target) {
	for _, root := range t.RootCauses {
		if c[root] == nil {
			c[root] = &cause{id: root, doc: docOf(t, root)}
		}
		c[root].targets++
	}
}

func docOf(t Target, id string) string {
	for _, f := range findings(t) {
		if f.ID == id {
			return f.Doc
		}
	}
	return ""
}

// sum says of how many targets each is the root cause, the most frequent first.
func (p *pageStream) sum(b *bytes.Buffer) {
	if len(p.causes) == 0 {
		return
	}
	p.ink.paragraph(b, plain(p.word("root causes, and how many runners have them:")))
	p.ink.startList(b)
	for _, c := range slices.SortedFunc(maps.Values(p.causes), func(a, b *cause) int {
		return cmp.Or(cmp.Compare(b.targets, a.targets), cmp.Compare(a.id, b.id))
	}) {
		p.ink.item(b, linked(c.id, c.doc), plain(p.word(": %d", c.targets)))
	}
	p.ink.endList(b)
}
