package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

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
	trees = 240
	nodes = 8 // in each
)

// TestKernelAgrees asks the kernel the questions that CanRead and the others
// answer without trying, about random trees: as users with and without
// capabilities, in this user namespace and in another.
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
	t.Logf("%d trees, %d questions, %d ACLs, %d attributes, %d trees in a user namespace of their own, answers: %v",
		trees, tally.questions, tally.acls, tally.attrs, tally.mapped, tally.verdicts)
	for v := range Unclear {
		if expected := v != 0 && v != ReadOnly && v != NoExec; expected && tally.verdicts[v] < trees/2 {
			t.Errorf("only %d answers are %v: the trees are not wild enough", tally.verdicts[v], v)
		}
	}
}

type tally struct {
	questions, acls, attrs, mapped int
	verdicts                       [Unclear + 1]int
}

// A question is one that the kernel can be asked.
type question struct {
	Name    string
	What    string
	Regular bool // a regular file is there
	Append  bool // and may only grow

	ours   Access
	theirs unix.Errno
}

// judges are the questions by their names.
func judges() map[string]func(Files, string, Identity) Access {
	return map[string]func(Files, string, Identity) Access{
		"CanRead": CanRead, "CanWrite": CanWrite, "CanOverwrite": CanOverwrite, "CanExecute": CanExecute,
		"CanCreate": CanCreate,
	}
}

// compare asks as one identity about every path of the tree.
func (g *grove) compare(t *testing.T, tally *tally) {
	t.Helper()
	id, qs := g.identity(), g.questions()
	tally.questions += len(qs)
	tally.acls += g.acls
	tally.attrs += g.attrs
	ground := NewGround(OS{})
	for i, q := range qs {
		qs[i].ours = judges()[q.What](OS{}, q.Name, id)
		if kept := judges()[q.What](NewGlance(ground), q.Name, id); see(kept) != see(qs[i].ours) {
			t.Errorf("%s(%s, %v) = %v of files whose directories are remembered, %v of others", q.What, q.Name, id, see(kept), see(qs[i].ours))
		}
	}
	for _, name := range g.names {
		fill, create := see(CanFill(OS{}, name, id)), see(CanCreate(OS{}, name+"/free", id))
		create.Why = strings.ReplaceAll(create.Why, "/free", "")
		if diff := cmp.Diff(create, fill, cmp.AllowUnexported(seen{})); diff != "" {
			t.Errorf("CanFill(%s, %v) is not what CanCreate says of a name in there:\n%s", name, id, diff)
		}
	}
	errnos, err := ask(id, qs)
	if err != nil {
		t.Fatalf("ask the kernel as %v: %v", id, err)
	}
	if id.Mapped != nil {
		tally.mapped++
	}
	for i, q := range qs {
		q.theirs = errnos[i]
		tally.verdicts[q.ours.Verdict]++
		if !agree(q) {
			t.Errorf("%s(%s, %v groups %v capabilities %+v mapped %v) = %v, the kernel says %v", q.What, q.Name, id, id.Groups, id.Caps, id.Mapped, see(q.ours), q.theirs)
		}
	}
}

// questions are all that can be asked of each name.
func (g *grove) questions() []question {
	var qs []question
	for _, name := range g.names {
		fi, err := os.Stat(name)
		regular := err == nil && fi.Mode().IsRegular()
		info, _ := Stat(OS{}, name)
		what := []string{"CanRead", "CanWrite", "CanExecute"}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			what = append(what, "CanCreate")
		case regular:
			what = append(what, "CanOverwrite")
		}
		for _, w := range what {
			qs = append(qs, question{Name: name, What: w, Regular: regular, Append: info.Append})
		}
	}
	return qs
}

// agree says whether a verdict is what the errno means. EISDIR is the kernel's
// word for a directory, where its modes do not speak first, and for creating
// through a link to "name/", whatever else is wrong on the way; EPERM that for a
// sticky directory, and for writing to a directory with +i.
func agree(q question) bool {
	is := func(es ...unix.Errno) bool {
		for _, e := range es {
			if q.theirs == e {
				return true
			}
		}
		return q.What == "CanCreate" && q.theirs == unix.EISDIR
	}
	switch q.ours.Verdict {
	case Granted:
		return q.theirs == 0
	case Missing:
		return is(unix.ENOENT)
	case Denied:
		return is(unix.EACCES)
	case Immutable:
		return is(unix.EPERM)
	case NotDir:
		return is(unix.ENOTDIR)
	case NotFile:
		if q.ours.Err != nil {
			return errors.Is(q.theirs, q.ours.Err)
		}
		return is(unix.EISDIR, unix.EACCES, unix.EPERM)
	}
	return false
}
