package repair

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/semadoctor/semadoctor/host"
)

// treatment is a plan with a step of every kind.
func treatment(t *testing.T, disk Disk) *Plan {
	t.Helper()
	d := NewDraft(disk)
	mustDraw(t, d, "treat",
		MakeDir{"/var/lib/semaphore", 0o750, runnerOwner()},
		WriteNew{"/var/lib/semaphore/state.json", []byte("{}"), 0o600, runnerOwner()},
		SetKey{"/etc/semaphore/config.json", "/runner/config_file", "/var/lib/semaphore/state.json"},
		Chmod{"/etc/cron.d", 0o700},
		MoveAside{"/opt/sem/state.json", ".old"})
	return mustPlan(t, d)
}

func TestApplyAndRevert(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	before, plan := disk.dump(), treatment(t, disk)
	if err := plan.Apply(disk); err != nil {
		t.Fatalf("Apply() = %v", err)
	}
	for _, s := range plan.Steps {
		if now, err := disk.Load(s.Path); err != nil || !same(now, s.After) {
			t.Errorf("%s is %+v, %v, want %+v", s.Path, now, err, s.After)
		}
	}
	kept, err := plan.Revert(disk)
	if err != nil || kept != nil {
		t.Fatalf("Revert() = %v, %v", kept, err)
	}
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after Revert: (-want +got)\n%s", diff)
	}
}

// Wherever the power fails, Revert leads back.
func TestRevertFromTheMiddle(t *testing.T) {
	t.Parallel()
	steps := len(treatment(t, sickDisk()).Steps)
	for n := range steps + 1 {
		disk := sickDisk()
		before, plan := disk.dump(), treatment(t, disk)
		for _, s := range plan.Steps[:n] {
			if err := disk.Store(s.Path, s.After); err != nil {
				t.Fatal(err)
			}
		}
		if kept, err := plan.Revert(disk); err != nil || kept != nil {
			t.Errorf("Revert() after %d steps = %v, %v", n, kept, err)
		}
		if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Revert() after %d steps: (-want +got)\n%s", n, diff)
		}
	}
}

// Whichever step fails, Apply and Revert leave all as it was.
func TestApplyTakesBackWhatWasDone(t *testing.T) {
	t.Parallel()
	steps := treatment(t, sickDisk()).Steps
	for n, bad := range steps {
		disk := sickDisk()
		before, plan := disk.dump(), treatment(t, disk)
		disk.store = plug(bad.Path, 1)
		if err := plan.Apply(disk); !errors.Is(err, errPlug) || errors.Is(err, ErrHalfDone) || !strings.Contains(err.Error(), bad.Path) {
			t.Errorf("Apply() with a bad step %d = %v", n, err)
		}
		if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Apply() with a bad step %d: (-want +got)\n%s", n, diff)
		}
		disk.store = nil
		if err := plan.Apply(disk); err != nil {
			t.Fatal(err)
		}
		after := disk.dump()
		disk.store = plug(bad.Path, 1)
		if _, err := plan.Revert(disk); !errors.Is(err, errPlug) || errors.Is(err, ErrHalfDone) {
			t.Errorf("Revert() with a bad step %d = %v", n, err)
		}
		if diff := cmp.Diff(after, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Revert() with a bad step %d: (-want +got)\n%s", n, diff)
		}
	}
}

// plug refuses the first times that name is stored.
func plug(name string, times int) func(string, *Snapshot) error {
	return func(stored string, _ *Snapshot) error {
		if stored == name && times > 0 {
			times--
			return errPlug
		}
		return nil
	}
}

func TestApplySaysBothErrors(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	plan := treatment(t, disk)
	broken := false
	disk.store = func(name string, _ *Snapshot) error {
		if broken = broken || name == "/opt/sem/state.json"; broken {
			return errPlug
		}
		return nil
	}
	err := plan.Apply(disk)
	if !errors.Is(err, ErrHalfDone) || strings.Count(err.Error(), errPlug.Error()) != 2 {
		t.Errorf("Apply() = %v, want both errors and ErrHalfDone", err)
	}
	disk.store = nil
	if _, err := plan.Revert(disk); err != nil {
		t.Errorf("Revert() after all = %v", err)
	}
}

