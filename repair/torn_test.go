package repair

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/semadoctor/semadoctor/host"
)

func TestTorn(t *testing.T) {
	t.Parallel()
	root, runner := host.Owner{}, host.Owner{UID: 1001, GID: 1001}
	before := &Snapshot{Data: []byte("old content"), Mode: fs.ModeSetgid | 0o644, Owner: root, Xattrs: map[string][]byte{"user.a": {1}, "user.b": {2}, "security.capability": {3}}}
	after := &Snapshot{Data: []byte("new"), Mode: fs.ModeSetgid | 0o600, Owner: runner, Xattrs: map[string][]byte{"user.a": {9}, "user.c": {4}, "security.capability": {3}}}
	with := func(change func(*Snapshot)) *Snapshot {
		s := before.clone()
		change(s)
		return s
	}
	for name, tt := range map[string]struct {
		now  *Snapshot
		want bool
	}{
		"old":                    {before, true},
		"new":                    {after, true},
		"nothing":                {nil, false},
		"a directory":            {with(func(s *Snapshot) { s.Mode |= fs.ModeDir }), false},
		"new owner":              {with(func(s *Snapshot) { s.Owner = runner; s.Mode = 0o644 }), true},
		"a stranger":             {with(func(s *Snapshot) { s.Owner.UID = 5 }), false},
		"half an owner":          {with(func(s *Snapshot) { s.Owner.UID = 1001 }), false},
		"some bits of the mode":  {with(func(s *Snapshot) { s.Mode = 0o640 }), true},
		"another mode":           {with(func(s *Snapshot) { s.Mode = 0o664 }), false},
		"setuid out of nowhere":  {with(func(s *Snapshot) { s.Mode |= fs.ModeSetuid }), false},
		"one attribute set":      {with(func(s *Snapshot) { s.Xattrs["user.a"] = []byte{9} }), true},
		"one attribute gone":     {with(func(s *Snapshot) { delete(s.Xattrs, "user.b") }), true},
		"one attribute come":     {with(func(s *Snapshot) { s.Xattrs["user.c"] = []byte{4} }), true},
		"capabilities gone":      {with(func(s *Snapshot) { delete(s.Xattrs, "security.capability") }), true},
		"a label come":           {with(func(s *Snapshot) { s.Xattrs["security.selinux"] = []byte("x") }), true},
		"an attribute lost":      {with(func(s *Snapshot) { delete(s.Xattrs, "user.a") }), false},
		"a strange attribute":    {with(func(s *Snapshot) { s.Xattrs["user.z"] = nil }), false},
		"a strange value":        {with(func(s *Snapshot) { s.Xattrs["user.b"] = []byte{7} }), false},
		"new, then the old tail": {with(func(s *Snapshot) { s.Data = []byte("new content") }), true},
		"a part of the new":      {with(func(s *Snapshot) { s.Data = []byte("ned content") }), true},
		"cut in the old tail":    {with(func(s *Snapshot) { s.Data = []byte("new con") }), true},
		"shorter than both":      {with(func(s *Snapshot) { s.Data = []byte("ne") }), false},
		"longer than both":       {with(func(s *Snapshot) { s.Data = []byte("old content!") }), false},
		"a strange byte":         {with(func(s *Snapshot) { s.Data = []byte("old cOntent") }), false},
		"empty":                  {with(func(s *Snapshot) { s.Data = nil }), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := torn(tt.now, before, after); got != tt.want {
				t.Errorf("torn() = %t, want %t", got, tt.want)
			}
			if got := torn(tt.now, after, before); got != tt.want {
				t.Errorf("torn() the other way = %t, want %t", got, tt.want)
			}
		})
	}
	if torn(before, nil, after) || torn(before, before, nil) {
		t.Error("what comes and goes as a whole is torn")
	}
}

