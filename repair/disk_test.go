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
)

// These hold on every system. What only Linux keeps is in disk_linux_test.go.

// newMachine is an empty directory as root of a machine, and its real path.
func newMachine(t *testing.T) (Machine, string) {
	t.Helper()
	root := t.TempDir()
	return NewMachine(root), root
}

// ours is who files belong to that we make.
func ours() host.Owner { return host.Self().Owner() }

func mustStore(t *testing.T, disk Disk, name string, s *Snapshot) {
	t.Helper()
	if err := disk.Store(name, s); err != nil {
		t.Fatalf("Store(%s) = %v", name, err)
	}
	if now, err := disk.Load(name); err != nil || !same(now, s) {
		t.Fatalf("Load(%s) after Store = %+v, %v, want %+v", name, now, err, s)
	}
}

// wantNoTemp fails if a temporary file is left anywhere below root.
func wantNoTemp(t *testing.T, root string) {
	t.Helper()
	_ = filepath.WalkDir(root, func(p string, _ fs.DirEntry, _ error) error {
		if strings.Contains(p, ".semadoctor-") {
			t.Errorf("left over: %s", p)
		}
		return nil
	})
}

func TestStoreAndLoad(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	file := &Snapshot{Data: []byte("one"), Mode: 0o640, Owner: ours()}
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o750, Owner: ours()})
	mustStore(t, m, "/d/f", file)
	for _, data := range []string{"two, and longer", "3", ""} {
		file.Data = []byte(data)
		mustStore(t, m, "/d/f", file)
	}
	file.Mode, file.ModTime = 0o600, time.Unix(1234567, 0)
	mustStore(t, m, "/d/f", file)
	if info, err := os.Stat(filepath.Join(root, "d/f")); err != nil || !info.ModTime().Equal(file.ModTime) {
		t.Errorf("the time is %v, %v, want %v", info.ModTime(), err, file.ModTime)
	}
	if err := m.Store("/d", nil); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("Store(/d, nil) = %v, want ErrNotEmpty", err)
	}
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: ours()})
	wantNoTemp(t, root)
	for _, name := range []string{"/d/f", "/d/f", "/d", "/d/f"} {
		if err := m.Store(name, nil); err != nil && name != "/d/f" {
			t.Errorf("Store(%s, nil) = %v", name, err)
		}
		if s, err := m.Load(name); s != nil || err != nil {
			t.Errorf("Load(%s) = %v, %v, want nothing", name, s, err)
		}
	}
}

func TestStoreErrors(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	mustStore(t, m, "/f", &Snapshot{Mode: 0o600, Owner: ours()})
	for _, name := range []string{"/no/f", "/f/g"} {
		if err := m.Store(name, &Snapshot{Mode: 0o600, Owner: ours()}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("Store(%s) = %v, want an error that names it", name, err)
		}
		if s, err := m.Load(name); s != nil || err != nil {
			t.Errorf("Load(%s) = %v, %v, want nothing", name, s, err)
		}
	}
	if _, err := NewMachine(filepath.Join(root, "gone")).Load("/f"); err == nil {
		t.Error("Load() below a root that does not exist = nil, want an error")
	}
	wantNoTemp(t, root)
}

func TestStoreFollowsNoLink(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "f"), []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"file": filepath.Join(outside, "f"), "dir": outside} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	for _, name := range []string{"/file", "/dir/f", "/dir/new"} {
		if err := m.Store(name, &Snapshot{Data: []byte("ours"), Mode: 0o644, Owner: ours()}); err == nil {
			t.Errorf("Store(%s) = nil, want an error", name)
		}
	}
	if _, err := m.Load("/file"); err == nil {
		t.Error("Load() of a link = nil, want an error")
	}
	if data, err := os.ReadFile(filepath.Join(outside, "f")); err != nil || string(data) != "theirs" {
		t.Errorf("outside: %q, %v", data, err)
	}
	if names, _ := os.ReadDir(outside); len(names) != 1 {
		t.Errorf("outside: %v", names)
	}
}

// The whole way on a real disk: draw, apply, undo from the journal.
func TestTreatAMachine(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	for _, dir := range []string{"/etc", "/etc/semaphore", "/var"} {
		mustStore(t, m, dir, &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
	}
	mustStore(t, m, "/etc/semaphore/config.json", &Snapshot{Data: []byte("{\r\n\t\"runner\": {}\r\n}"), Mode: 0o640, Owner: ours(), ModTime: time.Unix(1000, 0)})
	mustStore(t, m, "/etc/semaphore/state.json", &Snapshot{Data: []byte("{}"), Mode: 0o600, Owner: ours(), ModTime: time.Unix(2000, 0)})
	before := tree(t, m, "/")

	d := NewDraft(m)
	mustDraw(t, d, "treat", MakeDir{"/var/lib/semaphore", 0o750, ours()},
		WriteNew{"/var/lib/semaphore/state.json", []byte("{}"), 0o600, ours()},
		SetKey{"/etc/semaphore/config.json", "/runner/config_file", "/var/lib/semaphore/state.json"},
		Chmod{"/etc/semaphore/config.json", 0o600},
		MoveAside{"/etc/semaphore/state.json", ".old"})
	j := testJournal(t)
	e, err := j.Apply(mustPlan(t, d), m, About{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tree(t, m, "/"), tree(t, d, "/"); runtime.GOOS != "windows" {
		if diff := cmp.Diff(want, got, cmp.Comparer(same)); diff != "" {
			t.Errorf("the machine is not as drawn: (-want +got)\n%s", diff)
		}
	}
	if e, err = j.Load(e.ID); err != nil {
		t.Fatal(err)
	}
	if kept, err := e.Undo(m); err != nil || kept != nil {
		t.Fatalf("Undo() = %v, %v", kept, err)
	}
	after := tree(t, m, "/")
	if diff := cmp.Diff(before, after, cmp.Comparer(same)); diff != "" {
		t.Errorf("after Undo: (-want +got)\n%s", diff)
	}
	for name := range before {
		if a, b := before[name], after[name]; !a.Mode.IsDir() && !a.ModTime.Equal(b.ModTime) {
			t.Errorf("%s: time is %v, was %v", name, b.ModTime, a.ModTime)
		}
	}
	wantNoTemp(t, root)
}

// tree is all that is below dir.
func tree(t *testing.T, disk Disk, dir string) map[string]*Snapshot {
	t.Helper()
	all := map[string]*Snapshot{}
	names, err := disk.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		name = strings.TrimSuffix(dir, "/") + "/" + name
		s, err := disk.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = s
		if s.Mode.IsDir() {
			for below, s := range tree(t, disk, name) {
				all[below] = s
			}
		}
	}
	return all
}

func TestTempName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("n", 255)
	for name, want := range map[string]string{
		"config.json": ".config.json.semadoctor-XXXX",
		".hidden":     ".hidden.semadoctor-XXXX",
		long:          "." + long[:200] + ".semadoctor-XXXX",
	} {
		if got := tempName(name, "XXXX"); got != want {
			t.Errorf("tempName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestModeBits(t *testing.T) {
	t.Parallel()
	for mode, want := range map[fs.FileMode]uint32{0o640: 0o640, fs.ModeSetuid | 0o755: 0o4755, fs.ModeDir | fs.ModeSetgid | fs.ModeSticky | 0o770: 0o3770} {
		if got := bits(mode); got != want || modeOf(got) != mode&settable {
			t.Errorf("bits(%v) = %o, and back %v, want %o", mode, got, modeOf(got), want)
		}
	}
}