func TestApplyRefusesWhatHasChanged(t *testing.T) {
	t.Parallel()
	for _, s := range treatment(t, sickDisk()).Steps {
		disk := sickDisk()
		plan := treatment(t, disk)
		stranger := &Snapshot{Data: []byte("a stranger's"), Mode: 0o600, Owner: host.Owner{UID: 5, GID: 5}}
		for _, above := range plan.Steps { // its directories are there already
			if strings.HasPrefix(s.Path, above.Path+"/") {
				if err := disk.Store(above.Path, above.After); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := disk.Store(s.Path, stranger); err != nil {
			t.Fatal(err)
		}
		disk.stores = nil
		if err := plan.Apply(disk); !errors.Is(err, ErrChanged) {
			t.Errorf("Apply() with another %s = %v, want ErrChanged", s.Path, err)
		}
		if _, err := plan.Revert(disk); !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), s.Path) {
			t.Errorf("Revert() with another %s = %v, want ErrChanged", s.Path, err)
		}
		if len(disk.stores) > 0 {
			t.Errorf("with another %s, touched %v", s.Path, disk.stores)
		}
	}
}

// Somebody writes between the look and the step.
func TestApplyLooksAgainBeforeEachStep(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	before, plan := disk.dump(), treatment(t, disk)
	disk.store = func(name string, _ *Snapshot) error {
		if name == "/opt/sem/state.json.old" {
			disk.files["/opt/sem/config.json"].Data = []byte("{}")
		}
		return nil
	}
	if err := plan.Apply(disk); !errors.Is(err, ErrChanged) || errors.Is(err, ErrHalfDone) {
		t.Errorf("Apply() = %v, want ErrChanged", err)
	}
	config := before["/opt/sem/config.json"]
	config.Data = []byte("{}")
	before["/opt/sem/config.json"] = config
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after Apply: (-want +got)\n%s", diff)
	}
}

