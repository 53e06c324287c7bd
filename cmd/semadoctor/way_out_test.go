package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// Who may not write is told who may.
func TestWayOut(t *testing.T) {
	t.Parallel()
	denied := fmt.Errorf("store: %w", &fs.PathError{Op: "store", Path: "/etc/x", Err: fs.ErrPermission})
	user, root := host.Identity{UID: 1000, GID: 1000, Name: "alice"}, host.Identity{}
	if got := wayOut(denied, user).String(); !strings.Contains(got, "run it as root") || !strings.Contains(got, "alice") {
		t.Errorf("wayOut() = %q", got)
	}
	if got := wayOut(denied, root); !got.IsZero() {
		t.Errorf("root is told %q", got)
	}
	if got := wayOut(errors.New("no space left"), user); !got.IsZero() {
		t.Errorf("of a full disk it says %q", got)
	}
	if wayOut(denied, user).In(say.Chinese) == wayOut(denied, user).String() {
		t.Error("it is not said in Chinese")
	}
}

// An undo that would destroy what somebody has done since shows what it would do.
func TestUndoByHand(t *testing.T) {
	c := cutOffIn(t)
	if code, said := c.fix("--yes"); code != report.ExitOK {
		t.Fatalf("fix: %d\n%s", code, said)
	}
	edited := strings.Replace(c.text(), "{", `{"runner": {"token": "S3CR3TabcdefghijklmnopqrstuvwxyzABCDEFGHIJK="}, `, 1)
	if err := os.WriteFile(c.config, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	code, said := c.fix("--undo")
	if code != report.ExitFindings || c.text() != edited || strings.Contains(said, "S3CR3T") {
		t.Errorf("undo: %d\n%s\n%s", code, said, c.text())
	}
	for _, part := range []string{"changed since", "to be done by hand:\n\n--- ", "\n-", "\n+"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in\n%s", part, said)
		}
	}
}
