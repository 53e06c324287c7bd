package repair

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"golang.org/x/sys/unix"
)

// ownMounts gives the thread a mount table of its own.
func ownMounts() error {
	if err := unix.Unshare(unix.CLONE_NEWNS); err != nil {
		return err
	}
	return unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "")
}

// needMounts skips a test where mounting is not allowed: in most containers.
func needMounts(t *testing.T) {
	t.Helper()
	needRoot(t)
	result := make(chan error)
	go func() { result <- onOwnThread(ownMounts) }()
	if err := <-result; err != nil {
		t.Skipf("needs mounts: %v", err)
	}
}

func mustMount(t *testing.T, source, target, kind string, flags uintptr, data string) bool {
	t.Helper()
	if err := unix.Mount(source, target, kind, flags, data); err != nil {
		t.Errorf("mount %s: %v", target, err)
		return false
	}
	return true
}

func TestBindMountedFile(t *testing.T) {
	t.Parallel()
	needMounts(t)
	m, root := newMachine(t)
	file := func(data string) *Snapshot { return &Snapshot{Data: []byte(data), Mode: 0o640, Owner: runnerOwner()} }
	for _, name := range []string{"/source", "/rw", "/ro"} {
		mustStore(t, m, name, file("old"))
	}
	onThread(t, ownMounts, func() {
		if !mustMount(t, root+"/source", root+"/rw", "", unix.MS_BIND, "") ||
			!mustMount(t, root+"/source", root+"/ro", "", unix.MS_BIND, "") ||
			!mustMount(t, "", root+"/ro", "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "") {
			return
		}
		if err := m.Store("/rw", file("new, and longer")); err != nil {
			t.Errorf("Store(bind mount) = %v", err)
		}
		if s, err := m.Load("/source"); err != nil || !same(s, file("new, and longer")) {
			t.Errorf("Load(source) = %+v, %v", s, err)
		}
		unchanged(t, m, "/ro", file("newer"), unix.EROFS)
		unchanged(t, m, "/ro", &Snapshot{Data: []byte("new, and longer"), Mode: 0o600, Owner: runnerOwner()}, unix.EROFS)
		unchanged(t, m, "/rw", nil, unix.EBUSY)
	})
}

func TestReadOnlyFileSystem(t *testing.T) {
	t.Parallel()
	needMounts(t)
	m, root := newMachine(t)
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
	onThread(t, ownMounts, func() {
		if !mustMount(t, "tmpfs", root+"/d", "tmpfs", 0, "") {
			return
		}
		file := &Snapshot{Data: []byte("old"), Mode: 0o600, Owner: runnerOwner()}
		if err := m.Store("/d/f", file); err != nil {
			t.Errorf("Store() = %v", err)
		}
		if !mustMount(t, "", root+"/d", "", unix.MS_REMOUNT|unix.MS_RDONLY, "") {
			return
		}
		unchanged(t, m, "/d/f", &Snapshot{Data: []byte("new"), Mode: 0o600, Owner: runnerOwner()}, unix.EROFS)
		unchanged(t, m, "/d/f", &Snapshot{Data: []byte("old"), Mode: 0o640, Owner: runnerOwner()}, unix.EROFS)
		unchanged(t, m, "/d/f", nil, unix.EROFS)
		unchanged(t, m, "/d/g", file, unix.EROFS)
		unchanged(t, m, "/d/e", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: runnerOwner()}, unix.EROFS)
	})
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	needMounts(t)
	m, root := newMachine(t)
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
	file := func(size int) *Snapshot { return &Snapshot{Data: make([]byte, size), Mode: 0o600, Owner: ours()} }
	onThread(t, ownMounts, func() {
		if !mustMount(t, "tmpfs", root+"/d", "tmpfs", 0, "size=64k") {
			return
		}
		for _, name := range []string{"/d/f", "/d/linked"} {
			if err := m.Store(name, file(100)); err != nil {
				t.Errorf("Store(%s) = %v", name, err)
			}
		}
		if err := os.Link(root+"/d/linked", root+"/d/other"); err != nil {
			t.Errorf("link: %v", err)
		}
		unchanged(t, m, "/d/f", file(100<<10), unix.ENOSPC)
		unchanged(t, m, "/d/new", file(100<<10), unix.ENOSPC)
		unchanged(t, m, "/d/linked", file(100<<10), unix.ENOSPC)
		if err := m.Store("/d/f", file(200)); err != nil {
			t.Errorf("Store() of what has room = %v", err)
		}
	})
}

