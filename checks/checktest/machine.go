// Package checktest runs checks against whole machines described in text files,
// sick ones and healthy ones: how the runner is started, what its files are,
// what the server answers, and then what must be found, what the repair is, and
// what is left after it.
package checktest

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
)

// node is one path of a Machine.
type node struct {
	repair.Snapshot
	link   string // target of a symbolic link
	denied bool   // semadoctor may not read it
	ino    uint64 // shared by hard links
	info   host.Info
}

// A Machine is the file system of a case, in memory. It is a repair.Disk.
type Machine struct {
	mu     sync.Mutex
	nodes  map[string]*node
	mounts map[string]host.Mount // by mount point
}

func newMachine() *Machine {
	root := &node{Snapshot: repair.Snapshot{Mode: fs.ModeDir | 0o755}, ino: 1}
	m := &Machine{nodes: map[string]*node{"/": root}, mounts: map[string]host.Mount{"/": {Type: "ext4", Space: plenty()}}}
	m.put("/tmp", &node{Snapshot: repair.Snapshot{Mode: fs.ModeDir | fs.ModeSticky | 0o777}})
	return m
}

// plenty is what is left where nobody says otherwise.
func plenty() *host.Space {
	return &host.Space{Free: 8 << 30, Size: 10 << 30, FreeInodes: 600000, Inodes: 655360}
}

// put adds a node, and root's 0755 directories above it.
func (m *Machine) put(name string, n *node) {
	for d := path.Dir(name); m.nodes[d] == nil; d = path.Dir(d) {
		m.nodes[d] = &node{Snapshot: repair.Snapshot{Mode: fs.ModeDir | 0o755}, ino: m.next()}
	}
	if n.ino == 0 {
		n.ino = m.next()
	}
	m.nodes[name] = n
}

func (m *Machine) next() uint64 { return uint64(len(m.nodes)) + 100 }

func (m *Machine) get(op, name string) (*node, error) {
	if n := m.nodes[name]; n != nil {
		return n, nil
	}
	err := error(fs.ErrNotExist)
	if up := m.nodes[path.Dir(name)]; up != nil && !up.Mode.IsDir() {
		err = syscall.ENOTDIR
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: err}
}

// Lstat implements host.Files.
func (m *Machine) Lstat(name string) (host.Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.get("lstat", name)
	if err != nil {
		return host.Info{}, err
	}
	i := n.info
	i.Mode, i.Owner, i.Size = n.Mode, n.Owner, int64(len(n.Data))
	i.Dev, i.Ino, i.Links = 1, n.ino, m.links(n.ino)
	return i, nil
}

func (m *Machine) links(ino uint64) (links uint64) {
	for _, n := range m.nodes {
		if n.ino == ino {
			links++
		}
	}
	return links
}

// Readlink implements host.Files.
func (m *Machine) Readlink(name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.get("readlink", name)
	if err != nil {
		return "", err
	}
	return n.link, nil
}

// ReadFile implements host.Files.
func (m *Machine) ReadFile(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.get("open", name)
	switch {
	case err != nil:
		return nil, err
	case n.denied:
		err = fs.ErrPermission
	case !n.Mode.IsRegular():
		err = host.ErrNotRegular
	case len(n.Data) > host.MaxFile:
		err = host.ErrTooLarge
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return bytes.Clone(n.Data), nil
}

// ReadDir implements host.Files.
func (m *Machine) ReadDir(name string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := m.get("open", name); err != nil {
		return nil, err
	}
	var names []string
	for p := range m.nodes {
		if p != "/" && path.Dir(p) == name {
			names = append(names, path.Base(p))
		}
	}
	slices.Sort(names)
	return names, nil
}

// ACL implements host.Files: none. Access through ACLs is tested against the
// kernel, in package host.
func (m *Machine) ACL(string) ([]byte, error) { return nil, nil }

// Mount implements host.Files.
func (m *Machine) Mount(name string) (host.Mount, error) {
	for p := name; ; p = path.Dir(p) {
		if mount, ok := m.mounts[p]; ok {
			return mount, nil
		}
	}
}

// Load implements repair.Disk.
func (m *Machine) Load(name string) (*repair.Snapshot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := m.nodes[name]
	if n == nil {
		return nil, nil
	}
	if n.Mode&fs.ModeSymlink != 0 {
		return nil, &fs.PathError{Op: "load", Path: name, Err: syscall.ELOOP}
	}
	s := n.Snapshot
	s.Data = bytes.Clone(s.Data)
	return &s, nil
}

// Store implements repair.Disk. Hard links see it too, as with a file that is
// written in place.
func (m *Machine) Store(name string, s *repair.Snapshot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.nodes[name]
	switch {
	case s == nil && old != nil && old.Mode.IsDir() && m.children(name) > 0:
		return &fs.PathError{Op: "remove", Path: name, Err: repair.ErrNotEmpty}
	case s == nil:
		delete(m.nodes, name)
	case old == nil:
		m.put(name, &node{Snapshot: *s})
	default:
		for _, n := range m.nodes {
			if n.ino == old.ino {
				n.Snapshot = *s
			}
		}
	}
	return nil
}

func (m *Machine) children(dir string) (n int) {
	for p := range m.nodes {
		if p != "/" && path.Dir(p) == dir {
			n++
		}
	}
	return n
}

// dump is the whole machine as text, to compare before and after.
func (m *Machine) dump() string {
	var b strings.Builder
	for _, p := range slices.Sorted(maps.Keys(m.nodes)) {
		n := m.nodes[p]
		b.WriteString(p + " " + n.Mode.String() + " " + n.Owner.String() + " " + n.link + "\n" + string(n.Data) + "\n")
	}
	return b.String()
}
