//go:build unix

package supervise

import (
	"runtime"
	"syscall"

	"github.com/semadoctor/semadoctor/host"
)

// A child is the runner's process, leader of a process group of its own.
type child struct {
	pid   int
	tty   terminal
	asked bool          // it was sent, or the terminal sent it, what ends a runner
	wants bool          // it was sent what pauses a process
	ended chan struct{} // closed when it has ended
	how   syscall.WaitStatus
}

// fork starts it. The thread that does so stays until its end, because the kernel
// takes the end of the thread for that of the parent, and then ends the child
// (Pdeathsig): who kills us with SIGKILL does not leave a runner that nobody knows.
func fork(s Start, tty terminal, streams *streams) (*child, error) {
	c := &child{tty: tty, ended: make(chan struct{})}
	failed := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		sys := &syscall.SysProcAttr{Setpgid: true, Credential: credential(s.As)}
		if tty.ours() {
			sys.Foreground, sys.Ctty = true, tty.fd
		}
		dieWithParent(sys)
		pid, err := syscall.ForkExec(s.Path, s.Args, &syscall.ProcAttr{
			Dir: s.Dir, Env: s.Env, Sys: sys, Files: []uintptr{0, streams.out.theirs.Fd(), streams.errs.theirs.Fd()},
		})
		c.pid = pid
		if failed <- err; err == nil {
			<-c.ended
		}
	}()
	return c, <-failed
}

// credential is another user to be; nil when it is who we are.
func credential(as host.Identity) *syscall.Credential {
	if as.SameAs(host.Self()) {
		return nil
	}
	c := &syscall.Credential{Uid: uint32(as.UID), Gid: uint32(as.GID)}
	for _, g := range as.Groups {
		c.Groups = append(c.Groups, uint32(g))
	}
	return c
}

// get takes a signal for the runner and its group.
func (c *child) get(s syscall.Signal) {
	c.asked = c.asked || asks(s)
	c.wants = c.wants && s != syscall.SIGCONT || pauses(s)
	if s == syscall.SIGCONT {
		c.tty.hand(c.pid)
	}
	_ = syscall.Kill(-c.pid, s) // it may have ended just now
}

// wait asks how it is, and reports whether it has ended. If somebody else has taken
// its end, nobody will ever say how it was.
func (c *child) wait() bool {
	pid, status, err := look(c.pid)
	if err != nil {
		const lost = 1 << 8 // exit status 1
		return c.note(lost)
	}
	return pid == c.pid && c.note(status)
}

// note takes what the kernel says, and reports whether it has ended. When it
// pauses because the terminal says so, or because we have handed it the signal, we
// pause as well: the shell that waits for us can go on then.
func (c *child) note(status syscall.WaitStatus) bool {
	had := c.tty.back(c.pid)
	switch {
	case status.Stopped():
		switch {
		case had:
			pause(0)
		case c.wants, c.tty.fd >= 0 && pauses(status.StopSignal()):
			pause(syscall.Getpid())
		}
		return false
	case status.Signaled() && had: // ^C, ^\\
		c.asked = c.asked || asks(status.Signal())
	}
	c.how = status
	close(c.ended)
	return true
}

// pause stops us, as whoever sent the signal wants. With 0 it stops all who are in our
// process group, too, as ^Z does that the runner has got: of a pipeline in the
// foreground, the shell waits for every part. It does nothing to the first process of a
// container.
func pause(pid int) { _ = syscall.Kill(pid, syscall.SIGSTOP) }

// signalled is what shells add to the number of a signal.
const signalled = 128

// code is an exit status as a shell says it.
func code(status syscall.WaitStatus) int {
	if status.Signaled() {
		return signalled + int(status.Signal())
	}
	return status.ExitStatus()
}
