package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// How long run waits for who has the journal, before it repairs something.
const (
	journalPause = 200 * time.Millisecond
	journalWait  = 10 * time.Second
)

// errToRepair reports that there is something to repair, and the journal not locked.
var errToRepair = errors.New("there is something to repair")

// repaired is what --fix and --register come to. A runner that needs no repair starts
// without the journal's lock: another may be repaired at the moment, or somebody asked
// who does not answer.
func (s *surgery) repaired(ctx context.Context, t *checks.Target) (checks.Diagnosis, error) {
	j, err := s.journal("")
	if err != nil {
		return checks.Diagnosis{}, err
	}
	unlock, err := s.lockForOpen(ctx, j, t)
	if unlock == nil && err == nil {
		s.onlyLooks = true
		d, why := s.treatOne(ctx, t)
		s.onlyLooks = false
		if !errors.Is(why, errToRepair) {
			return d, why
		}
		unlock, err = s.lockInTime(ctx, j)
	}
	if stopped(ctx) != "" && unlock == nil {
		return checks.Diagnosis{Target: t}, nil
	}
	if err != nil {
		return checks.Diagnosis{}, err
	}
	defer unlock() //nolint:errcheck // the lock ends with the process at the latest
	if err := s.finishInterrupted(j); err != nil {
		return checks.Diagnosis{}, err
	}
	later := t.Later() // somebody may have repaired it meanwhile
	later.MeetAtWork(s.atWork()...)
	return s.treatOne(ctx, later)
}

// lockForOpen locks the journal if there are repairs in it that are not finished, and
// waits for that if one is of this runner. Those of other runners are no reason not to
// start this one: somebody may be at them.
func (s *surgery) lockForOpen(ctx context.Context, j *repair.Journal, t *checks.Target) (unlock func() error, err error) {
	open, _ := j.Unfinished() // what cannot be read is said when the journal is needed
	switch {
	case len(open) == 0:
		return nil, nil
	case slices.ContainsFunc(open, func(e repair.Entry) bool { return s.concerns(ctx, e, t) }):
		return s.lockInTime(ctx, j)
	}
	unlock, _ = s.lock(j)
	return unlock, nil
}

// concerns reports whether a repair is of this runner, be it called this or that.
func (s *surgery) concerns(ctx context.Context, e repair.Entry, t *checks.Target) bool {
	if e.Target == t.Name {
		return true
	}
	var own []string
	if f, err := t.File(ctx); err == nil {
		own = append(own, f.Path)
	}
	if c, err := t.Config(ctx); err == nil {
		for _, u := range c.Uses() {
			own = append(own, u.Path.V)
		}
	}
	return slices.ContainsFunc(e.Plan.Steps, func(step repair.Step) bool {
		return slices.ContainsFunc(own, func(name string) bool { return name == step.Path || s.patients.one(name, step.Path) })
	})
}

// lockInTime locks the journal, and waits a while for who has it.
func (s *surgery) lockInTime(ctx context.Context, j *repair.Journal) (unlock func() error, err error) {
	for waited := time.Duration(0); ; waited += journalPause {
		unlock, err = s.lock(j)
		switch {
		case !errors.Is(err, repair.ErrLocked), waited >= journalWait, ctx.Err() != nil:
			return unlock, err
		case waited == 0:
			s.note("%s: waiting for it for at most %s", say.Error(err), journalWait)
		}
		s.Sleep(ctx, journalPause)
	}
}
