package checks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// A Check judges one thing about a Target. It is a value: declare one, and put
// it into the list that is run.
type Check struct {
	ID       string             // "paths/collision"
	Title    string             // what holds when all is well: "The runner's files all have different paths"
	Problems []*Problem         // all that Run may find, in order of weight
	Requires []*Check           // cannot look unless these found no failure: else Skip, "needs config/readable"
	Needs    Need               // what it costs to ask
	Timeout  time.Duration      // 0 means the target's
	About    func(*Target) bool // nil: every target; where it says no, the check has no result at all
	Run      func(context.Context, *Target) ([]Finding, error)
}

func (c *Check) String() string { return c.ID }

// A Need is what a check uses besides files.
type Need int

// The needs. A check may have several: Network | APIToken.
const (
	Network  Need = 1 << iota // skipped with --offline
	APIToken                  // has something to ask only with --server-token-file
)

// A Finding is one Problem seen on one Target, or (Problem nil, Status Pass)
// something a healthy check has to say.
type Finding struct {
	Problem  *Problem
	Status   Status   // 0 with a Problem means the Problem's own
	Summary  say.Text // one line, what is: names the path, the number, the user
	Detail   say.Text // what this runner, of this era, does because of it
	Evidence []Evidence
	Fix      *repair.Fix // nil when only a person can help
	Advice   []say.Text  // commands or steps for that person

	// Alone says that nothing else found explains this finding, though the
	// Problem's CausedBy would: an expired certificate that no clock makes good.
	Alone bool

	// Harmless says that this finding explains nothing, though it is among the
	// causes of other Problems: what it would lead to has not happened. A config
	// that is its own state file, with a whole identity in it, is one.
	Harmless bool

	// Stays says that this finding does not pass by itself, though its Problem
	// often does: a proxy that wants a password is no proxy that is starting.
	Stays bool

	// Passes is the reverse: this finding may pass by itself, though its Problem as a
	// rule does not. A gateway that has no route yet is not a wrong address.
	Passes bool

	// Moot says that when this is repaired the check does not apply any more: that it
	// is skipped then says that all is well.
	Moot bool

	// By narrows what explains this finding among the Problem's CausedBy; nil means
	// all of it. Of a panic the log knows which it was.
	By []*Problem

	// Accepted is why this finding does not count, though it is there: its Status is
	// Skip then, and was keeps the one before. nil: it counts.
	Accepted *Acceptance
	was      Status

	// Explains narrows what this finding explains among what its Problem is a
	// cause of; nil means all of it. A key that is not read explains only that
	// what it was to set is missing.
	Explains []*Problem
}

// Evidence is what was seen and where.
type Evidence struct {
	What say.Text
	From runner.Origin
}

// severity is the finding's status with the Problem's as default.
func (f *Finding) severity() Status {
	if f.Problem != nil && f.Status == Pass {
		return f.Problem.Status
	}
	return f.Status
}

// note is something a healthy check has to say.
func note(format string, args ...any) Finding {
	return Finding{Status: Pass, Summary: say.Textf(format, args...)}
}

// notApplicable is a reason to skip, in an error's clothes.
type notApplicable struct{ why say.Text }

func (e notApplicable) Error() string { return e.why.String() }

// NotApplicable is returned by a check that has nothing to judge on this target.
func NotApplicable(format string, args ...any) error {
	return notApplicable{say.Textf(format, args...)}
}

// cannotTell is a reason why a check could not look.
type cannotTell struct {
	why say.Text
	err error
}

func (e cannotTell) Error() string { return e.why.String() }
func (e cannotTell) Unwrap() error { return e.err }

// CannotTell is returned by a check that could not look: the result is Unknown,
// and the text says what would let it know. err may be nil.
func CannotTell(err error, format string, args ...any) error {
	return cannotTell{say.Textf(format, args...), err}
}

// A Result is what one check came to.
type Result struct {
	Check    *Check
	Status   Status
	Findings []Finding
	Because  say.Text      // why Skip or Unknown
	Took     time.Duration // 0 when it was not run
}

// Validate reports the first mistake in a list of checks: it is for the program
// that puts the list together, at its start.
func Validate(cs []*Check) error {
	v := validator{state: map[*Check]int{}, ids: map[string]bool{}, problems: map[string]*Problem{}}
	for i, c := range cs {
		if slices.Contains(cs[:i], c) {
			return fmt.Errorf("check %s is listed twice", c)
		}
		if err := v.visit(c); err != nil {
			return err
		}
	}
	return nil
}

type validator struct {
	state    map[*Check]int // 1: being visited, 2: done
	ids      map[string]bool
	problems map[string]*Problem
}

func (v *validator) visit(c *Check) error {
	switch {
	case v.state[c] == 2:
		return nil
	case v.state[c] == 1:
		return fmt.Errorf("check %s requires itself", c)
	case v.ids[c.ID]:
		return fmt.Errorf("two checks are called %s", c)
	case c.ID == "" || c.Title == "" || c.Run == nil:
		return fmt.Errorf("check %q needs an ID, a Title and a Run", c)
	}
	v.state[c], v.ids[c.ID] = 1, true
	for _, p := range c.Problems {
		if known := v.problems[p.ID]; known != nil && known != p || p.ID == "" || p.Doc == "" || p.Title == "" {
			return fmt.Errorf("problem %q of check %s needs an ID of its own, a Title and a Doc", p, c)
		}
		v.problems[p.ID] = p
	}
	for _, r := range c.Requires {
		if err := v.visit(r); err != nil {
			return err
		}
	}
	v.state[c] = 2
	return nil
}
