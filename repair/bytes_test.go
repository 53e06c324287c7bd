package repair

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// latin1 is "é" as a file system of the nineties has it: no UTF-8.
const latin1 = "caf\xe9"

// TestSetKeyRefusesWhatJSONCannotHold: encoding/json would write U+FFFD, which
// is another path.
func TestSetKeyRefusesWhatJSONCannotHold(t *testing.T) {
	t.Parallel()
	for _, value := range []any{
		"/srv/" + latin1 + "/state.json",
		[]string{"/srv/x", "/srv/" + latin1},
		map[string]any{"config_file": "/srv/" + latin1},
		map[string]string{latin1: "x"},
	} {
		disk := newMemDisk(map[string]*memFile{"/etc/config.json": memRegular(`{"runner":{}}`, 0o640, 0, 0)})
		d := NewDraft(disk)
		err := d.Draw(fixOf("move", SetKey{"/etc/config.json", "/runner/config_file", value}))
		if !errors.Is(err, ErrNotUTF8) || !strings.Contains(err.Error(), `caf\xe9`) {
			t.Errorf("Draw(SetKey %q) = %v, want ErrNotUTF8 and the text", value, err)
		}
		if p := mustPlan(t, d); !p.Empty() {
			t.Errorf("after Draw(SetKey %q) there is a plan", value)
		}
	}
	out, err := setJSON([]byte(`{"a":1}`), "/a", "caf\u00e9 \ufffd \\ufffd")
	if err != nil || string(out) != `{"a":"caf`+"\u00e9 \ufffd"+` \\ufffd"}` {
		t.Errorf("setJSON of good UTF-8 = %s, %v", out, err)
	}
}

// TestJournalKeepsBytes: names on Linux are bytes, and JSON's are not.
func TestJournalKeepsBytes(t *testing.T) {
	t.Parallel()
	const name = "/srv/" + latin1 + "/state.json"
	file := memRegular("{}", 0o644, 0, 0)
	file.Xattrs = map[string][]byte{"user." + latin1: {1}, "user.plain": {2}}
	disk, j := newMemDisk(map[string]*memFile{name: file}), testJournal(t)
	before := disk.dump()
	d := NewDraft(disk)
	mustDraw(t, d, "close it", Chmod{name, 0o600}, MakeDir{"/srv/" + latin1 + "/tmp", 0o700, runnerOwner()})
	made, err := j.Apply(mustPlan(t, d), disk, About{Target: name})
	if err != nil {
		t.Fatal(err)
	}
	e, err := j.Load(made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := e.Undo(disk); err != nil || kept != nil {
		t.Fatalf("Undo() = %v, %v", kept, err)
	}
	if diff := cmp.Diff(before, disk.dump(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after Undo: (-want +got)\n%s", diff)
	}
}

// TestPlanJSONOfText: plans with nothing but UTF-8 in them look as they always did.
func TestPlanJSONOfText(t *testing.T) {
	t.Parallel()
	s := &Snapshot{Mode: 0o600, Xattrs: map[string][]byte{"user.x": {1}}}
	data, err := json.Marshal(&Plan{Steps: []Step{{Path: "/srv/caf\u00e9", Before: s}}})
	want := `{"fixes":[],"steps":[{"path":"/srv/caf` + "\u00e9" + `","reasons":[],"before":{"kind":"file","mode":"0600","uid":0,"gid":0,"xattrs":{"user.x":"AQ=="},"data":null},"after":null}]}`
	if err != nil || string(data) != want {
		t.Errorf("Marshal = %s, %v, want %s", data, err, want)
	}
}
