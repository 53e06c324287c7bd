package repair

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// memDisk is a Disk in memory. Two names with one *memFile are hard links.
type memDisk struct {
	mu     sync.Mutex
	files  map[string]*memFile
	inodes uint64
	store  func(name string, s *Snapshot) error // may refuse; nil never does
	stores []string                             // names, in the order of Store
}

type memFile struct {
	Snapshot
	link      string // target of a symbolic link
	inode     uint64
	immutable bool
}

var errPlug = errors.New("the plug was pulled")

func memDir(mode fs.FileMode, uid, gid int) *memFile {
	return &memFile{Snapshot: Snapshot{Mode: fs.ModeDir | mode, Owner: host.Owner{UID: uid, GID: gid}}}
}

func memRegular(data string, mode fs.FileMode, uid, gid int) *memFile {
	return &memFile{Snapshot: Snapshot{Data: []byte(data), Mode: mode, Owner: host.Owner{UID: uid, GID: gid}, ModTime: time.Unix(1000, 0).UTC()}}
}

func memLink(target string, uid int) *memFile {
	return &memFile{Snapshot: Snapshot{Mode: fs.ModeSymlink | 0o777, Owner: host.Owner{UID: uid, GID: uid}}, link: target}
}

// newMemDisk makes missing parents as root's, 0755.
func newMemDisk(files map[string]*memFile) *memDisk {
	m := &memDisk{files: map[string]*memFile{"/": memDir(0o755, 0, 0)}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for dir := path.Dir(name); m.files[dir] == nil && files[dir] == nil; dir = path.Dir(dir) {
			m.files[dir] = memDir(0o755, 0, 0)
		}
		m.files[name] = files[name]
	}
	for _, f := range m.files {
		if f.inode == 0 {
			m.inodes++
			f.inode = m.inodes
		}
	}
	return m
}

// dump is the whole disk, to be compared.
func (m *memDisk) dump() map[string]Snapshot {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := map[string]Snapshot{}
	for name, f := range m.files {
		all[name] = *f.Snapshot.clone()
	}
	return all
}

func (m *memDisk) at(op, name string) (*memFile, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.files[name]; f != nil {
		return f, nil
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

func (m *memDisk) resolved(op, name string) (*memFile, error) {
	real, err := host.Resolve(m, name)
	if err != nil {
		return nil, err
	}
	return m.at(op, real)
}

func (m *memDisk) Lstat(name string) (host.Info, error) {
	f, err := m.at("lstat", name)
	if err != nil {
		return host.Info{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var links uint64
	for _, g := range m.files {
		if g == f {
			links++
		}
	}
	return host.Info{
		Mode: f.Mode, Owner: f.Owner, Size: int64(len(f.Data)), ModTime: f.ModTime,
		Dev: 7, Ino: f.inode, Links: links, Immutable: f.immutable,
	}, nil
}

func (m *memDisk) Readlink(name string) (string, error) {
	f, err := m.at("readlink", name)
	if err != nil {
		return "", err
	}
	return f.link, nil
}

func (m *memDisk) ReadFile(name string) ([]byte, error) {
	f, err := m.resolved("open", name)
	if err != nil {
		return nil, err
	}
	if !f.Mode.IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: host.ErrNotRegular}
	}
	return slices.Clone(f.Data), nil
}

func (m *memDisk) ReadDir(name string) ([]string, error) {
	if _, err := m.resolved("open", name); err != nil {
		return nil, err
	}
	real, _ := host.Resolve(m, name)
	m.mu.Lock()
	defer m.mu.Unlock()
	var names []string
	for p := range m.files {
		if p != "/" && path.Dir(p) == real {
			names = append(names, path.Base(p))
		}
	}
	slices.Sort(names)
	return names, nil
}

func (m *memDisk) ACL(name string) ([]byte, error) {
	f, err := m.at("getxattr", name)
	if err != nil {
		return nil, err
	}
	return f.Xattrs[accessACL], nil
}

func (m *memDisk) Mount(name string) (host.Mount, error) {
	if _, err := m.resolved("statfs", name); err != nil {
		return host.Mount{}, err
	}
	return host.Mount{Type: "mem:" + path.Dir(name)}, nil
}

func (m *memDisk) Load(name string) (*Snapshot, error) {
	f, err := m.at("load", name)
	if missing(err) {
		return nil, nil
	}
	if f.Mode&fs.ModeSymlink != 0 {
		return nil, &fs.PathError{Op: "load", Path: name, Err: errSymlink}
	}
	return f.Snapshot.clone(), err
}

func (m *memDisk) Store(name string, s *Snapshot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.store != nil {
		if err := m.store(name, s); err != nil {
			return &fs.PathError{Op: "store", Path: name, Err: err}
		}
	}
	m.stores = append(m.stores, name)
	if s == nil {
		for p := range m.files {
			if strings.HasPrefix(p, name+"/") {
				return &fs.PathError{Op: "store", Path: name, Err: ErrNotEmpty}
			}
		}
		delete(m.files, name)
		return nil
	}
	if dir := m.files[path.Dir(name)]; dir == nil || !dir.Mode.IsDir() {
		return &fs.PathError{Op: "store", Path: name, Err: fs.ErrNotExist}
	}
	if m.files[name] == nil {
		m.inodes++
		m.files[name] = &memFile{inode: m.inodes}
	}
	m.files[name].Snapshot = *s.clone()
	return nil
}
