package supervise

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/semadoctor/semadoctor/host"
)

// Tests with a Keeper are not parallel: signals and children are the process's.

// shell is how a script is started.
func shell(script string) Start {
	return Start{Path: "/bin/sh", Args: []string{"sh", "-c", script}, Env: []string{"PATH=/usr/bin:/bin"}, As: host.Self()}
}

// sink keeps what comes.
type sink struct {
	mu         sync.Mutex
	went, seen bytes.Buffer
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.went.Write(b)
}

func (s *sink) sink() Sink { return Sink{To: s, See: func(b []byte) { s.seen.Write(b) }} }

// childless demands that no child is left, dead or alive.
func childless(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		err := unix.Waitid(unix.P_ALL, 0, nil, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
		if errors.Is(err, unix.ECHILD) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("there is still a child: %v", err)
		}
	}
}

// TestKeeperLives lets runners live and die: their ends are told right, their output
// is whole, and nothing is left of them, no process and no goroutine.
func TestKeeperLives(t *testing.T) {
	tests := []struct {
		name, script string
		want         End
		out, errs    string
	}{
		{"well", "echo out; echo err >&2; exit 0", End{}, "out\n", "err\n"},
		{"badly", "exit 42", End{Code: 42}, "", ""},
		{"killed", "kill -9 $$", End{Code: 137, Signal: syscall.SIGKILL}, "", ""},
		{"with a child", "sleep 600 & exit 1", End{Code: 1}, "", ""},
		{"with a child that has left", "f=$(mktemp -u); mkfifo $f; setsid sh -c \"echo > $f; sleep 0.05; echo late\" & read x < $f; rm $f; exit 1", End{Code: 1}, "late\n", ""},
		{"half a line", "printf half", End{}, "half", ""},
	}
	before := 0
	for round := range 2 { // the first brings what the runtime keeps
		for _, tt := range tests {
			k, ctx := Keep(context.Background(), func() {})
			var out, errs sink
			r, err := k.Start(shell(tt.script), out.sink(), errs.sink())
			if err != nil {
				t.Fatal(err)
			}
			got := r.Wait()
			if got != tt.want || out.went.String() != tt.out || errs.went.String() != tt.errs {
				t.Errorf("%s: %+v, %q, %q, want %+v, %q, %q", tt.name, got, &out.went, &errs.went, tt.want, tt.out, tt.errs)
			}
			if out.seen.String() != tt.out || errs.seen.String() != tt.errs {
				t.Errorf("%s: %q and %q were seen", tt.name, &out.seen, &errs.seen)
			}
			childless(t)
			k.Close()
			if ctx.Err() == nil {
				t.Error("the context goes on after the end")
			}
		}
		for end := time.Now().Add(10 * time.Second); round == 1 && runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				stacks := make([]byte, 1<<20)
				t.Fatalf("%d goroutines, there were %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
			}
		}
		before = runtime.NumGoroutine()
	}
}

// TestKeeperCannot: what cannot be started says why, and leaves nothing.
func TestKeeperCannot(t *testing.T) {
	k, _ := Keep(context.Background(), func() {})
	defer k.Close()
	var out sink
	missing := shell("")
	missing.Path = "/none/program"
	if _, err := k.Start(missing, out.sink(), out.sink()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Start = %v, want that there is none", err)
	}
	nowhere := shell("exit 0")
	nowhere.Dir = "/none"
	if _, err := k.Start(nowhere, out.sink(), out.sink()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Start = %v, want that there is none", err)
	}
	childless(t)
}

// TestKeeperCommands runs commands while orphans die all around: nobody else takes
// the ends of the commands.
func TestKeeperCommands(t *testing.T) {
	k, ctx := Keep(context.Background(), func() {})
	defer k.Close()
	var out sink
	r, err := k.Start(shell("while :; do (sh -c 'exit 3' &); done"), out.sink(), out.sink())
	if err != nil {
		t.Fatal(err)
	}
	run := k.Exec(host.RealExec)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				got, err := run(ctx, host.Command{Path: "/bin/sh", Args: []string{"-c", "exit 7"}})
				if err != nil || got.Code != 7 {
					t.Errorf("exit 7 = %d, %v", got.Code, err)
				}
			}
		})
	}
	all.Wait()
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if got := r.Wait(); got.Code != 143 || !got.Asked {
		t.Errorf("Wait = %+v, want 143 and asked", got)
	}
	childless(t)
}

