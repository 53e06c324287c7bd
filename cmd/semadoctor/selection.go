package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
)

// selection is which checks are run, and which problems are wanted of them.
type selection struct{ only, skip []string }

func selectionOf(c *cli.Context, all []*checks.Check) (selection, error) {
	s := selection{commas(listOf(c, "only")), commas(listOf(c, "skip"))}
	for _, id := range append(append([]string{}, s.only...), s.skip...) {
		if !known(id, all) {
			return s, usagef("there is no check, problem or area %q: semadoctor checks lists them", id)
		}
	}
	if len(s.checks(all)) == 0 {
		return s, usagef("--only and --skip leave nothing to check")
	}
	return s, nil
}

func known(id string, all []*checks.Check) bool {
	for _, c := range all {
		if names(c, id) {
			return true
		}
	}
	return false
}

// names reports whether id is a check, its area, or one of its problems.
func names(c *checks.Check, id string) bool {
	if c.ID == id || area(c) == id {
		return true
	}
	for _, p := range c.Problems {
		if p.ID == id {
			return true
		}
	}
	return false
}

func area(c *checks.Check) string {
	a, _, _ := strings.Cut(c.ID, "/")
	return a
}

// checks are those that may find something wanted. A problem named by --skip
// takes out its check only when it is the check's last.
func (s selection) checks(all []*checks.Check) []*checks.Check {
	var out []*checks.Check
	for _, c := range all {
		if s.wantsCheck(c) {
			out = append(out, c)
		}
	}
	return out
}

func (s selection) wantsCheck(c *checks.Check) bool {
	for _, id := range s.skip {
		if c.ID == id || area(c) == id {
			return false
		}
	}
	for _, p := range c.Problems {
		if s.wants(c, p) {
			return true
		}
	}
	return len(c.Problems) == 0
}

// wants reports whether a problem of a check is asked for.
func (s selection) wants(c *checks.Check, p *checks.Problem) bool {
	for _, id := range s.skip {
		if p.ID == id {
			return false
		}
	}
	for _, id := range s.only {
		if c.ID == id || area(c) == id || p.ID == id {
			return true
		}
	}
	return len(s.only) == 0
}

// problems is what is wanted, problem by problem; nil means everything.
func (s selection) problems(all []*checks.Check) func(*checks.Problem) bool {
	if len(s.only)+len(s.skip) == 0 {
		return nil
	}
	wanted := map[*checks.Problem]bool{}
	for _, c := range s.checks(all) {
		for _, p := range c.Problems {
			wanted[p] = wanted[p] || s.wants(c, p)
		}
	}
	return func(p *checks.Problem) bool { return wanted[p] }
}
