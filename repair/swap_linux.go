package repair

import (
	"errors"

	"golang.org/x/sys/unix"
)

// errUnsettled reports two names that others would not leave alone.
var errUnsettled = errors.New("somebody keeps writing to it")

// swap lets what is at temp and what is at the name change places, and removes the
// latter if it is what we have seen there. Whatever somebody has put there since
// goes back: it would be lost.
func (p *place) swap(temp string, old, ours *Snapshot) error {
	aside := place{p.dir, temp}
	s := swapping{
		exchange: func() error { return unix.Renameat2(p.fd(), temp, p.fd(), p.name, unix.RENAME_EXCHANGE) },
		aside:    aside.snapshot,
	}
	if err := s.exchange(); err != nil {
		return err
	}
	got, err := s.aside()
	if err == nil && !same(got, old) {
		return s.giveBack(got, ours)
	}
	if err == nil {
		err = p.unlink(temp, old.Mode.IsDir())
	}
	if err != nil {
		return also(err, s.giveBack(got, ours))
	}
	return nil
}

// swapping is one name and another aside of it that change places.
type swapping struct {
	exchange func() error
	aside    func() (*Snapshot, error)
}

// mostExchanges is how often somebody may save while we look at what they saved
// before: an editor that does so every time is none.
const mostExchanges = 16

// giveBack returns theirs, which is aside and may be nil where it could not be
// looked at, to the name, where placed is. What it
// finds there may be newer still, when it is saved once more between two looks:
// then that goes back. In the end only what is ours, or was overwritten by whoever
// came later, is aside, and the error is ErrChanged.
func (s swapping) giveBack(theirs, placed *Snapshot) error {
	for range mostExchanges {
		if err := s.exchange(); err != nil {
			return also(errUnsettled, err)
		}
		got, err := s.aside()
		if err != nil {
			return also(errUnsettled, err)
		}
		if same(got, placed) {
			return ErrChanged
		}
		theirs, placed = got, theirs
	}
	return errUnsettled
}

// snapshot is what is at the place; ErrChanged when nothing is.
func (p *place) snapshot() (*Snapshot, error) {
	n, err := p.look()
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, ErrChanged
	}
	defer n.Close()
	return n.snapshot()
}
