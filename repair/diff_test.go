package repair

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	plan := treatment(t, sickDisk())
	want := strings.TrimPrefix(`
change mode of /etc/cron.d  0755 -> 0700
create directory /var  mode 0755  owner 0:0
create directory /var/lib  mode 0755  owner 0:0
create directory /var/lib/semaphore  mode 0750  owner 1001:0
create file /var/lib/semaphore/state.json  mode 0600  owner 1001:0
--- /dev/null
+++ /var/lib/semaphore/state.json
@@ -0,0 +1 @@
+{}
\ No newline at end of file
--- /opt/sem/config.json
+++ /opt/sem/config.json
@@ -1,5 +1,6 @@
 {
   "runner": {
-    "token": "****"
+    "token": "****",
+    "config_file": "/var/lib/semaphore/state.json"
   }
 }
move /opt/sem/state.json to /opt/sem/state.json.old
`, "\n")
	mask := func(path string, data []byte) []byte {
		if path == "/opt/sem/config.json" {
			return bytes.ReplaceAll(data, []byte(`"t"`), []byte(`"****"`))
		}
		return data
	}
	if diff := cmp.Diff(want, Diff(say.English, plan, mask)); diff != "" {
		t.Errorf("Diff(): (-want +got)\n%s", diff)
	}
}

func TestDiffSteps(t *testing.T) {
	t.Parallel()
	file := func(data string) *Snapshot { return &Snapshot{Data: []byte(data), Mode: 0o600} }
	dir := &Snapshot{Mode: fs.ModeDir | fs.ModeSetgid | 0o750, Owner: host.Owner{UID: 1, GID: 2}}
	acl := &Snapshot{Data: []byte("x"), Mode: 0o600, Xattrs: map[string][]byte{accessACL: {1}, "user.x": {2}, "security.selinux": {3}}}
	tests := []struct {
		name string
		step Step
		want string
	}{
		{"directory", Step{Path: "/d", After: dir}, "create directory /d  mode 2750  owner 1:2\n"},
		{"no more directory", Step{Path: "/d", Before: dir}, "remove directory /d\n"},
		{"removed", Step{Path: "/f", Before: file("a\n")}, "remove file /f\n--- /f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"},
		{"owner", Step{Path: "/f", Before: file("x"), After: &Snapshot{Data: []byte("x"), Mode: 0o600, Owner: host.Owner{UID: 7, GID: 8}}}, "change owner of /f  0:0 -> 7:8\n"},
		{"attributes", Step{Path: "/f", Before: acl, After: file("x")}, "change attribute of /f  system.posix_acl_access\nchange attribute of /f  user.x\n"},
		{"kind", Step{Path: "/f", Before: &Snapshot{Mode: 0o600}, After: &Snapshot{Mode: fs.ModeDir | 0o600}}, "replace file /f by a directory\n"},
		{"binary", Step{Path: "/f", Before: file("a\x00b"), After: file("a\x00bcd")}, "change content of /f  3 -> 5 bytes, not shown\n"},
		{"large", Step{Path: "/f", Before: file(strings.Repeat("a", maxDiff+1)), After: file("")}, fmt.Sprintf("change content of /f  %d -> 0 bytes, not shown\n", maxDiff+1)},
		{"CRLF on both sides", Step{Path: "/f", Before: file("a\r\n"), After: file("b\r\n")}, "--- /f\n+++ /f\n@@ -1 +1 @@\n-a\n+b\n"},
		{"CRLF goes", Step{Path: "/f", Before: file("a\r\n"), After: file("a\n")}, "--- /f\n+++ /f\n@@ -1 +1 @@\n-a\\x0d\n+a\n"},
		{"controls", Step{Path: "/f\x1b[2J\n", Before: file("a\x1b]0;x\a\u202e\u0085\xff\n"), After: file("\t\ufffdé\n")},
			"--- /f\\x1b[2J\\x0a\n+++ /f\\x1b[2J\\x0a\n@@ -1 +1 @@\n-a\\x1b]0;x\\x07\\u202e\\u0085\\xff\n+\t\ufffdé\n"},
		{"masked", Step{Path: "/f", Before: file("secret1\n"), After: file("secret2\n")}, "change content of /f  only what is masked\n"},
		{"nothing", Step{Path: "/f"}, ""},
	}
	mask := func(_ string, data []byte) []byte {
		for _, s := range []string{"secret1", "secret2"} {
			data = bytes.ReplaceAll(data, []byte(s), []byte("****"))
		}
		return data
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Diff(say.English, &Plan{Steps: []Step{tt.step}}, mask)); diff != "" {
				t.Errorf("Diff(): (-want +got)\n%s", diff)
			}
		})
	}
	if got := Diff(say.English, &Plan{Steps: []Step{{Path: "/f", Before: file("a"), After: file("b")}}}, nil); !strings.Contains(got, "+b") {
		t.Errorf("Diff() without a mask = %q", got)
	}
}

// A path moved aside whose place is taken by something else is no move.
func TestDiffMoveWithSuccessor(t *testing.T) {
	t.Parallel()
	d := NewDraft(sickDisk())
	mustDraw(t, d, "x", MoveAside{"/opt/sem/state.json", ".old"}, WriteNew{"/opt/sem/state.json", []byte("new\n"), 0o600, runnerOwner()})
	got := Diff(say.English, mustPlan(t, d), nil)
	if !strings.Contains(got, "create file /opt/sem/state.json.old") || !strings.Contains(got, "+new") {
		t.Errorf("Diff() = %s", got)
	}
}

// TestDiffInChinese: what is said beside the diffs is said in the reader's language.
func TestDiffInChinese(t *testing.T) {
	t.Parallel()
	plan := &Plan{Steps: []Step{
		{Path: "/d", After: &Snapshot{Mode: fs.ModeDir | 0o750}},
		{Path: "/f", Before: &Snapshot{Data: []byte("a\n"), Mode: 0o644}, After: &Snapshot{Data: []byte("b\n"), Mode: 0o600}},
	}}
	want := "创建目录 /d  权限 0750  属主 0:0\n修改 /f 的权限  0644 -> 0600\n--- /f\n+++ /f\n@@ -1 +1 @@\n-a\n+b\n"
	if got := Diff(say.Chinese, plan, nil); got != want {
		t.Errorf("Diff() = %q, want %q", got, want)
	}
}
