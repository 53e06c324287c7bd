package repair

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

func runnerOwner() host.Owner { return host.Owner{UID: 1001, GID: 0} }

// sickDisk is a runner whose config is reached through a link.
func sickDisk() *memDisk {
	return newMemDisk(map[string]*memFile{
		"/etc/semaphore":              memLink("/opt/sem", 0),
		"/opt/sem/config.json":        memRegular("{\n  \"runner\": {\n    \"token\": \"t\"\n  }\n}\n", 0o640, 0, 0),
		"/opt/sem/state.json":         memRegular("{}", 0o600, 1001, 0),
		"/opt/sem/locked.json":        {Snapshot: memRegular("{}", 0o600, 0, 0).Snapshot, immutable: true},
		"/opt/sem/config.d":           memDir(0o755, 0, 0),
		"/home/runner":                memDir(0o750, 1001, 0),
		"/home/runner/shadow":         memLink("/etc/shadow", 1001),
		"/home/runner/own":            memLink("/home/runner/data", 1001),
		"/home/runner/data":           memRegular("x", 0o600, 1001, 0),
		"/home/runner/cron":           memLink("/etc/cron.d", 1001),
		"/etc/cron.d":                 memDir(0o755, 0, 0),
		"/etc/shadow":                 memRegular("root:*:", 0o600, 0, 0),
		"/home/runner/loop":           memLink("loop", 1001),
		"/home/runner/full/something": memRegular("x", 0o600, 1001, 0),
	})
}

func fixOf(title string, edits ...Edit) Fix {
	return Fix{Title: say.Verbatim(title), Edits: edits, Safety: Safe}
}

func mustDraw(t *testing.T, d *Draft, title string, edits ...Edit) {
	t.Helper()
	if err := d.Draw(fixOf(title, edits...)); err != nil {
		t.Fatalf("Draw(%s) = %v", title, err)
	}
}

func mustPlan(t *testing.T, d *Draft) *Plan {
	t.Helper()
	p, err := d.Plan()
	if err != nil {
		t.Fatalf("Plan() = %v", err)
	}
	return p
}

// lines is a plan in short: path, what it becomes, reasons.
func lines(p *Plan) []string {
	var all []string
	for _, s := range p.Steps {
		what := "gone"
		if s.After != nil {
			what = fmt.Sprintf("%v %v %q", s.After.Mode, s.After.Owner, s.After.Data)
		}
		all = append(all, fmt.Sprintf("%s: %s %v", s.Path, what, s.Reasons))
	}
	return all
}

func TestDraftPlan(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	before := disk.dump()
	d := NewDraft(disk)
	mustDraw(t, d, "move the state",
		SetKey{"/etc/semaphore/config.json", "/runner/config_file", "/var/lib/semaphore/state.json"},
		MakeDir{"/var/lib/semaphore", 0o750, runnerOwner()},
		WriteNew{"/var/lib/semaphore/state.json", []byte("{}"), 0o600, runnerOwner()},
		MoveAside{"/opt/sem/state.json", ".old"})
	mustDraw(t, d, "let the runner read", Chown{"/opt/sem/config.json", runnerOwner()}, Chmod{"/etc/semaphore/config.json", 0o600})
	want := []string{
		`/opt/sem/state.json.old: -rw------- 1001:0 "{}" [move the state]`,
		`/var: drwxr-xr-x 0:0 "" [move the state]`,
		`/var/lib: drwxr-xr-x 0:0 "" [move the state]`,
		`/var/lib/semaphore: drwxr-x--- 1001:0 "" [move the state]`,
		`/var/lib/semaphore/state.json: -rw------- 1001:0 "{}" [move the state]`,
		`/opt/sem/config.json: -rw------- 1001:0 "{\n  \"runner\": {\n    \"token\": \"t\",\n    \"config_file\": \"/var/lib/semaphore/state.json\"\n  }\n}\n" [move the state let the runner read]`,
		`/opt/sem/state.json: gone [move the state]`,
	}
	plan := mustPlan(t, d)
	if diff := cmp.Diff(want, lines(plan)); diff != "" {
		t.Errorf("Plan(): (-want +got)\n%s", diff)
	}
	if len(plan.Fixes) != 2 {
		t.Errorf("Plan().Fixes has %d, want 2", len(plan.Fixes))
	}
	if diff := cmp.Diff(before, disk.dump()); diff != "" {
		t.Errorf("the disk itself has changed: %s", diff)
	}
}

