package repair

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The journal says that something is being taken back before the first change.
func TestUndoIsNotedFirst(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	e, err := j.Apply(treatment(t, disk), disk, About{})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	disk.store = func(string, *Snapshot) error {
		open, err := j.Unfinished()
		if seen++; err != nil || len(open) != 1 || open[0].State != Undoing {
			t.Errorf("at change %d, Unfinished() = %+v, %v", seen, open, err)
		}
		return nil
	}
	if _, err := e.Undo(disk); err != nil || seen == 0 {
		t.Errorf("Undo() = %v after %d changes", err, seen)
	}
	if open, err := j.Unfinished(); err != nil || open != nil {
		t.Errorf("Unfinished() at last = %+v, %v", open, err)
	}
}

// TestUndoAfterKilledUndo: killed at any change, taking back can be gone on with.
func TestUndoAfterKilledUndo(t *testing.T) {
	t.Parallel()
	steps := len(treatment(t, sickDisk()).Steps)
	for n := range steps + 1 {
		disk, j := sickDisk(), testJournal(t)
		before := disk.dump()
		e, err := j.Apply(treatment(t, disk), disk, About{})
		if err != nil {
			t.Fatal(err)
		}
		if err := e.become(Undoing); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			s := e.Plan.Steps[steps-1-i]
			if err := disk.Store(s.Path, s.Before); err != nil {
				t.Fatal(err)
			}
		}
		open, err := j.Unfinished()
		if err != nil || len(open) != 1 || open[0].State != Undoing {
			t.Fatalf("killed after %d steps, Unfinished() = %+v, %v", n, open, err)
		}
		if kept, err := open[0].Undo(disk); err != nil || kept != nil || open[0].State != Undone {
			t.Errorf("killed after %d steps, Undo() = %v, %v, %s", n, kept, err, open[0].State)
		}
		if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("killed after %d steps: (-want +got)\n%s", n, diff)
		}
	}
}

// An undo that is refused, or goes wrong and is put right, leaves an entry that
// can be undone; one that stays in the middle can be gone on with.
func TestUndoThatDoesNotWorkOut(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	e, err := j.Apply(treatment(t, disk), disk, About{})
	if err != nil {
		t.Fatal(err)
	}
	config, _ := disk.Load("/opt/sem/config.json")
	if err := disk.Store("/opt/sem/config.json", &Snapshot{Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Undo(disk); !errors.Is(err, ErrChanged) || e.State != Applied {
		t.Errorf("Undo() of what has changed = %v, %s", err, e.State)
	}
	if err := e.CanUndo(disk); !errors.Is(err, ErrChanged) {
		t.Errorf("CanUndo() = %v, want ErrChanged", err)
	}
	if err := disk.Store("/opt/sem/config.json", config); err != nil {
		t.Fatal(err)
	}
	disk.store = plug("/var/lib/semaphore", 1)
	if _, err := e.Undo(disk); !errors.Is(err, errPlug) || e.State != Applied {
		t.Errorf("Undo() that was put right = %v, %s", err, e.State)
	}
	broken := false
	disk.store = func(name string, _ *Snapshot) error {
		if broken = broken || name == "/var/lib/semaphore"; broken {
			return errPlug
		}
		return nil
	}
	if _, err := e.Undo(disk); !errors.Is(err, ErrHalfDone) || e.State != Undoing {
		t.Errorf("Undo() that was not put right = %v, %s", err, e.State)
	}
	disk.store = nil
	if err := e.CanUndo(disk); err != nil {
		t.Errorf("CanUndo() = %v", err)
	}
	if _, err := e.Undo(disk); err != nil || e.State != Undone {
		t.Errorf("Undo() at last = %v, %s", err, e.State)
	}
	if err := e.CanUndo(disk); !errors.Is(err, ErrUndone) {
		t.Errorf("CanUndo() twice = %v, want ErrUndone", err)
	}
}

// What was interrupted and is somebody else's now can be taken back by its name,
// once that is out of the way.
func TestAbandoned(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	plan := treatment(t, disk)
	e, err := j.Begin(plan, About{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Abandoned(); err != nil {
		t.Fatal(err)
	}
	if open, err := j.Unfinished(); err != nil || open != nil {
		t.Errorf("Unfinished() = %+v, %v", open, err)
	}
	if e, err = j.Load(e.ID); err != nil || e.State != Abandoned {
		t.Fatalf("Load() = %+v, %v", e, err)
	}
	if _, err := e.Undo(disk); err != nil || e.State != Undone {
		t.Errorf("Undo() = %v, %s", err, e.State)
	}
}
