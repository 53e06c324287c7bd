package host

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// A grove is one random tree.
type grove struct {
	rnd   *rand.Rand
	dirs  []string
	made  []string // what was planted
	names []string // to ask about
	acls  int      // how many were set
	attrs int
}

func grow(t *testing.T, root string, seed uint64) *grove {
	t.Helper()
	g := &grove{rnd: rand.New(rand.NewPCG(seed, 1)), dirs: []string{root}}
	must(t, os.Mkdir(root, 0o755))
	for n := range nodes {
		name := filepath.Join(g.dirs[g.rnd.IntN(len(g.dirs))], fmt.Sprint(n))
		g.plant(t, name)
		g.made = append(g.made, name)
	}
	for _, name := range g.made { // dressed last: root must be able to plant, not to enter
		g.dress(t, name)
	}
	for _, name := range g.made {
		g.fix(t, name)
	}
	for _, name := range slices.Concat(g.made, g.dirs) {
		other := fmt.Sprint(g.rnd.IntN(nodes))
		g.names = append(g.names, name)
		for _, more := range []string{"/", "/new", "/new/", "/" + other, "/../" + other} {
			if g.rnd.IntN(2) == 0 { // all would take long
				g.names = append(g.names, name+more)
			}
		}
	}
	slices.Sort(g.names)
	g.names = slices.Compact(g.names)
	return g
}

// plant makes a directory, a file, a FIFO or a link.
func (g *grove) plant(t *testing.T, name string) {
	t.Helper()
	switch k := g.rnd.IntN(12); {
	case k < 5:
		must(t, os.Mkdir(name, 0o755))
		g.dirs = append(g.dirs, name)
	case k < 8:
		must(t, os.WriteFile(name, nil, 0o644))
	case k < 9:
		must(t, unix.Mkfifo(name, 0o644))
	default:
		must(t, os.Symlink(g.target(), name))
	}
}

// target is what a link points to: a path that may exist, by then or never.
func (g *grove) target() string {
	dir, n := g.dirs[g.rnd.IntN(len(g.dirs))], g.rnd.IntN(nodes)
	switch g.rnd.IntN(5) {
	case 0:
		return fmt.Sprint(n)
	case 1:
		return fmt.Sprintf("../%d", n)
	case 2:
		return fmt.Sprintf("%s/%d/", dir, n)
	case 3:
		return dir
	}
	return fmt.Sprintf("%s/%d", dir, n)
}

// dress gives owner, ACL and mode, in this order: the last word is the mode's.
func (g *grove) dress(t *testing.T, name string) {
	t.Helper()
	must(t, os.Lchown(name, g.pick(0, 1001, 1002, 1003), g.pick(0, 1001, 2000, 2001)))
	fi, err := os.Lstat(name)
	must(t, err)
	if fi.Mode()&fs.ModeSymlink != 0 {
		return
	}
	if g.rnd.IntN(2) == 0 {
		switch err := unix.Setxattr(name, "system.posix_acl_access", g.acl(), 0); {
		case err == nil:
			g.acls++
		case !errors.Is(err, unix.EOPNOTSUPP):
			t.Fatal(err)
		}
	}
	if g.rnd.IntN(3) > 0 {
		must(t, os.Chmod(name, g.mode(fi.IsDir())))
	}
}

// fix gives one in eight the attribute +i, or +a. Nothing could be put back in a
// directory that may only grow: there is none.
func (g *grove) fix(t *testing.T, name string) {
	t.Helper()
	fi, err := os.Lstat(name)
	must(t, err)
	if !fi.Mode().IsRegular() && !fi.IsDir() || g.rnd.IntN(8) > 0 {
		return
	}
	attr := uint32(unix.STATX_ATTR_IMMUTABLE)
	if fi.Mode().IsRegular() && g.rnd.IntN(2) == 0 {
		attr = unix.STATX_ATTR_APPEND
	}
	f, err := os.Open(name)
	must(t, err)
	defer f.Close()
	if unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, int(attr)) != nil {
		return // not on this file system
	}
	g.attrs++
	t.Cleanup(func() {
		if f, err := os.Open(name); err == nil {
			_ = unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, 0)
			f.Close()
		}
	})
}

// mode is random, but lets more than one in eight through a directory.
func (g *grove) mode(dir bool) fs.FileMode {
	mode := fs.FileMode(g.rnd.IntN(0o1000))
	if dir && g.rnd.IntN(3) > 0 {
		mode |= 0o111
	}
	if g.rnd.IntN(6) == 0 {
		mode |= fs.ModeSticky | 0o2
	}
	return mode
}

// acl has up to two named users and groups, sorted as the kernel demands.
func (g *grove) acl() []byte {
	entries := []aclEntry{{aclUserObj, g.perm(), -1}}
	for _, id := range []int{1001, 1002}[g.rnd.IntN(3):] {
		entries = append(entries, aclEntry{aclUser, g.perm(), id})
	}
	entries = append(entries, aclEntry{aclGroupObj, g.perm(), -1})
	for _, id := range []int{2000, 2001}[g.rnd.IntN(3):] {
		entries = append(entries, aclEntry{aclGroup, g.perm(), id})
	}
	return packACL(append(entries, aclEntry{aclMask, g.perm() | read, -1}, aclEntry{aclOther, g.perm(), -1})...)
}

func (g *grove) perm() perm { return perm(g.rnd.IntN(8)) }

func (g *grove) pick(ids ...int) int { return ids[g.rnd.IntN(len(ids))] }

// identity is somebody: with the capabilities of the uid, with some, or in a user
// namespace that does not know root.
func (g *grove) identity() Identity {
	id := Identity{UID: g.pick(0, 1001, 1001, 1002, 1003, 1003), GID: g.pick(0, 1001, 2000, 2001, 3000)}
	groups := []int{0, 1001, 2000, 2001}
	if g.rnd.IntN(3) == 0 {
		id = Identity{UID: g.pick(1001, 1002, 1003), GID: g.pick(1001, 2000, 2001), Mapped: []IDRange{{1001, 3}, {2000, 2}}}
		groups = groups[1:]
	}
	if id.Mapped != nil || g.rnd.IntN(3) == 0 {
		id.Caps = &Caps{Override: g.rnd.IntN(2) == 0, Read: g.rnd.IntN(2) == 0}
	}
	for _, gid := range groups {
		if g.rnd.IntN(3) == 0 {
			id.Groups = append(id.Groups, gid)
		}
	}
	return id
}
