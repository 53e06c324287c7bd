package repair

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A Draft is a disk with fixes pencilled in: a copy-on-write view. It is a
// host.Files and a Disk, so the checks that found the problems can judge the
// remedy before anything is done. It may be read and drawn on by several
// goroutines at once.
type Draft struct {
	disk    Disk
	drawing sync.Mutex // held by Draw, so that two fixes do not lose each other

	mu    sync.RWMutex
	drawn map[string]drawing // by resolved path
	fixes []Fix
	nodes uint64 // synthetic inodes given so far
}

// A drawing is what one path has become.
type drawing struct {
	snapshot *Snapshot // nil: removed
	base     host.Info // what lies under it; zero when there is nothing
	inode    uint64    // synthetic, for a path that is new; else 0
	reasons  []say.Text
}

// NewDraft returns a draft that looks like disk.
func NewDraft(disk Disk) *Draft { return &Draft{disk: disk, drawn: map[string]drawing{}} }

// Draw pencils in a fix: all of its edits or, with an error, none.
func (d *Draft) Draw(fix Fix) error {
	d.drawing.Lock()
	defer d.drawing.Unlock()
	trial := d.copy()
	for _, e := range fix.Edits {
		if err := e.apply(trial); err != nil {
			return fmt.Errorf("draw the fix %q: %w", fix.Title, err)
		}
	}
	d.adopt(trial, fix)
	return nil
}

func (d *Draft) copy() *Draft {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return &Draft{disk: d.disk, drawn: maps.Clone(d.drawn), nodes: d.nodes}
}

// adopt makes a trial real and notes fix as a reason of all that it changed.
func (d *Draft) adopt(trial *Draft, fix Fix) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name, now := range trial.drawn {
		if was, ok := d.drawn[name]; !ok || was.snapshot != now.snapshot {
			now.reasons = append(slices.Clip(now.reasons), fix.Title)
			trial.drawn[name] = now
		}
	}
	d.drawn, d.nodes = trial.drawn, trial.nodes
	d.fixes = append(d.fixes, fix)
}

// Load implements Disk.
func (d *Draft) Load(name string) (*Snapshot, error) {
	if p, ok := d.look(name); ok {
		return p.snapshot.clone(), nil
	}
	return d.disk.Load(name)
}

// Store implements Disk. What is stored without Draw is in the plan, with no
// reason given.
func (d *Draft) Store(name string, s *Snapshot) error {
	if err := d.storable(name, s); err != nil {
		return &fs.PathError{Op: "store", Path: name, Err: err}
	}
	base, err := d.disk.Lstat(name)
	fresh := missing(err)
	if err != nil && !fresh {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.drawn[name]
	p.snapshot, p.base = s.clone(), base
	if fresh && p.inode == 0 {
		d.nodes++
		p.inode = -d.nodes // from the top down: no file system counts that far
	}
	d.drawn[name] = p
	return nil
}

// storable reports why a real disk would refuse: no directory to make it in,
// or a directory to be removed that is not empty.
func (d *Draft) storable(name string, s *Snapshot) error {
	if s != nil && len(s.Data) > host.MaxFile {
		return host.ErrTooLarge
	}
	if s == nil {
		if names, err := d.ReadDir(name); err == nil && len(names) > 0 {
			return ErrNotEmpty
		}
		return nil
	}
	info, err := flat{d}.Lstat(path.Dir(name))
	if err == nil && !info.Mode.IsDir() {
		err = errNotDirectory
	}
	return err
}

func (d *Draft) look(name string) (drawing, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	p, ok := d.drawn[name]
	return p, ok
}

// Plan is what separates the disk from the draft, in an order in which it can
// be done, and be interrupted: directories and new files first, parents before
// children; then the files that may refer to them; last what goes, children
// before parents.
func (d *Draft) Plan() (*Plan, error) {
	d.mu.RLock()
	drawn, fixes := maps.Clone(d.drawn), slices.Clone(d.fixes)
	d.mu.RUnlock()
	p := &Plan{Fixes: fixes}
	for _, name := range slices.Sorted(maps.Keys(drawn)) {
		before, err := d.disk.Load(name)
		if err != nil {
			return nil, fmt.Errorf("plan: %w", err)
		}
		if after := drawn[name].snapshot; !same(before, after) {
			p.Steps = append(p.Steps, Step{name, before, after.clone(), drawn[name].reasons})
		}
	}
	slices.SortStableFunc(p.Steps, inOrder)
	return p, nil
}

func inOrder(a, b Step) int {
	if c := cmp.Compare(a.turn(), b.turn()); c != 0 {
		return c
	}
	if a.After == nil {
		a, b = b, a
	}
	return cmp.Compare(a.Path, b.Path)
}

// turn is the group of Plan's order that a step belongs to.
func (s Step) turn() int {
	switch {
	case s.After == nil:
		return 2
	case s.After.Mode.IsDir() || s.Before == nil:
		return 0
	default:
		return 1
	}
}

// missing reports whether err says that there is nothing at a path.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDirectory)
}
