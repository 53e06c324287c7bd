package host

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// memory is Files in a map, for tests. Missing directories of an entry are
// root's and 0755.
type memory map[string]entry

type entry struct {
	mode   fs.FileMode // 0 is a file 0644
	owner  Owner
	data   string // content, or target of a link
	attr   string // "i" and "a" as in lsattr
	acl    []byte
	mount  Mount
	denied bool // semadoctor may not look
}

var _ Files = memory{}

func dir(mode fs.FileMode, uid, gid int) entry {
	return entry{mode: fs.ModeDir | mode, owner: Owner{uid, gid}}
}

func file(mode fs.FileMode, uid, gid int, data string) entry {
	return entry{mode: mode, owner: Owner{uid, gid}, data: data}
}

func link(target string) entry { return entry{mode: fs.ModeSymlink | 0o777, data: target} }

func (m memory) find(op, name string) (entry, error) {
	e, ok := m[name]
	switch {
	case name != path.Clean(name) || !path.IsAbs(name):
		return e, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	case !ok && m.hasChild(name):
		return dir(0o755, 0, 0), nil
	case !ok:
		return e, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	case e.denied:
		return e, &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
	case e.mode == 0:
		e.mode = 0o644
	}
	return e, nil
}

func (m memory) hasChild(name string) bool {
	for p := range m {
		if name == "/" || strings.HasPrefix(p, name+"/") {
			return true
		}
	}
	return false
}

func (m memory) Lstat(name string) (Info, error) {
	e, err := m.find("lstat", name)
	if err != nil {
		return Info{}, err
	}
	return Info{
		Mode: e.mode, Owner: e.owner, Size: int64(len(e.data)), ModTime: time.Unix(0, 0),
		Immutable: strings.Contains(e.attr, "i"), Append: strings.Contains(e.attr, "a"),
		Inside: e.mount == (Mount{}),
	}, nil
}

func (m memory) Readlink(name string) (string, error) {
	e, err := m.find("readlink", name)
	return e.data, err
}

func (m memory) ReadFile(name string) ([]byte, error) {
	real, err := Resolve(m, name)
	if err != nil {
		return nil, err
	}
	e, err := m.find("read", real)
	return []byte(e.data), err
}

func (m memory) ReadDir(name string) ([]string, error) {
	if _, err := m.find("readdir", name); err != nil {
		return nil, err
	}
	names := []string{}
	for p := range m {
		if path.Dir(p) == name {
			names = append(names, path.Base(p))
		}
	}
	slices.Sort(names)
	return names, nil
}

func (m memory) ACL(name string) ([]byte, error) {
	e, err := m.find("getxattr", name)
	return e.acl, err
}

// Mount is that of the nearest entry above name that has one.
func (m memory) Mount(name string) (Mount, error) {
	for p := name; p != "/"; p = path.Dir(p) {
		if e := m[p]; e.mount != (Mount{}) {
			return e.mount, nil
		}
	}
	return Mount{Type: "ext4"}, nil
}
