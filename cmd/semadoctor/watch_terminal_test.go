//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A screen is a terminal with a program, mostly semadoctor, as its session's leader.
type screen struct {
	*watched
	master *os.File
	shown  bucket
}

// newTerminal opens a pair: what is typed and seen, and what programs have.
func newTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("there are no terminals here: %v", err)
	}
	t.Cleanup(func() { master.Close() })
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, slave
}

func newScreen(t *testing.T, words ...string) *screen {
	t.Helper()
	cmd := exec.Command("semadoctor", append([]string{"run", "--watch", "--gate", "off", "--runner-version", "2.9.58", "--"}, words...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", stateEnv + "=" + t.TempDir()}
	return screenOf(t, cmd)
}

// screenOf starts a program on a terminal of its own.
func screenOf(t *testing.T, cmd *exec.Cmd) *screen {
	t.Helper()
	master, slave := newTerminal(t)
	defer slave.Close()
	s := &screen{watched: &watched{T: t, cmd: cmd, marker: "SEMADOCTOR_TEST_MARKER=" + t.TempDir()}, master: master}
	s.cmd.Env = append(s.cmd.Env, s.marker)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = slave, slave, slave
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.out = noOutput()
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := master.Read(b)
			if err != nil {
				return
			}
			_, _ = s.shown.Write(b[:n])
		}
	}()
	return s
}

// types presses some keys.
func (s *screen) types(keys string) {
	s.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		s.Fatal(err)
	}
}

// shows waits until something stands on the screen.
func (s *screen) shows(words string) {
	s.Helper()
	s.within(func() bool { return strings.Contains(s.text(), words) }, "the screen shows "+words)
}

func (s *screen) text() string {
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	return s.shown.b.String()
}

func (s *screen) within(holds func() bool, what string) {
	s.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("it does not come about that %s; the screen shows\n%s", what, s.text())
		}
	}
}

// foreground waits until the process group of a process has the terminal.
func (s *screen) foreground(pid int) {
	s.Helper()
	s.within(func() bool {
		pgrp, err := unix.IoctlGetInt(int(s.master.Fd()), unix.TIOCGPGRP)
		return err == nil && pgrp == pid
	}, fmt.Sprintf("process group %d has the terminal", pid))
}

// TestWatchTerminal: the runner reads what is typed, ^Z stops it and semadoctor with
// it, SIGCONT lets both go on, and ^C ends it.
func TestWatchTerminal(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "sh", "-c", "echo pid $$ ready; while read x; do echo \"<$x>\"; done; exec sleep 600")
	s.shows(" ready")
	var pid int
	_, said, _ := strings.Cut(s.text(), "pid ")
	if _, err := fmt.Sscan(said, &pid); err != nil {
		t.Fatalf("%v: %q", err, s.text())
	}
	s.foreground(pid)
	s.types("one\n")
	s.shows("<one>")
	for range 2 {
		s.types("\x1a") // ^Z
		s.stopped(pid, true)
		s.stopped(s.cmd.Process.Pid, true)
		s.foreground(s.cmd.Process.Pid)
		s.send(syscall.SIGCONT)
		s.stopped(pid, false)
		s.foreground(pid)
	}
	s.types("two\n")
	s.shows("<two>")
	s.types("\x03") // ^C
	if got := s.ends(); got != 130 {
		t.Errorf("exit code %d, want 130\n%s", got, s.text())
	}
	if strings.Contains(s.text(), "the runner has ended") {
		t.Errorf("who ends a runner from the keyboard need not be told of its death:\n%s", s.text())
	}
}

// TestWatchPausesAlone: who sends SIGTSTP to semadoctor stops it and the runner, and not
// the script that has started it.
func TestWatchPausesAlone(t *testing.T) {
	t.Parallel()
	w := startWatched(t, exec.Command("sh", "-c", `semadoctor run --watch --gate off --runner-version 2.9.58 -- sh -c 'echo ready; exec sleep 600' & p=$!; until [ -e go ]; do :; done; kill -TSTP $p; until [ "$(cut -d' ' -f3 /proc/$p/stat)" = T ]; do :; done; echo stopped; kill -CONT $p; kill -TERM $p; wait $p; exit $?`), nil)
	if got := w.line(); got != "ready" {
		t.Fatalf("the runner says %q", got)
	}
	lay(t, w.cmd.Dir+"/go", "")
	if got := w.line(); got != "stopped" {
		t.Errorf("the script says %q", got)
	}
	if got := w.ends(); got != 143 {
		t.Errorf("exit code %d, want 143\n%s", got, w.said())
	}
}

// TestWatchBackground: who was put into the background leaves the terminal to others.
func TestWatchBackground(t *testing.T) {
	t.Parallel()
	master, slave := newTerminal(t)
	defer slave.Close()
	cmd := exec.Command("setsid", "--ctty", "--wait", "sh", "-c", `set -m; semadoctor run --watch --gate off --runner-version 2.9.58 -- sh -c 'echo runs; exit 3' & wait $!; echo code $?`)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", stateEnv + "=" + t.TempDir()}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	if err := cmd.Start(); err != nil {
		t.Skipf("there is no setsid: %v", err)
	}
	var shown strings.Builder
	b := make([]byte, 4096)
	for !strings.Contains(shown.String(), "code ") {
		n, err := master.Read(b)
		if err != nil {
			t.Fatalf("%v\n%s", err, shown.String())
		}
		shown.Write(b[:n])
	}
	if err := cmd.Wait(); err != nil || !strings.Contains(shown.String(), "runs") || !strings.Contains(shown.String(), "code 3") {
		t.Errorf("%v\n%s", err, shown.String())
	}
}
