package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// TestPickPrefersTheInterrupted: after a repair that was killed in the middle,
// "fix --undo" means that one, and then the one before.
func TestPickPrefersTheInterrupted(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.ToSlash(filepath.Join(dir, "config.json"))
	if err := os.WriteFile(name, []byte(`{"a":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	j := &repair.Journal{Dir: filepath.Join(dir, "journal"), Now: func() time.Time { now = now.Add(time.Second); return now }}
	disk := repair.NewMachine("")
	done, err := j.Apply(setA(t, disk, name, 2), disk, repair.About{})
	if err != nil {
		t.Fatal(err)
	}
	plan := setA(t, disk, name, 3)
	killed, err := j.Begin(plan, repair.About{})
	if err != nil {
		t.Fatal(err)
	}
	if err := disk.Store(name, plan.Steps[0].After); err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ id, data string }{{killed.ID, `{"a":2}`}, {done.ID, `{"a":1}`}} {
		e, err := pick(j, "")
		if err != nil || e.ID != want.id {
			t.Fatalf("pick() = %+v, %v, want %s", e, err, want.id)
		}
		if _, err := e.Undo(disk); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(name); err != nil || string(data) != want.data {
			t.Errorf("after Undo() of %s: %s, %v, want %s", e.ID, data, err, want.data)
		}
	}
	if _, err := pick(j, ""); !errors.Is(err, errNothingToUndo) {
		t.Errorf("pick() of nothing = %v", err)
	}
}

func setA(t *testing.T, disk repair.Disk, name string, value int) *repair.Plan {
	t.Helper()
	d := repair.NewDraft(disk)
	fix := repair.Fix{Title: say.Verbatim("set"), Edits: []repair.Edit{repair.SetKey{File: name, Pointer: "/a", Value: value}}, Safety: repair.Safe}
	if err := d.Draw(fix); err != nil {
		t.Fatal(err)
	}
	p, err := d.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
