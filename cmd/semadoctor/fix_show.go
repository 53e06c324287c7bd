package main

import (
	"fmt"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// note tells a person how it goes, beside the document on stdout.
func (s *surgery) note(format string, args ...any) {
	fmt.Fprintln(s.Stderr, s.safe(say.Textf(format, args...).In(s.language(s.c))))
}

// show prints the plan: what is done and why, then the differences.
func (s *surgery) show(p *repair.Plan) { s.showFrom(p, 1) }

// showFrom is show with the number of the first step.
func (s *surgery) showFrom(p *repair.Plan, first int) {
	w := s.Stderr
	if s.dry && len(s.outs) == 0 {
		w = s.Stdout
	}
	lang := s.language(s.c)
	for i, f := range p.Fixes {
		fmt.Fprintf(w, "%d. %s\n", first+i, s.safe(f.Title.In(lang)))
		if !f.Reason.IsZero() {
			fmt.Fprintf(w, "   %s\n", s.safe(say.Textf("because %s", f.Reason).In(lang)))
		}
		if !f.First.IsZero() {
			fmt.Fprintf(w, "   %s\n", s.safe(say.Textf("first: %s", f.First).In(lang)))
		}
		if f.Safety == repair.Unsafe {
			fmt.Fprintf(w, "   %s\n", s.safe(say.Textf("unsafe: when it is taken back, %s", f.Final).In(lang)))
		}
	}
	mask := func(_ string, data []byte) []byte { return s.patients.secrets.Mask(data) }
	if diff := repair.Diff(lang, p, mask); diff != "" {
		fmt.Fprintf(w, "\n%s\n", diff)
	}
}
