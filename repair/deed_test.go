package repair

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// theBlank is what a test's server fills.
const theBlank = "(token)"

// registration is a fix with a deed that answers, or does not.
func registration(deed Deed) Fix {
	return Fix{
		Title: say.Textf("register"), Safety: Unsafe, Final: say.Textf("the row stays"), Deed: deed, Blanks: []string{theBlank},
		Edits: []Edit{
			WriteNew{File: "/opt/sem/token.old", Data: []byte("old"), Mode: 0o600, Owner: host.Owner{UID: 7, GID: 7}},
			Rewrite{File: "/opt/sem/config.json", Data: []byte("<" + theBlank + ">")},
		},
	}
}

func answers(context.Context) (Filling, error) { return Filling{theBlank: "new"}, nil }

func TestPerform(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	before := disk.dump()
	e, err := j.Perform(t.Context(), registration(answers), disk, About{})
	if err != nil || e.State != Applied || e.Deed != DeedDone {
		t.Fatalf("Perform() = %+v, %v", e, err)
	}
	if s, _ := disk.Load("/opt/sem/config.json"); string(s.Data) != "<new>" {
		t.Errorf("the file holds %q", s.Data)
	}
	again, err := j.Load(e.ID)
	if err != nil || again.Deed != DeedDone || len(again.Stays()) != 1 {
		t.Errorf("the journal has %+v, %v", again, err)
	}
	if _, err := again.Undo(disk); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("taken back, the disk is another (-want +got):\n%s", diff)
	}
}

// What is refused changes nothing. What nobody knows changes nothing here, and
// says that it may have been done there.
func TestPerformRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why   error
		stays int
	}{{errors.New("no"), 0}, {ErrUncertain, 1}} {
		disk, j := sickDisk(), testJournal(t)
		before := disk.dump()
		e, err := j.Perform(t.Context(), registration(func(context.Context) (Filling, error) { return nil, tt.why }), disk, About{})
		if !errors.Is(err, tt.why) || e.State != Undone || len(e.Stays()) != tt.stays {
			t.Errorf("Perform() = %+v, %v; %d texts say what stays, want %d", e, err, len(e.Stays()), tt.stays)
		}
		if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%v: the disk is another (-want +got):\n%s", tt.why, diff)
		}
	}
}

// A journal that fails when the deed is done keeps nobody from writing what it has
// brought; where that fails, too, it is said that it is lost.
func TestPerformUnnoted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		disk error
		want error
	}{{nil, ErrUnnoted}, {errPlug, ErrLost}} {
		disk, j := sickDisk(), testJournal(t)
		deed := func(context.Context) (Filling, error) {
			if err := os.RemoveAll(j.Dir); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(j.Dir, nil, 0o600); err != nil { // no directory any more
				t.Fatal(err)
			}
			disk.store = func(string, *Snapshot) error { return tt.disk }
			return answers(t.Context())
		}
		e, err := j.Perform(t.Context(), registration(deed), disk, About{})
		if !errors.Is(err, tt.want) || e.Deed != DeedBegun {
			t.Errorf("Perform() = %+v, %v, want %v", e, err, tt.want)
		}
		if s, _ := disk.Load("/opt/sem/config.json"); (string(s.Data) == "<new>") != (tt.disk == nil) {
			t.Errorf("%v: the file holds %q", tt.want, s.Data)
		}
	}
}

