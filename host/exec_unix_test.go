//go:build unix

package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func shell(script string) Command { return Command{Path: "/bin/sh", Args: []string{"-c", script}} }

func TestRealExec(t *testing.T) {
	t.Parallel()
	path := []string{"PATH=/usr/bin:/bin"}
	tests := []struct {
		name string
		cmd  Command
		want Output
		err  string
	}{
		{"both outputs and a code", shell("echo out; echo err >&2; exit 3"), Output{[]byte("out\n"), []byte("err\n"), 3, false}, ""},
		{"stdin is empty", shell("read line || echo end"), Output{Stdout: []byte("end\n")}, ""},
		{"nothing of our environment", shell(`echo "${HOME-none}"`), Output{Stdout: []byte("none\n")}, ""},
		{"its environment", Command{Path: "/bin/sh", Args: []string{"-c", "echo $A"}, Env: []string{"A=1"}}, Output{Stdout: []byte("1\n")}, ""},
		{"its directory", Command{Path: "/bin/sh", Args: []string{"-c", "pwd"}, Dir: "/usr"}, Output{Stdout: []byte("/usr\n")}, ""},
		{"signal", shell("kill -9 $$"), Output{Code: -1}, "run /bin/sh: signal: killed"},
		{"too much", Command{Path: "/bin/sh", Args: []string{"-c", "head -c 200000 /dev/zero | tr '\\0' x"}, Env: path},
			Output{Stdout: []byte(strings.Repeat("x", MaxOutput)), Truncated: true}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := RealExec(t.Context(), tt.cmd)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("RealExec (-want +got):\n%s", diff)
			}
			if fmt.Sprint(err) != tt.err && (err != nil || tt.err != "") {
				t.Errorf("RealExec = %v, want %q", err, tt.err)
			}
		})
	}
}

// TestRealExecKills ends a shell and what it has started. Both hold a FIFO
// open for writing: at its end nobody does.
func TestRealExecKills(t *testing.T) {
	t.Parallel()
	name := t.TempDir() + "/fifo"
	must(t, syscall.Mkfifo(name, 0o600))
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := RealExec(ctx, Command{Path: "/bin/sh", Env: []string{"PATH=/usr/bin:/bin"},
			Args: []string{"-c", `exec 3>"$0"; sleep 600 & echo ready >&3; wait`, name}})
		done <- err
	}()
	f, err := os.Open(name)
	must(t, err)
	defer f.Close()
	ready := make([]byte, 6)
	if _, err := io.ReadFull(f, ready); err != nil || string(ready) != "ready\n" {
		t.Fatalf("read %q, %v, want ready", ready, err)
	}
	why := errors.New("time is up")
	cancel(why)
	if err := <-done; !errors.Is(err, why) {
		t.Errorf("RealExec = %v, want %v", err, why)
	}
	must(t, f.SetReadDeadline(time.Now().Add(5*time.Second)))
	if _, err := f.Read(ready); !errors.Is(err, io.EOF) {
		t.Errorf("after the end: read = %v, want EOF: a child lives on", err)
	}
}

// TestRealExecLeftBehind does not wait for a child that keeps our pipes open.
func TestRealExecLeftBehind(t *testing.T) {
	t.Parallel()
	cmd := shell("sleep 600 & echo $!")
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	out, err := RealExec(t.Context(), cmd)
	var pid int
	if _, serr := fmt.Sscan(string(out.Stdout), &pid); serr != nil || err != nil || out.Code != 0 {
		t.Fatalf("RealExec = %+v, %v, want a pid", out, err)
	}
	must(t, syscall.Kill(pid, syscall.SIGKILL))
}

func TestRealExecAs(t *testing.T) {
	t.Parallel()
	self := Self()
	out, err := RealExec(t.Context(), Command{Path: "/usr/bin/id", Args: []string{"-u"}, As: &self})
	if got, want := strings.TrimSpace(string(out.Stdout)), fmt.Sprint(self.UID); got != want || err != nil {
		t.Errorf("id -u as ourselves = %q, %v, want %s", got, err, want)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can be another user")
	}
	other := Identity{UID: 1001, GID: 2000, Groups: []int{2001}}
	cmd := shell("id -u; id -g; id -G")
	cmd.As, cmd.Env = &other, []string{"PATH=/usr/bin:/bin"}
	out, err = RealExec(t.Context(), cmd)
	if got, want := string(out.Stdout), "1001\n2000\n2000 2001\n"; got != want || err != nil {
		t.Errorf("id as %v = %q, %v, want %q", other, got, err, want)
	}
}

func TestSameRights(t *testing.T) {
	t.Parallel()
	a := Identity{Name: "a", UID: 1, GID: 2, Groups: []int{4, 3, 2}}
	if !a.SameAs(Identity{UID: 1, GID: 2, Groups: []int{3, 4}}) {
		t.Error("order, name and the gid twice are no difference")
	}
	if a.SameAs(Identity{UID: 1, GID: 2, Groups: []int{3}}) || a.SameAs(Identity{UID: 0, GID: 2, Groups: a.Groups}) {
		t.Error("a uid or a group fewer is a difference")
	}
}
