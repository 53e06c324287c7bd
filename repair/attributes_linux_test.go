package repair

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"github.com/semadoctor/semadoctor/host"
)

// adorn gives a file all that the kernel lets us: an ACL, attributes of people's and of
// root's, a SELinux label, and a time long ago. What this file system or kernel does
// not have is said and left out.
func adorn(t *testing.T, name, label string) {
	t.Helper()
	for attr, value := range map[string]string{
		accessACL: string(testACL(6, 6, 4, 0)), "user.note": "kept\x00\xff", "user.empty": "", "trusted.tool": "x", "security.selinux": label,
	} {
		if err := unix.Setxattr(name, attr, []byte(value), 0); err != nil {
			t.Logf("skipped: no %s here: %v", attr, err)
		}
	}
	when := time.Date(2020, 1, 2, 3, 4, 5, 678901234, time.UTC)
	if err := os.Chtimes(name, when, when); err != nil {
		t.Fatal(err)
	}
}

// portrait is everything below root that undo promises to restore, as the system's own
// calls tell it.
func portrait(t *testing.T, root string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		var st unix.Stat_t
		if err := unix.Lstat(name, &st); err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %o %d:%d links %d", strings.TrimPrefix(name, root), st.Mode, st.Uid, st.Gid, st.Nlink)
		if d.Type().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, " %d.%09d %q", st.Mtim.Sec, st.Mtim.Nsec, data)
		}
		attrs, err := attributes(name)
		fmt.Fprintf(&b, " %q\n", attrs)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func attributes(name string) ([]string, error) {
	buf := make([]byte, 1<<16)
	n, err := unix.Llistxattr(name, buf)
	if errors.Is(err, unix.ENOTSUP) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for attr := range strings.SplitSeq(strings.TrimSuffix(string(buf[:n]), "\x00"), "\x00") {
		value := make([]byte, 1<<16)
		if n, err := unix.Lgetxattr(name, attr, value); err == nil {
			all[attr] = string(value[:n])
		}
	}
	var texts []string
	for _, attr := range slices.Sorted(maps.Keys(all)) {
		texts = append(texts, attr+"="+all[attr])
	}
	return texts, nil
}

// TestAttributesOutliveARepair repairs files with all that a file can have, and takes
// the repair back: a new file in the old one's place, one that is written in place
// because it has a second name, one that only changes its mode and owner, one that is
// moved aside, and a directory. What an edit is not about is there after it, and all of
// it after undo.
func TestAttributesOutliveARepair(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	for _, name := range []string{"config.json", "linked.json", "key.pem", "state.json", "compose.yaml", "runner.env"} {
		data := `{"runner": {"config_file": "/etc/config.json"}}`
		switch name {
		case "compose.yaml":
			data = "services:\n  runner: {user: root}\n"
		case "runner.env":
			data = "A=1\n"
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(data), 0o640); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(filepath.Join(root, name), 1234, 2345); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Link(filepath.Join(root, "linked.json"), filepath.Join(root, "second.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "dir"), 0o755); err != nil {
		t.Fatal(err)
	}
	const label = "system_u:object_r:etc_t:s0\x00"
	for _, name := range []string{"config.json", "linked.json", "key.pem", "state.json", "compose.yaml", "runner.env", "dir"} {
		adorn(t, filepath.Join(root, name), label)
	}
	before := portrait(t, root)
	want, _ := attributes(filepath.Join(root, "config.json"))

	d, user := NewDraft(m), "1001:0"
	mustDraw(t, d, "mend",
		SetKey{"/config.json", "/runner/config_file", "/var/lib/state.json"}, SetKey{"/linked.json", "/runner/config_file", "/x"},
		Chmod{"/key.pem", 0o600}, Chown{"/key.pem", host.Owner{UID: 77, GID: 78}}, MoveAside{"/state.json", ".corrupt"},
		SetYAML{File: "/compose.yaml", Pointer: "/services/runner/user", Value: &user},
		SetVariable{File: "/runner.env", Form: host.SystemdEnv, Name: "A", Value: "2"},
		Chmod{"/dir", 0o700}, MakeDir{"/new", 0o750, host.Owner{UID: 77, GID: 78}})
	made, err := testJournal(t).Apply(mustPlan(t, d), m, About{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"config.json", "linked.json", "state.json.corrupt", "compose.yaml", "runner.env"} {
		if got, err := attributes(filepath.Join(root, name)); err != nil || !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s has %q, %v after the repair, want %q", name, got, err, want)
		}
	}
	if after := portrait(t, root); !strings.Contains(after, "/key.pem 100600 77:78") || !strings.Contains(after, "/dir 40700 ") {
		t.Errorf("after the repair:\n%s", after)
	}
	if kept, err := made.Undo(m); err != nil || kept != nil {
		t.Fatalf("Undo() = %v, %v", kept, err)
	}
	if diff := cmp.Diff(before, portrait(t, root)); diff != "" {
		t.Errorf("after undo (-before +after):\n%s", diff)
	}
	wantNoTemp(t, root)
}
