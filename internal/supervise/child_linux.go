package supervise

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// adopt makes us the parent of all descendants whose own parent ends; the first
// process of a container is that anyway. An old kernel, or a sandbox, may refuse,
// and then they are init's.
func adopt() { _ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }

// dieWithParent has the child ended when we are killed.
func dieWithParent(sys *syscall.SysProcAttr) { sys.Pdeathsig = syscall.SIGTERM }
