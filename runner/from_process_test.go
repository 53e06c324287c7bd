package runner

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

func zero(words ...string) node { return plain(strings.Join(words, "\x00") + "\x00") }

// running is a machine with a runner as process 7.
func running(args ...string) tree {
	return tree{
		"/proc/self/mountinfo": plain("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"),
		"/proc/self/uid_map":   plain("0 0 4294967295\n"),
		"/proc/7/stat":         plain("7 (semaphore) S 1 7 7 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 9 0 5050 1 1 1\n"),
		"/proc/7/cmdline":      zero(args...),
		"/proc/7/environ":      zero("PATH=/usr/bin", "SEMAPHORE_RUNNER_TOKEN=S3CR3T-token", "TWICE=first", "TWICE=second", "noise", "EMPTY="),
		"/proc/7/exe":          {mode: fs.ModeSymlink | 0o777, data: "/opt/semaphore"},
		"/proc/7/cwd":          {mode: fs.ModeSymlink | 0o777, data: "/srv"},
		"/proc/7/root":         {mode: fs.ModeSymlink | 0o777, data: "/"},
		"/proc/7/status":       plain("Uid:\t1001\t1001\t1001\t1001\nGid:\t1001\t1001\t1001\t1001\nGroups:\t1001 27\n"),
		"/proc/7/mountinfo":    plain("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"),
		"/etc/passwd":          plain("semaphore:x:1001:1001::/home/semaphore:/bin/sh\n"),
		"/etc/group":           plain("sudo:x:27:\n"),
	}
}

func TestProcessSetup(t *testing.T) {
	t.Parallel()
	s, err := ProcessSetup(running("semaphore", "runner", "start", "--no-config", "--config=conf.json"), 7)
	if err != nil {
		t.Fatal(err)
	}
	in := s.Install
	if s.Name != "pid 7" || in.Dir != "/srv" || in.Config != "conf.json" || !in.NoConfig || in.Program != "/opt/semaphore" || in.AsSource.String() != "pid 7" {
		t.Errorf("ProcessSetup = %+v of %+v", s, in)
	}
	if want := (host.Identity{Name: "semaphore", UID: 1001, GID: 1001, Groups: []int{27}}); !cmp.Equal(want, in.As) {
		t.Errorf("identity %+v, want %+v", in.As, want)
	}
	want := []string{"EMPTY=", "PATH=/usr/bin", "SEMAPHORE_RUNNER_TOKEN=S3CR3T-token", "TWICE=first"}
	if diff := cmp.Diff(want, in.Env.Environ()); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
	if from := in.Env["PATH"].From.String(); from != "PATH in the environment of process 7" {
		t.Errorf("PATH is from %q", from)
	}
}

// TestProcessSetupNot: what is no runner is named, without its arguments, among
// which may be passwords.
func TestProcessSetupNot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"/usr/sbin/nginx", "-p", "S3CR3T"}, `process 7 is "nginx", not a Semaphore runner`},
		{[]string{"semaphore", "server", "--config", "x"}, `process 7 is "semaphore server", not a runner`},
		{[]string{"semaphore", "runner", "register"}, `process 7 is "semaphore runner register", not a runner at work`},
		{[]string{"tini", "--", "semaphore", "runner", "start"}, `process 7 is "tini", which has started a runner: give the number of the runner itself (pgrep -f 'semaphore runner')`},
		{[]string{"sh", "-c", "semaphore runner start"}, `process 7 is "sh", which has started a runner: give the number of the runner itself (pgrep -f 'semaphore runner')`},
	}
	for _, tt := range tests {
		if _, err := ProcessSetup(running(tt.args...), 7); err == nil || err.Error() != tt.want {
			t.Errorf("ProcessSetup(%q): %v, want %s", tt.args, err, tt.want)
		}
	}
	thread := running("x")
	thread["/proc/7/cmdline"] = plain("")
	if _, err := ProcessSetup(thread, 7); err == nil || !strings.Contains(err.Error(), "no program") {
		t.Errorf("a kernel thread: %v", err)
	}
	if _, err := ProcessSetup(tree{}, 7); !errors.Is(err, host.ErrGone) {
		t.Errorf("nobody: %v, want ErrGone", err)
	}
}

// TestProcessSetupUnseen: an environment that cannot be read is not an empty one.
func TestProcessSetupUnseen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"/proc/7/exe", "/proc/7/environ"} {
		m := running("semaphore", "runner", "start")
		m[name] = node{mode: m[name].mode, hidden: true}
		s, err := ProcessSetup(m, 7)
		if err != nil || len(s.Install.Unseen) != 1 || !errors.Is(s.Install.Unseen[0], fs.ErrPermission) {
			t.Errorf("%s is not ours to read: %v, %v, want it Unseen", name, s, err)
		}
	}
}

// TestProgramOf: which program may be run to ask it for its version.
func TestProgramOf(t *testing.T) {
	t.Parallel()
	m := tree{"/opt/semaphore": plain("x"), "/proc/7/root/opt/semaphore": plain("y")}
	tests := []struct {
		p    host.Process
		want string
	}{
		{host.Process{PID: 7, Program: "/opt/semaphore"}, "/opt/semaphore"},
		{host.Process{PID: 7, Program: "/opt/semaphore", Replaced: true}, "/proc/7/exe"},
		{host.Process{PID: 7, Program: "/opt/semaphore", Container: "x"}, ""},
		{host.Process{PID: 7, Program: "/opt/semaphore", Root: "/proc/7/root"}, ""}, // another file
	}
	for _, tt := range tests {
		if got := programOf(m, &tt.p); got != tt.want {
			t.Errorf("programOf(%+v) = %q, want %q", tt.p, got, tt.want)
		}
	}
}

func TestTagged(t *testing.T) {
	t.Parallel()
	for image, want := range map[string]Era{
		"semaphoreui/runner:v2.10.32": E4c, "registry.test:5000/semaphoreui/runner:2.9.58@sha256:00": E2b,
		"semaphoreui/runner:latest": "", "semaphoreui/runner": "", "registry.test:5000/runner": "", "": "", "a:develop": "",
	} {
		if got := tagged(image); got.Era != want || want != "" && got.Source != FromImage {
			t.Errorf("tagged(%q) = %+v, want %q", image, got, want)
		}
	}
}
