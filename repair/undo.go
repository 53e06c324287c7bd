package repair

import (
	"errors"

	"github.com/semadoctor/semadoctor/say"
)

// ErrUndone reports an entry that has been taken back already.
var ErrUndone = say.Errorf("has been undone already")

// Unfinished reports whether somebody is at the plan or, when we have the
// journal's lock, was interrupted.
func (e *Entry) Unfinished() bool { return e.State == Applying || e.State == Undoing }

// Undo takes the plan back and notes it: with Plan.Revert what was applied, with
// Plan.Recover what was interrupted.
func (e *Entry) Undo(disk Disk) (kept []string, err error) {
	switch e.State {
	case Undone:
		err = ErrUndone
	case Applied:
		kept, err = e.revert(disk)
	default:
		kept, err = e.Plan.Recover(disk)
	}
	if err != nil {
		return nil, say.Errorf("undo %s: %w", e.ID, err)
	}
	return kept, e.Undone()
}

// CanUndo reports why Undo would not begin: ErrUndone, ErrChanged, or what keeps
// us from looking.
func (e *Entry) CanUndo(disk Disk) error {
	switch e.State {
	case Undone:
		return ErrUndone
	case Applied:
		return e.Plan.look(disk, Step.whole)
	}
	return e.Plan.look(disk, Step.ours)
}

// revert notes what it is about to do, so that somebody else can finish it.
func (e *Entry) revert(disk Disk) (kept []string, err error) {
	if err := e.CanUndo(disk); err != nil {
		return nil, err
	}
	if err := e.become(Undoing); err != nil {
		return nil, err
	}
	kept, err = e.Plan.Revert(disk)
	if err == nil || errors.Is(err, ErrHalfDone) {
		return kept, err
	}
	if note := e.Applied(); note != nil {
		err = also(err, note)
	}
	return nil, err
}

// Unfinished are the entries that nobody has finished, newest first; the error is
// List's.
func (j *Journal) Unfinished() ([]Entry, error) {
	all, err := j.List()
	var open []Entry
	for _, e := range all {
		if e.Unfinished() {
			open = append(open, e)
		}
	}
	return open, err
}
