package repair

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

func savedPlan() *Saved {
	owner := host.Owner{UID: 1001, GID: 0}
	return &Saved{Tool: "semadoctor 1.0", MadeAt: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), Operations: []Operation{{
		Target:   "/etc/semaphore/config.json",
		Foreseen: Foreseen{Cures: []string{"path-collision"}, Fails: []string{"state-missing"}, Unknown: []string{}},
		Plan: &Plan{
			Fixes: []Fix{{Title: say.Verbatim("move it"), Safety: Safe}},
			Steps: []Step{
				{Path: "/etc/semaphore/config.json", Before: &Snapshot{Data: []byte("old"), Mode: 0o640, Owner: owner}, After: &Snapshot{Data: []byte("new"), Mode: 0o640, Owner: owner}},
				{Path: "/var/lib/semaphore", After: &Snapshot{Mode: fs.ModeDir | 0o750, Owner: owner}},
			},
		},
	}}}
}

func TestSavedComesBack(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "fix.plan")
	want := savedPlan()
	if err := want.Write(name); err != nil {
		t.Fatal(err)
	}
	if err := want.Write(name); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}
	got, err := ReadSaved(name)
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b say.Text) bool { return a.String() == b.String() }
	if diff := cmp.Diff(want.Operations[0].Foreseen, got.Operations[0].Foreseen); diff != "" || !got.MadeAt.Equal(want.MadeAt) {
		t.Errorf("made at %s\n%s", got.MadeAt, diff)
	}
	for i, s := range got.Operations[0].Plan.Steps {
		if w := want.Operations[0].Plan.Steps[i]; s.Path != w.Path || !sameSnapshots(s, w) {
			t.Errorf("step %d is %+v, want %+v", i, s, w)
		}
	}
	if !same(got.Operations[0].Plan.Fixes[0].Title, want.Operations[0].Plan.Fixes[0].Title) {
		t.Error("the title of the fix is another")
	}
	if _, ok := got.For("/etc/other.json"); ok {
		t.Error("a runner that is not in the plan is")
	}
}

// What could not be read back is not written.
func TestSavedTooLarge(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "fix.plan")
	s := savedPlan()
	steps := &s.Operations[0].Plan.Steps
	big := &Snapshot{Data: make([]byte, host.MaxFile), Mode: 0o600}
	for range maxPlan / host.MaxFile {
		*steps = append(*steps, Step{Path: "/big", After: big})
	}
	if err := s.Write(name); !errors.Is(err, host.ErrTooLarge) {
		t.Errorf("Write() = %v, want %v", err, host.ErrTooLarge)
	}
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is %s: %v", name, err)
	}
}

// A plan with deeds says so to versions that do not know any.
func TestSavedKeepsPromises(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "fix.plan")
	want := savedPlan()
	deed := &Plan{Fixes: []Fix{{Title: say.Verbatim("register"), Safety: Unsafe}}, Steps: []Step{{Path: "/token", After: &Snapshot{Data: []byte("(token)"), Mode: 0o600}}}}
	want.Operations[0].Promises = []Promise{{"state-stale", deed}}
	if err := want.Write(name); err != nil {
		t.Fatal(err)
	}
	got, err := ReadSaved(name)
	if err != nil {
		t.Fatal(err)
	}
	promises := got.Operations[0].Promises
	if len(promises) != 1 || promises[0].Problem != "state-stale" || !sameSnapshots(promises[0].Plan.Steps[0], deed.Steps[0]) {
		t.Errorf("it promises %+v", promises)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Unsafe() || savedPlan().Unsafe() || !strings.Contains(string(text), `"schema": 2`) {
		t.Errorf("Unsafe() = %v, of one without deeds %v, in\n%s", got.Unsafe(), savedPlan().Unsafe(), text)
	}
}

func sameSnapshots(a, b Step) bool { return same(a.Before, b.Before) && same(a.After, b.After) }

func TestReadSavedRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string, mode fs.FileMode) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		return name
	}
	tests := []struct {
		name string
		file string
		want error
		unix bool
	}{
		{"nothing there", filepath.Join(dir, "nosuch"), fs.ErrNotExist, false},
		{"a directory", dir, fs.ErrInvalid, true},
		{"no JSON", write("text", "hello", 0o600), ErrNoPlan, false},
		{"other JSON", write("config", `{"web_host": "http://h"}`, 0o600), ErrNoPlan, false},
		{"an operation without a plan", write("half", `{"note": "`+planNote+`", "schema": 1, "operations": [{"target": "x"}]}`, 0o600), ErrNoPlan, false},
		{"a deed without a plan", write("deed", `{"note": "`+planNote+`", "schema": 2, "operations": [{"target": "x", "plan": {}, "deeds": [{}]}]}`, 0o600), ErrNoPlan, false},
		{"writable by others", write("open", `{}`, 0o620), ErrUnsafePlan, true},
	}
	for _, tt := range tests {
		if tt.unix && runtime.GOOS == "windows" {
			t.Logf("%s: not here", tt.name)
			continue
		}
		if _, err := ReadSaved(tt.file); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// TestBeside: a plan that was made for one problem is not to blame for others.
func TestBeside(t *testing.T) {
	t.Parallel()
	f := Foreseen{Cures: []string{"a"}, Fails: []string{"b"}}
	got := f.Beside(Foreseen{Fails: []string{"a", "c"}, Unknown: []string{"clock/ntp"}})
	want := Foreseen{Cures: []string{"a"}, Fails: []string{"b", "c"}, Unknown: []string{"clock/ntp"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