func TestDraftDrawIsAllOrNothing(t *testing.T) {
	t.Parallel()
	d := NewDraft(sickDisk())
	err := d.Draw(fixOf("half", MakeDir{"/new", 0o755, host.Owner{}}, Chmod{"/nowhere", 0o600}))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Draw() = %v, want fs.ErrNotExist", err)
	}
	if plan := mustPlan(t, d); !plan.Empty() || len(plan.Fixes) != 0 {
		t.Errorf("Plan() = %v, want nothing", lines(plan))
	}
}

func TestDraftWhatChangesNothingIsNotPlanned(t *testing.T) {
	t.Parallel()
	d := NewDraft(sickDisk())
	mustDraw(t, d, "idle", MakeDir{"/opt/sem", 0o700, runnerOwner()}, Chmod{"/opt/sem/config.json", 0o640},
		Chown{"/opt/sem/config.json", host.Owner{}}, DropKey{"/opt/sem/config.json", "/nothing"},
		SetKey{"/opt/sem/config.json", "/runner/token", "t"}, Rewrite{"/opt/sem/state.json", []byte("{}")})
	mustDraw(t, d, "there", Chmod{"/opt/sem/state.json", 0o644})
	mustDraw(t, d, "and back", Chmod{"/opt/sem/state.json", 0o600})
	if plan := mustPlan(t, d); !plan.Empty() {
		t.Errorf("Plan() = %v, want nothing", lines(plan))
	}
}

func TestDraftEditErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit Edit
		want error
		text string
	}{
		{"link of the runner to root's file", Chown{"/home/runner/shadow", runnerOwner()}, ErrLink, "/home/runner/shadow"},
		{"link of the runner to root's directory", WriteNew{"/home/runner/cron/x", nil, 0o644, host.Owner{}}, ErrLink, "/home/runner/cron"},
		{"link of the runner, new directory", MakeDir{"/home/runner/cron/a/b", 0o755, runnerOwner()}, ErrLink, ""},
		{"link of the runner, moved", MoveAside{"/home/runner/shadow", ".old"}, ErrLink, ""},
		{"links in a circle", Chmod{"/home/runner/loop", 0o600}, syscall.ELOOP, ""},
		{"missing file", SetKey{"/opt/sem/nothing.json", "/a", 1}, fs.ErrNotExist, "/opt/sem/nothing.json"},
		{"directory as JSON", SetKey{"/opt/sem", "/a", 1}, host.ErrNotRegular, ""},
		{"directory rewritten", Rewrite{"/opt/sem", nil}, host.ErrNotRegular, ""},
		{"no JSON", DropKey{"/etc/shadow", "/a"}, nil, "/etc/shadow: line 1"},
		{"immutable", Chmod{"/opt/sem/locked.json", 0o640}, ErrImmutable, "/opt/sem/locked.json"},
		{"immutable moved", MoveAside{"/opt/sem/locked.json", ".old"}, ErrImmutable, ""},
		{"exists already", WriteNew{"/opt/sem/state.json", nil, 0o600, runnerOwner()}, fs.ErrExist, ""},
		{"no parent", WriteNew{"/no/parent", nil, 0o600, runnerOwner()}, fs.ErrNotExist, ""},
		{"parent is a file", WriteNew{"/opt/sem/state.json/x", nil, 0o600, runnerOwner()}, syscall.ENOTDIR, ""},
		{"directory over a file", MakeDir{"/opt/sem/state.json", 0o700, runnerOwner()}, syscall.ENOTDIR, ""},
		{"directory in a file", MakeDir{"/opt/sem/state.json/x/y", 0o700, runnerOwner()}, syscall.ENOTDIR, ""},
		{"too large", WriteNew{"/opt/sem/big", make([]byte, host.MaxFile+1), 0o600, runnerOwner()}, host.ErrTooLarge, ""},
		{"bad suffix", MoveAside{"/opt/sem/state.json", "/../x"}, nil, "bad suffix"},
		{"suffix taken", MoveAside{"/opt/sem/config", ".json"}, fs.ErrNotExist, ""},
		{"full directory moved", MoveAside{"/home/runner/full", ".old"}, ErrNotEmpty, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := NewDraft(sickDisk())
			err := d.Draw(fixOf(tt.name, tt.edit))
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("Draw(%+v) = %v, want %v with %q", tt.edit, err, tt.want, tt.text)
			}
			if plan := mustPlan(t, d); !plan.Empty() {
				t.Errorf("Plan() = %v, want nothing", lines(plan))
			}
		})
	}
}

func TestDraftFollowsOwnLinks(t *testing.T) {
	t.Parallel()
	d := NewDraft(sickDisk())
	mustDraw(t, d, "own", Chmod{"/home/runner/own", 0o640}, MakeDir{"/home/runner/a/b", 0o700, runnerOwner()})
	want := []string{
		`/home/runner/a: drwxr-xr-x 1001:0 "" [own]`,
		`/home/runner/a/b: drwx------ 1001:0 "" [own]`,
		`/home/runner/data: -rw-r----- 1001:0 "x" [own]`,
	}
	if diff := cmp.Diff(want, lines(mustPlan(t, d))); diff != "" {
		t.Errorf("Plan(): (-want +got)\n%s", diff)
	}
}

