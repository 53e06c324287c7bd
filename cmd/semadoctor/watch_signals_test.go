//go:build linux

package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// killsByDefault reports whether a signal ends a process that does not care.
func killsByDefault(s syscall.Signal) bool {
	switch s {
	case syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU, syscall.SIGCONT, syscall.SIGWINCH:
		return false
	}
	return true
}

// TestWatchSignals sends every signal to the parent, and to its process group, while
// the runner runs: one that catches them all gets it, once.
func TestWatchSignals(t *testing.T) {
	t.Parallel()
	for _, s := range triedSignals() {
		for _, group := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d group %t", int(s), group), func(t *testing.T) {
				t.Parallel()
				w := watchRun(t, []string{"SIGNALLED_UNTIL=" + strconv.Itoa(int(syscall.SIGUSR1))}, "--gate", "off", "--", "signalled")
				if got := w.line(); got != "ready" {
					t.Fatalf("the runner says %q", got)
				}
				if group {
					if err := syscall.Kill(-w.cmd.Process.Pid, s); err != nil {
						t.Fatal(err)
					}
				} else {
					w.send(s)
				}
				if got := w.line(); got != strconv.Itoa(int(s)) {
					t.Errorf("the runner got %s, want %d", got, s)
				}
				if s == syscall.SIGUSR1 {
					if got := w.ends(); got != 3 {
						t.Errorf("exit code %d, want 3", got)
					}
					return
				}
				w.send(syscall.SIGUSR1)
				if got := w.line(); got != "10" {
					t.Errorf("then the runner got %s, want 10 alone", got)
				}
				if got := w.ends(); got != 3 {
					t.Errorf("exit code %d, want the runner's, 3", got)
				}
			})
		}
	}
}

// TestWatchDefault sends every signal to the parent of a runner that does not care
// about any: 128 and the number is what a shell would say, too.
func TestWatchDefault(t *testing.T) {
	t.Parallel()
	for _, s := range triedSignals() {
		t.Run(strconv.Itoa(int(s)), func(t *testing.T) {
			t.Parallel()
			w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", "ulimit -c 0; echo ready; exec sleep 600")
			w.line()
			pid := w.runnerOf()
			w.send(s)
			want := 128 + int(s)
			if !killsByDefault(s) {
				pauses := s != syscall.SIGCONT && s != syscall.SIGWINCH
				w.stopped(pid, pauses)
				w.stopped(w.cmd.Process.Pid, pauses)
				w.send(syscall.SIGCONT)
				w.stopped(pid, false)
				w.stopped(w.cmd.Process.Pid, false)
				w.send(syscall.SIGTERM)
				want = 128 + int(syscall.SIGTERM)
			}
			if got := w.ends(); got != want {
				t.Errorf("exit code %d, want %d\n%s", got, want, w.said())
			}
		})
	}
}

// TestWatchAtStart sends every signal at once, and SIGTERM behind it, because the Go
// runtime swallows some until somebody asks for them: whatever has happened by then,
// nothing is left, and the exit code says either who was stopped or what of.
func TestWatchAtStart(t *testing.T) {
	t.Parallel()
	for _, s := range triedSignals() {
		if !killsByDefault(s) {
			continue
		}
		t.Run(strconv.Itoa(int(s)), func(t *testing.T) {
			t.Parallel()
			w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", "ulimit -c 0; exec sleep 600")
			w.send(s)
			_ = w.cmd.Process.Signal(syscall.SIGTERM) // it may be gone by now
			switch got := w.ends(); got {
			case 4, 128 + int(s), 128 + int(syscall.SIGTERM), 2: // 2: Go's own way to end for SIGQUIT and the like
			default:
				t.Errorf("exit code %d, want 4 or %d\n%s", got, 128+int(s), w.said())
			}
		})
	}
}

// TestWatchDuringCheck sends every signal that ends a process while the server keeps
// the gate waiting: the runner is never started.
func TestWatchDuringCheck(t *testing.T) {
	t.Parallel()
	for _, s := range triedSignals() {
		if !killsByDefault(s) {
			continue
		}
		t.Run(strconv.Itoa(int(s)), func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			dir := t.TempDir()
			config := filepath.Join(dir, "config.json")
			text := fmt.Sprintf(`{"runner": {"api_url": "http://%s/api", "config_file": "%s/state.json"}}`, l.Addr(), dir)
			if err := errors.Join(os.WriteFile(config, []byte(text), 0o600),
				os.WriteFile(dir+"/state.json", []byte(`{"runner_id":1,"token":"S3CR3Tabcdef"}`), 0o600)); err != nil {
				t.Fatal(err)
			}
			w := watchRun(t, nil, "--timeout", "60s", "--config", config, "--", "echo", "started")
			c, err := l.Accept()
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			w.send(s)
			if got := w.ends(); got != 4 {
				t.Errorf("exit code %d, want 4\n%s", got, w.said())
			}
			if !strings.Contains(w.said(), "the runner is not started: stopped by ") {
				t.Errorf("semadoctor says %q", w.said())
			}
		})
	}
}