// A fix that cannot be made here is not begun there.
func TestPerformIsTriedFirst(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	if err := disk.Store("/opt/sem/token.old", &Snapshot{Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	done := false
	e, err := j.Perform(t.Context(), registration(func(context.Context) (Filling, error) { done = true; return nil, nil }), disk, About{})
	if e != nil || err == nil || done {
		t.Errorf("Perform() = %+v, %v; the deed was done: %v", e, err, done)
	}
}

// A blank that a file spells in another way is found before the deed.
func TestPerformFindsItsBlanks(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	fix := registration(func(context.Context) (Filling, error) { t.Error("the deed was done"); return nil, nil })
	fix.Edits = []Edit{SetKey{File: "/opt/sem/config.json", Pointer: "/runner/token", Value: `"` + theBlank[1:]}}
	if e, err := j.Perform(t.Context(), fix, disk, About{}); e != nil || err == nil {
		t.Errorf("Perform() = %+v, %v", e, err)
	}
}

// TestPerformKilled: whatever is changed when the plug is pulled, what the server has
// given is in the journal first, and the rest can be finished.
func TestPerformKilled(t *testing.T) {
	t.Parallel()
	for n := range 2 {
		disk, j := sickDisk(), testJournal(t)
		changes, dead := 0, false
		disk.store = func(string, *Snapshot) error {
			if changes++; dead || changes > n {
				dead = true
				return errPlug
			}
			return nil
		}
		if e, err := j.Perform(t.Context(), registration(answers), disk, About{}); err == nil || e.Deed != DeedDone {
			t.Fatalf("killed at change %d, Perform() = %+v, %v", n, e, err)
		}
		disk.store = nil
		open, err := j.Unfinished()
		if err != nil || len(open) != 1 || !open[0].Owes() {
			t.Fatalf("killed at change %d, Unfinished() = %+v, %v", n, open, err)
		}
		if err := open[0].Finish(disk); err != nil || open[0].State != Applied {
			t.Fatalf("killed at change %d, Finish() = %v, %s", n, err, open[0].State)
		}
		if s, _ := disk.Load("/opt/sem/config.json"); string(s.Data) != "<new>" {
			t.Errorf("killed at change %d, the file holds %q", n, s.Data)
		}
	}
}

// The journal knows of a deed before it is done, and holds its answer before the
// first file is touched.
func TestPerformIsNotedFirst(t *testing.T) {
	t.Parallel()
	disk, j := sickDisk(), testJournal(t)
	deed := func(context.Context) (Filling, error) {
		if open, err := j.Unfinished(); err != nil || len(open) != 1 || open[0].Deed != DeedBegun {
			t.Errorf("while the deed is done, Unfinished() = %+v, %v", open, err)
		}
		return answers(t.Context())
	}
	disk.store = func(string, *Snapshot) error {
		open, err := j.Unfinished()
		if err != nil || len(open) != 1 || !strings.Contains(string(open[0].Plan.Steps[1].After.Data), "new") {
			t.Errorf("at the first change, Unfinished() = %+v, %v", open, err)
		}
		return nil
	}
	if _, err := j.Perform(t.Context(), registration(deed), disk, About{}); err != nil {
		t.Fatal(err)
	}
}

// What we may not write is known before anything is done.
func TestPlanWritable(t *testing.T) {
	t.Parallel()
	other := host.Identity{UID: 7, GID: 7}
	own := memDir(0o755, 7, 7)
	tests := []struct {
		name string
		edit Edit
		want string // in the error; "" is none
	}{
		{"an own place", WriteNew{File: "/own/new", Mode: 0o600, Owner: host.Owner{UID: 7, GID: 7}}, ""},
		{"another's file", Rewrite{File: "/root.json", Data: []byte("x")}, "write /root.json"},
		{"another's directory", WriteNew{File: "/new", Mode: 0o600, Owner: host.Owner{UID: 7, GID: 7}}, "write /new"},
		{"for another", WriteNew{File: "/own/new", Mode: 0o600}, "only root can give it to 0:0"},
	}
	for _, tt := range tests {
		disk := newMemDisk(map[string]*memFile{"/own": own, "/root.json": memRegular("{}", 0o600, 0, 0)})
		plan, err := PlanOf(disk, Fix{Title: say.Textf("register"), Edits: []Edit{tt.edit}})
		if err != nil {
			t.Fatal(err)
		}
		err = plan.writable(disk, other)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: writable() = %v, want %q", tt.name, err, tt.want)
		}
	}
}
