package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// deedFix puts what a server answers into the config.
func deedFix(config string) repair.Fix {
	const blank = "(value)"
	return repair.Fix{
		Title: say.Verbatim("ask the server"), Safety: repair.Unsafe, Final: say.Verbatim("the server remembers it"),
		Edits: []repair.Edit{repair.SetKey{File: filepath.ToSlash(config), Pointer: "/runner/token", Value: blank}},
		Deed: func(context.Context) (repair.Filling, error) {
			return repair.Filling{blank: "S3CR3T-answer"}, nil
		},
	}
}

// unplugged is a disk on which nothing can be stored.
type unplugged struct{ repair.Disk }

func (unplugged) Store(string, *repair.Snapshot) error { return errors.New("unplugged") }

// A repair that was killed when the server had done its part is finished: what the
// server gave stands in the journal alone.
func TestFixFinishesWhatItOwes(t *testing.T) {
	c := cutOffIn(t)
	e, err := c.journal.Perform(t.Context(), deedFix(c.config), unplugged{c.disk}, repair.About{Target: "the runner"})
	if err == nil || !e.Owes() {
		t.Fatalf("Perform() = %+v, %v", e, err)
	}
	if code, said := c.fix("--dry-run"); code != report.ExitChanges || !strings.Contains(said, "fix finishes it first") {
		t.Errorf("a dry run: %d\n%s", code, said)
	}
	code, said := c.fix("--yes")
	if code != report.ExitOK || !strings.Contains(c.text(), "S3CR3T-answer") || !strings.Contains(said, "now it is finished") || strings.Contains(said, "S3CR3T") {
		t.Errorf("fix: %d\n%s\n%s", code, said, c.text())
	}
	c.state(e, repair.Applied)
	if code, said := c.fix("--undo", e.ID); code != report.ExitFindings || !strings.Contains(said, "changed since") { // by the second repair
		t.Errorf("undo: %d\n%s", code, said)
	}
}

// What a server has done alone is not undone here, and does not stand in the way of
// what is.
func TestUndoOfWhatIsElsewhere(t *testing.T) {
	c := cutOffIn(t)
	if code, said := c.fix("--yes"); code != report.ExitOK {
		t.Fatalf("fix: %d\n%s", code, said)
	}
	fix := deedFix(c.config)
	fix.Edits = nil
	e, err := c.journal.Perform(t.Context(), fix, c.disk, repair.About{Target: "the runner"})
	if err != nil {
		t.Fatal(err)
	}
	if code, said := c.fix("--undo", e.ID); code != report.ExitFindings || !strings.Contains(said, "nothing of "+e.ID+" can be taken back: the server remembers it") {
		t.Errorf("undo %s: %d\n%s", e.ID, code, said)
	}
	if code, said := c.fix("--undo"); code != report.ExitOK || c.text() != trailing {
		t.Errorf("undo: %d\n%s\n%s", code, said, c.text())
	}
}
