package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// A choice is what somebody wants of a plan.
type choice struct {
	all  bool
	some []int // numbers of fixes as they were shown, from 1; nil: no
}

// consent asks, on a terminal; elsewhere only --yes will do. Of several fixes some
// can be chosen, if they can be made without the others.
func (s *surgery) consent(ctx context.Context, fixes int) (choice, error) {
	if s.yes {
		return choice{all: true}, nil
	}
	if !s.canAsk() {
		return choice{}, nobodyToAsk()
	}
	question := say.Textf("Make these changes? [y/N]")
	if fixes > 1 {
		question = say.Textf("Make these changes? [y/N, or the numbers of some, like 1,3]")
	}
	for {
		fmt.Fprintf(s.Stderr, "%s ", question.In(s.language(s.c)))
		line, ok := s.typed(ctx)
		if !ok {
			fmt.Fprintln(s.Stderr)
			return choice{}, nil
		}
		if c, ok := chosen(line, fixes); ok {
			return c, nil
		}
		if fixes == 1 {
			s.note("want y or n")
			continue
		}
		s.note("want y, n, or numbers from 1 to %d with commas between them", fixes)
	}
}

// nobodyToAsk ends a fix that would have to ask.
func nobodyToAsk() error {
	return usagef("fix asks before it changes anything, and there is no terminal to ask on: give --yes, or --dry-run to look only")
}

func (s *surgery) canAsk() bool { return s.TTY.In && s.TTY.Err }

// typed is a line, and false at the end of the input or of ctx: what is typed then
// comes too late.
func (s *surgery) typed(ctx context.Context) (string, bool) {
	if s.keyboard == nil {
		s.keyboard = bufio.NewReader(s.Stdin)
	}
	type answer struct {
		line string
		err  error
	}
	given := make(chan answer, 1)
	go func() {
		line, err := s.keyboard.ReadString('\n')
		given <- answer{line, err}
	}()
	select {
	case a := <-given:
		return a.line, a.err == nil || a.line != ""
	case <-ctx.Done():
		return "", false
	}
}

// chosen understands an answer; false when it is none.
func chosen(line string, fixes int) (choice, bool) {
	switch word := strings.ToLower(strings.TrimSpace(line)); word {
	case "y", "yes":
		return choice{all: true}, true
	case "", "n", "no":
		return choice{}, true
	default:
		some, ok := numbers(word, fixes)
		return choice{all: ok && len(some) == fixes, some: some}, ok && fixes > 1
	}
}

// numbers reads "1,3" and "2-4".
func numbers(text string, most int) ([]int, bool) {
	var all []int
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err != nil || err2 != nil || first < 1 || last > most || first > last {
			return nil, false
		}
		for n := first; n <= last; n++ {
			if !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all, len(all) > 0
}

// among is the wish for some of the fixes that were shown.
func among(shown []repair.Fix, some []int, wanted checks.Wish) checks.Wish {
	return func(f checks.Finding) bool {
		return wanted(f) && f.Fix != nil && slices.ContainsFunc(some, func(n int) bool { return shown[n-1].Title.String() == f.Fix.Title.String() })
	}
}