// tearings is a step that is done in place, stopped after each of its parts.
func tearings(from, to *Snapshot) []*Snapshot {
	now := from.clone()
	var all []*Snapshot
	stop := func() { all = append(all, now.clone()) }
	stop()
	now.Owner = to.Owner
	stop()
	now.Mode = to.Mode
	stop()
	for n := 1; n <= len(to.Data); n++ {
		now.Data = slices.Concat(to.Data[:n], now.Data[min(n, len(now.Data)):])
		stop()
	}
	now.Data, now.ModTime = to.Data, time.Unix(9000, 0)
	stop()
	return all
}

// Wherever a repair in place is killed, and wherever the mending of that is, all
// becomes what it was, time and all.
func TestRecoverWhatIsTorn(t *testing.T) {
	t.Parallel()
	const name = "/opt/sem/config.json"
	disk := sickDisk()
	d := NewDraft(disk)
	mustDraw(t, d, "treat", SetKey{name, "/runner/config_file", "/x"}, Chmod{name, 0o600})
	plan, before := mustPlan(t, d), disk.dump()
	if len(plan.Steps) != 1 {
		t.Fatalf("the plan has %d steps, want one", len(plan.Steps))
	}
	there, back := tearings(plan.Steps[0].Before, plan.Steps[0].After), []*Snapshot(nil)
	for _, s := range there {
		back = append(back, tearings(s, plan.Steps[0].Before)...)
	}
	for n, s := range slices.Concat(there, back) {
		if err := disk.Store(name, s); err != nil {
			t.Fatal(err)
		}
		if kept, err := plan.Recover(disk); err != nil || kept != nil {
			t.Fatalf("torn %d: Recover() = %v, %v", n, kept, err)
		}
		if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("torn %d: after Recover: (-want +got)\n%s", n, diff)
		}
	}
	stranger := plan.Steps[0].After.clone()
	stranger.Data[0] = '['
	if err := disk.Store(name, stranger); err != nil {
		t.Fatal(err)
	}
	if _, err := plan.Recover(disk); !errors.Is(err, ErrChanged) {
		t.Errorf("Recover() of what a stranger has written = %v, want ErrChanged", err)
	}
	if now, _ := disk.Load(name); !same(now, stranger) {
		t.Errorf("after ErrChanged: %s", now.Data)
	}
}

// What cannot be done now is left for the next time; what is done stays done.
func TestRecoverGoesOn(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	before, plan := disk.dump(), treatment(t, disk)
	if err := plan.Apply(disk); err != nil {
		t.Fatal(err)
	}
	for n := range plan.Steps {
		disk.store = plug(plan.Steps[len(plan.Steps)-1-n].Path, 1)
		if _, err := plan.Recover(disk); !errors.Is(err, errPlug) {
			t.Errorf("Recover() = %v, want %v", err, errPlug)
		}
	}
	if kept, err := plan.Recover(disk); err != nil || kept != nil {
		t.Errorf("Recover() at last = %v, %v", kept, err)
	}
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after Recover: (-want +got)\n%s", diff)
	}
}

// Temporary files may hold secrets: they go even where the rest must be left.
func TestRecoverSweepsWhateverElse(t *testing.T) {
	t.Parallel()
	disk := sickDisk()
	plan := treatment(t, disk)
	left := "/opt/sem/" + tempName("config.json", "ABCDEFGH")
	step := plan.Steps[slices.IndexFunc(plan.Steps, func(s Step) bool { return s.Path == "/opt/sem/config.json" })]
	for name, data := range map[string][]byte{left: step.After.Data, "/opt/sem/config.json": []byte("[]")} {
		if err := disk.Store(name, &Snapshot{Data: data, Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := plan.Recover(disk); !errors.Is(err, ErrChanged) || !strings.Contains(fmt.Sprint(err), "config.json") {
		t.Errorf("Recover() = %v, want ErrChanged", err)
	}
	if s, _ := disk.Load(left); s != nil {
		t.Error("the temporary file is still there")
	}
}
