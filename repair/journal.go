package repair

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ErrUnsafeJournal reports a journal directory that somebody else may write
// to: they could have us "undo" whatever they like.
var ErrUnsafeJournal = say.Errorf("somebody else may write to the journal directory")

// A Journal is the durable record of what was changed: a directory, made 0700,
// with a file, 0600, for each plan, written before the first change. It holds
// the content of files before and after, secrets included.
type Journal struct {
	Root string           // as in Machine: Dir is inside it
	Dir  string           // absolute; made when the first entry is
	Now  func() time.Time // the clock; never nil
	Rand io.Reader        // for the names of entries; nil is crypto/rand
}

// Begin makes an entry for a plan that is about to be applied. When it returns,
// the entry is on the disk.
func (j *Journal) Begin(plan *Plan, about About) (*Entry, error) { return j.begin(plan, about, "") }

func (j *Journal) begin(plan *Plan, about About, deed DeedState) (*Entry, error) {
	now := j.Now().UTC()
	id, err := j.id(now)
	if err != nil {
		return nil, say.Errorf("begin a journal entry: %w", err)
	}
	e := &Entry{ID: id, About: about, StartedAt: now, State: Applying, Deed: deed, Plan: plan, journal: j}
	if err := e.save(); err != nil {
		return nil, say.Errorf("begin a journal entry: %w", err)
	}
	return e, nil
}

// Apply is Begin, the plan's Apply and the note of how it went. The entry is
// nil if nothing was begun.
func (j *Journal) Apply(plan *Plan, disk Disk, about About) (*Entry, error) {
	e, err := j.Begin(plan, about)
	if err != nil {
		return nil, err
	}
	err = plan.Apply(disk)
	switch {
	case err == nil:
		return e, e.Applied()
	case errors.Is(err, ErrHalfDone):
		return e, err // and stays Applying: an undo may do better
	}
	if note := e.Undone(); note != nil {
		err = say.Errorf("%w; and %w", err, note)
	}
	return e, err
}

// Load reads one entry.
func (j *Journal) Load(id string) (*Entry, error) {
	dir, err := j.open(false)
	if err != nil {
		return nil, say.Errorf("read journal entry %s: %w", id, err)
	}
	defer dir.Close()
	return j.load(dir, id)
}

// List reads all entries, newest first. Those that cannot be read are in the
// error, the others are returned all the same.
func (j *Journal) List() ([]Entry, error) {
	dir, err := j.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, say.Errorf("list the journal: %w", err)
	}
	defer dir.Close()
	files, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		return nil, say.Errorf("list the journal: %w", err)
	}
	var all []Entry
	var bad []error
	for _, f := range files {
		id, ok := strings.CutSuffix(f.Name(), ".json")
		if !ok || !validID(id) {
			continue
		}
		if e, err := j.load(dir, id); err != nil {
			bad = append(bad, err)
		} else {
			all = append(all, *e)
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(b.ID, a.ID) })
	return all, errors.Join(bad...)
}

// idTime is the first part of an entry's name.
const idTime = "20060102T150405.000000Z"

// id is the time, so that names sort, and three random bytes, so that they
// differ.
func (j *Journal) id(now time.Time) (string, error) {
	from := j.Rand
	if from == nil {
		from = rand.Reader
	}
	var suffix [3]byte
	if _, err := io.ReadFull(from, suffix[:]); err != nil {
		return "", say.Errorf("make a name: %w", err)
	}
	return now.Format(idTime) + "-" + hex.EncodeToString(suffix[:]), nil
}

// madeID reports whether id can be one that Journal.id has made.
func madeID(id string) bool {
	when, suffix, _ := strings.Cut(id, "-")
	_, err := time.Parse(idTime, when)
	return err == nil && len(suffix) == 6 && strings.Trim(suffix, "0123456789abcdef") == ""
}

// validID keeps names of other files, and paths, out.
func validID(id string) bool {
	return id != "" && id[0] != '.' && strings.Trim(id, "0123456789TZabcdef.-") == ""
}

// open opens the directory, if nobody else may write to it. The mode of one that
// was there before us is not touched: it may have been named by mistake.
func (j *Journal) open(create bool) (*os.Root, error) {
	dir, err := j.openDir(create)
	if err != nil {
		return nil, err
	}
	info, err := dir.Stat(".")
	if err == nil && !private(info) {
		err = say.Errorf("%s: %w", j.Dir, ErrUnsafeJournal)
	}
	if err != nil {
		dir.Close()
		return nil, err
	}
	return dir, nil
}

func (j *Journal) openDir(create bool) (*os.Root, error) {
	if j.Root == "" {
		dir := filepath.FromSlash(j.Dir)
		if create {
			if err := makeDirs(dir, os.MkdirAll, os.Mkdir); err != nil {
				return nil, err
			}
		}
		return os.OpenRoot(dir)
	}
	real, err := host.Resolve(host.OS{Root: j.Root}, j.Dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(j.Root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	real = filepath.FromSlash(path.Clean(strings.TrimPrefix(real, "/")))
	if create {
		if err := makeDirs(real, root.MkdirAll, root.Mkdir); err != nil {
			return nil, err
		}
	}
	return root.OpenRoot(real)
}

// makeDirs makes a directory that is ours alone, and parents that are not: in an
// image /var may be missing, and a /var of mode 0700 shuts everybody out of it.
func makeDirs(dir string, all, last func(string, fs.FileMode) error) error {
	if err := all(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	if err := last(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
