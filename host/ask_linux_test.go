package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// asked are the questions for a process in a user namespace of its own.
type asked struct {
	As        Identity
	Questions []question
}

// askedEnv tells the test program that it is such a process.
const askedEnv = "SEMADOCTOR_TEST_ASKED"

func TestMain(m *testing.M) {
	if os.Getenv(askedEnv) == "" {
		os.Exit(m.Run())
	}
	var a asked
	err := json.NewDecoder(os.Stdin).Decode(&a)
	var errnos []unix.Errno
	if err == nil {
		errnos, err = answer(inner(a.As), a.Questions)
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(errnos)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// ask asks the kernel as id: on a thread of this process, or in a process in a
// user namespace that knows only the ids that id does.
func ask(id Identity, qs []question) ([]unix.Errno, error) {
	if id.Mapped == nil {
		return answer(id, qs)
	}
	in, err := json.Marshal(asked{id, qs})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{askedEnv + "=1"}
	cmd.Dir = "/"
	cmd.Stdin = bytes.NewReader(in)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWUSER, GidMappingsEnableSetgroups: true,
		UidMappings: mappings(id), GidMappings: mappings(id),
		Credential: &syscall.Credential{},
	}
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var errnos []unix.Errno
	return errnos, json.Unmarshal(out, &errnos)
}

// mappings let a namespace count from 0 what the host counts otherwise.
func mappings(id Identity) (ms []syscall.SysProcIDMap) {
	next := 0
	for _, r := range id.Mapped {
		ms = append(ms, syscall.SysProcIDMap{ContainerID: next, HostID: r.First, Size: r.Count})
		next += r.Count
	}
	return ms
}

// inner is id as its own namespace counts.
func inner(id Identity) Identity {
	within := func(host int) int {
		for _, m := range mappings(id) {
			if host >= m.HostID && host < m.HostID+m.Size {
				return m.ContainerID + host - m.HostID
			}
		}
		return -1
	}
	in := Identity{UID: within(id.UID), GID: within(id.GID), Caps: id.Caps}
	for _, g := range id.Groups {
		in.Groups = append(in.Groups, within(g))
	}
	return in
}

// answer asks on a thread of its own that has the file system rights of id. The
// thread is never unlocked: it dies with its goroutine.
func answer(id Identity, qs []question) ([]unix.Errno, error) {
	errnos := make([]unix.Errno, len(qs))
	err := asUser(id, func() error {
		for i, q := range qs {
			err := kernel(q)
			if err != nil && !errors.As(err, &errnos[i]) {
				return fmt.Errorf("%s(%s): %w", q.What, q.Name, err)
			}
		}
		return nil
	})
	return errnos, err
}

func asUser(id Identity, f func() error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := become(id)
		if err == nil {
			err = f()
		}
		done <- err
	}()
	return <-done
}

func become(id Identity) error {
	groups := make([]uint32, len(id.Groups)+1) // one more, so that its address can be taken
	for i, g := range id.Groups {
		groups[i] = uint32(g)
	}
	_, _, e := syscall.RawSyscall(unix.SYS_SETGROUPS, uintptr(len(id.Groups)), uintptr(unsafe.Pointer(&groups[0])), 0)
	if e != 0 {
		return e
	}
	unix.SetfsgidRetGid(id.GID)
	unix.SetfsuidRetUid(id.UID)
	if got, err := unix.SetfsuidRetUid(-1); got != id.UID {
		return fmt.Errorf("fsuid is %d, %w", got, err)
	}
	return limit(id.caps())
}

// limit gives the thread these capabilities over files, and no other.
func limit(c Caps) error {
	head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&head, &data[0]); err != nil {
		return err
	}
	for bit, on := range map[int]bool{unix.CAP_DAC_OVERRIDE: c.Override, unix.CAP_DAC_READ_SEARCH: c.Read} {
		if data[0].Effective &^= 1 << bit; on {
			data[0].Effective |= 1 << bit
		}
	}
	return unix.Capset(&head, &data[0])
}

// kernel answers q. What is no regular file is not opened: for that faccessat2
// answers alone, elsewhere it must say what open says.
func kernel(q question) error {
	switch q.What {
	case "CanCreate":
		return openNew(q.Name)
	case "CanOverwrite":
		return open(q.Name, unix.O_WRONLY|unix.O_CREAT)
	case "CanExecute":
		return accessible(q, unix.X_OK)
	case "CanWrite":
		return opens(q, unix.O_WRONLY, unix.W_OK)
	}
	return opens(q, unix.O_RDONLY, unix.R_OK)
}

func accessible(q question, mode uint32) error {
	err := unix.Faccessat2(unix.AT_FDCWD, q.Name, mode, unix.AT_EACCESS)
	if !q.Regular && err == nil {
		return unix.EISDIR
	}
	return err
}

func opens(q question, flag int, mode uint32) error {
	err := accessible(q, mode)
	if !q.Regular {
		return err
	}
	opened := open(q.Name, flag)
	if !errors.Is(opened, err) && !(q.Append && errors.Is(opened, unix.EPERM)) {
		return fmt.Errorf("open says %v, faccessat2 %v", opened, err)
	}
	return opened
}

func open(name string, flag int) error {
	fd, err := unix.Open(name, flag|unix.O_CLOEXEC, 0o600)
	unix.Close(fd)
	return err
}

// openNew creates a file and removes it again.
func openNew(name string) error {
	if err := open(name, unix.O_WRONLY|unix.O_CREAT); err != nil {
		return err
	}
	real, err := filepath.EvalSymlinks(name)
	if err == nil {
		err = os.Remove(real)
	}
	return again(err)
}

// again is what must not go wrong when something is put back: it is no answer.
func again(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("put back: %v", err)
}
