package repair

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"golang.org/x/sys/unix"
)

// onThread runs f on a thread of its own that setup has made another: with
// other mounts, as another user. The thread ends with f.
func onThread(t *testing.T, setup func() error, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := onOwnThread(setup); err != nil {
			t.Errorf("set up the thread: %v", err)
			return
		}
		f()
	}()
	<-done
}

// onOwnThread runs setup and leaves the calling goroutine with a thread that
// nobody else gets: it is never unlocked.
func onOwnThread(setup func() error) error {
	runtime.LockOSThread()
	return setup()
}

// as makes the thread's file system accesses those of a user.
func as(uid, gid int) func() error {
	return func() error {
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETGROUPS, 0, 0, 0); errno != 0 {
			return fmt.Errorf("setgroups: %w", errno)
		}
		_, _ = unix.SetfsgidRetGid(gid)
		_, _ = unix.SetfsuidRetUid(uid)
		if now, _ := unix.SetfsuidRetUid(-1); now != uid {
			return fmt.Errorf("fsuid is %d", now)
		}
		return nil
	}
}

// openMachine is a machine that other users can reach.
func openMachine(t *testing.T) (Machine, string) {
	t.Helper()
	m, root := newMachine(t)
	if err := os.Chmod(filepath.Dir(root), 0o755); err != nil {
		t.Fatal(err)
	}
	return m, root
}

func TestAsAnotherUser(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := openMachine(t)
	user := host.Owner{UID: 1001, GID: 1001}
	file := func(data string, mode fs.FileMode, owner host.Owner) *Snapshot {
		return &Snapshot{Data: []byte(data), Mode: mode, Owner: owner}
	}
	mustStore(t, m, "/root", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: host.Owner{}})
	mustStore(t, m, "/user", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: user})
	mustStore(t, m, "/root/ours", file("old", 0o644, user))
	mustStore(t, m, "/root/all", file("old", 0o666, host.Owner{}))
	mustStore(t, m, "/root/roots", file("old", 0o644, host.Owner{}))
	mustStore(t, m, "/user/ours", file("old", 0o644, user))
	mustStore(t, m, "/user/all", file("old", 0o666, host.Owner{}))
	mustStore(t, m, "/user/roots", file("old", 0o644, host.Owner{}))
	old := inode(t, root+"/user/ours")
	onThread(t, as(1001, 1001), func() {
		for name, s := range map[string]*Snapshot{
			"/root/ours": file("in place, for the directory is not ours", 0o600, user),
			"/root/all":  file("in place, not being ours either", 0o666, host.Owner{}),
			"/user/ours": file("replaced", 0o640, user),
			"/user/all":  file("in place, to keep its owner", 0o666, host.Owner{}),
			"/user/new":  file("new", 0o600, user),
			"/user/d":    {Mode: fs.ModeDir | 0o711, Owner: user},
		} {
			if err := m.Store(name, s); err != nil {
				t.Errorf("Store(%s) = %v", name, err)
			}
			if now, err := m.Load(name); err != nil || !same(now, s) {
				t.Errorf("Load(%s) = %+v, %v, want %+v", name, now, err, s)
			}
		}
		unchanged(t, m, "/user/roots", file("new", 0o644, host.Owner{}), fs.ErrPermission)
		unchanged(t, m, "/root/roots", file("new", 0o644, host.Owner{}), fs.ErrPermission)
		unchanged(t, m, "/root/new", file("new", 0o600, user), fs.ErrPermission)
		unchanged(t, m, "/root/ours", nil, fs.ErrPermission)
		unchanged(t, m, "/user/ours", file("replaced", 0o640, host.Owner{}), ErrNotKept)
		unchanged(t, m, "/user/ours", file("both", 0o640, host.Owner{}), ErrNotKept)
		unchanged(t, m, "/user/more", file("new", 0o600, host.Owner{}), ErrNotKept)
		unchanged(t, m, "/user/dir", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: host.Owner{UID: 1002}}, ErrNotKept)
		unchanged(t, m, "/root/all", file("in place, not being ours either", 0o600, host.Owner{}), ErrNotKept)
	})
	if inode(t, root+"/user/ours") == old {
		t.Error("/user/ours was written in place, want a new file")
	}
}

// A directory that may be entered but not read can still be given a mode.
func TestDirectoryThatMayNotBeRead(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, _ := openMachine(t)
	user := host.Owner{UID: 1001, GID: 1001}
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: user})
	mustStore(t, m, "/d/f", &Snapshot{Data: []byte("old"), Mode: 0o600, Owner: user})
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o300, Owner: user})
	onThread(t, as(1001, 1001), func() {
		if err := m.Store("/d/f", &Snapshot{Data: []byte("new"), Mode: 0o600, Owner: user}); err != nil {
			t.Errorf("Store(/d/f) = %v", err)
		}
		if err := m.Store("/d", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: user}); err != nil {
			t.Errorf("Store(/d) = %v", err)
		}
	})
}
