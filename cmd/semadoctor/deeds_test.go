package main

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
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
	if got := stateOf(e).String(); got != "for good" {
		t.Errorf("it is listed as %q", got)
	}
	if code, said := c.fix("--undo", e.ID); code != report.ExitFindings || !strings.Contains(said, "nothing of "+e.ID+" can be taken back: the server remembers it") {
		t.Errorf("undo %s: %d\n%s", e.ID, code, said)
	}
	if code, said := c.fix("--undo"); code != report.ExitOK || c.text() != trailing {
		t.Errorf("undo: %d\n%s\n%s", code, said, c.text())
	}
}

// What is too long for a token is not cut to one.
func TestRegistrationTokenOfStdin(t *testing.T) {
	t.Parallel()
	for length, good := range map[int]bool{40: true, 4096: true, 4097: false} {
		s := &surgery{app: &app{world: &world{Stdin: strings.NewReader(strings.Repeat("x", length))}}}
		if data, err := s.registrationFile("-"); (err == nil) != good || good && len(data) != length {
			t.Errorf("%d bytes: %d, %v, want it taken: %v", length, len(data), err, good)
		}
	}
}

// A deed is asked for by itself. No is no, and silence is no.
func TestDeedIsAskedFor(t *testing.T) {
	server := fakeserver.New(fakeserver.Options{Era: "E4c", RegistrationToken: "S3CR3T-registration"})
	web := httptest.NewServer(server)
	defer web.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"config.json": `{"web_host": "` + web.URL + `", "tmp_path": "` + dir + `", "runner": {"token_file": "` + dir + `/token"}}`,
		"token":       "S3CR3TstalefghijklmnopqrstuvwxyzABCDEFGHIJK=",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		typed      string
		tty        bool
		code, rows int
		said       string
	}{
		{"", false, report.ExitUsage, 0, "no terminal to ask on"},
		{"n\n", true, report.ExitFindings, 0, "nothing was changed"},
		{"", true, report.ExitFindings, 0, "nothing was changed"},
		{"y\n", true, report.ExitOK, 1, "repaired "},
	} {
		var said bytes.Buffer
		w := realWorld()
		w.Stdin, w.Stdout, w.Stderr, w.Dir = strings.NewReader(tt.typed), &bytes.Buffer{}, &said, dir
		w.TTY.In, w.TTY.Err = tt.tty, tt.tty
		w.Env = map[string]string{stateEnv: filepath.Join(dir, "journal"), "LC_ALL": "C", registrationEnv: "S3CR3T-registration"}
		line := []string{"semadoctor", "fix", "--unsafe", "--config", filepath.Join(dir, "config.json"), "--runner-version", "2.10.32", "--only", "identity,server"}
		if code := Main(w, checks.Builtin(), line); code != tt.code || len(server.Runners()) != tt.rows || !strings.Contains(said.String(), tt.said) {
			t.Errorf("typed %q: exit code %d and %d runners, want %d and %d\n%s", tt.typed, code, len(server.Runners()), tt.code, tt.rows, &said)
		}
	}
}

// A yes of which nobody knows what it means is listed as that, told once, and in the
// language of who reads it.
func TestDeedInDoubt(t *testing.T) {
	c := cutOffIn(t)
	fix := deedFix(c.config)
	fix.Final = say.Sentence("the server keeps the runner that it has made, until somebody deletes it there")
	fix.Deed = func(context.Context) (repair.Filling, error) { return nil, repair.Uncertain(errors.New("a web page")) }
	e, err := c.journal.Perform(t.Context(), fix, c.disk, repair.About{Target: "the runner"})
	if !errors.Is(err, repair.ErrUncertain) || err.Error() != "a web page" {
		t.Fatalf("Perform() = %v", err)
	}
	if got := stateOf(e).String(); got != "uncertain" {
		t.Errorf("it is listed as %q", got)
	}
	e, err = c.journal.Load(e.ID)
	if err != nil {
		t.Fatal(err)
	}
	all := say.List((&app{}).stays(e)).In(say.Chinese)
	if want := "不清楚服务器是否已完成它那一部分；如果已完成，服务器会保留它新建的 Runner，直到有人在那里把它删除"; all != want || stateOf(e).In(say.Chinese) != "结果不明" {
		t.Errorf("%s: %s, want %s", stateOf(e).In(say.Chinese), all, want)
	}
}