// TestWatchShutdown: who does not end at the first signal gets the next as well.
func TestWatchShutdown(t *testing.T) {
	t.Parallel()
	w := watchRun(t, []string{"SIGNALLED_UNTIL=2"}, "--gate", "off", "--", "signalled")
	w.line()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		w.send(s)
		if got := w.line(); got != strconv.Itoa(int(s)) {
			t.Errorf("the runner got %s, want %d", got, s)
		}
	}
	if got := w.ends(); got != 3 {
		t.Errorf("exit code %d, want 3", got)
	}
}

// TestWatchLeftovers: what a runner leaves behind in its process group is ended
// before semadoctor ends.
func TestWatchLeftovers(t *testing.T) {
	t.Parallel()
	w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", `sleep 600 & sleep 600 & echo ready; exit 5`)
	w.line()
	if got := w.ends(); got != 5 {
		t.Errorf("exit code %d, want 5", got)
	}
}

// TestWatchKilled: who kills semadoctor has not left a runner behind.
func TestWatchKilled(t *testing.T) {
	t.Parallel()
	w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", "echo ready; exec sleep 600")
	w.line()
	pid := w.runnerOf()
	w.send(syscall.SIGKILL)
	_ = w.cmd.Wait()
	for end := time.Now().Add(10 * time.Second); syscall.Kill(pid, 0) == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the runner lives on")
		}
	}
}

// TestWatchNohup: a signal that was ignored before semadoctor stays ignored, for the
// runner, too.
func TestWatchNohup(t *testing.T) {
	t.Parallel()
	w := startWatched(t, exec.Command("sh", "-c", `trap "" HUP INT; exec semadoctor run --watch --runner-version 2.9.58 --gate off -- sh -c "echo ready; exec sleep 600"`), nil)
	w.line()
	pid := w.runnerOf()
	w.send(syscall.SIGHUP)
	w.send(syscall.SIGINT)
	if err := syscall.Kill(pid, syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	w.send(syscall.SIGUSR1)
	if got := w.ends(); got != 128+int(syscall.SIGUSR1) {
		t.Errorf("exit code %d, want that of SIGUSR1\n%s", got, w.said())
	}
}

// TestWatchDeafManager: a service manager that takes nothing more keeps nobody from
// starting a runner, nor from ending it.
func TestWatchDeafManager(t *testing.T) {
	t.Parallel()
	name := "@" + strings.ReplaceAll(t.TempDir(), "/", "-")
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for full := false; !full; {
		to, err := net.Dial("unixgram", name)
		if err != nil {
			t.Fatal(err)
		}
		_ = to.SetWriteDeadline(time.Now().Add(50 * time.Millisecond))
		_, err = to.Write([]byte("STATUS=full"))
		full = err != nil
		to.Close()
	}
	w := watchRun(t, []string{"NOTIFY_SOCKET=" + name, "WATCHDOG_USEC=1000000"}, "--gate", "off", "--", "sh", "-c", "echo ready; exec sleep 600")
	w.line()
	began := time.Now()
	w.send(syscall.SIGTERM)
	if got := w.ends(); got != 143 {
		t.Errorf("exit code %d, want 143", got)
	}
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("it took %s to end", took)
	}
}

// TestWatchDeafReader: who does not read what the runner says does not keep it alive,
// nor semadoctor.
func TestWatchDeafReader(t *testing.T) {
	t.Parallel()
	w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", "while :; do echo more and more and more; done")
	w.line()
	held := func() int { // by the pipe; what more there is semadoctor has in its hand
		n, err := unix.IoctlGetInt(int(w.pipe.(*os.File).Fd()), unix.TIOCINQ)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for n := -1; n <= 0 || n != held(); time.Sleep(300 * time.Millisecond) { // until it is full
		n = held()
	}
	w.send(syscall.SIGTERM)
	done := make(chan error, 1)
	go func() {
		_, err := w.cmd.Process.Wait()
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it is there still")
	}
}

// TestWatchBrokenPipe: when nobody reads what the runner says, it learns of it.
func TestWatchBrokenPipe(t *testing.T) {
	t.Parallel()
	w := watchRun(t, nil, "--gate", "off", "--", "sh", "-c", "echo ready; while :; do echo more; done; exit 9")
	w.line()
	w.pipe.Close()
	w.out = noOutput()
	if got, want := w.ends(), 128+int(syscall.SIGPIPE); got != want {
		t.Errorf("exit code %d, want %d\n%s", got, want, w.said())
	}
}
