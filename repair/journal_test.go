package repair

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// testJournal ticks a second an entry.
func testJournal(t *testing.T) *Journal {
	t.Helper()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("", 3600))
	return &Journal{
		Dir:  filepath.Join(t.TempDir(), "state", "semadoctor"),
		Now:  func() time.Time { now = now.Add(time.Second); return now },
		Rand: bytes.NewReader(bytes.Repeat([]byte{0xab, 0xcd, 0xef}, 20)),
	}
}

func TestJournalIsWrittenBeforeTheFirstChange(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	plan := treatment(t, disk)
	seen := 0
	disk.store = func(string, *Snapshot) error {
		all, err := j.List()
		if seen++; err != nil || len(all) != 1 || all[0].State != Applying || len(all[0].Plan.Steps) != len(plan.Steps) {
			t.Errorf("at change %d, List() = %+v, %v", seen, all, err)
		}
		return nil
	}
	e, err := j.Apply(plan, disk, About{"semadoctor 1.0.0", "runner@build"})
	if err != nil || e.State != Applied || seen != len(plan.Steps) {
		t.Fatalf("Apply() = %+v, %v after %d changes", e, err, seen)
	}
	if want := "20261123T110001.000000Z-abcdef"; e.ID != want {
		t.Errorf("ID = %s, want %s", e.ID, want)
	}
}