func TestNoInodesLeft(t *testing.T) {
	t.Parallel()
	needMounts(t)
	m, root := newMachine(t)
	mustStore(t, m, "/d", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
	file := func(data string) *Snapshot { return &Snapshot{Data: []byte(data), Mode: 0o600, Owner: ours()} }
	onThread(t, ownMounts, func() {
		if !mustMount(t, "tmpfs", root+"/d", "tmpfs", 0, "nr_inodes=2") {
			return
		}
		if err := m.Store("/d/f", file("old")); err != nil {
			t.Errorf("Store() = %v", err)
		}
		unchanged(t, m, "/d/f", file("new"), unix.ENOSPC)
		unchanged(t, m, "/d/g", file("new"), unix.ENOSPC)
		unchanged(t, m, "/d/e", &Snapshot{Mode: fs.ModeDir | 0o700, Owner: ours()}, unix.ENOSPC)
		if err := m.Store("/d/g", file("new")); err == nil || !strings.Contains(err.Error(), "no inodes left") {
			t.Errorf("Store() = %v, want what there is none of", err)
		}
	})
}

// layers makes the directories of an overlay in /m, on a file system of its own.
func layers(t *testing.T, m Machine, root string) bool {
	t.Helper()
	if !mustMount(t, "tmpfs", root+"/m", "tmpfs", 0, "") {
		return false
	}
	for _, name := range []string{"/m/lower", "/m/upper", "/m/work", "/m/top", "/m/lower/d"} {
		if err := m.Store(name, &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()}); err != nil {
			t.Errorf("Store() = %v", err)
		}
	}
	return true
}

// Containers' roots are overlays: files are copied up when first changed.
func TestOverlay(t *testing.T) {
	t.Parallel()
	needMounts(t)
	m, root := newMachine(t)
	mustStore(t, m, "/m", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
	onThread(t, ownMounts, func() {
		if !layers(t, m, root) {
			return
		}
		old := rich("old")
		delete(old.Xattrs, "user.note") // tmpfs has them only since Linux 6.6
		delete(old.Xattrs, "user.empty")
		if err := m.Store("/m/lower/f", old); err != nil {
			t.Errorf("Store() = %v", err)
		}
		at := root + "/m"
		err := unix.Mount("overlay", at+"/top", "overlay", 0, "lowerdir="+at+"/lower,upperdir="+at+"/upper,workdir="+at+"/work")
		if errors.Is(err, unix.ENODEV) {
			t.Log("no overlay file system here")
			return
		}
		if err != nil {
			t.Errorf("mount: %v", err)
			return
		}
		changed := *old
		changed.Data, changed.Owner = []byte("new"), host.Owner{UID: 1, GID: 2}
		for _, s := range []*Snapshot{&changed, old, nil, old} {
			if err := m.Store("/m/top/f", s); err != nil {
				t.Errorf("Store(overlay) = %v", err)
			}
			if now, err := m.Load("/m/top/f"); err != nil || !same(now, s) {
				t.Errorf("Load(overlay) = %+v, %v, want %+v", now, err, s)
			}
		}
		dir := &Snapshot{Mode: fs.ModeDir | 0o750, Owner: runnerOwner()}
		for _, s := range []*Snapshot{dir, nil, dir} {
			if err := m.Store("/m/top/d", s); err != nil {
				t.Errorf("Store(directory in overlay) = %v", err)
			}
		}
	})
}

// A directory of an overlay's lower layer cannot be renamed.
func TestDirectoryThatCannotMove(t *testing.T) {
	t.Parallel()
	needMounts(t)
	m, root := newMachine(t)
	mustStore(t, m, "/m", &Snapshot{Mode: fs.ModeDir | 0o755, Owner: ours()})
	onThread(t, ownMounts, func() {
		if !layers(t, m, root) {
			return
		}
		at := root + "/m"
		if err := unix.Mount("overlay", at+"/top", "overlay", 0, "redirect_dir=off,lowerdir="+at+"/lower,upperdir="+at+"/upper,workdir="+at+"/work"); err != nil {
			t.Logf("no such overlay here: %v", err)
			return
		}
		unchanged(t, m, "/m/top/d", &Snapshot{Data: []byte("new"), Mode: 0o600, Owner: ours()}, unix.EXDEV)
	})
}
