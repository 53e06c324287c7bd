package repair

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestLockSweeps: a save that was killed leaves its temporary file, which holds
// secrets. Nothing else in the directory is touched: it may have been named by
// mistake.
func TestLockSweeps(t *testing.T) {
	t.Parallel()
	j := testJournal(t)
	unlock, err := j.Lock()
	if err != nil {
		t.Fatal(err)
	}
	e, err := j.Begin(&Plan{}, About{})
	if err != nil {
		t.Fatal(err)
	}
	others := []string{".abc.tmp", ".20261123T110001.000000Z-abcdef.json", "20261123T110001.000000Z-abcdef.tmp", ".20261323T110001.000000Z-abcdef.tmp", ".20261123T110001.000000Z-abcdeg.tmp", ".20261123T110001.000000Z-abcdef.tmp.tmp"}
	for _, name := range append(others, ".20261123T110001.000000Z-abcdef.tmp", ".20261123T110009.123456Z-012345.tmp") {
		if err := os.WriteFile(filepath.Join(j.Dir, name), []byte("S3CR3T"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := j.Lock(); err == nil {
		t.Error("Lock() twice succeeded")
	}
	if _, err := os.Stat(filepath.Join(j.Dir, ".20261123T110009.123456Z-012345.tmp")); err != nil {
		t.Errorf("who has not the lock has swept: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	unlock, err = j.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	var left []string
	names, _ := os.ReadDir(j.Dir)
	for _, n := range names {
		left = append(left, n.Name())
	}
	want := append(others, e.ID+".json", "lock")
	slices.Sort(want)
	if !slices.Equal(left, want) {
		t.Errorf("Lock() left %v, want %v", left, want)
	}
}

// TestUndoAfterKill: killed at any change, a repair is the newest entry that is
// not undone, and taking it back leaves what was there before.
func TestUndoAfterKill(t *testing.T) {
	t.Parallel()
	for n := range 10 {
		disk, j := sickDisk(), testJournal(t)
		plan := treatment(t, disk)
		if n > len(plan.Steps) {
			break
		}
		before := disk.dump()
		begun, err := j.Begin(plan, About{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range plan.Steps[:n] {
			if err := disk.Store(s.Path, s.After); err != nil {
				t.Fatal(err)
			}
		}
		all, err := j.List()
		if err != nil || len(all) != 1 || all[0].ID != begun.ID || all[0].State != Applying {
			t.Fatalf("killed after %d steps, List() = %+v, %v", n, all, err)
		}
		if kept, err := all[0].Undo(disk); err != nil || kept != nil || all[0].State != Undone {
			t.Errorf("killed after %d steps, Undo() = %v, %v, %s", n, kept, err, all[0].State)
		}
		for name, want := range before {
			if got := disk.dump()[name]; !same(&got, &want) {
				t.Errorf("killed after %d steps, after Undo() %s = %+v, want %+v", n, name, got, want)
			}
		}
		if got := disk.dump(); len(got) != len(before) {
			t.Errorf("killed after %d steps, after Undo() there are %d paths, want %d", n, len(got), len(before))
		}
	}
}
