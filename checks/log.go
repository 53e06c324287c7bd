package checks

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A Log is what a runner has said, as far as somebody has read it.
type Log struct {
	Life  *runner.Life
	Parts []LogPart // at least one
	All   bool      // all of it is asked about; else only what goes on
	Err   error     // why not all of it could be read; nil: it was
}

// A LogPart is a file of a log, or the command that shows it.
type LogPart struct {
	From  runner.Origin
	Until int64 // its last line, from 1, over all that was read
}

// at is where a line stands, of all that were read. What a command shows has other
// lines the next time, and of no line, which is 0, only the newest part is known.
func (l *Log) at(line int64) runner.Origin {
	var before int64
	for _, p := range l.Parts {
		if before < line && line <= p.Until && p.From.File != "" {
			p.From.Line = int(line - before)
			return p.From
		}
		before = p.Until
	}
	return l.Parts[len(l.Parts)-1].From
}

// LogLifecycle looks at what the runner itself has said.
var LogLifecycle = &Check{
	ID:       "log/lifecycle",
	Title:    "The runner's log tells of no trouble",
	Problems: logProblems(),
	About:    (*Target).speaks,
	Run:      logLifecycle,
}

// speaks reports whether there is a log that can be read without much ado.
func (t *Target) speaks() bool {
	u := t.Install.Unit
	return t.Log != nil || t.Journal && u != nil && u.Known && t.Exec != nil
}

// lately is how long ago what a running runner has said still goes on: it says
// each second what is wrong.
const lately = 2 * time.Minute

func logLifecycle(ctx context.Context, t *Target) ([]Finding, error) {
	log, err := t.log(ctx)
	switch {
	case errors.Is(err, runner.ErrNoSystemd):
		return nil, NotApplicable("there is no journal to read")
	case err != nil: // who may not read the journal is not told that the runner may be ill
		return nil, NotApplicable("the unit's journal cannot be read: %v", err)
	}
	if err := log.speechless(); err != nil && log.Err == nil {
		return nil, err
	}
	var found, past []Finding
	for _, trouble := range log.Life.Troubles {
		switch {
		case log.All || t.goesOn(ctx, trouble):
			found = append(found, t.logFinding(log, trouble))
		case trouble.Topic != runner.LogUnknownError:
			past = append(past, note("earlier in the log, and over: %s", summary(log.Life, trouble)))
		}
	}
	found = append(found, past...)
	if log.Err != nil {
		return found, CannotTell(log.Err, "not all of the log could be read: %v", log.Err)
	}
	return found, nil
}

// speechless is why nothing can be said about a log; nil when something can.
func (l *Log) speechless() error {
	switch {
	case l.Life.Lines == 0:
		return NotApplicable("the runner's log is empty")
	case l.Life.Known == 0 && l.All:
		return CannotTell(nil, "none of its %d lines is one that a runner says: is it a runner's log?", l.Life.Lines)
	case l.Life.Known == 0:
		return NotApplicable("the runner has said nothing lately")
	case l.Life.Undated == l.Life.Known:
		return CannotTell(nil, "the log has no dates: which of its lines were said then cannot be told")
	case l.Life.Outside == l.Life.Known:
		return NotApplicable("the runner has said nothing in that time")
	}
	return nil
}

// log is the log that was given, or else the end of the unit's journal.
func (t *Target) log(ctx context.Context) (*Log, error) {
	if t.Log != nil {
		return t.Log, nil
	}
	u := t.Install.Unit.Unit
	life, err := t.live.journal().get(ctx, func(ctx context.Context) (*runner.Life, error) {
		return runner.AskJournal(ctx, t.Exec, t.machine(), u, t.Net.Now())
	})
	return &Log{Life: life, Parts: []LogPart{{From: runner.Origin{Flag: runner.JournalName(u)}}}}, err
}

