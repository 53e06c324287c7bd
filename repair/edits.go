package repair

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// settable is what Chmod may set: all of a mode but the type.
const settable = fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky

func (e Rewrite) apply(d *Draft) error {
	return d.change(e.File, func(s *Snapshot) error {
		if !s.Mode.IsRegular() {
			return &fs.PathError{Op: "rewrite", Path: e.File, Err: host.ErrNotRegular}
		}
		s.Data = slices.Clone(e.Data)
		return nil
	})
}

func (e WriteNew) apply(d *Draft) error {
	real, err := d.target(e.File)
	if err != nil {
		return err
	}
	if err := d.free(real); err != nil {
		return err
	}
	return d.Store(real, &Snapshot{Data: e.Data, Mode: e.Mode & settable, Owner: e.Owner})
}

func (e MakeDir) apply(d *Draft) error {
	real, err := d.target(e.Path)
	if err != nil {
		return err
	}
	info, err := flat{d}.Lstat(real)
	if err == nil && !info.Mode.IsDir() {
		return &fs.PathError{Op: "mkdir", Path: real, Err: errNotDirectory}
	}
	if err == nil || !missing(err) {
		return err
	}
	owner, err := d.ownerOf(path.Dir(real))
	if err != nil {
		return err
	}
	if err := (MakeDir{path.Dir(real), 0o755, owner}).apply(d); err != nil {
		return err
	}
	return d.Store(real, &Snapshot{Mode: fs.ModeDir | e.Mode&settable, Owner: e.Owner})
}

func (e Chmod) apply(d *Draft) error {
	return d.change(e.Path, func(s *Snapshot) error {
		s.Mode = s.Mode.Type() | e.Mode&settable
		if acl, ok := s.Xattrs[accessACL]; ok {
			s.Xattrs = maps.Clone(s.Xattrs)
			s.Xattrs[accessACL] = chmodACL(acl, e.Mode)
		}
		return nil
	})
}

// apply refuses a file with a second name: the other name may be one that its
// new owner could not reach. systemd-tmpfiles does the same.
func (e Chown) apply(d *Draft) error {
	info, err := host.Stat(flat{d}, e.Path)
	if err == nil && info.Mode.IsRegular() && info.Links > 1 && info.Owner != e.Owner {
		err := fmt.Errorf("file has %d hard links, and all of them would change owner", info.Links)
		return &fs.PathError{Op: "chown", Path: e.Path, Err: err}
	}
	return d.change(e.Path, func(s *Snapshot) error { s.Owner = e.Owner; return nil })
}

func (e MoveAside) apply(d *Draft) error {
	real, err := d.follow(e.Path)
	if err != nil {
		return err
	}
	if other := d.twin(real); other != real {
		return fmt.Errorf("move aside %s: it is the same file as %s, which is changed too", real, other)
	}
	if e.Suffix == "" || strings.Contains(e.Suffix, "/") {
		return fmt.Errorf("move aside %s: bad suffix %q", real, e.Suffix)
	}
	s, err := d.touchable(real)
	if err != nil {
		return err
	}
	if err := d.free(real + e.Suffix); err != nil {
		return err
	}
	if err := d.Store(real+e.Suffix, s); err != nil {
		return err
	}
	return d.Store(real, nil)
}

// change makes f's change to what name leads to. What f leaves as it is, is
// not drawn.
func (d *Draft) change(name string, f func(*Snapshot) error) error {
	real, err := d.target(name)
	if err != nil {
		return err
	}
	s, err := d.touchable(real)
	if err != nil {
		return err
	}
	was := *s
	if err := f(s); err != nil || same(&was, s) {
		return err
	}
	if !bytes.Equal(was.Data, s.Data) {
		s.ModTime = time.Time{}
	}
	return d.Store(real, s)
}

// touchable loads what is at name, if it may be changed at all.
func (d *Draft) touchable(name string) (*Snapshot, error) {
	info, err := flat{d}.Lstat(name)
	if err != nil {
		return nil, err
	}
	if info.Immutable || info.Append {
		return nil, &fs.PathError{Op: "change", Path: name, Err: ErrImmutable}
	}
	s, err := d.Load(name)
	if err == nil && s == nil {
		err = &fs.PathError{Op: "change", Path: name, Err: fs.ErrNotExist}
	}
	return s, err
}

// free reports, as an error, that something is at name.
func (d *Draft) free(name string) error {
	_, err := flat{d}.Lstat(name)
	if missing(err) {
		return nil
	}
	if err == nil {
		err = &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	return err
}
