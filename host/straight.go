package host

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"strings"
)

// resolve is Resolve of these files. Most paths are straight and resolve to
// themselves: of those nothing but their last part is new to a ground.
func (g *Glance) resolve(name string) (string, error) {
	if g.straight(name) != nil {
		return name, nil
	}
	if g.shared {
		return resolve(g, name)
	}
	return glanceAt(g, &g.reals, name, func(name string) (string, error) { return resolve(g, name) })
}

// straight is what is seen of name, if that is clean and leads through no link, and
// to none; nil else. It may be missing, but not its directory.
func (g *Glance) straight(name string) *sight {
	if s := g.seen(name); s != nil && s.dir.Load() != nil {
		return s
	}
	above, ok := above(name)
	if !ok {
		return nil
	}
	var dir *sight
	if name != "/" {
		if dir = g.straight(above); dir == nil || !dir.info.Mode.IsDir() {
			return nil
		}
	}
	s := g.look(name)
	if s.err != nil && !errors.Is(s.err, fs.ErrNotExist) || s.info.Mode&fs.ModeSymlink != 0 {
		return nil
	}
	s.dir.Store(cmp.Or(dir, s))
	return s
}

// march is walk along a straight way.
func (w *walker) march(s *sight) (place, *Access) {
	if dir := s.dir.Load(); dir != s {
		here, no := w.march(dir)
		if no == nil {
			no = w.enter(here)
		}
		if no != nil {
			return here, no
		}
	}
	return w.placed(s.name, s.info, s.err)
}

// above is the directory that name stands in; ok is false for what is not spelt
// plainly: with "." or ".." in it, a slash too many, or not from the root.
func above(name string) (dir string, ok bool) {
	if !path.IsAbs(name) || path.Clean(name) != name {
		return "", false
	}
	at := strings.LastIndexByte(name, '/')
	return name[:max(at, 1)], true
}

// child is what part is called in dir: a piece of name where name is that long a
// way, which costs nothing.
func child(name, dir, part string) string {
	end := len(dir) + 1 + len(part)
	if dir == "/" {
		end--
	}
	if end <= len(name) && part != "." && part != ".." && name[:len(dir)] == dir && name[end-len(part)-1] == '/' && name[end-len(part):end] == part {
		return name[:end]
	}
	return path.Join(dir, part)
}
