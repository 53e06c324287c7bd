//go:build integration && linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A tracer runs the program "traced" and does something at one of the system calls
// with which it changes files. It counts those of all threads together.
type tracer struct {
	*testing.T
	at    int           // the call, from 1; 0 is none
	do    func(pid int) // before that call is made
	seen  int           // calls that change files
	calls []string      // all of them
	last  string        // the one at which do was called
	said  string        // what the program printed
}

// kill is a thing to do.
func kill(pid int) { _ = unix.Kill(pid, unix.SIGKILL) }

// run runs the command, on a thread that the caller has locked, and returns how it
// ended.
func (r *tracer) run(cmd *exec.Cmd) unix.WaitStatus {
	r.Helper()
	out, err := os.Create(cmd.Dir + ".said") // a file: a pipe would want goroutines that wait for its end
	if err != nil {
		r.Fatal(err)
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		r.Skipf("processes cannot be traced here: %v", err)
	}
	pid := cmd.Process.Pid
	defer cmd.Process.Release()
	var status unix.WaitStatus
	if _, err := unix.Wait4(pid, &status, unix.WALL, nil); err != nil {
		r.Fatalf("wait: %v", err)
	}
	if err := unix.PtraceSetOptions(pid, unix.PTRACE_O_TRACESECCOMP|unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_EXITKILL); err != nil {
		r.Fatalf("trace: %v (%v)", err, status)
	}
	r.proceed(pid, 0)
	status = r.follow(pid)
	words, _ := os.ReadFile(out.Name())
	r.said = string(words)
	return status
}

// follow lets all threads go from call to call until the process has ended.
func (r *tracer) follow(pid int) unix.WaitStatus {
	r.Helper()
	for {
		var status unix.WaitStatus
		thread, err := unix.Wait4(-1, &status, unix.WALL|unix.WNOTHREAD, nil)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			r.Fatalf("wait: %v", err)
		case status.Exited() || status.Signaled():
			if thread == pid {
				return status
			}
		case status.StopSignal() == unix.SIGTRAP:
			if status.TrapCause() == unix.PTRACE_EVENT_SECCOMP {
				r.stopped(pid, thread)
			}
			r.proceed(thread, 0)
		case status.StopSignal() == unix.SIGSTOP: // a thread begins
			r.proceed(thread, 0)
		default:
			r.proceed(thread, int(status.StopSignal()))
		}
	}
}

// stopped counts a call and does what is to be done.
func (r *tracer) stopped(pid, thread int) {
	call := r.change(thread)
	if call == "" {
		return
	}
	r.calls = append(r.calls, call)
	if r.seen++; r.seen == r.at {
		r.last = call
		r.do(pid)
	}
}

// proceed may find the thread gone: it was killed.
func (r *tracer) proceed(thread, sig int) {
	if err := unix.PtraceCont(thread, sig); err != nil && !errors.Is(err, unix.ESRCH) {
		r.Fatalf("trace: %v", err)
	}
}

// syscallInfo is the beginning of struct ptrace_syscall_info of linux/ptrace.h.
type syscallInfo struct {
	op      uint8
	_       [3]uint8
	_       uint32
	_, _    uint64
	nr      uint64
	args    [6]uint64
	_, _, _ uint64
}

const getSyscallInfo = 0x420e // PTRACE_GET_SYSCALL_INFO

// change describes the call that a thread is about to make, if it changes a file:
// writing to a terminal, a pipe or a socket does not, nor to what stands for them.
func (r *tracer) change(thread int) string {
	var info syscallInfo
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, getSyscallInfo, uintptr(thread), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	switch {
	case errno == unix.ESRCH:
		return ""
	case errno != 0:
		r.Skipf("this kernel does not tell system calls apart (before Linux 5.3): %v", errno)
	case !slices.Contains(ofHandles(), info.nr):
		return fmt.Sprintf("call %d", info.nr)
	}
	file, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", thread, info.args[0]))
	if err != nil || info.args[0] <= 2 || !strings.HasPrefix(file, "/") {
		return ""
	}
	return fmt.Sprintf("call %d of %s", info.nr, file)
}

// ofHandles are the calls that change what is behind a handle.
func ofHandles() []uint64 {
	return []uint64{unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_WRITEV, unix.SYS_FTRUNCATE, unix.SYS_FALLOCATE, unix.SYS_FSYNC, unix.SYS_FDATASYNC}
}

// changing are all calls that change files, but for openat.
func changing() []uint64 {
	return append(ofHandles(),
		unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_LINKAT, unix.SYS_SYMLINKAT, unix.SYS_UNLINKAT, unix.SYS_MKDIRAT,
		unix.SYS_FCHMOD, unix.SYS_FCHMODAT, unix.SYS_FCHMODAT2, unix.SYS_FCHOWN, unix.SYS_FCHOWNAT, unix.SYS_UTIMENSAT,
		unix.SYS_SETXATTR, unix.SYS_LSETXATTR, unix.SYS_FSETXATTR, unix.SYS_REMOVEXATTR, unix.SYS_LREMOVEXATTR, unix.SYS_FREMOVEXATTR,
	)
}

func otherPrograms() map[string]func() { return map[string]func(){"traced": traced} }

// traced is semadoctor that stops for its tracer where it changes files, and only
// there: that is many times faster than at every call.
func traced() {
	program := stopAtChanges()
	prog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	if r, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog))); errno != 0 || r != 0 {
		fmt.Fprintln(os.Stderr, notTraceable, errno)
		os.Exit(notTraceableCode)
	}
	main()
}

// notTraceable is what traced says when the kernel does not let it.
const (
	notTraceable     = "system calls cannot be filtered here:"
	notTraceableCode = 125
)

// stopAtChanges is a seccomp filter.
func stopAtChanges() []unix.SockFilter {
	const (
		nr, flags    = 0, 16 + 2*8 // offsets in struct seccomp_data: the number, and openat's third argument
		load         = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		equal, anyOf = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K
		answer       = unix.BPF_RET | unix.BPF_K
		opensToWrite = unix.O_WRONLY | unix.O_RDWR | unix.O_CREAT | unix.O_TRUNC
	)
	calls := changing()
	program := []unix.SockFilter{{Code: load, K: nr}}
	for i, call := range calls {
		program = append(program, unix.SockFilter{Code: equal, K: uint32(call), Jt: uint8(len(calls) - i + 3)})
	}
	return append(program,
		unix.SockFilter{Code: equal, K: unix.SYS_OPENAT, Jf: 2},
		unix.SockFilter{Code: load, K: flags},
		unix.SockFilter{Code: anyOf, K: opensToWrite, Jt: 1},
		unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_ALLOW},
		unix.SockFilter{Code: answer, K: unix.SECCOMP_RET_TRACE})
}
