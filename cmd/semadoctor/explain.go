package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// explain is "semadoctor explain ID": the page of a problem, or of a check.
func (a *app) explain(c *cli.Context) error {
	if c.Args().Len() != 1 {
		return usagef("explain takes one ID: semadoctor checks lists them")
	}
	id := c.Args().First()
	for _, check := range a.checks {
		for _, p := range check.Problems {
			if p.ID == id {
				a.page(p, check)
				return nil
			}
		}
	}
	for _, check := range a.checks {
		if check.ID == id {
			a.entry(check, report.Style{Width: a.width()})
			return nil
		}
	}
	return usagef("there is no problem or check %q%s", id, a.near(id))
}

func (a *app) page(p *checks.Problem, by *checks.Check) {
	fmt.Fprintf(a.Stdout, "# %s: %s\n\n%s\n", p.ID, p.Title, strings.TrimSpace(p.Doc))
	fmt.Fprintf(a.Stdout, "\n## In the graph of causes\n\nFound by %s, as a %s.\n", by.ID, p.Status)
	if len(p.CausedBy) > 0 {
		fmt.Fprintf(a.Stdout, "Merely a symptom when one of these is found too: %s.\n", say.List(p.CausedBy))
	}
	if effects := a.effects(p); len(effects) > 0 {
		fmt.Fprintf(a.Stdout, "Explains: %s.\n", say.List(effects))
	}
}

// effects are the problems that p explains.
func (a *app) effects(p *checks.Problem) []*checks.Problem {
	var all []*checks.Problem
	for _, c := range a.checks {
		for _, q := range c.Problems {
			for _, cause := range q.CausedBy {
				if cause == p {
					all = append(all, q)
				}
			}
		}
	}
	return all
}

// near proposes ids that hold what was typed.
func (a *app) near(id string) say.Text {
	var like []string
	for _, c := range a.checks {
		for _, p := range c.Problems {
			if strings.Contains(p.ID, id) || strings.Contains(id, p.ID) {
				like = append(like, p.ID)
			}
		}
	}
	if len(like) == 0 {
		return say.Textf(": semadoctor checks lists them")
	}
	return say.Textf(", did you mean %s?", say.List(like))
}

// list is "semadoctor checks".
func (a *app) list(c *cli.Context) error {
	if c.Args().Present() {
		return usagef("checks takes no arguments, got %q", c.Args().First())
	}
	for _, check := range a.checks {
		a.entry(check, report.Style{Width: a.width(), Lang: a.language(c)})
	}
	return nil
}

func (a *app) entry(check *checks.Check, s report.Style) {
	fmt.Fprintf(a.Stdout, "%s%s\n%s", check.ID, needs(check.Needs, s.Lang), s.Hang("    ", say.Sentence(check.Title).In(s.Lang)))
	writeProblems(a.Stdout, check, s)
}

func needs(n checks.Need, lang say.Lang) string {
	if n&checks.Network != 0 {
		return "  " + say.Textf("(asks the network)").In(lang)
	}
	return ""
}

// writeProblems writes a line a problem, or two where a title has no room beside the
// ID.
func writeProblems(w io.Writer, check *checks.Check, s report.Style) {
	for _, p := range check.Problems {
		before := fmt.Sprintf("      %-27s %-5s ", p.ID, p.Status)
		if s.Width > 0 && s.Width < 2*len(before) {
			fmt.Fprintf(w, "    %s %s\n", p.ID, p.Status)
			before = "        "
		}
		fmt.Fprint(w, s.Hang(before, say.Sentence(p.Title).In(s.Lang)))
	}
}

// schema is "semadoctor schema": what programs can hold "-o json" to.
func (a *app) schema(c *cli.Context) error {
	if c.Args().Present() {
		return usagef("schema takes no arguments, got %q", harmless(c.Args().First()))
	}
	_, err := io.WriteString(a.Stdout, report.JSONSchema())
	return err
}
