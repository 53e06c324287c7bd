package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// explain is "semadoctor explain ID": the page of a problem, or of a check.
func (a *app) explain(c *cli.Context) error {
	if c.Args().Len() != 1 || c.Args().First() == "" {
		return usagef("explain takes one ID: semadoctor checks lists them")
	}
	id := c.Args().First()
	for _, check := range a.checks {
		for _, p := range check.Problems {
			if p.ID == id {
				return a.manual(c, p)
			}
		}
	}
	for _, check := range a.checks {
		if check.ID == id {
			a.entry(check, report.Style{Width: a.width(), Lang: a.language(c)})
			return nil
		}
	}
	return usagef("there is no problem or check %q%s", id, a.near(id))
}

// manual writes the page of p, as the terminal takes it.
func (a *app) manual(c *cli.Context, p *checks.Problem) error {
	page, err := a.style(c, false).Manual(a.page(p, a.language(c)))
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.Stdout, page)
	return err
}

// page is what there is to read about p, in Markdown.
func (a *app) page(p *checks.Problem, lang say.Lang) string {
	var b strings.Builder
	line := func(t say.Text) { b.WriteString(t.In(lang) + "\n\n") }
	line(say.Textf("# %s: %s", p.ID, say.Sentence(p.Title)))
	b.WriteString(strings.TrimSpace(p.Page(lang)) + "\n\n")
	line(say.Textf("## In the graph of causes"))
	line(say.Textf("Found by %s, as a %s.", say.List(a.foundBy(p)), p.Status))
	if len(p.CausedBy) > 0 {
		line(say.Textf("Merely a symptom when one of these is found too: %s.", say.List(p.CausedBy)))
	}
	if effects := a.effects(p); len(effects) > 0 {
		line(say.Textf("Explains: %s.", say.List(effects)))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// foundBy are the checks that find p: a token may be malformed wherever it stands.
func (a *app) foundBy(p *checks.Problem) (all []string) {
	for _, c := range a.checks {
		if slices.Contains(c.Problems, p) {
			all = append(all, c.ID)
		}
	}
	return all
}

// effects are the problems that p explains.
func (a *app) effects(p *checks.Problem) []*checks.Problem {
	var all []*checks.Problem
	for _, c := range a.checks {
		for _, q := range c.Problems {
			for _, cause := range q.CausedBy {
				if cause == p && !slices.Contains(all, q) {
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
		return meant(id, a.allIDs(), say.Textf(": semadoctor checks lists them"))
	}
	return say.Textf(", did you mean %s?", say.List(like))
}

// meant proposes the one of some names that was probably meant; without one, it is other.
func meant(name string, among []string, other say.Text) say.Text {
	if likely := runner.Likely(name, among); likely != "" {
		return say.Textf(", did you mean %s?", likely)
	}
	return other
}

// allIDs are those that can be explained.
func (a *app) allIDs() (ids []string) {
	for _, c := range a.checks {
		ids = append(ids, c.ID)
		for _, p := range c.Problems {
			ids = append(ids, p.ID)
		}
	}
	return ids
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
