package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
)

// A cutOff is a directory with a config whose URL has a slash too many, and a
// journal.
type cutOff struct {
	*testing.T
	dir, config string
	journal     *repair.Journal
	disk        repair.Disk
}

const trailing = `{"web_host": "http://semaphore.test/", "tmp_path": "/tmp", "runner": {"token": "S3CR3TabcdefghijklmnopqrstuvwxyzABCDEFGHIJK="}, "a": 1}`

func cutOffIn(t *testing.T) *cutOff {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "config.json")
	if err := os.WriteFile(config, []byte(trailing), 0o600); err != nil {
		t.Fatal(err)
	}
	return &cutOff{t, dir, config, &repair.Journal{Dir: filepath.ToSlash(filepath.Join(dir, "journal")), Now: realWorld().Net.Now}, repair.NewMachine("")}
}

// fix runs "semadoctor fix" and returns its exit code and what it said beside the
// report. Tests that do so are not parallel: cli/v2 keeps --help in one place for all.
func (c *cutOff) fix(args ...string) (int, string) {
	c.Helper()
	var said bytes.Buffer
	w := realWorld()
	w.Stdout, w.Stderr, w.Dir = &bytes.Buffer{}, &said, c.dir
	w.Env = map[string]string{stateEnv: filepath.Join(c.dir, "journal"), "LC_ALL": "C"}
	line := []string{"semadoctor", "fix", "--config", c.config, "--runner-version", "2.10.32", "--offline", "--clean-env", "--only", "url-trailing-slash"}
	return Main(w, checks.Builtin(), append(line, args...)), said.String()
}

func (c *cutOff) text() string {
	c.Helper()
	data, err := os.ReadFile(c.config)
	if err != nil {
		c.Fatal(err)
	}
	return string(data)
}

// begin is a repair that has changed the config and was killed then.
func (c *cutOff) begin(value int) *repair.Entry {
	c.Helper()
	plan := setA(c.T, c.disk, filepath.ToSlash(c.config), value)
	e, err := c.journal.Begin(plan, repair.About{Target: "the runner"})
	if err != nil {
		c.Fatal(err)
	}
	if err := c.disk.Store(plan.Steps[0].Path, plan.Steps[0].After); err != nil {
		c.Fatal(err)
	}
	return e
}

func (c *cutOff) state(e *repair.Entry, want repair.State) {
	c.Helper()
	if now, err := c.journal.Load(e.ID); err != nil || now.State != want {
		c.Errorf("the journal entry is %+v, %v, want %s", now, err, want)
	}
}

// Also one that is older: an undo by its name may have been killed.
func TestPickPrefersTheInterruptedOlder(t *testing.T) {
	c := cutOffIn(t)
	older, err := c.journal.Begin(&repair.Plan{}, repair.About{})
	if err != nil {
		t.Fatal(err)
	}
	newer, err := c.journal.Apply(&repair.Plan{}, c.disk, repair.About{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []*repair.Entry{older, newer} {
		e, err := pick(c.journal, "")
		if err != nil || e.ID != want.ID {
			t.Fatalf("pick() = %+v, %v, want %s", e, err, want.ID)
		}
		if _, err := e.Undo(c.disk); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFixTakesBackTheInterruptedFirst(t *testing.T) {
	c := cutOffIn(t)
	e := c.begin(2)
	if code, said := c.fix("--dry-run"); code != report.ExitChanges || !strings.Contains(said, "the repair "+e.ID+" of the runner is not finished") {
		t.Errorf("a dry run: %d\n%s", code, said)
	}
	c.state(e, repair.Applying)
	if code, said := c.fix(); code != report.ExitUsage || !strings.Contains(said, "no terminal to ask on") {
		t.Errorf("nobody was asked: %d\n%s", code, said)
	}
	c.state(e, repair.Applying)
	code, said := c.fix("--yes")
	if want := strings.Replace(trailing, "test/", "test", 1); code != report.ExitOK || c.text() != want {
		t.Errorf("fix: %d\n%s\n%s\nwant\n%s", code, said, c.text(), want)
	}
	if !strings.Contains(said, "the repair "+e.ID+" of the runner was interrupted: it has been taken back") {
		t.Errorf("fix said:\n%s", said)
	}
	c.state(e, repair.Undone)
	if code, said := c.fix("--yes"); code != report.ExitOK || strings.Contains(said, "interrupted") {
		t.Errorf("fix again: %d\n%s", code, said)
	}
}

// What was interrupted and then changed by somebody else is theirs: said once, and
// no obstacle.
func TestFixLeavesWhatIsSomebodyElses(t *testing.T) {
	c := cutOffIn(t)
	e := c.begin(2)
	theirs := strings.Replace(trailing, `"a": 1`, `"a": 7`, 1)
	if err := os.WriteFile(c.config, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := c.fix("--undo"); code != report.ExitFindings || !strings.Contains(said, "changed since") || c.text() != theirs {
		t.Errorf("undo: %d\n%s\n%s", code, said, c.text())
	}
	code, said := c.fix("--yes")
	if want := strings.Replace(theirs, "test/", "test", 1); code != report.ExitOK || c.text() != want {
		t.Errorf("fix: %d\n%s\n%s\nwant\n%s", code, said, c.text(), want)
	}
	if !strings.Contains(said, "cannot be taken back, so all is left as it is: undo "+e.ID) {
		t.Errorf("fix said:\n%s", said)
	}
	c.state(e, repair.Abandoned)
	if code, said := c.fix("--yes"); code != report.ExitOK || strings.Contains(said, "interrupted") {
		t.Errorf("fix again: %d\n%s", code, said)
	}
}
