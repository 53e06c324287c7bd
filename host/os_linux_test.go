package host

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestReadFile reads what a config path may turn out to be. None of it may
// block, nor be read into memory.
func TestReadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, unix.Mkfifo(at("fifo"), 0o644))
	must(t, os.Symlink("fifo", at("link")))
	must(t, os.WriteFile(at("fits"), make([]byte, MaxFile), 0o644))
	must(t, os.WriteFile(at("large"), make([]byte, MaxFile+1), 0o644))
	must(t, os.WriteFile(at("sparse"), nil, 0o644))
	must(t, os.Truncate(at("sparse"), 1<<30))
	tests := []struct {
		name string
		size int // 0 is any
		err  error
	}{
		{at("fits"), MaxFile, nil},
		{at("large"), 0, ErrTooLarge},
		{at("sparse"), 0, ErrTooLarge},
		{at("fifo"), 0, ErrNotRegular},
		{at("link"), 0, ErrNotRegular},
		{dir, 0, ErrNotRegular},
		{"/dev/zero", 0, ErrNotRegular},
		{"/proc/self/status", 0, nil},
		{"/proc/self", 0, ErrNotRegular},
		{at("none"), 0, fs.ErrNotExist},
		{at("fits/none"), 0, unix.ENOTDIR},
	}
	for _, o := range []OS{{}, {Root: "/"}} {
		for _, tt := range tests {
			start := time.Now()
			data, err := o.ReadFile(tt.name)
			if !errors.Is(err, tt.err) || tt.size > 0 && len(data) != tt.size || err != nil && data != nil {
				t.Errorf("%+v.ReadFile(%s) = %d bytes, %v, want %d, %v", o, tt.name, len(data), err, tt.size, tt.err)
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("ReadFile(%s) took %v", tt.name, took)
			}
			checkPathError(t, tt.name, err)
		}
	}
}

// TestReadFileGrows reads a file whose size is said to be 0, and is not.
func TestReadFileGrows(t *testing.T) {
	t.Parallel()
	const name = "/proc/kallsyms"
	if data, err := os.ReadFile(name); err != nil || len(data) <= MaxFile {
		t.Skipf("%s is too small to be too large: %d bytes, %v", name, len(data), err)
	}
	if _, err := (OS{}).ReadFile(name); !errors.Is(err, ErrTooLarge) {
		t.Errorf("ReadFile(%s) = %v, want ErrTooLarge", name, err)
	}
}

// TestReadSeen reads what was a regular file when it was looked at: whatever has
// taken its place, the answer is that of who has not looked.
func TestReadSeen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, os.WriteFile(at("other"), []byte("other"), 0o600))
	for name, put := range map[string]func(name string) error{
		"same":         func(name string) error { return os.WriteFile(name, []byte("as it was"), 0o600) },
		"longer":       func(name string) error { return os.WriteFile(name, make([]byte, MaxFile), 0o600) },
		"too long":     func(name string) error { return os.WriteFile(name, make([]byte, MaxFile+1), 0o600) },
		"nothing":      func(string) error { return nil },
		"directory":    func(name string) error { return os.Mkdir(name, 0o700) },
		"FIFO":         func(name string) error { return unix.Mkfifo(name, 0o600) },
		"link":         func(name string) error { return os.Symlink("other", name) },
		"link to zero": func(name string) error { return os.Symlink("/dev/zero", name) },
		"circle":       func(name string) error { return os.Symlink(name, name) },
	} {
		must(t, os.WriteFile(at(name), []byte("as it was"), 0o600))
		g := NewGlance(NewGround(OS{}))
		if _, err := g.Lstat(at(name)); err != nil {
			t.Fatal(err)
		}
		must(t, os.Remove(at(name)))
		must(t, put(at(name)))
		want, wantErr := OS{}.ReadFile(at(name))
		got, err := g.ReadFile(at(name))
		if !bytes.Equal(got, want) || !errors.Is(err, bare(wantErr)) {
			t.Errorf("%s: ReadFile = %d bytes, %v, want %d, %v", name, len(got), err, len(want), wantErr)
		}
		checkPathError(t, at(name), err)
	}
}

func TestReadDirOfFIFO(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "fifo")
	must(t, unix.Mkfifo(name, 0o644))
	if _, err := (OS{}).ReadDir(name); !errors.Is(err, unix.ENOTDIR) {
		t.Errorf("ReadDir of a FIFO = %v, want ENOTDIR", err)
	}
}

func TestOSACL(t *testing.T) {
	t.Parallel()
	o, _ := rooted(t)
	const name = "/etc/semaphore/config.json"
	want := packACL(aclEntry{aclUserObj, read, -1}, aclEntry{aclUser, write, 1001}, aclEntry{aclGroupObj, read, -1},
		aclEntry{aclMask, read, -1}, aclEntry{aclOther, 0, -1})
	for _, f := range []struct {
		files Files
		name  string
	}{{o, name}, {OS{}, o.Root + name}} {
		_ = unix.Removexattr(o.Root+name, "system.posix_acl_access")
		if got, err := f.files.ACL(f.name); got != nil || err != nil {
			t.Errorf("ACL = %v, %v, want none", got, err)
		}
		if err := unix.Setxattr(o.Root+name, "system.posix_acl_access", want, 0); err != nil {
			t.Skipf("no ACLs in %s: %v", o.Root, err)
		}
		if got, err := f.files.ACL(f.name); !bytes.Equal(got, want) || err != nil {
			t.Errorf("ACL = %v, %v, want %v", got, err, want)
		}
	}
	if got, err := o.ACL("/etc/abs"); got != nil || err != nil {
		t.Errorf("ACL of a link = %v, %v, want none", got, err)
	}
	if _, err := o.ACL("/none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("ACL(/none) = %v, want fs.ErrNotExist", err)
	}
}

