package main

import (
	"errors"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// finishInterrupted takes back, before anything is planned, what a repair that was
// killed has begun, and goes on with an undo that was. Where somebody else has
// changed things since, all is left as it is and that is noted once: it is theirs
// now. The journal is locked: nobody is at any of it.
func (s *surgery) finishInterrupted(j *repair.Journal) error {
	open, unread := j.Unfinished()
	s.tellUnread(unread)
	if len(open) > 0 && !s.yes && !s.canAsk() { // it is a change, too
		return nobodyToAsk()
	}
	for i := range open {
		if err := s.finishOne(&open[i]); err != nil {
			return err
		}
	}
	return nil
}

// tellUnread says what of the journal is lost, or of another version.
func (s *surgery) tellUnread(err error) {
	if err == nil {
		return
	}
	for _, text := range apartFrom(err) {
		s.note("the journal cannot be read there, and that repair not be taken back: %s", say.Error(text))
	}
}

func (s *surgery) finishOne(e *repair.Entry) error {
	if e.Owes() {
		return s.finishDeed(e)
	}
	was := e.State
	kept, err := e.Undo(s.patients.disk)
	switch {
	case errors.Is(err, repair.ErrChanged), errors.Is(err, host.ErrNotRegular), errors.Is(err, host.ErrTooLarge):
		s.note("a repair of %s was interrupted and cannot be taken back, so all is left as it is: %s", e.Target, say.Error(err))
		return e.Abandoned()
	case err != nil: // another time, perhaps; it keeps nobody else's runner from being repaired
		s.note("the interrupted repair %s of %s could not be taken back: %s", e.ID, e.Target, say.Error(err))
		return nil
	case was == repair.Undoing:
		s.note("taking back the repair %s of %s was interrupted: now it is done", e.ID, e.Target)
	default:
		s.note("the repair %s of %s was interrupted: it has been taken back", e.ID, e.Target)
	}
	for _, k := range kept {
		s.note("kept %s: somebody else has written to it", k)
	}
	s.tellStays(e)
	return nil
}

// finishDeed goes on with a repair whose deed was done when it was interrupted: what
// the server has given is in the journal alone.
func (s *surgery) finishDeed(e *repair.Entry) error {
	switch err := e.Finish(s.patients.disk); {
	case errors.Is(err, repair.ErrChanged), errors.Is(err, host.ErrNotRegular), errors.Is(err, host.ErrTooLarge):
		s.note("the repair %s of %s was interrupted when the server had done its part, and cannot be finished: %s; what the server gave is in the journal, under that name", e.ID, e.Target, say.Error(err))
		return e.Abandoned()
	case err != nil:
		s.note("the repair %s of %s was interrupted when the server had done its part, and could not be finished: %s", e.ID, e.Target, say.Error(err))
		return nil
	}
	s.note("the repair %s of %s was interrupted when the server had done its part: now it is finished", e.ID, e.Target)
	return nil
}

// stays is what taking a repair back leaves as it is.
func (a *app) stays(e *repair.Entry) (all []say.Text) {
	for _, text := range e.Stays() {
		if e.Deed == repair.DeedBegun {
			text = say.Textf("it is not known whether the server did its part; if so, %s", text)
		}
		all = append(all, text)
	}
	return all
}

func (s *surgery) tellStays(e *repair.Entry) {
	for _, text := range s.stays(e) {
		s.note("%s", text)
	}
}

// tellUnfinished says what a dry run leaves as it is. It takes no lock, so
// somebody may be at it right now.
func (s *surgery) tellUnfinished(j *repair.Journal) {
	open, unread := j.Unfinished()
	s.tellUnread(unread)
	for _, e := range open {
		if e.Owes() {
			s.note("the repair %s of %s is not finished, and the server has done its part: what is planned here is without it; fix finishes it first", e.ID, e.Target)
			s.changes = true
			continue
		}
		s.note("the repair %s of %s is not finished: what is planned here is without it; fix takes it back first", e.ID, e.Target)
		s.changes = s.changes || e.CanUndo(s.patients.disk) == nil
	}
}
