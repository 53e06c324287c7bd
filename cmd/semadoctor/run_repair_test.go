package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
)

// start is "semadoctor run --fix" of a program that is not there: a runner that gets
// past the gate ends with 127. sleep is called where it waits.
func (c *cutOff) start(sleep func(context.Context), args ...string) (int, string) {
	c.Helper()
	var said bytes.Buffer
	w := realWorld()
	w.Stdout, w.Stderr, w.Dir = &bytes.Buffer{}, &said, c.dir
	w.Env = map[string]string{stateEnv: filepath.Join(c.dir, "journal"), "LC_ALL": "C"}
	w.Sleep = func(ctx context.Context, _ time.Duration) { sleep(ctx) }
	line := []string{"semadoctor", "run", "--fix", "--config", c.config, "--runner-version", "2.9.58", "--offline", "--clean-env", "--only", "path-collision"}
	return Main(w, checks.Builtin(), append(append(line, args...), "--", "no-such-program")), said.String()
}

// write gives it a config whose state file has that name.
func (c *cutOff) write(state string) {
	c.Helper()
	text := `{"runner": {"registration_token": "S3CR3T", "api_url": "http://semaphore.test/api", "config_file": "` + filepath.ToSlash(filepath.Join(c.dir, state)) + `"}, "a": 1}`
	if err := os.WriteFile(c.config, []byte(text), 0o600); err != nil {
		c.Fatal(err)
	}
}

// lock has the journal be in somebody's hands.
func (c *cutOff) lock() (unlock func()) {
	c.Helper()
	release, err := c.journal.Lock()
	if err != nil {
		c.Fatal(err)
	}
	return func() { _ = release() }
}

// TestRunWaitsOnlyToRepair: while somebody has the journal, a healthy runner starts, and
// one that is to be repaired waits for a while and looks again.
func TestRunWaitsOnlyToRepair(t *testing.T) {
	const waits, inUse = "waiting for it for at most 10s", "the journal is in use by process "
	tests := []struct {
		name, state string
		meanwhile   func(c *cutOff, unlock func()) // at the third look
		code        int
		says, not   string
		looks       int
	}{
		{"healthy", "state.json", nil, report.ExitNotFound, "nothing to repair in ", "journal", 0},
		{"released", "config.json", func(_ *cutOff, unlock func()) { unlock() }, report.ExitNotFound, "repaired ", "", 3},
		{"repaired by another", "config.json", func(c *cutOff, unlock func()) { c.write("state.json"); unlock() }, report.ExitNotFound, "nothing to repair in ", "repaired ", 3},
		{"kept", "config.json", nil, report.ExitUnknown, "semadoctor: lock the journal: " + inUse, "repaired ", 50},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := cutOffIn(t)
			c.write(tt.state)
			unlock := c.lock()
			defer unlock()
			looks := 0
			code, said := c.start(func(context.Context) {
				if looks++; looks == 3 && tt.meanwhile != nil {
					tt.meanwhile(c, unlock)
				}
			})
			if code != tt.code || looks != tt.looks || !strings.Contains(said, tt.says) || tt.not != "" && strings.Contains(said, tt.not) {
				t.Errorf("exit code %d, want %d; %d looks, want %d; it said, want %q and not %q:\n%s", code, tt.code, looks, tt.looks, tt.says, tt.not, said)
			}
			if strings.Count(said, waits) != min(tt.looks, 1) || tt.looks > 0 && !strings.Contains(said, inUse) {
				t.Errorf("who is waited for is to be said once:\n%s", said)
			}
		})
	}
}

// A repair of this runner that was interrupted is finished before it starts, and waited
// for if somebody is at it; that of another is not.
func TestRunFinishesItsOwn(t *testing.T) {
	c := cutOffIn(t)
	c.write("state.json")
	e := c.begin(2)
	unlock := c.lock()
	if code, said := c.start(func(context.Context) {}); code != report.ExitUnknown || !strings.Contains(said, "the journal is in use") {
		t.Errorf("somebody is at it: %d\n%s", code, said)
	}
	unlock()
	if code, said := c.start(func(context.Context) {}); code != report.ExitNotFound || !strings.Contains(said, "the repair "+e.ID+" of the runner was interrupted: it has been taken back") {
		t.Errorf("nobody is at it: %d\n%s", code, said)
	}
	c.state(e, repair.Undone)

	other := cutOffIn(t)
	other.journal = c.journal
	e = other.begin(2)
	unlock = c.lock()
	if code, said := c.start(func(context.Context) {}); code != report.ExitNotFound || strings.Contains(said, "journal") {
		t.Errorf("somebody is at another's: %d\n%s", code, said)
	}
	unlock()
	if code, said := c.start(func(context.Context) {}); code != report.ExitNotFound {
		t.Errorf("nobody is at another's: %d\n%s", code, said)
	}
	c.state(e, repair.Undone)
}

// Who waits is stopped by the deadline.
func TestRunStopsWaiting(t *testing.T) {
	c := cutOffIn(t)
	c.write("config.json")
	defer c.lock()()
	code, said := c.start(func(ctx context.Context) { <-ctx.Done() }, "--deadline", "500ms")
	if code != report.ExitStopped || !strings.Contains(said, "the runner is not started: stopped by the deadline") {
		t.Errorf("exit code %d, want %d:\n%s", code, report.ExitStopped, said)
	}
}