func TestOSMount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		files Files
		name  string
		want  string
	}{
		{OS{}, "/proc/self/status", "proc"},
		{OS{Root: "/"}, "/proc/self", "proc"},
		{OS{Root: "/proc"}, "/self", "proc"},
	}
	for _, tt := range tests {
		if got, err := tt.files.Mount(tt.name); got.Type != tt.want || got.Life != "" || err != nil {
			t.Errorf("%+v.Mount(%s) = %+v, %v, want %s", tt.files, tt.name, got, err, tt.want)
		}
		if _, err := tt.files.Mount("/none"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%+v.Mount(/none) = %v, want fs.ErrNotExist", tt.files, err)
		}
	}
}

// TestOSMounts makes mounts, in a mount namespace of one thread.
func TestOSMounts(t *testing.T) {
	t.Parallel()
	needRoot(t)
	dir := openDir(t)
	must(t, os.WriteFile(dir+"/config.json", nil, 0o666))
	done := make(chan struct{})
	go func() { // like asUser: the thread dies with its namespace
		defer close(done)
		runtime.LockOSThread()
		if err := private(dir); err != nil {
			t.Logf("no mounts here: %v", err)
			return
		}
		checkMounts(t, dir)
	}()
	<-done
}

// private mounts dir on itself, read-only, a tmpfs on dir/shm, and a file on one in
// there, for this thread.
func private(dir string) error {
	shm := dir + "/shm"
	return errors.Join(
		os.Mkdir(shm, 0o755),
		unix.Unshare(unix.CLONE_NEWNS),
		unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""),
		unix.Mount(dir, dir, "", unix.MS_BIND, ""),
		unix.Mount("none", shm, "tmpfs", unix.MS_NOEXEC, "size=64k"),
		unix.Mount("", dir, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""),
		os.WriteFile(shm+"/inside", nil, 0o600),
		os.WriteFile(shm+"/over", nil, 0o600),
		unix.Mount(dir+"/config.json", shm+"/over", "", unix.MS_BIND, ""),
	)
}

func checkMounts(t *testing.T, dir string) {
	for _, o := range []OS{{}, {Root: "/"}} {
		if m, err := o.Mount(dir); !m.ReadOnly || m.Life != "" || err != nil {
			t.Errorf("%+v.Mount(%s) = %+v, %v, want read-only", o, dir, m, err)
		}
		if m, err := o.Mount(dir + "/shm"); m.Type != "tmpfs" || !m.NoExec || m.Life != UntilReboot || err != nil {
			t.Errorf("%+v.Mount(shm) = %+v, %v, want a tmpfs, noexec", o, m, err)
		} else if s := m.Space; s == nil || s.Size != 64<<10 || s.Free <= 0 || s.Free > s.Size || s.FreeInodes <= 0 || s.FreeInodes > s.Inodes {
			t.Errorf("%+v.Mount(shm).Space = %+v, want 64 KiB", o, s)
		}
		for name, readOnly := range map[string]bool{"/config.json": true, "/shm/inside": false, "/shm/over": true} {
			g := NewGlance(o)
			_, err := g.Lstat(dir + name)
			if m, merr := g.Mount(dir + name); m.ReadOnly != readOnly || m.NoExec != (name == "/shm/inside") || err != nil || merr != nil {
				t.Errorf("%+v: a glance at the mount of %s = %+v, %v, %v", o, name, m, err, merr)
			}
		}
		if a := CanWrite(o, dir+"/config.json", Identity{}); a.Verdict != ReadOnly {
			t.Errorf("CanWrite = %v, want ReadOnly", see(a))
		}
		if a := CanCreate(o, dir+"/x", Identity{}); a.Verdict != ReadOnly {
			t.Errorf("CanCreate = %v, want ReadOnly", see(a))
		}
	}
	if err := os.WriteFile(dir+"/config.json", nil, 0o666); !errors.Is(err, unix.EROFS) {
		t.Errorf("the kernel says %v, want EROFS", err)
	}
}

func TestOSAttributes(t *testing.T) {
	t.Parallel()
	needRoot(t)
	o, _ := rooted(t)
	const name = "/etc/semaphore/config.json"
	for _, tt := range []struct {
		flag              int
		immutable, append bool
	}{{unix.STATX_ATTR_IMMUTABLE, true, false}, {unix.STATX_ATTR_APPEND, false, true}, {0, false, false}} {
		if err := chattr(o.Root+name, tt.flag); err != nil {
			t.Skipf("no attributes in %s: %v", o.Root, err)
		}
		inside, err := o.Lstat(name)
		outside, oerr := OS{}.Lstat(o.Root + name)
		for _, info := range []Info{inside, outside} {
			if info.Immutable != tt.immutable || info.Append != tt.append || err != nil || oerr != nil {
				t.Errorf("Lstat with flags %#x = %+v, %v, %v", tt.flag, info, err, oerr)
			}
		}
		kernel := os.WriteFile(o.Root+name, nil, 0o644)
		if a := CanWrite(o, name, Identity{}); a.OK() != (kernel == nil) {
			t.Errorf("CanWrite with flags %#x = %v, the kernel says %v", tt.flag, see(a), kernel)
		}
	}
}

// chattr sets the flags of a file: FS_IMMUTABLE_FL and FS_APPEND_FL have the
// same values as in statx.
func chattr(name string, flags int) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flags)
}
