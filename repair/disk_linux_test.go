package repair

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
	"golang.org/x/sys/unix"
)

// needRoot skips a test of what only root can set up.
func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root: owners, attributes and mounts")
	}
}

// rich is a file with all that a replacement may lose.
func rich(data string) *Snapshot {
	return &Snapshot{
		Data: []byte(data), Mode: 0o660, Owner: host.Owner{UID: 1234, GID: 2345}, ModTime: time.Unix(5000, 600),
		Xattrs: map[string][]byte{accessACL: testACL(6, 6, 6, 0), "user.note": []byte("kept"), "user.empty": {}},
	}
}

func inode(t *testing.T, name string) uint64 {
	t.Helper()
	info, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Ino
}

func TestReplaceKeepsEverything(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	s := rich("old")
	mustStore(t, m, "/f", s)
	was := inode(t, root+"/f")
	s.Data = []byte("new, and longer")
	mustStore(t, m, "/f", s)
	if inode(t, root+"/f") == was {
		t.Error("the file was written in place, want a new one")
	}
	if info, _ := os.Stat(root + "/f"); !info.ModTime().Equal(s.ModTime) {
		t.Errorf("the time is %v, want %v", info.ModTime(), s.ModTime)
	}
	wantNoTemp(t, root)
}

func TestSpecialBitsAndCapabilitiesAreKept(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	capability := append([]byte{0, 0, 0, 2, 1}, make([]byte, 15)...) // VFS_CAP_REVISION_2, cap_chown
	s := &Snapshot{
		Data: []byte("old"), Mode: fs.ModeSetuid | fs.ModeSetgid | 0o755, Owner: host.Owner{UID: 1234, GID: 2345},
		Xattrs: map[string][]byte{"security.capability": capability},
	}
	mustStore(t, m, "/f", s)
	s.Data = []byte("new")
	mustStore(t, m, "/f", s)
	if err := os.Link(root+"/f", root+"/g"); err != nil {
		t.Fatal(err)
	}
	s.Data = []byte("written in place")
	mustStore(t, m, "/f", s)
	s.Owner.UID = 1
	mustStore(t, m, "/f", s)
	s.Xattrs = nil
	mustStore(t, m, "/f", s)
}

func TestHardLinkIsWrittenInPlace(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	mustStore(t, m, "/f", &Snapshot{Data: []byte("old and long"), Mode: 0o640, Owner: ours()})
	if err := os.Link(root+"/f", root+"/g"); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"short", "longer than it has ever been"} {
		mustStore(t, m, "/f", &Snapshot{Data: []byte(data), Mode: 0o600, Owner: ours(), ModTime: time.Unix(77, 0)})
		if got, err := os.ReadFile(root + "/g"); err != nil || string(got) != data {
			t.Errorf("the other name has %q, %v, want %q", got, err, data)
		}
	}
	if info, _ := os.Stat(root + "/g"); info.ModTime().Unix() != 77 {
		t.Errorf("the time is %v", info.ModTime())
	}
	wantNoTemp(t, root)
}

func TestNewFilesGetExactlyWhatIsAsked(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	parent := &Snapshot{
		Mode: fs.ModeDir | fs.ModeSetgid | 0o770, Owner: host.Owner{UID: 5, GID: 6},
		Xattrs: map[string][]byte{"system.posix_acl_default": testACL(7, 7, 7, 7), accessACL: testACL(7, 7, 7, 0)},
	}
	mustStore(t, m, "/d", parent)
	mustStore(t, m, "/d/f", &Snapshot{Mode: 0o600, Owner: runnerOwner()})
	mustStore(t, m, "/d/sub", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: runnerOwner()})
	wantNoTemp(t, root)
}

func TestChangesOfModeAndOwnerKeepTheFile(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	s := rich("data")
	mustStore(t, m, "/f", s)
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: ours()})
	file, dir := inode(t, root+"/f"), inode(t, root+"/d")
	s.Owner, s.Mode = host.Owner{UID: 7, GID: 8}, 0o640
	s.Xattrs = map[string][]byte{accessACL: chmodACL(s.Xattrs[accessACL], 0o640), "user.other": []byte("new")}
	mustStore(t, m, "/f", s)
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | fs.ModeSticky | 0o777, Owner: host.Owner{UID: 7, GID: 8}})
	if inode(t, root+"/f") != file || inode(t, root+"/d") != dir {
		t.Error("the file or the directory is another one now")
	}
}

