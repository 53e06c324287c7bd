package report

import (
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/say"
)

// DocBase is where the problem pages are published.
const DocBase = "https://github.com/semadoctor/semadoctor/blob/main/docs/problems/"

// Options is what a report needs to know besides what was found.
type Options struct {
	Version       string // of semadoctor
	Lang          say.Lang
	FailOn        FailOn
	ExitStyle     ExitStyle // "" is semadoctor's own
	DryRun        DryRun
	Redact        func(string) string // takes every known secret out; never nil
	StartedAt     time.Time
	Took          time.Duration
	Stopped       string // "deadline" or a signal's name; "" when the run went to its end
	Deterministic bool   // all times zero
}

func (c Counts) plus(d Counts) Counts {
	return Counts{c.Pass + d.Pass, c.Warn + d.Warn, c.Fail + d.Fail, c.Skip + d.Skip, c.Unknown + d.Unknown, c.Accepted + d.Accepted}
}

// maker chooses the words and takes the secrets out.
type maker struct{ Options }

func (m maker) say(t say.Text) string        { return m.text(t.In(m.Lang)) }
func (m maker) title(c *checks.Check) string { return Clean(say.Sentence(c.Title).In(m.Lang)) } // the program's own words
func (m maker) text(s string) string         { return Clean(brief(m.Redact(s))) }

func (m maker) ms(d time.Duration) int64 {
	if m.Deterministic {
		return 0
	}
	return d.Milliseconds()
}

func (m maker) target(d checks.Diagnosis) (Target, Counts) {
	in := d.Target.Install
	t := Target{
		Name: m.text(d.Target.Name), Config: m.text(d.Config), Server: m.text(d.Server),
		Era: string(d.Version.Era), RunnerVersion: m.text(d.Version.Text), VersionSource: d.Version.Source.Published(), Guessed: d.Version.Guessed(),
		Identity:   Identity{m.text(in.As.Name), in.As.UID, in.As.GID, m.say(in.AsSource)},
		RootCauses: []string{}, Results: make([]Result, 0, len(d.Results)),
	}
	if t.VersionSource == "" {
		t.VersionSource = "unknown"
	}
	for _, p := range d.Causes.Roots {
		t.RootCauses = append(t.RootCauses, p.ID)
	}
	var c Counts
	for _, r := range d.Results {
		c.add(r.Status)
		if r.Accepted() {
			c.Accepted++
		}
		t.Results = append(t.Results, m.result(r, d.Causes))
	}
	t.Verdict = verdict(c)
	return t, c
}

func (m maker) result(r checks.Result, causes checks.Causes) Result {
	out := Result{
		Check: r.Check.ID, Title: m.title(r.Check), Status: r.Status.String(),
		Because: m.say(r.Because), DurationMS: m.ms(r.Took), Findings: []Finding{},
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, m.finding(f, causes))
	}
	return out
}

func (m maker) finding(f checks.Finding, causes checks.Causes) Finding {
	out := Finding{
		Status: f.Status.String(), Summary: m.say(f.Summary), Detail: m.say(f.Detail),
		CausedBy: []string{}, Evidence: []Evidence{}, Advice: []string{},
	}
	if f.Problem != nil {
		out.ID, out.Doc = f.Problem.ID, DocBase+f.Problem.ID+".md"
		for _, c := range causes.By[f.Problem] {
			out.CausedBy = append(out.CausedBy, c.ID)
		}
	}
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, Evidence{m.say(e.What), m.text(e.From.File), e.From.Line, m.text(e.From.Pointer), m.text(e.From.Env), m.text(e.From.Flag)})
	}
	if a := f.Accepted; a != nil {
		out.Accepted = &Accepted{a.Until, m.text(a.Reason), m.text(a.At.File), a.At.Line}
		f.Fix = nil // semadoctor leaves it as it is
	}
	if len(out.CausedBy) > 0 {
		return out // there is nothing to be done about a symptom
	}
	if f.Fix != nil {
		out.Fix = &Fix{m.say(f.Fix.Title), string(f.Fix.Safety)}
	}
	for _, a := range f.Advice {
		out.Advice = append(out.Advice, m.say(a))
	}
	return out
}