func TestDraftIsSeenAsFiles(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	d := NewDraft(disk)
	mustDraw(t, d, "fix",
		MakeDir{"/opt/sem/new/er", 0o750, runnerOwner()},
		WriteNew{"/etc/semaphore/new/f", []byte("data"), 0o600, runnerOwner()},
		Rewrite{"/etc/semaphore/config.json", []byte("{}")},
		MoveAside{"/opt/sem/state.json", ".old"})

	names, err := d.ReadDir("/etc/semaphore")
	if want := []string{"config.d", "config.json", "locked.json", "new", "state.json.old"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("ReadDir() = %v, %v, want %v", names, err, want)
	}
	if names, err = d.ReadDir("/opt/sem/new"); err != nil || !slices.Equal(names, []string{"er", "f"}) {
		t.Errorf("ReadDir(new) = %v, %v", names, err)
	}
	if data, err := d.ReadFile("/etc/semaphore/config.json"); err != nil || string(data) != "{}" {
		t.Errorf("ReadFile(config.json) = %q, %v", data, err)
	}
	if data, err := d.ReadFile("/opt/sem/new/f"); err != nil || string(data) != "data" {
		t.Errorf("ReadFile(f) = %q, %v", data, err)
	}
	if data, err := d.ReadFile("/etc/shadow"); err != nil || string(data) != "root:*:" {
		t.Errorf("ReadFile(shadow) = %q, %v", data, err)
	}
	if _, err := d.ReadFile("/opt/sem/new"); !errors.Is(err, host.ErrNotRegular) {
		t.Errorf("ReadFile(directory) = %v", err)
	}
	if _, err := d.ReadDir("/opt/sem/new/f"); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("ReadDir(file) = %v", err)
	}
	if m, err := d.Mount("/opt/sem/new/er"); err != nil || m.Type != "mem:/opt" {
		t.Errorf("Mount(er) = %v, %v, want that of /opt/sem", m, err)
	}
	if target, err := d.Readlink("/etc/semaphore"); err != nil || target != "/opt/sem" {
		t.Errorf("Readlink() = %q, %v", target, err)
	}
	for _, look := range []func(string) error{
		func(p string) error { _, err := d.Lstat(p); return err },
		func(p string) error { _, err := d.ReadFile(p); return err },
		func(p string) error { _, err := d.ReadDir(p); return err },
		func(p string) error { _, err := d.ACL(p); return err },
		func(p string) error { _, err := d.Mount(p); return err },
	} {
		for _, p := range []string{"/opt/sem/state.json", "/etc/semaphore/state.json", "/opt/sem/new/never"} {
			if err := look(p); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("looking at %s = %v, want fs.ErrNotExist", p, err)
			}
		}
	}
}

func TestDraftInfo(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	d := NewDraft(disk)
	mustDraw(t, d, "fix", MakeDir{"/opt/sem/new", 0o750, runnerOwner()},
		WriteNew{"/opt/sem/new/a", []byte("data"), 0o600, runnerOwner()},
		WriteNew{"/opt/sem/new/b", nil, 0o600, runnerOwner()},
		Rewrite{"/etc/semaphore/config.json", []byte("longer than it was before, if only by a little")})
	base, _ := disk.Lstat("/opt/sem/config.json")
	got, err := d.Lstat("/etc/semaphore/config.json")
	want := base
	want.Size = 46
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Lstat(changed): %v (-want +got)\n%s", err, diff)
	}
	a, errA := d.Lstat("/opt/sem/new/a")
	b, errB := d.Lstat("/opt/sem/new/b")
	if errA != nil || errB != nil || a.Ino == 0 || a.SameFile(b) || a.Dev != base.Dev || a.Links != 1 || a.Size != 4 {
		t.Errorf("Lstat(new) = %+v, %v and %+v, %v", a, errA, b, errB)
	}
	again, _ := d.Lstat("/etc/semaphore/new/a")
	if !again.SameFile(a) {
		t.Errorf("Lstat by two names = %+v and %+v, want one file", again, a)
	}
}

