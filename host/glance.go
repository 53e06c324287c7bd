package host

import (
	"io/fs"
	"path"
	"sync"
)

// A Glance is Files looked at once: what it has said of a path it says again.
// Content is not kept. It is for one diagnosis, in which nothing should seem to
// change, and a runner's few paths are asked about by many checks.
//
// It is safe for concurrent use, and asks without holding a lock: a network file
// system that does not answer keeps only those waiting who ask it.
type Glance struct {
	Files
	ground bool // keeps directories and links only

	marks  func() marks        // of a container
	points func() []MountPoint // what is mounted where

	mu     sync.RWMutex
	infos  map[string]told[Info]
	links  map[string]told[string]
	acls   map[string]told[[]byte]
	mounts map[string]told[Mount]
	reals  map[string]told[string]
}

// told is what was answered to a question.
type told[T any] struct {
	v   T
	err error
}

// NewGlance is files, each question asked once.
func NewGlance(files Files) *Glance {
	return &Glance{
		Files:  files,
		marks:  sync.OnceValue(func() marks { return marksOf(files) }),
		points: sync.OnceValue(func() []MountPoint { return mountsOf(files) }),
	}
}

// NewGround is files, with what they say of directories and links kept: the
// ground on which many runners stand. It keeps a bounded number of them.
func NewGround(files Files) *Glance {
	g := NewGlance(files)
	g.ground = true
	return g
}

// maxGround is how many directories and links a ground keeps.
const maxGround = 4096

// Lstat implements Files.
func (g *Glance) Lstat(name string) (Info, error) {
	g.mu.RLock()
	t, ok := g.infos[name]
	g.mu.RUnlock()
	if ok {
		return t.v, t.err
	}
	t.v, t.err = g.Files.Lstat(name)
	if !g.ground || t.err == nil && t.v.Mode&(fs.ModeDir|fs.ModeSymlink) != 0 {
		keep(g, &g.infos, name, t)
	}
	return t.v, t.err
}

// ReadFile implements Files. What was seen to be a regular file is not looked at
// once more before it is opened.
func (g *Glance) ReadFile(name string) ([]byte, error) {
	g.mu.RLock()
	t, seen := g.infos[name]
	g.mu.RUnlock()
	if seen && t.err == nil && t.v.Mode.IsRegular() {
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
	g.mu.RLock()
	t := g.infos[name]
	g.mu.RUnlock()
	if t.err == nil && t.v.Inside && t.v.Mode.IsRegular() {
		return g.Mount(path.Dir(name))
	}
	return glanceAt(g, &g.mounts, name, g.Files.Mount)
}

// resolve is Resolve of these files.
func (g *Glance) resolve(name string) (string, error) {
	if g.ground {
		return resolve(g, name)
	}
	return glanceAt(g, &g.reals, name, func(name string) (string, error) { return resolve(g, name) })
}

// glanceAt answers from what is kept in of, or asks. A ground keeps what is
// about a directory or link that it knows.
func glanceAt[T any](g *Glance, of *map[string]told[T], name string, ask func(string) (T, error)) (T, error) {
	g.mu.RLock()
	t, ok := (*of)[name]
	_, known := g.infos[name]
	g.mu.RUnlock()
	if ok {
		return t.v, t.err
	}
	if t.v, t.err = ask(name); !g.ground || known {
		keep(g, of, name, t)
	}
	return t.v, t.err
}

func keep[T any](g *Glance, of *map[string]told[T], name string, t told[T]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if *of == nil {
		*of = map[string]told[T]{}
	}
	if !g.ground || len(*of) < maxGround {
		(*of)[name] = t
	}
}