// What chmodACL computes is what the kernel does.
func TestChmodACLIsTheKernels(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	noMask := testACL(6, 6, 4, 0)
	noMask = append(noMask[:len(noMask)-16:len(noMask)-16], noMask[len(noMask)-8:]...)
	noMask = append(noMask[:12:12], noMask[20:]...) // without a named user a mask may be missing
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o777, 0o007} {
		for _, acl := range [][]byte{testACL(7, 6, 4, 1), noMask} {
			mustStore(t, m, "/f", &Snapshot{Mode: 0o600, Owner: ours()})
			if err := unix.Setxattr(root+"/f", accessACL, acl, 0); err != nil {
				t.Skipf("no ACLs here: %v", err)
			}
			before, err := m.ACL("/f")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(root+"/f", mode); err != nil {
				t.Fatal(err)
			}
			after, err := m.ACL("/f")
			if before == nil {
				continue // the kernel has seen that it says no more than the mode
			}
			if diff := cmp.Diff(after, chmodACL(before, mode)); err != nil || diff != "" {
				t.Errorf("chmodACL(%x, %o): %v (-kernel +ours)\n%s", before, mode, err, diff)
			}
			if err := m.Store("/f", nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFileAndDirectoryTakeEachOthersPlace(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	file := &Snapshot{Data: []byte("x"), Mode: 0o600, Owner: ours()}
	dir := &Snapshot{Mode: fs.ModeDir | 0o700, Owner: ours()}
	for _, s := range []*Snapshot{file, dir, file} {
		mustStore(t, m, "/x", s)
	}
	mustStore(t, m, "/y", dir)
	mustStore(t, m, "/y/z", file)
	if err := m.Store("/y", file); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("Store(file over a full directory) = %v, want ErrNotEmpty", err)
	}
	if s, err := m.Load("/y/z"); err != nil || !same(s, file) {
		t.Errorf("Load(/y/z) = %+v, %v", s, err)
	}
	wantNoTemp(t, root)
}

func TestLoadDoesNotBlock(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	if err := unix.Mkfifo(root+"/fifo", 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Load("/fifo"); !errors.Is(err, host.ErrNotRegular) {
		t.Errorf("Load(fifo) = %v, want ErrNotRegular", err)
	}
	if err := m.Store("/fifo", &Snapshot{Mode: 0o600, Owner: ours()}); !errors.Is(err, host.ErrNotRegular) {
		t.Errorf("Store(fifo) = %v, want ErrNotRegular", err)
	}
	if err := os.WriteFile(root+"/big", make([]byte, host.MaxFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Load("/big"); !errors.Is(err, host.ErrTooLarge) {
		t.Errorf("Load(big) = %v, want ErrTooLarge", err)
	}
	for _, name := range []string{"x", "/a/../b", "/a/"} {
		if _, err := m.Load(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("Load(%q) = %v, want fs.ErrInvalid", name, err)
		}
	}
	if s, err := m.Load("/"); err != nil || !s.Mode.IsDir() {
		t.Errorf("Load(/) = %v, %v", s, err)
	}
}

// unchanged runs store, which has to fail with want and leave no trace.
func unchanged(t *testing.T, m Machine, name string, s *Snapshot, want error) {
	t.Helper()
	before, err := m.Load(name)
	if err != nil {
		t.Errorf("Load(%s) = %v", name, err)
		return
	}
	if err := m.Store(name, s); !errors.Is(err, want) || !strings.Contains(err.Error(), name) {
		t.Errorf("Store(%s) = %v, want %v and the name", name, err, want)
	}
	if after, err := m.Load(name); err != nil || !same(before, after) {
		t.Errorf("Load(%s) after an error = %+v, %v, want %+v", name, after, err, before)
	}
	wantNoTemp(t, m.Root)
}

// setAttr is chattr; undone when the test ends.
func setAttr(t *testing.T, name string, flag int) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flag); err != nil {
		f.Close()
		t.Skipf("no attributes on this file system: %v", err)
	}
	t.Cleanup(func() {
		_ = unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, 0)
		f.Close()
	})
}

func TestImmutable(t *testing.T) {
	t.Parallel()
	needRoot(t)
	m, root := newMachine(t)
	file := func(data string, mode fs.FileMode) *Snapshot {
		return &Snapshot{Data: []byte(data), Mode: mode, Owner: ours()}
	}
	for _, name := range []string{"/i", "/a", "/d"} {
		mustStore(t, m, name, &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
		mustStore(t, m, name+"/f", file("old", 0o600))
	}
	setAttr(t, root+"/i/f", unix.STATX_ATTR_IMMUTABLE)
	setAttr(t, root+"/a/f", unix.STATX_ATTR_APPEND)
	setAttr(t, root+"/d", unix.STATX_ATTR_IMMUTABLE)
	for _, name := range []string{"/i/f", "/a/f"} {
		unchanged(t, m, name, file("new", 0o600), ErrImmutable)
		unchanged(t, m, name, file("old", 0o640), ErrImmutable)
		unchanged(t, m, name, nil, ErrImmutable)
	}
	unchanged(t, m, "/d/f", file("new", 0o600), ErrImmutable)
	unchanged(t, m, "/d/f", nil, ErrImmutable)
	unchanged(t, m, "/d/new", file("new", 0o600), ErrImmutable)
	unchanged(t, m, "/d/new", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: ours()}, ErrImmutable)
	if err := NewDraft(m).Draw(fixOf("x", Chmod{"/i/f", 0o644})); !errors.Is(err, ErrImmutable) {
		t.Errorf("Draw(Chmod of an immutable file) = %v", err)
	}
}

func TestRewriteTakesBackWhatFails(t *testing.T) {
	t.Parallel()
	m, root := newMachine(t)
	old := &Snapshot{Data: []byte("old"), Mode: 0o600, Owner: ours()}
	mustStore(t, m, "/f", old)
	p, err := m.open("/f")
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	n, err := p.look()
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	impossible := &Snapshot{Data: []byte("new"), Mode: 0o640, Owner: ours(), Xattrs: map[string][]byte{"nonsense": {1}}}
	if err := n.rewrite(old, impossible); !errors.Is(err, ErrNotKept) {
		t.Errorf("rewrite() = %v, want ErrNotKept", err)
	}
	if now, err := m.Load("/f"); err != nil || !same(now, old) {
		t.Errorf("Load() = %+v, %v, want %+v", now, err, old)
	}
	if data, _ := os.ReadFile(root + "/f"); !bytes.Equal(data, old.Data) {
		t.Errorf("the file has %q", data)
	}
}