func TestDraftHardLinksAreOneFile(t *testing.T) {
	t.Parallel()
	file := memRegular(`{"a":1}`, 0o600, 0, 0)
	disk := newMemDisk(map[string]*memFile{"/etc/config.json": file, "/etc/state.json": file})
	d := NewDraft(disk)
	mustDraw(t, d, "one", SetKey{"/etc/config.json", "/a", 2})
	if data, err := d.ReadFile("/etc/state.json"); err != nil || string(data) != `{"a":2}` {
		t.Errorf("ReadFile(other name) = %s, %v", data, err)
	}
	mustDraw(t, d, "two", SetKey{"/etc/state.json", "/b", 3}, Chmod{"/etc/state.json", 0o640})
	if info, err := d.Lstat("/etc/state.json"); err != nil || info.Mode != 0o640 {
		t.Errorf("Lstat(other name) = %+v, %v", info, err)
	}
	if err := d.Draw(fixOf("three", Chown{"/etc/state.json", runnerOwner()})); err == nil || !strings.Contains(err.Error(), "hard links") {
		t.Errorf("Draw(Chown) = %v, want a refusal", err)
	}
	if err := d.Draw(fixOf("four", MoveAside{"/etc/state.json", ".old"})); err == nil {
		t.Error("Draw(MoveAside of a drawn file's other name) = nil, want a refusal")
	}
	plan := mustPlan(t, d)
	if want := []string{`/etc/config.json: -rw-r----- 0:0 "{\"a\":2,\"b\":3}" [one two]`}; !slices.Equal(lines(plan), want) {
		t.Errorf("Plan() = %v, want %v", lines(plan), want)
	}
	if err := plan.Apply(disk); err != nil {
		t.Errorf("Apply() = %v", err)
	}
}

func TestDraftChmodKeepsACL(t *testing.T) {
	t.Parallel()
	file := memRegular("x", 0o660, 0, 0)
	file.Xattrs = map[string][]byte{accessACL: testACL(6, 6, 4, 0)}
	d := NewDraft(newMemDisk(map[string]*memFile{"/f": file}))
	mustDraw(t, d, "fix", Chmod{"/f", 0o640})
	acl, err := d.ACL("/f")
	if diff := cmp.Diff(testACL(6, 4, 4, 0), acl); err != nil || diff != "" {
		t.Errorf("ACL(): %v (-want +got)\n%s", err, diff)
	}
	if diff := cmp.Diff(testACL(6, 6, 4, 0), file.Xattrs[accessACL]); diff != "" {
		t.Errorf("the disk's ACL has changed: %s", diff)
	}
}

// testACL is "user::U user:1001:N group::4 mask::M other::O".
func testACL(user, mask, named, other byte) []byte {
	none := []byte{255, 255, 255, 255}
	return slices.Concat([]byte{2, 0, 0, 0},
		[]byte{1, 0, user, 0}, none, []byte{2, 0, named, 0}, []byte{0xe9, 3, 0, 0},
		[]byte{4, 0, 4, 0}, none, []byte{0x10, 0, mask, 0}, none, []byte{0x20, 0, other, 0}, none)
}

func TestDraftConcurrentUse(t *testing.T) {
	t.Parallel()
	d := NewDraft(sickDisk())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			name := fmt.Sprintf("/opt/sem/%d", i)
			if err := d.Draw(fixOf(name, MakeDir{name + "/x", 0o755, host.Owner{}})); err != nil {
				t.Errorf("Draw() = %v", err)
			}
		})
		wg.Go(func() {
			for range 50 {
				_, _ = d.ReadFile("/etc/semaphore/config.json")
				_, _ = d.ReadDir("/etc/semaphore")
				_, _ = d.Lstat("/opt/sem/3/x")
				_, _ = d.Plan()
			}
		})
	}
	wg.Wait()
	if plan := mustPlan(t, d); len(plan.Steps) != 16 || len(plan.Fixes) != 8 {
		t.Errorf("Plan() has %d steps, %d fixes, want 16, 8", len(plan.Steps), len(plan.Fixes))
	}
}

// A draft is a disk: a plan can be tried on another draft.
func TestDraftAsDisk(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	d := NewDraft(disk)
	mustDraw(t, d, "fix", MakeDir{"/a/b", 0o755, runnerOwner()}, MoveAside{"/opt/sem/config.d", ".old"})
	plan, other := mustPlan(t, d), NewDraft(disk)
	if err := plan.Apply(other); err != nil {
		t.Fatalf("Apply(draft) = %v", err)
	}
	if diff := cmp.Diff(len(plan.Steps), len(mustPlan(t, other).Steps)); diff != "" {
		t.Error(diff)
	}
	if kept, err := plan.Revert(other); err != nil || kept != nil {
		t.Errorf("Revert(draft) = %v, %v", kept, err)
	}
	if p := mustPlan(t, other); !p.Empty() {
		t.Errorf("Plan() after Revert = %v", lines(p))
	}
}
