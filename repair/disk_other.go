//go:build !linux

package repair

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"

	"github.com/semadoctor/semadoctor/host"
)

// Load implements Disk. ACLs and extended attributes are not known here.
func (m Machine) Load(name string) (*Snapshot, error) {
	info, err := m.Lstat(name)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := &Snapshot{Mode: info.Mode, Owner: info.Owner, ModTime: info.ModTime}
	switch {
	case info.Mode.IsDir():
	case info.Mode.IsRegular():
		s.Data, err = m.ReadFile(name)
	case info.Mode&fs.ModeSymlink != 0:
		err = &fs.PathError{Op: "load", Path: name, Err: errSymlink}
	default:
		err = &fs.PathError{Op: "load", Path: name, Err: host.ErrNotRegular}
	}
	return s, err
}

// Store implements Disk: the plain way, a new file renamed over the old one.
// Extended attributes, ACLs and hard links of the old one are lost.
func (m Machine) Store(name string, s *Snapshot) error {
	old, err := m.Load(name)
	if err != nil {
		return err
	}
	dir, err := m.parent(name)
	if err != nil {
		return &fs.PathError{Op: "store", Path: name, Err: err}
	}
	defer dir.Close()
	if err := turn(dir, path.Base(name), old, s); err != nil {
		return &fs.PathError{Op: "store", Path: name, Err: err}
	}
	return nil
}

// parent opens the directory of name, inside the root if there is one.
func (m Machine) parent(name string) (*os.Root, error) {
	dir := filepath.FromSlash(path.Dir(name))
	if m.Root == "" {
		if filepath.VolumeName(dir[1:]) != "" {
			dir = dir[1:] // /C:/x is C:\x
		}
		return os.OpenRoot(dir)
	}
	root, err := os.OpenRoot(m.Root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.OpenRoot(filepath.Clean("." + dir))
}

func turn(dir *os.Root, name string, old, new *Snapshot) error {
	switch {
	case new == nil && old == nil:
		return nil
	case new == nil:
		return remove(dir, name, old)
	case old != nil && old.Mode.Type() != new.Mode.Type():
		return errors.New("a file cannot become a directory on this system, nor the reverse")
	case old != nil && bytes.Equal(old.Data, new.Data):
		if err := settle(dir, name, new); err != nil {
			return also(err, settle(dir, name, old))
		}
		return nil
	}
	temp := tempName(name, rand.Text()[:randomLen])
	err := build(dir, temp, new)
	if err == nil {
		err = dir.Rename(temp, name)
	}
	if err != nil {
		_ = dir.Remove(temp)
		return bare(err)
	}
	return syncDir(dir)
}

func remove(dir *os.Root, name string, old *Snapshot) error {
	if old.Mode.IsDir() {
		names, err := fs.ReadDir(dir.FS(), name)
		if err != nil {
			return bare(err)
		}
		if len(names) > 0 {
			return ErrNotEmpty
		}
	}
	return bare(dir.Remove(name))
}

func build(dir *os.Root, temp string, s *Snapshot) error {
	var err error
	if s.Mode.IsDir() {
		err = dir.Mkdir(temp, 0o700)
	} else {
		err = writeSynced(dir, temp, s.Data)
	}
	if err != nil {
		return bare(err)
	}
	return settle(dir, temp, s)
}

// settle sets owner, mode and time. Windows has no owners that are numbers.
func settle(dir *os.Root, name string, s *Snapshot) error {
	if runtime.GOOS != "windows" {
		if err := dir.Lchown(name, s.Owner.UID, s.Owner.GID); err != nil {
			return fmt.Errorf("%w: change owner to %v: %w", ErrNotKept, s.Owner, bare(err))
		}
	}
	if err := dir.Chmod(name, s.Mode&settable); err != nil {
		return fmt.Errorf("%w: %w", ErrNotKept, bare(err))
	}
	if !s.ModTime.IsZero() {
		return bare(dir.Chtimes(name, s.ModTime, s.ModTime))
	}
	return nil
}

var _ Disk = Machine{}
