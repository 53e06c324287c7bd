//go:build integration && linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An image is a root directory with nothing in it but programs and /dev/null: no
// /etc, no /tmp, as FROM scratch has it, and no /proc.
type image struct {
	*testing.T
	dir string
}

// newImage builds the programs of these tests without C, and puts them there.
func newImage(t *testing.T) *image {
	t.Helper()
	needsRoot(t, "chroot and a process namespace")
	m := &image{t, t.TempDir()}
	cmd := exec.Command("go", "test", "-c", "-o", filepath.Join(m.dir, "semadoctor"), ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"semaphore", "signalled", "orphaning"} {
		if err := os.Link(filepath.Join(m.dir, "semadoctor"), filepath.Join(m.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(m.dir+"/dev", 0o755), syscall.Mknod(m.dir+"/dev/null", syscall.S_IFCHR|0o666, 1<<8|3)); err != nil {
		t.Fatal(err)
	}
	return m
}

// start runs semadoctor as process 1 of the image.
func (m *image) start(env []string, args ...string) *watched {
	m.Helper()
	w := &watched{T: m.T, marker: "SEMADOCTOR_TEST_MARKER=" + m.dir}
	w.cmd = exec.Command("/semadoctor", args...)
	w.cmd.Env = append([]string{"PATH=/", w.marker}, env...)
	w.cmd.Dir, w.cmd.Stderr = "/", &w.errs
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: m.dir, Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		m.Fatal(err)
	}
	w.pipe, w.out = out, bufio.NewReader(out)
	if err := w.cmd.Start(); err != nil {
		m.Fatal(err)
	}
	m.Cleanup(func() { _ = w.cmd.Process.Kill() })
	return w
}

// children are the processes whose parent is a process, dead ones among them, by
// state.
func children(t *testing.T, pid int) (states string) {
	t.Helper()
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(data), ") ")
		if fields := strings.Fields(rest); len(fields) > 1 && fields[1] == fmt.Sprint(pid) {
			states += fields[0]
		}
	}
	return states
}

// TestImage is about process 1 of an image with nothing else in it.
func TestImage(t *testing.T) {
	unmute()
	t.Parallel()
	m := newImage(t)
	t.Run("runs", m.runs)
	t.Run("health", m.health)
	t.Run("first", m.first)
}

// runs: it checks, repairs, runs, watches, answers and ends.
func (m *image) runs(t *testing.T) {
	m = &image{t, m.dir}
	proc := filepath.Join(m.dir, "proc") // every container has it, and repairs need it
	if err := errors.Join(os.Mkdir(proc, 0o755), syscall.Mount("proc", proc, "proc", 0, "")); err != nil {
		t.Fatal(err)
	}
	defer syscall.Unmount(proc, syscall.MNT_DETACH)
	d := newWard(t, "E4c") // for its server alone
	d.send(syscall.SIGTERM)
	d.ends()
	lay(t, filepath.Join(m.dir, "config.json"), fmt.Sprintf(`{"web_host": %q, "runner": {"token_file": "/token"}, "tmp_path": "/work"}`, d.web.URL+"/"))
	lay(t, filepath.Join(m.dir, "token"), wardToken)
	w := m.start([]string{"FAKE_SEMAPHORE_VERSION=2.10.32", "FAKE_SEMAPHORE_INTERVAL=100ms"}, "run", "--fix", "--watch", "--listen", ":0", "--config", "/config.json")
	d.watched = w
	d.findAddress()
	d.becomes("/readyz", http.StatusOK, "accepted")
	d.server.DeleteRunner(1)
	d.becomes("/readyz", http.StatusServiceUnavailable, "state-stale")
	w.send(syscall.SIGTERM)
	if got := w.ends(); got != 143 {
		t.Errorf("exit code %d, want 143\n%s", got, w.said())
	}
	if !strings.Contains(w.said(), "repaired /config.json") {
		t.Errorf("semadoctor says\n%s", w.said())
	}
}

// health is what HEALTHCHECK does.
func (m *image) health(t *testing.T) {
	m = &image{t, m.dir}
	lay(t, filepath.Join(m.dir, "config.json"), `{"web_host": "http://127.0.0.1:1", "runner": {"token_file": "/token"}, "tmp_path": "/work"}`)
	lay(t, filepath.Join(m.dir, "token"), wardToken)
	w := m.start([]string{"FAKE_SEMAPHORE_VERSION=2.10.32"}, "check", "--exit-style", "docker", "-o", "text", "--skip", "clock/ntp", "--", "semaphore", "runner", "start", "--config", "/config.json")
	line := w.line()
	if got := w.ends(); got != 1 {
		t.Errorf("exit code %d, want 1\n%s\n%s", got, line, w.said())
	}
}

// first: process 1 gets no signal that it does not ask for, and all orphans of the
// container: it buries them, and hands on what it gets.
func (m *image) first(t *testing.T) {
	m = &image{t, m.dir}
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGQUIT, 40} {
		w := m.start([]string{fmt.Sprintf("SIGNALLED_UNTIL=%d", s)}, "run", "--watch", "--gate", "off", "--runner-version", "2.9.58", "--", "orphaning")
		if got := w.line(); got != "ready" {
			t.Fatalf("the runner says %q\n%s", got, w.said())
		}
		for end := time.Now().Add(10 * time.Second); children(t, w.cmd.Process.Pid) != "S"; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the children of process 1 are %s, want the runner alone", children(t, w.cmd.Process.Pid))
			}
		}
		w.send(s)
		if got := w.line(); got != fmt.Sprint(int(s)) {
			t.Errorf("the runner got %s, want %d", got, s)
		}
		if got := w.ends(); got != 3 {
			t.Errorf("exit code %d, want 3\n%s", got, w.said())
		}
	}
	// And how the runner ends by itself is how the container ends. That it could not be
	// noted who starts a runner is no word worth: nobody else can in here.
	w := m.start([]string{"SIGNALLED_UNTIL=99", stateEnv + "=/config.json"}, "run", "--watch", "--gate", "off", "--runner-version", "2.9.58", "--", "semaphore", "runner", "--config", "/config.json")
	if got := w.ends(); got != 2 {
		t.Errorf("exit code %d, want that of a runner that panics, 2\n%s", got, w.said())
	}
	if strings.Contains(w.said(), "would not be noticed") {
		t.Errorf("semadoctor says\n%s", w.said())
	}
}

// TestContribVerify has systemd itself judge the units.
func TestContribVerify(t *testing.T) {
	t.Parallel()
	verify := program(t, "systemd-analyze")
	for _, dropIn := range []string{"", "check-before-start.conf", "watch.conf"} {
		dir := t.TempDir()
		unit := filepath.Join(dir, "semaphore-runner.service")
		text := "[Service]\nUser=root\nExecStart=/bin/true\nRestart=always\n"
		if dropIn == "" {
			text = contribText(t, "systemd/semaphore-runner.service")
		} else {
			lay(t, filepath.Join(unit+".d", "semadoctor.conf"), runnable(contribText(t, "systemd/"+dropIn)))
		}
		lay(t, unit, runnable(text))
		cmd := exec.Command(verify, "verify", "--man=no", unit)
		cmd.Env = append(os.Environ(), "SYSTEMD_LOG_LEVEL=warning")
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%q: %v\n%s", dropIn, err, out)
		}
	}
}

// runnable is a unit with programs and users that are here.
func runnable(text string) string {
	return strings.NewReplacer("/usr/bin/semadoctor", "/bin/true", "User=semaphore", "User=root", "Group=semaphore", "Group=root").Replace(text)
}
