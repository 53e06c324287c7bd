//go:build integration && linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/report"
)

// managedPatient is the runner of a unit and its server, on a machine of their own.
func managedPatient(t *testing.T) (m *managedDir, base string) {
	t.Helper()
	needsRoot(t, "it needs mounts")
	base = ownThread(t)
	systemctl := program(t, "systemctl")
	server := fakeserver.New(fakeserver.Options{Era: "E6", APIToken: "S3CR3T-api", RegistrationToken: "S3CR3T-registration"})
	server.AddRunner(7, patientToken)
	server.SetActive(7, true)
	return newManaged(t, base, systemctl, serve(t, server)), base
}

// TestRestartsAUnit repairs the runner of a unit and has it restarted by something
// that answers as systemctl does, on a machine of its own. The server then sees it.
func TestRestartsAUnit(t *testing.T) {
	m, _ := managedPatient(t)
	out, err := m.fix("--restart")
	if err != nil || !strings.Contains(out, "semaphore-runner.service runs, and polls: the server has seen runner 7 at ") {
		t.Fatalf("%v\n%s", err, out)
	}
	if pid := m.pid(); pid == "" || strings.Contains(out, "S3CR3T") {
		t.Errorf("process %q\n%s", pid, out)
	}
	if out, err := m.fix("--restart"); err != nil || !strings.Contains(out, "is not restarted: nothing of it was repaired") {
		t.Errorf("again: %v\n%s", err, out)
	}
}

// A restart that goes wrong is in the document, and what the process exits with is
// what stands there, whatever else was asked for.
func TestRestartsInVain(t *testing.T) {
	m, base := managedPatient(t)
	m.put(base+"/broken", "")
	out, err := m.fix("--restart", "-o", "json="+base+"/report.json")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != report.ExitFindings {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(base + "/report.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Verdict string `json:"verdict"`
		Code    int    `json:"exit_code"`
	}
	if err := json.Unmarshal(data, &doc); err != nil || doc.Code != exit.ExitCode() || doc.Verdict != string(report.Broken) || !strings.Contains(string(data), "unit-restart-failed") {
		t.Errorf("%v: the process exits with %d, and the document says\n%s", err, exit.ExitCode(), data)
	}
}

// managedDir is a machine with a unit, and something in systemctl's place.
type managedDir struct {
	*testing.T
	dir string
}

// newManaged covers /run, systemd's directory for units and its two programs.
func newManaged(t *testing.T, dir, systemctl, addr string) *managedDir {
	t.Helper()
	m := &managedDir{t, dir}
	for _, over := range []string{"/run", "/etc/systemd/system"} {
		if err := unix.Mount("tmpfs", over, "tmpfs", 0, ""); err != nil {
			t.Skipf("cannot cover %s: %v", over, err)
		}
		t.Cleanup(func() { unix.Unmount(over, unix.MNT_DETACH) })
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"semaphore", "semadoctor"} {
		if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	m.put("/run/systemd/system/x", "")
	m.put(dir+"/config.json", fmt.Sprintf(`{"web_host": "http://%s/", "tmp_path": "%s/tmp", "runner": {"token_file": "%s/token", "max_parallel_tasks": 1}}`, addr, dir, dir))
	m.put(dir+"/token", patientToken)
	m.put(dir+"/api", "S3CR3T-api")
	m.put("/etc/systemd/system/semaphore-runner.service", fmt.Sprintf("[Service]\nExecStart=%s/semaphore runner start --config %s/config.json\n[Install]\nWantedBy=multi-user.target\n", dir, dir))
	m.put(dir+"/systemctl", fmt.Sprintf(`#!/bin/sh
case $1 in
restart)
	[ -f %[1]s/broken ] && echo "Job for semaphore-runner.service failed." >&2 && exit 1
	[ -f %[1]s/pid ] && kill $(cat %[1]s/pid)
	FAKE_SEMAPHORE_VERSION=2.10.32 FAKE_SEMAPHORE_INTERVAL=200ms %[1]s/semaphore runner start --config %[1]s/config.json >/dev/null 2>&1 &
	echo $! > %[1]s/pid ;;
show)
	echo LoadState=loaded; echo ActiveState=active; echo SubState=running; echo UnitFileState=enabled; echo MainPID=$(cat %[1]s/pid) ;;
esac
`, dir))
	if err := unix.Mount(dir+"/systemctl", systemctl, "", unix.MS_BIND, ""); err != nil {
		t.Skipf("cannot cover %s: %v", systemctl, err)
	}
	t.Cleanup(func() { unix.Unmount(systemctl, unix.MNT_DETACH) })
	t.Cleanup(m.end)
	return m
}

func (m *managedDir) put(name, text string) {
	m.Helper()
	err := os.MkdirAll(filepath.Dir(name), 0o755)
	if err == nil {
		err = os.WriteFile(name, []byte(text), 0o600)
	}
	if err == nil && strings.HasPrefix(text, "#!") {
		err = os.Chmod(name, 0o755)
	}
	if err != nil {
		m.Fatal(err)
	}
}

// fix is semadoctor on this machine.
func (m *managedDir) fix(args ...string) (string, error) {
	cmd := exec.Command(m.dir+"/semadoctor", append([]string{
		"fix", "--yes", "--unit", "semaphore-runner", "--runner-version", "2.19.5", "--server-token-file", m.dir + "/api", "--only", "url-trailing-slash",
	}, args...)...)
	cmd.Env, cmd.Dir = []string{stateEnv + "=" + m.dir + "/journal", "LC_ALL=C", "PATH=/usr/bin:/bin"}, m.dir
	cmd.WaitDelay = time.Second // the runner outlives it
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (m *managedDir) pid() string {
	data, _ := os.ReadFile(m.dir + "/pid")
	return strings.TrimSpace(string(data))
}

// end ends the runner that was started last.
func (m *managedDir) end() {
	var pid int
	if _, err := fmt.Sscan(m.pid(), &pid); err == nil {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}
