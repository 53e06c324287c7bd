package report

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/checks"
)

// maxSarifResults is how many results GitHub takes of one run; with one more it
// refuses the file.
const maxSarifResults = 25_000

// SARIF writes SARIF 2.1.0, as code scanning reads it: a result a finding that is
// no mere note, and what could not be found out as a notification of the run. The
// rules are those of the problems that were found, with their pages; paths below
// base are relative to it.
func SARIF(base Base, problems []*checks.Problem) Format {
	return func(w io.Writer, f Frame) Stream {
		return &sarifStream{w: w, base: base, problems: problems, started: f.StartedAt, results: jsonList{key: "results", indent: sarifIndent, kept: f.Spool()}, rules: map[string]int{}, notes: []sarifNote{}}
	}
}

// sarifStream keeps the results until the rules, which stand before them, are
// known.
type sarifStream struct {
	w        io.Writer
	base     Base
	problems []*checks.Problem
	started  time.Time
	results  jsonList
	left     int // results over the limit
	rules    map[string]int
	ids      []string // of the rules, in their order
	notes    []sarifNote
	prints   prints
}

// Target implements Stream.
func (s *sarifStream) Target(t Target) error {
	for _, res := range t.Results {
		if res.Status == "unknown" {
			s.notes = append(s.notes, sarifNote{sarifText{fmt.Sprintf("%s: %s: %s", t.Name, res.Check, res.Because)}, "warning"})
		}
		for _, f := range res.Findings {
			if f.ID == "" {
				continue
			}
			if err := s.result(t, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sarifStream) result(t Target, f Finding) error {
	if s.results.n == maxSarifResults {
		s.left++
		return nil
	}
	return asSARIF(s.results.add(s.resultOf(t, f)))
}

// sarifIndent is where the results stand, as deep as JSON has them.
const sarifIndent = "        "

func (s *sarifStream) resultOf(t Target, f Finding) sarifResult {
	at := spotOf(t, f)
	r := sarifResult{
		RuleID: f.ID, RuleIndex: s.rule(f.ID), Level: sarifLevel(f.Status), Message: sarifText{message(f)},
		Fingerprints: map[string]string{"semadoctor/v1": s.prints.of(f.ID, t.Name, at.file)},
		Properties:   sarifFacts{Target: t.Name, CausedBy: f.CausedBy},
	}
	if a := f.Accepted; a != nil {
		r.Suppressions = []sarifSuppression{{"external", a.Reason + " (" + a.Until + ")"}}
	}
	place := sarifPlace{Logical: []sarifLogical{{t.Name}}}
	if at.file != "" {
		uri := s.base.uri(at.file)
		place.Physical = &sarifPhysical{sarifFile{uri}, sarifRegion{max(at.line, 1)}}
	}
	r.Locations = []sarifPlace{place}
	return r
}

// rule is the index of a problem's rule.
func (s *sarifStream) rule(id string) int {
	i, ok := s.rules[id]
	if !ok {
		i = len(s.ids)
		s.rules[id], s.ids = i, append(s.ids, id)
	}
	return i
}

func sarifLevel(status string) string {
	switch status {
	case "fail":
		return "error"
	case "warn":
		return "warning"
	}
	return "note"
}

// Close implements Stream.
func (s *sarifStream) Close(r *Report) error { return asSARIF(s.results.writeIn(s.document(r), s.w)) }

func asSARIF(err error) error {
	if err != nil {
		return fmt.Errorf("write report as SARIF: %w", err)
	}
	return nil
}

func (s *sarifStream) document(r *Report) sarifLog {
	if s.left > 0 {
		s.notes = append(s.notes, sarifNote{sarifText{fmt.Sprintf("%d results more are left out", s.left)}, "warning"})
	}
	call := sarifCall{Successful: r.Stopped == "", ExitCode: r.ExitCode, Notes: s.notes}
	if !s.started.IsZero() {
		end := s.started.Add(time.Duration(r.DurationMS) * time.Millisecond)
		call.Start, call.End = s.started.UTC().Format(time.RFC3339), end.UTC().Format(time.RFC3339)
	}
	rules := make([]sarifRule, 0, len(s.ids))
	for _, id := range s.ids {
		rules = append(rules, ruleOf(id, s.problems))
	}
	return sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:    sarifTool{sarifDriver{r.Tool.Name, r.Tool.Version, "https://github.com/semadoctor/semadoctor", rules}},
			Calls:   []sarifCall{call},
			Results: []sarifResult{},
		}},
	}
}

// ruleOf is the rule of a problem. GitHub shows no helpUri, so the help says it, too.
func ruleOf(id string, problems []*checks.Problem) sarifRule {
	rule := sarifRule{ID: id, Help: sarifHelp{Text: id}, Config: sarifConfig{"error"}}
	i := slices.IndexFunc(problems, func(p *checks.Problem) bool { return p.ID == id })
	if i < 0 {
		rule.Short.Text = id
		return rule
	}
	p := problems[i]
	uri := DocBase + id + ".md"
	rule.Short.Text, rule.HelpURI = p.Title, uri
	rule.Help = sarifHelp{Text: p.Doc + "\n" + uri, Markdown: p.Doc + "\n[" + id + "](" + uri + ")"}
	rule.Config.Level = sarifLevel(p.Status.String())
	return rule
}