func TestJournalUndo(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	before, plan := disk.dump(), treatment(t, disk)
	made, err := j.Apply(plan, disk, About{"semadoctor 1.0.0", "runner@build"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := j.Load(made.ID)
	if err != nil {
		t.Fatalf("Load() = %v", err)
	}
	same := cmp.Comparer(func(a, b *Snapshot) bool { return same(a, b) && (a == nil || a.ModTime.Equal(b.ModTime)) })
	if diff := cmp.Diff(plan.Steps, e.Plan.Steps, same, cmp.Comparer(func(a, b interface{ String() string }) bool { return a.String() == b.String() })); diff != "" {
		t.Errorf("Load().Plan: (-want +got)\n%s", diff)
	}
	if e.Tool != "semadoctor 1.0.0" || e.Target != "runner@build" || !e.StartedAt.Equal(made.StartedAt) || e.Plan.Fixes[0].Title.String() != "treat" {
		t.Errorf("Load() = %+v", e)
	}
	if kept, err := e.Undo(disk); err != nil || kept != nil {
		t.Errorf("Undo() = %v, %v", kept, err)
	}
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after Undo: (-want +got)\n%s", diff)
	}
	if e, err = j.Load(made.ID); err != nil || e.State != Undone {
		t.Errorf("Load() = %+v, %v, want undone", e, err)
	}
	if _, err := e.Undo(disk); !errors.Is(err, ErrUndone) {
		t.Errorf("Undo() twice = %v", err)
	}
}

func TestJournalStates(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	plan := treatment(t, disk)
	disk.store = plug("/opt/sem/state.json", 1)
	if e, err := j.Apply(plan, disk, About{}); !errors.Is(err, errPlug) || e.State != Undone {
		t.Errorf("Apply() that was taken back = %v, %v", e.State, err)
	}
	disk.store = func(name string, s *Snapshot) error {
		if name == "/opt/sem/state.json" || s == nil {
			return errPlug
		}
		return nil
	}
	e, err := j.Apply(plan, disk, About{})
	if !errors.Is(err, ErrHalfDone) || e.State != Applying {
		t.Errorf("Apply() that was not taken back = %v, %v", e.State, err)
	}
	disk.store = nil
	all, err := j.List()
	if err != nil || len(all) != 2 || all[0].ID != e.ID || all[0].State != Applying || all[1].State != Undone {
		t.Fatalf("List() = %+v, %v", all, err)
	}
	if kept, err := all[0].Undo(disk); err != nil || kept != nil {
		t.Errorf("Undo() of an interrupted plan = %v, %v", kept, err)
	}
}

func TestJournalFiles(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	if all, err := j.List(); all != nil || err != nil {
		t.Errorf("List() without a directory = %v, %v", all, err)
	}
	if _, err := j.Load("20261123T110001.000000Z-abcdef"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Load() without a directory = %v", err)
	}
	e, err := j.Begin(treatment(t, disk), About{})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(j.Dir, e.ID+".json")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil || raw["schema"] != 1.0 || raw["state"] != "applying" || !strings.Contains(raw["note"].(string), "secrets") {
		t.Errorf("the file is %s, %v", data, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for name, want := range map[string]fs.FileMode{j.Dir: fs.ModeDir | 0o700, file: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: mode %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
	names, _ := filepath.Glob(filepath.Join(j.Dir, ".*"))
	if len(names) > 0 {
		t.Errorf("left over: %v", names)
	}
}

func TestJournalRefusesWhatItHasNotWritten(t *testing.T) {
	t.Parallel()
	j := testJournal(t)
	e, err := j.Begin(&Plan{}, About{})
	if err != nil {
		t.Fatal(err)
	}
	for id, text := range map[string]string{
		"20260101T000000.000000Z-000001": `{"schema":1,"id":"20260101T000000.000000Z-000001","state":"applied","plan":`,
		"20260101T000000.000000Z-000002": `{"schema":2,"id":"20260101T000000.000000Z-000002","state":"applied","plan":{}}`,
		"20260101T000000.000000Z-000003": `{"schema":1,"id":"another","state":"applied","plan":{}}`,
		"20260101T000000.000000Z-000004": `{"schema":1,"id":"20260101T000000.000000Z-000004","state":"odd","plan":{}}`,
		"20260101T000000.000000Z-000005": `{"schema":1,"id":"20260101T000000.000000Z-000005","state":"applied","plan":{"steps":[{"path":"/x","before":{"kind":"fifo","mode":"0600"}}]}}`,
		"20260101T000000.000000Z-000006": `{"schema":1,"id":"20260101T000000.000000Z-000006","state":"applied","plan":{"steps":[{"path":"/x","after":{"kind":"file","mode":"9"}}]}}`,
		"README":                         "not an entry at all",
	} {
		if err := os.WriteFile(filepath.Join(j.Dir, id+".json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := j.Load(id); err == nil {
			t.Errorf("Load(%s) = %+v, want an error", id, got)
		}
	}
	for _, id := range []string{"", "../x", "..", "a/b", ".hidden"} {
		if _, err := j.Load(id); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("Load(%q) = %v, want fs.ErrInvalid", id, err)
		}
	}
	all, err := j.List()
	if len(all) != 1 || all[0].ID != e.ID || err == nil || strings.Count(err.Error(), "\n") != 5 {
		t.Errorf("List() = %+v, %v, want one entry and six errors", all, err)
	}
}

func TestJournalDirectoryMustBeOurs(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	j := testJournal(t)
	if _, err := j.Begin(&Plan{}, About{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(j.Dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := j.List(); !errors.Is(err, ErrUnsafeJournal) {
		t.Errorf("List() of a directory open to all = %v", err)
	}
	if _, err := j.Begin(&Plan{}, About{}); !errors.Is(err, ErrUnsafeJournal) {
		t.Errorf("Begin() in a directory open to all = %v", err)
	}
	if info, err := os.Stat(j.Dir); err != nil || info.Mode().Perm() != 0o777 {
		t.Errorf("the mode is %v, %v, want it left alone", info.Mode(), err)
	}
}

func TestJournalInsideRoot(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "var"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/srv/lib", filepath.Join(root, "var", "lib")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	j := testJournal(t)
	j.Root, j.Dir = root, "/var/lib/semadoctor"
	e, err := j.Begin(&Plan{}, About{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "srv/lib/semadoctor", e.ID+".json")); err != nil {
		t.Error(err)
	}
	if all, err := j.List(); err != nil || len(all) != 1 {
		t.Errorf("List() = %v, %v", all, err)
	}
}

func TestJournalLock(t *testing.T) {
	t.Parallel()
	j := testJournal(t)
	unlock, err := j.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Lock(); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "by process ") {
		t.Errorf("Lock() twice = %v, want ErrLocked", err)
	}
	out, err := exec.Command(os.Args[0], "-test.run=^TestJournalLockElsewhere$", "-test.v", "--", j.Dir).CombinedOutput()
	if want := "locked by " + itoa(os.Getpid()); err != nil || !strings.Contains(string(out), want) {
		t.Errorf("another process: %v, %s, want %q", err, out, want)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	unlock, err = j.Lock()
	if err != nil {
		t.Fatalf("Lock() after unlock = %v", err)
	}
	_ = unlock()
}

// TestJournalLockElsewhere is the other process of TestJournalLock.
func TestJournalLockElsewhere(t *testing.T) {
	if len(os.Args) < 2 || os.Args[len(os.Args)-2] != "--" {
		t.Skip("only to be run by TestJournalLock")
	}
	j := &Journal{Dir: os.Args[len(os.Args)-1]}
	_, err := j.Lock()
	if !errors.Is(err, ErrLocked) {
		t.Fatalf("Lock() = %v", err)
	}
	_, pid, _ := strings.Cut(err.Error(), "by process ")
	t.Logf("locked by %s", pid)
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }
