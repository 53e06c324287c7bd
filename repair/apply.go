package repair

import (
	"errors"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

var (
	// ErrChanged reports a path that is no longer as it was when the plan was
	// made, or, when a plan is taken back, as the plan has left it.
	ErrChanged = say.Errorf("changed since the plan was made")
	// ErrHalfDone reports that a plan went wrong and could not be taken back
	// either. The journal knows what was there before.
	ErrHalfDone = say.Errorf("the steps already done could not all be taken back")
)

// Apply carries out the plan. It looks at every path first and touches nothing
// if one is not as planned: ErrChanged. If a step goes wrong, those before it
// are taken back; if that goes wrong too, the error is also ErrHalfDone.
func (p *Plan) Apply(disk Disk) error {
	if err := p.look(disk, Step.untouched); err != nil {
		return say.Errorf("apply: %w", err)
	}
	for i, s := range p.Steps {
		if err := s.expect(disk, Step.untouched); err != nil {
			return takenBack(say.Errorf("apply: %w", err), disk, p.Steps[:i])
		}
		switch err := disk.Store(s.Path, s.After); {
		case errors.Is(err, ErrChanged): // in this very moment
			return takenBack(say.Errorf("apply: %w", err), disk, p.Steps[:i])
		case err != nil:
			return takenBack(say.Errorf("apply: %w", err), disk, p.Steps[:i+1])
		}
	}
	return nil
}

// Revert takes the plan back: every path that is as planned becomes what it was
// before, and one that still is, or is again, stays so. If any path is neither,
// nothing is touched: ErrChanged. What somebody else has written is kept and
// returned: directories that the plan made and that are no longer empty, and files
// that were being saved in the moment in which the plan was interrupted.
func (p *Plan) Revert(disk Disk) (kept []string, err error) {
	if err := p.look(disk, Step.whole); err != nil {
		return nil, say.Errorf("take back: %w", err)
	}
	left := sweep(disk, p.Steps)
	kept, done, err := revert(disk, p.Steps, Step.whole)
	if err != nil {
		err = say.Errorf("take back: %w", err)
		for _, s := range slices.Backward(done) {
			if again := disk.Store(s.Path, s.After); again != nil {
				return nil, say.Errorf("%w; %w: %w", err, ErrHalfDone, again)
			}
		}
		return nil, err
	}
	return append(kept, left...), nil
}

// Recover takes back a plan that was interrupted anywhere between before and
// after, in either direction, this one included: as Revert, but a path may also be
// torn between both, temporary files are removed, and what goes wrong leaves the
// rest for the next time.
func (p *Plan) Recover(disk Disk) (kept []string, err error) {
	left := sweep(disk, p.Steps)
	if err = p.look(disk, Step.ours); err == nil {
		kept, _, err = revert(disk, p.Steps, Step.ours)
	}
	if err != nil {
		return nil, say.Errorf("take back: %w", err)
	}
	p.restoreTimes(disk)
	return append(kept, left...), nil
}

// restoreTimes does what it can for files that have their content back and not
// yet their time: it is set last.
func (p *Plan) restoreTimes(disk Disk) {
	for _, s := range p.Steps {
		if s.Before == nil || s.Before.Mode.IsDir() {
			continue
		}
		if now, err := disk.Load(s.Path); err == nil && same(now, s.Before) && !now.ModTime.Equal(s.Before.ModTime) {
			_ = disk.Store(s.Path, s.Before)
		}
	}
}

// Undo is the plan that takes p back, as Revert does it: to be shown.
func (p *Plan) Undo() *Plan {
	u := &Plan{Fixes: p.Fixes}
	for _, s := range slices.Backward(p.Steps) {
		s.Before, s.After = s.After, s.Before
		u.Steps = append(u.Steps, s)
	}
	return u
}

// look reports ErrChanged unless every path is as one that is known.
func (p *Plan) look(disk Disk, known func(Step, *Snapshot) bool) error {
	for _, s := range p.Steps {
		if err := s.expect(disk, known); err != nil {
			return err
		}
	}
	return nil
}

// expect reports ErrChanged unless the step's path is as one that is known.
func (s Step) expect(disk Disk, known func(Step, *Snapshot) bool) error {
	now, err := disk.Load(s.Path)
	if err != nil {
		return err
	}
	if !known(s, now) {
		return say.Errorf("%s: %w", s.Path, ErrChanged)
	}
	return nil
}

// untouched, whole and ours are what a path may be like.
func (s Step) untouched(now *Snapshot) bool { return same(now, s.Before) }
func (s Step) whole(now *Snapshot) bool     { return same(now, s.Before) || same(now, s.After) }
func (s Step) ours(now *Snapshot) bool      { return s.whole(now) || torn(now, s.Before, s.After) }

// takenBack takes steps back because of err, and says both if that fails.
func takenBack(err error, disk Disk, steps []Step) error {
	kept, _, back := revert(disk, steps, Step.whole)
	switch {
	case back != nil:
		return say.Errorf("%w; %w: %w", err, ErrHalfDone, back)
	case len(kept) > 0:
		return say.Errorf("%w; kept, because not empty: %s", err, strings.Join(kept, ", "))
	}
	return err
}

// revert makes every step's path what it was before, from the last to the
// first, and returns the steps for which there was something to do.
func revert(disk Disk, steps []Step, known func(Step, *Snapshot) bool) (kept []string, done []Step, err error) {
	for _, s := range slices.Backward(steps) {
		now, err := disk.Load(s.Path)
		if err != nil {
			return nil, done, err
		}
		if same(now, s.Before) {
			continue
		}
		if !known(s, now) {
			return nil, done, say.Errorf("%s: %w", s.Path, ErrChanged)
		}
		err = disk.Store(s.Path, s.Before)
		if errors.Is(err, ErrNotEmpty) {
			kept = append(kept, s.Path)
			continue
		}
		if !errors.Is(err, ErrChanged) {
			done = append(done, s)
		}
		if err != nil {
			return nil, done, err
		}
	}
	return kept, done, nil
}
