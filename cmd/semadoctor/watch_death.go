//go:build unix

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/internal/supervise"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A death is the end of a runner that nobody has asked to end.
type death struct {
	end     supervise.End
	lived   time.Duration
	hearing *hearing
	before  *look // the gate's
	memory  bool  // the kernel has killed something for want of memory meanwhile
}

// quoted is how many of a dead runner's last lines are shown.
const quoted = 6

// obituary says what has happened: how the runner ended, its last words, what is
// wrong now, and what of that is new.
func (w *watcher) obituary(ctx context.Context, d death) {
	after := w.look(ctx)
	var b strings.Builder
	line := func(t say.Text) { fmt.Fprintf(&b, "semadoctor: %s\n", w.safe(t.In(w.lang))) }
	line(d.inWords())
	if said := w.lastWords(d.hearing); len(said) > 0 {
		line(say.Textf("its last words:"))
		for _, s := range said {
			fmt.Fprintf(&b, "  | %s\n", s)
		}
	}
	line(w.mostLikely(d, after))
	if len(d.before.d.Results) > 0 {
		for _, t := range changes(d.before.d, after.d) {
			line(t)
		}
	}
	fmt.Fprint(w.mouth.own(), b.String())
}

// inWords is how it ended.
func (d death) inWords() say.Text {
	lived := d.lived.Round(100 * time.Millisecond)
	if d.end.Signal != nil {
		return say.Textf("the runner was ended after %s by a signal that semadoctor did not hand on: %s (%d)", lived, d.end.Signal, d.end.Code)
	}
	return say.Textf("the runner has ended by itself after %s, with status %d", lived, d.end.Code)
}

// lastWords are the last lines as they may be shown: secrets masked, escapes made
// visible, the stack of a panic left out.
func (w *watcher) lastWords(h *hearing) []string {
	var all []string
	for _, l := range h.last() {
		if strings.HasPrefix(l, "goroutine ") {
			break
		}
		if l = strings.TrimRight(l, "\r\t "); l != "" {
			all = append(all, w.quote(l))
		}
	}
	return all[max(0, len(all)-quoted):]
}

// quote is what the runner said as it may be shown.
func (w *watcher) quote(line string) string {
	return report.Clean(string(w.patients.secrets.MaskLine([]byte(line))))
}

// mostLikely is the most likely cause: what is wrong with the runner, else what it
// said itself.
func (w *watcher) mostLikely(d death, after *look) say.Text {
	if d.memory && d.end.Signal == syscall.SIGKILL {
		return say.Textf("the kernel has killed it: its control group, that of the unit or the container, has used up its memory")
	}
	if f, ok := root(after.d, checks.Fail); ok {
		return say.Textf("the most likely cause is %s: %s", f.Problem.ID, f.Summary)
	}
	for _, t := range d.hearing.troubles() {
		if len(t.Told) > 0 && t.Topic != runner.LogUnknownError {
			return say.Textf("all that semadoctor checks is well; the runner itself says: %s", say.Verbatim(w.quote(t.Told[0].Text)))
		}
	}
	if d.end.Signal == syscall.SIGKILL {
		return say.Textf("all that semadoctor checks is well; the kernel kills so what takes too much memory, and so does whoever sends SIGKILL")
	}
	return say.Textf("all that semadoctor checks is well")
}

// changes are the problems that have come and gone between two diagnoses.
func changes(before, after checks.Diagnosis) []say.Text {
	was, is := problems(before), problems(after)
	var come, gone []string
	for _, id := range is {
		if !slices.Contains(was, id) {
			come = append(come, id)
		}
	}
	for _, id := range was {
		if !slices.Contains(is, id) {
			gone = append(gone, id)
		}
	}
	var all []say.Text
	if len(come) > 0 {
		all = append(all, say.Textf("new since its start: %s", say.List(come)))
	}
	if len(gone) > 0 {
		all = append(all, say.Textf("gone since its start: %s", say.List(gone)))
	}
	return all
}

// problems are the ids of what was found, each once.
func problems(d checks.Diagnosis) []string {
	var ids []string
	for _, r := range d.Results {
		for _, f := range r.Findings {
			if f.Problem != nil && f.Status >= checks.Warn && !slices.Contains(ids, f.Problem.ID) {
				ids = append(ids, f.Problem.ID)
			}
		}
	}
	return ids
}
