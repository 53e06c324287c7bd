package host

import (
	"io/fs"
	"sync"
	"sync/atomic"
)

// A Glance is Files looked at once: what it has said of a path it says again.
// Content is not kept. It is for one diagnosis, in which nothing should seem to
// change, and a runner's few paths are asked about by many checks.
//
// It is safe for concurrent use, and asks without holding a lock: a network file
// system that does not answer keeps only those waiting who ask it.
type Glance struct {
	Files
	ground *Glance // Files, if that is a ground: what it keeps is not kept twice
	shared bool    // a ground: keeps directories and links only

	marks  found[marks]        // of a container
	points found[[]MountPoint] // what is mounted where

	mu     sync.RWMutex
	sights map[string]*sight
	links  map[string]told[string]
	acls   map[string]told[[]byte]
	mounts map[string]told[Mount]
	reals  map[string]told[string] // of paths that are not straight
}

// A sight is what was seen of one path.
type sight struct {
	name string
	info Info
	err  error
	dir  atomic.Pointer[sight] // its directory, if it is known to be straight; of "/" itself
}

// told is what was answered to a question.
type told[T any] struct {
	v   T
	err error
}

// found is what is found out when somebody asks for it.
type found[T any] struct {
	sync.Once
	v T
}

// NewGlance is files, each question asked once.
func NewGlance(files Files) *Glance {
	g := &Glance{Files: files}
	if under, ok := files.(*Glance); ok && under.shared {
		g.ground = under
	}
	return g
}

// NewGround is files, with what they say of directories and links kept: the
// ground on which many runners stand. It keeps a bounded number of them.
func NewGround(files Files) *Glance { return &Glance{Files: files, shared: true} }

// maxGround is how many directories and links a ground keeps.
const maxGround = 4096

// seen is what is kept of name, here or in the ground; nil for nothing.
func (g *Glance) seen(name string) *sight {
	if g == nil {
		return nil
	}
	g.mu.RLock()
	s := g.sights[name]
	g.mu.RUnlock()
	if s == nil {
		s = g.ground.seen(name)
	}
	return s
}

// look looks at name, if nobody has yet.
func (g *Glance) look(name string) *sight {
	s := g.seen(name)
	if s != nil {
		return s
	}
	if g.ground != nil {
		s = g.ground.look(name)
	} else {
		s = &sight{name: name}
		s.info, s.err = g.Files.Lstat(name)
	}
	lasts := s.err == nil && s.info.Mode&(fs.ModeDir|fs.ModeSymlink) != 0
	if lasts && g.shared || !g.shared && !(lasts && g.ground.seen(name) == s) {
		keep(g, &g.sights, name, s)
	}
	return s
}

// Lstat implements Files.
func (g *Glance) Lstat(name string) (Info, error) {
	s := g.look(name)
	return s.info, s.err
}

// regular is what was seen of name if that was a regular file; nil else.
func (g *Glance) regular(name string) *sight {
	if s := g.seen(name); s != nil && s.err == nil && s.info.Mode.IsRegular() {
		return s
	}
	return nil
}

// ReadFile implements Files. What was seen to be a regular file is not looked at
// once more before it is opened.
func (g *Glance) ReadFile(name string) ([]byte, error) {
	if g.regular(name) != nil {
		return g.readSeen(name)
	}
	return g.Files.ReadFile(name)
}

// A seenReader is Files that can do with less when name was just seen to be a
// regular file, no link at its end. Whoever embeds one and has a ReadFile of its own
// needs a readSeen, too.
type seenReader interface {
	readSeen(name string) ([]byte, error)
}

// readSeen implements seenReader.
func (g *Glance) readSeen(name string) ([]byte, error) {
	if r, ok := g.Files.(seenReader); ok {
		return r.readSeen(name)
	}
	return g.Files.ReadFile(name)
}

// Readlink implements Files.
func (g *Glance) Readlink(name string) (string, error) {
	return glanceAt(g, &g.links, name, g.Files.Readlink)
}

// ACL implements Files.
func (g *Glance) ACL(name string) ([]byte, error) { return glanceAt(g, &g.acls, name, g.Files.ACL) }

// Mount implements Files. For a file that is no mount its directory answers, which
// others ask about as well.
func (g *Glance) Mount(name string) (Mount, error) {
	dir, plain := above(name)
	if s := g.regular(name); plain && s != nil && s.info.Inside {
		name = dir
	}
	return glanceAt(g, &g.mounts, name, g.Files.Mount)
}

// glanceAt answers from what is kept in of, or asks. A ground keeps what is about a
// directory or link that it knows, and then nobody else does.
func glanceAt[T any](g *Glance, of *map[string]told[T], name string, ask func(string) (T, error)) (T, error) {
	g.mu.RLock()
	t, ok := (*of)[name]
	g.mu.RUnlock()
	if ok {
		return t.v, t.err
	}
	t.v, t.err = ask(name)
	ground := g.ground
	if g.shared {
		ground = g
	}
	if known := ground.seen(name) != nil; known == g.shared { // what it knows, it keeps
		keep(g, of, name, t)
	}
	return t.v, t.err
}

func keep[T any](g *Glance, of *map[string]T, name string, t T) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if *of == nil {
		*of = map[string]T{}
	}
	if !g.shared || len(*of) < maxGround {
		(*of)[name] = t
	}
}

// markings are the marks of a container, looked for once.
func (g *Glance) markings() marks {
	g.marks.Do(func() { g.marks.v = marksOf(g.Files) })
	return g.marks.v
}

// mountPoints are the mounts, read once.
func (g *Glance) mountPoints() []MountPoint {
	g.points.Do(func() { g.points.v = mountsOf(g.Files) })
	return g.points.v
}