func TestRevertKeepsDirectoriesInUse(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	plan := treatment(t, disk)
	if err := plan.Apply(disk); err != nil {
		t.Fatal(err)
	}
	if err := disk.Store("/var/lib/semaphore/log", &Snapshot{Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	kept, err := plan.Revert(disk)
	if want := []string{"/var/lib/semaphore", "/var/lib", "/var"}; err != nil || !slices.Equal(kept, want) {
		t.Errorf("Revert() = %v, %v, want %v", kept, err, want)
	}
	if s, _ := disk.Load("/var/lib/semaphore/state.json"); s != nil {
		t.Error("the file in the kept directory is still there")
	}
}

// What somebody saved in the moment in which a repair was killed, between the
// exchange of two files and the look at what came of it, is under the temporary
// name: it is not ours to remove.
func TestSweepKeepsASave(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	plan := treatment(t, disk)
	step := plan.Steps[slices.IndexFunc(plan.Steps, func(s Step) bool { return s.Path == "/opt/sem/config.json" })]
	temp := "/opt/sem/" + tempName("config.json", "ABCDEFGH")
	for name, data := range map[string]string{
		"nothing yet":   "",
		"half of after": string(step.After.Data[:len(step.After.Data)/2]),
		"all of after":  string(step.After.Data),
		"before":        string(step.Before.Data),
		"a save":        string(step.Before.Data) + "\n// mine",
	} {
		if err := disk.Store(temp, &Snapshot{Data: []byte(data), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		kept, err := plan.Recover(disk)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := slices.Contains(kept, temp), name == "a save"; got != want {
			t.Errorf("with %s left over, Recover() kept %v", name, kept)
		}
		if now, _ := disk.Load(temp); (now != nil) != (name == "a save") {
			t.Errorf("with %s left over, %s is then %+v", name, temp, now)
		}
	}
}

func TestRevertSweepsUp(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	plan := treatment(t, disk)
	left := "/opt/sem/" + tempName("config.json", "ABCDEFGH")
	for _, name := range []string{left, left + ".mine", "/opt/sem/.config.json"} {
		if err := disk.Store(name, &Snapshot{Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := plan.Revert(disk); err != nil {
		t.Fatal(err)
	}
	names, _ := disk.ReadDir("/opt/sem")
	if want := []string{".config.json", ".config.json.semadoctor-ABCDEFGH.mine", "config.d", "config.json", "locked.json", "state.json"}; !slices.Equal(names, want) {
		t.Errorf("after Revert: %v, want %v", names, want)
	}
}

func TestUndoIsThePlanBackwards(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	before, plan := disk.dump(), treatment(t, disk)
	if err := plan.Apply(disk); err != nil {
		t.Fatal(err)
	}
	if err := plan.Undo().Apply(disk); err != nil {
		t.Fatalf("Undo().Apply() = %v", err)
	}
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after Undo: (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(lines(plan), lines(plan.Undo().Undo())); diff != "" {
		t.Errorf("Undo().Undo(): (-want +got)\n%s", diff)
	}
}

func TestSameSnapshots(t *testing.T) {
	t.Parallel()
	label := func(v string) map[string][]byte { return map[string][]byte{"security.selinux": []byte(v)} }
	user := map[string][]byte{"user.x": []byte("1")}
	none := host.Owner{UID: -1, GID: -1}
	tests := []struct {
		name string
		a, b *Snapshot
		want bool
	}{
		{"nothing", nil, nil, true},
		{"nothing and something", nil, &Snapshot{}, false},
		{"mode", &Snapshot{Mode: 0o600}, &Snapshot{Mode: 0o640}, false},
		{"data", &Snapshot{Data: []byte("a")}, &Snapshot{Data: []byte("b")}, false},
		{"empty data", &Snapshot{Data: []byte{}}, &Snapshot{}, true},
		{"attribute", &Snapshot{Xattrs: user}, &Snapshot{}, false},
		{"no attributes", &Snapshot{Xattrs: map[string][]byte{}}, &Snapshot{}, true},
		{"label given by the kernel", &Snapshot{Xattrs: label("a")}, &Snapshot{}, true},
		{"another label", &Snapshot{Xattrs: label("a")}, &Snapshot{Xattrs: label("b")}, false},
		{"owners and modes of Windows", &Snapshot{Mode: 0o666, Owner: none}, &Snapshot{Mode: 0o600}, true},
	}
	for _, tt := range tests {
		if got := same(tt.a, tt.b); got != tt.want {
			t.Errorf("same(%s) = %v, want %v", tt.name, got, tt.want)
		}
		if got := same(tt.b, tt.a); got != tt.want {
			t.Errorf("same(%s, turned around) = %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Somebody writes in the very moment of a step: that is theirs, and the steps
// before it are taken back.
func TestStoreThatComesTooLate(t *testing.T) {
	t.Parallel()
	for n, late := range treatment(t, sickDisk()).Steps {
		disk := sickDisk()
		before, plan := disk.dump(), treatment(t, disk)
		disk.store = func(name string, _ *Snapshot) error {
			if name == late.Path {
				return ErrChanged
			}
			return nil
		}
		if err := plan.Apply(disk); !errors.Is(err, ErrChanged) || errors.Is(err, ErrHalfDone) {
			t.Errorf("Apply() with step %d too late = %v", n, err)
		}
		if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Apply() with step %d too late: (-want +got)\n%s", n, diff)
		}
		disk.store = nil
		if err := plan.Apply(disk); err != nil {
			t.Fatal(err)
		}
		after := disk.dump()
		disk.store = func(name string, _ *Snapshot) error {
			if name == late.Path {
				return ErrChanged
			}
			return nil
		}
		if _, err := plan.Revert(disk); !errors.Is(err, ErrChanged) || errors.Is(err, ErrHalfDone) {
			t.Errorf("Revert() with step %d too late = %v", n, err)
		}
		if diff := cmp.Diff(after, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Revert() with step %d too late: (-want +got)\n%s", n, diff)
		}
	}
}
