//go:build unix

package supervise

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A Keeper is the parent of a runner, one at a time: it hands on signals, keeps
// the terminal in order and buries whoever dies among its descendants. There is
// one in a process, for signals and children are the process's.
type Keeper struct {
	signals chan os.Signal
	done    chan struct{} // closed when the loop has ended
	stop    context.CancelCauseFunc
	asked   func()
	tty     terminal

	// commands is held for reading while a command of ours runs, whose end somebody
	// else waits for: nobody may be buried then but the runner.
	commands sync.RWMutex

	mu      sync.Mutex
	child   *child // nil: none runs
	stopped bool   // asked to end: no other child is started
}

// A Stop is why nothing more is to be started: a signal that came while no runner
// was there to get it.
type Stop struct{ Signal os.Signal }

// Error implements error.
func (s Stop) Error() string { return "stopped by " + s.Signal.String() }

// Code is the exit code of who ends by the signal, as a shell says it.
func (s Stop) Code() int {
	n, _ := s.Signal.(syscall.Signal)
	return signalled + int(n)
}

// Keep begins to keep: from now on signals are the runner's, or, while there is
// none, end the context with a Stop. asked is called when one of them has asked the
// runner to end.
func Keep(ctx context.Context, asked func()) (*Keeper, context.Context) {
	k := &Keeper{signals: make(chan os.Signal, lastSignal), done: make(chan struct{}), asked: asked}
	k.tty = findTerminal(k.signals)
	ctx, k.stop = context.WithCancelCause(ctx)
	signal.Notify(k.signals, caught()...)
	adopt()
	go k.loop()
	return k, ctx
}

// Close ends it. There must be no runner any more.
func (k *Keeper) Close() {
	signal.Stop(k.signals)
	close(k.signals)
	<-k.done
	k.stop(nil)
}

func (k *Keeper) loop() {
	defer close(k.done)
	for s := range k.signals {
		switch s := s.(syscall.Signal); s {
		case syscall.SIGCHLD:
			k.bury()
		case syscall.SIGPIPE:
		default:
			if k.deliver(s) && asks(s) {
				k.asked()
			}
		}
	}
}

// deliver hands a signal to the runner and to all it has started, as a terminal
// does: tasks end with it. It reports whether there was a runner to hand it to.
func (k *Keeper) deliver(s syscall.Signal) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.child != nil:
		k.child.get(s)
		return true
	case pauses(s):
		pause(syscall.Getpid())
	case ends(s) && !k.stopped:
		k.stopped = true
		k.stop(Stop{s})
	}
	return false
}

// Exec is how commands are to be run from now on: their ends are awaited by who
// runs them, and not taken from there.
func (k *Keeper) Exec(run host.Exec) host.Exec {
	if run == nil {
		return nil
	}
	return func(ctx context.Context, c host.Command) (host.Output, error) {
		k.commands.RLock()
		defer func() {
			k.commands.RUnlock()
			k.bury() // who died meanwhile
		}()
		return run(ctx, c)
	}
}

// bury takes note of children that have ended or paused: the runner, and those
// that came to us because their own parents are gone.
func (k *Keeper) bury() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c := k.child; c != nil && c.wait() {
		k.child = nil
	}
	if !k.commands.TryLock() {
		return
	}
	defer k.commands.Unlock()
	for {
		pid, status, err := look(-1)
		switch c := k.child; {
		case err != nil, pid <= 0:
			return
		case c != nil && c.pid == pid && c.note(status):
			k.child = nil
		}
	}
}

// look asks the kernel about a child, or about any for -1; the pid is 0 when there
// is nothing to tell.
func look(pid int) (int, syscall.WaitStatus, error) {
	for {
		var status syscall.WaitStatus
		got, err := syscall.Wait4(pid, &status, syscall.WNOHANG|syscall.WUNTRACED, nil)
		if !errors.Is(err, syscall.EINTR) {
			return got, status, err
		}
	}
}

// Start starts a runner and returns when it runs. What it writes goes to out and
// errs, byte by byte.
func (k *Keeper) Start(s Start, out, errs Sink) (*Running, error) {
	streams, err := newStreams(out, errs)
	if err != nil {
		return nil, say.Errorf("start the runner %s: %w", s.Path, err)
	}
	c, err := k.launch(s, streams)
	if streams.handedOver(); err != nil {
		streams.close()
		return nil, say.Errorf("start the runner %s: %w", s.Path, err)
	}
	streams.flow()
	return &Running{keeper: k, child: c, streams: streams}, nil
}

func (k *Keeper) launch(s Start, streams *streams) (*child, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stopped {
		return nil, context.Canceled
	}
	c, err := fork(s, k.tty, streams)
	if err == nil {
		k.child = c
	}
	return c, err
}