// TestKeeperStops: a signal that comes while there is no runner ends the context, and
// none is started any more.
func TestKeeperStops(t *testing.T) {
	k, ctx := Keep(context.Background(), func() {})
	defer k.Close()
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	var stop Stop
	if !errors.As(context.Cause(ctx), &stop) || stop.Signal != syscall.SIGTERM {
		t.Errorf("Cause = %v, want SIGTERM", context.Cause(ctx))
	}
	var out sink
	if _, err := k.Start(shell("exit 0"), out.sink(), out.sink()); err == nil {
		t.Error("a runner was started after that")
	}
}

// TestKeeperPasses lets much pass, on both outputs at once.
func TestKeeperPasses(t *testing.T) {
	k, _ := Keep(context.Background(), func() {})
	defer k.Close()
	var out, errs sink
	r, err := k.Start(shell("head -c 3000000 /dev/zero | tr '\\0' a & head -c 3000000 /dev/zero | tr '\\0' b >&2; wait"), out.sink(), errs.sink())
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Wait(); got.Code != 0 {
		t.Errorf("Wait = %+v", got)
	}
	if out.went.String() != strings.Repeat("a", 3000000) || errs.went.String() != strings.Repeat("b", 3000000) {
		t.Errorf("%d and %d bytes came, or not the same", out.went.Len(), errs.went.Len())
	}
}

// slow is somebody who reads a little now and then.
type slow struct{ n int }

func (s *slow) Write(b []byte) (int, error) {
	time.Sleep(100 * time.Millisecond)
	s.n += len(b)
	return len(b), nil
}

// TestKeeperSlowReader: who reads slowly gets all of it, however long that takes.
func TestKeeperSlowReader(t *testing.T) {
	k, _ := Keep(context.Background(), func() {})
	defer k.Close()
	var s slow
	var errs sink
	r, err := k.Start(shell("head -c 2000000 /dev/zero & wait; exit 4"), Sink{&s, func([]byte) {}}, errs.sink())
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Wait(); got.Code != 4 || s.n != 2000000 {
		t.Errorf("%+v and %d bytes, want 4 and 2000000", got, s.n)
	}
}

// TestSignals: what can be caught goes on, but for what is about ourselves.
func TestSignals(t *testing.T) {
	t.Parallel()
	got := map[os.Signal]bool{}
	for _, s := range forwarded() {
		got[s] = true
	}
	for n := syscall.Signal(1); n <= 64; n++ {
		own := map[syscall.Signal]bool{
			syscall.SIGKILL: true, syscall.SIGSTOP: true, syscall.SIGCHLD: true, syscall.SIGPIPE: true,
			syscall.SIGURG: true, syscall.SIGPROF: true, 32: true, 33: true, 34: true,
		}[n] || signal.Ignored(n) // under nohup
		if got[n] == own {
			t.Errorf("signal %d goes on: %t", n, got[n])
		}
	}
	for _, s := range []syscall.Signal{syscall.SIGCONT, syscall.SIGWINCH, syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU} {
		if ends(s) {
			t.Errorf("%s does not end a process", s)
		}
	}
}

// deaf is somebody who never takes anything.
type deaf chan struct{}

func (d deaf) Write([]byte) (int, error) {
	<-d
	return 0, os.ErrClosed
}

// TestKeeperDeafReader: who does not read at all keeps nobody waiting.
func TestKeeperDeafReader(t *testing.T) {
	k, _ := Keep(context.Background(), func() {})
	defer k.Close()
	d := make(deaf)
	defer close(d)
	var errs sink
	r, err := k.Start(shell("while :; do echo more and more; done"), Sink{d, func([]byte) {}}, errs.sink())
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if got := r.Wait(); got.Code != 143 {
		t.Errorf("%+v, want 143", got)
	}
	if took := time.Since(began); took > 2*noProgress {
		t.Errorf("it took %s", took)
	}
}