// goesOn reports whether what was said is still so: since the last start, and a
// moment ago if the unit runs. What is not dated is taken to go on.
func (t *Target) goesOn(ctx context.Context, trouble runner.Trouble) bool {
	if trouble.Lately == 0 {
		return false
	}
	ago, dated := runner.LogTimeOf(t.Net.Now()).Since(trouble.Last)
	state, err := t.unitState(ctx)
	running := err == nil && state.Active == "active" && state.Sub == "running"
	return !dated || !running || ago < lately
}

func (t *Target) logFinding(log *Log, trouble runner.Trouble) Finding {
	f := Finding{Problem: logProblem(trouble.Topic), Summary: summary(log.Life, trouble), By: causesOf(log.Life, trouble)}
	f.Detail = continued(log.Life, trouble)
	for _, l := range trouble.Told {
		f.Evidence = append(f.Evidence, Evidence{What: t.quoted(l), From: log.at(l.Line)})
	}
	if n := log.Life.Untold; n > 0 && trouble.Topic == runner.LogUnknownError {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("and %d lines of more kinds", n), From: log.at(0)})
	}
	if len(trouble.Told) == 0 {
		f.Evidence = []Evidence{{What: wordless(log.Life, trouble), From: log.at(trouble.Line)}}
	}
	f.Advice = advice(log.Life, f, trouble)
	return f
}

// advice names the usual causes of lines that are known, and what no check can tell.
func advice(l *runner.Life, f Finding, trouble runner.Trouble) (todo []say.Text) {
	known := func(l runner.Told) bool { return l.Signature != nil }
	if trouble.Topic == runner.LogRegistrationFails && slices.ContainsFunc(trouble.Told, turnedAway) {
		todo = append(todo, say.Textf("compare the registration token with the server's: one that it does not take is answered 400, and a one-time token (smrs_…) is good for one registration, within an hour"))
	}
	todo = append(todo, hints(l, trouble)...)
	if causes := likely(f); len(causes) > 0 && (len(trouble.Told) == 0 || slices.ContainsFunc(trouble.Told, known)) {
		todo = append(todo, say.Textf("the usual causes, on each of which there is a page (semadoctor explain ID): %s", say.List(causes)))
	}
	return todo
}

// turnedAway reports whether a registration may have been answered 400: up to 2.10.25
// the log does not say which code it was.
func turnedAway(l runner.Told) bool {
	return l.Code == 400 || l.Code == 0 && l.Signature != nil && strings.HasPrefix(l.Signature.ID, "registration-not-ok")
}

// maxLikely is how many causes are named.
const maxLikely = 4

// quoted is a line of a log, with what may be a secret in it masked.
func (t *Target) quoted(l runner.Told) say.Text {
	line := say.Verbatim(strings.Join(strings.Fields(string(t.Secrets.MaskLine([]byte(l.Text)))), " "))
	if l.N == 1 {
		return line
	}
	return say.Textf("%s (the first of %d lines)", line, l.N)
}

// causesOf are the problems that usually explain these lines, none of them where no
// check can find any; nil when all that explain the topic may. What a registration is
// answered has other causes where it is an error of the server's.
func causesOf(life *runner.Life, trouble runner.Trouble) []*Problem {
	if trouble.Topic == runner.LogServerErrors || len(trouble.Told) == 0 {
		return nil
	}
	by := []*Problem{}
	for _, l := range trouble.Told {
		if l.Signature == nil || l.Signature.Causes == nil {
			return nil
		}
		for _, id := range l.Signature.Causes {
			all := logProblem(trouble.Topic).CausedBy
			if id == URLMalformed.ID && diesAtWork(life, trouble, l) { // it had found its server
				continue
			}
			if i := slices.IndexFunc(all, func(p *Problem) bool { return p.ID == id }); i >= 0 && !slices.Contains(by, all[i]) {
				by = append(by, all[i])
			}
		}
	}
	return by
}

func likely(f Finding) []*Problem {
	all := f.By
	if all == nil {
		all = f.Problem.CausedBy
	}
	return all[:min(len(all), maxLikely)]
}
