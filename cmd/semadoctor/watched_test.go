//go:build linux

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A watched is "semadoctor run --watch" as a process.
type watched struct {
	*testing.T
	cmd    *exec.Cmd
	pipe   io.Closer // of its standard output
	out    *bufio.Reader
	errs   bucket
	marker string
}

// watchRun starts one whose gate is as the arguments say, with what is run behind --.
func watchRun(t *testing.T, env []string, args ...string) *watched {
	t.Helper()
	return startWatched(t, exec.Command(watchdoctor, append([]string{"run", "--watch", "--runner-version", "2.9.58"}, args...)...), env)
}

// startWatched starts a command that is or becomes one.
func startWatched(t *testing.T, cmd *exec.Cmd, env []string) *watched {
	t.Helper()
	unmute()
	w := &watched{T: t, cmd: cmd, marker: "SEMADOCTOR_TEST_MARKER=" + filepath.Base(t.TempDir()) + strconv.Itoa(os.Getpid()) + t.Name()}
	w.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", stateEnv + "=" + t.TempDir(), w.marker}, env...)
	w.cmd.Dir, w.cmd.Stderr = t.TempDir(), &w.errs
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.pipe, w.out = out, bufio.NewReader(out)
	if f, ok := out.(*os.File); ok { // whoever says nothing does not keep the tests waiting
		if err := f.SetReadDeadline(time.Now().Add(2 * time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = w.cmd.Process.Kill()
		for _, pid := range w.marked() {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	return w
}

// unmute lets what we start hear the signals that we are started without hearing,
// under nohup or in a shell's background: it inherits that from us.
func unmute() {
	for _, s := range []syscall.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		if signal.Ignored(s) {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
}

// said is what stands on its standard error by now.
func (w *watched) said() string {
	w.errs.mu.Lock()
	defer w.errs.mu.Unlock()
	return w.errs.b.String()
}

// A bucket is a buffer that is read while it is filled.
type bucket struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (b *bucket) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

// noOutput is of who has none that we read.
func noOutput() *bufio.Reader { return bufio.NewReader(strings.NewReader("")) }

// line is the next line of the runner.
func (w *watched) line() string {
	w.Helper()
	s, err := w.out.ReadString('\n')
	if err != nil {
		w.Fatalf("read from the runner: %v\n%s", err, w.said())
	}
	return strings.TrimSuffix(s, "\n")
}

func (w *watched) send(s syscall.Signal) {
	w.Helper()
	if err := w.cmd.Process.Signal(s); err != nil {
		w.Fatal(err)
	}
}

// ends waits for its end and returns its exit code, as a shell would say it. Nothing
// that it has started may be left.
func (w *watched) ends() int {
	w.Helper()
	_, _ = io.Copy(io.Discard, w.out)
	err := w.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.Fatal(err)
	}
	if left := w.marked(); len(left) > 0 {
		w.Errorf("processes %v are left", left)
	}
	status := w.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		return 128 + int(status.Signal())
	}
	return status.ExitStatus()
}

// marked are the processes with its marker.
func (w *watched) marked() []int {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	var pids []int
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err == nil && slices.Contains(strings.Split(string(data), "\x00"), w.marker) {
			pid, _ := strconv.Atoi(strings.Split(f, "/")[2])
			pids = append(pids, pid)
		}
	}
	return pids
}

// stopped waits until a process is stopped by a signal, or is not.
func (w *watched) stopped(pid int, want bool) {
	w.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			w.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(data), ") ")
		if strings.HasPrefix(rest, "T") == want {
			return
		}
		if time.Now().After(end) {
			w.Fatalf("process %d: %s, want stopped %t", pid, data, want)
		}
	}
}

// runnerOf waits for the process with the marker that sleeps.
func (w *watched) runnerOf() int {
	w.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		for _, pid := range w.marked() {
			if name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); pid != w.cmd.Process.Pid && string(name) == "sleep\n" {
				return pid
			}
		}
	}
	w.Fatal("there is no runner")
	return 0
}
