package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// asUser runs f on a thread of its own that has the file system rights of id.
// The thread is never unlocked: it dies with its goroutine.
func asUser(id Identity, f func()) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := become(id)
		if err == nil {
			f()
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
		return fmt.Errorf("fsuid is %d, %v", got, err)
	}
	return nil
}

// needRoot skips a test that asks the kernel about other users.
func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can be another user")
	}
}

// openDir is a directory whose parents everyone may enter; those of t.TempDir
// need not be.
func openDir(t *testing.T) string {
	t.Helper()
	base, err := os.MkdirTemp("/tmp", "semadoctor-host-") //nolint:usetesting // others may not enter the parents of t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
	return base
}

const (
	trees = 220
	nodes = 8 // in each
)

// TestKernelAgrees asks the kernel the questions that CanRead, CanWrite and
// CanCreate answer without trying, about random trees.
func TestKernelAgrees(t *testing.T) {
	t.Parallel()
	needRoot(t)
	base := openDir(t)
	var tally tally
	for seed := range uint64(trees) {
		g := grow(t, filepath.Join(base, fmt.Sprint(seed)), seed)
		g.compare(t, &tally)
		if t.Failed() {
			t.Fatalf("seed %d disagrees", seed)
		}
	}
	t.Logf("%d trees, %d with ACLs, answers: %v", trees, tally.acls, tally.verdicts)
	for v := range Unclear {
		if expected := v == Granted || v == Missing || v == Denied || v == NotDir || v == NotFile; expected && tally.verdicts[v] < trees/2 {
			t.Errorf("only %d answers are %v: the trees are not wild enough", tally.verdicts[v], v)
		}
	}
}

type tally struct {
	acls     int
	verdicts [Unclear + 1]int
}

// A question is one that the kernel can be asked.
type question struct {
	name    string
	what    string
	flag    int
	regular bool // a regular file is there
	ours    Access
	theirs  error
}

// compare asks as one identity about every path of the tree.
func (g *grove) compare(t *testing.T, tally *tally) {
	t.Helper()
	id := g.identity()
	tally.acls += g.acls
	g.acls = 0
	questions := g.questions(id)
	must(t, asUser(id, func() {
		for i := range questions {
			questions[i].theirs = kernel(t, id, questions[i])
		}
	}))
	for _, q := range questions {
		tally.verdicts[q.ours.Verdict]++
		if !agree(q) {
			t.Errorf("%s(%s, %v groups %v) = %v, the kernel says %v", q.what, q.name, id, id.Groups, see(q.ours), q.theirs)
		}
	}
}

// questions are whether each name can be read and written and, if it is not
// there, created.
func (g *grove) questions(id Identity) []question {
	var qs []question
	for _, name := range g.names {
		fi, err := os.Stat(name)
		regular := err == nil && fi.Mode().IsRegular()
		qs = append(qs,
			question{name, "CanRead", unix.O_RDONLY, regular, CanRead(OS{}, name, id), nil},
			question{name, "CanWrite", unix.O_WRONLY, regular, CanWrite(OS{}, name, id), nil})
		if errors.Is(err, fs.ErrNotExist) {
			qs = append(qs, question{name, "CanCreate", unix.O_WRONLY | unix.O_CREAT, false, CanCreate(OS{}, name, id), nil})
		}
	}
	return qs
}

// kernel answers q on a thread that is id. What is no regular file is not
// opened: for that faccessat2 answers alone, elsewhere it must say what open says.
func kernel(t *testing.T, id Identity, q question) error {
	t.Helper()
	if q.flag&unix.O_CREAT != 0 {
		return openNew(t, id, q)
	}
	err := unix.Faccessat2(unix.AT_FDCWD, q.name, accessMode(q.flag), unix.AT_EACCESS)
	if !q.regular {
		if err == nil {
			return unix.EISDIR
		}
		return err
	}
	fd, opened := unix.Open(q.name, q.flag|unix.O_CLOEXEC, 0)
	if !errors.Is(opened, err) {
		t.Errorf("%s as %v: open says %v, faccessat2 %v", q.name, id, opened, err)
	}
	unix.Close(fd)
	return opened
}

// openNew creates what q names and removes it again, for that moment as root.
func openNew(t *testing.T, id Identity, q question) error {
	t.Helper()
	fd, err := unix.Open(q.name, q.flag|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return err
	}
	unix.Close(fd)
	if _, err := unix.SetfsuidRetUid(0); err != nil {
		t.Errorf("become root again: %v", err)
	}
	real, err := filepath.EvalSymlinks(q.name)
	if err == nil {
		err = os.Remove(real)
	}
	if err != nil {
		t.Errorf("remove what %v could create: %v", id, err)
	}
	_, err = unix.SetfsuidRetUid(id.UID)
	return err
}

func accessMode(flag int) uint32 {
	if flag&unix.O_ACCMODE == unix.O_RDONLY {
		return unix.R_OK
	}
	return unix.W_OK
}

// agree says whether a verdict is what the errno means. EISDIR is the kernel's
// word for a directory, where its modes do not speak first, and for creating
// through a link to "name/", whatever else is wrong on the way.
func agree(q question) bool {
	slash := q.flag&unix.O_CREAT != 0 && errors.Is(q.theirs, unix.EISDIR)
	switch q.ours.Verdict {
	case Granted:
		return q.theirs == nil
	case Missing:
		return errors.Is(q.theirs, unix.ENOENT) || slash
	case Denied:
		return errors.Is(q.theirs, unix.EACCES) || slash
	case NotDir:
		return errors.Is(q.theirs, unix.ENOTDIR)
	case NotFile:
		if q.ours.Err != nil {
			return errors.Is(q.theirs, q.ours.Err)
		}
		return errors.Is(q.theirs, unix.EISDIR) || errors.Is(q.theirs, unix.EACCES)
	}
	return false
}
