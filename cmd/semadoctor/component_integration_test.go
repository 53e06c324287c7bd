//go:build integration && linux

package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// patience is how long a program may take to be ready, on a busy machine.
const patience = 30 * time.Second

// program finds a program that a test needs; a test without one is skipped.
func program(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range programDirs() {
		if found, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
			return found
		}
	}
	t.Skipf("there is no %s; .ci/run gets it", name)
	return ""
}

func programDirs() []string {
	return append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/sbin")
}

// needsRoot skips a test that only root can do.
func needsRoot(t *testing.T, why string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skipf("not root: %s", why)
	}
}

// A component is a real program that a test runs on loopback.
type component struct {
	*testing.T
	name  string
	words bytes.Buffer // what it printed; read it when ended is closed
	ended chan struct{}
}

// startComponent runs a program in dir until the test is over, then kills it and
// its children. Of our environment it gets the PATH.
func startComponent(t *testing.T, dir string, env []string, name string, args ...string) *component {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = env
	return start(t, dir, cmd)
}

func start(t *testing.T, dir string, cmd *exec.Cmd) *component {
	t.Helper()
	c := &component{T: t, name: filepath.Base(cmd.Path), ended: make(chan struct{})}
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &c.words, &c.words
	cmd.Env = append(cmd.Env, "PATH="+os.Getenv("PATH"), "HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = cmd.Wait()
		close(c.ended)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may end its children better than we
		select {
		case <-c.ended:
		case <-time.After(2 * time.Second):
		}
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-c.ended
		if t.Failed() {
			t.Logf("%s printed:\n%s", c.name, &c.words)
		}
	})
	return c
}

// await asks again and again until the component is ready.
func (c *component) await(ready func() bool) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ready() {
		select {
		case <-tick.C:
		case <-c.ended:
			c.Fatalf("%s has ended", c.name)
		case <-ctx.Done():
			c.Fatalf("%s is not ready after %s", c.name, patience)
		}
	}
}

// answers reports whether something speaks HTTP at a URL.
func answers(url string) func() bool {
	client := http.Client{Timeout: time.Second}
	return func() bool {
		resp, err := client.Get(url)
		if err == nil {
			resp.Body.Close()
		}
		return err == nil
	}
}

// writeIn puts a file into dir and returns its path.
func writeIn(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
