package repair

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// State is how far a plan in the journal has come.
type State string

// The states of an Entry.
const (
	Applying  State = "applying" // begun; if nobody is at it, it was interrupted
	Applied   State = "applied"
	Undoing   State = "undoing" // as Applying, the other way
	Undone    State = "undone"
	Abandoned State = "abandoned" // interrupted, and changed by somebody else since
)

func (s State) known() bool {
	return slices.Contains([]State{Applying, Applied, Undoing, Undone, Abandoned}, s)
}

// About says who changes what: for people who read the journal.
type About struct {
	Tool   string // name and version
	Target string // name of the runner
}

// An Entry is one plan in the journal.
type Entry struct {
	ID string // sorts by time
	About
	StartedAt time.Time
	State     State
	Deed      DeedState
	Plan      *Plan

	journal *Journal
}

// Applied notes that the plan is done.
func (e *Entry) Applied() error { return e.become(Applied) }

// Undone notes that the plan has been taken back.
func (e *Entry) Undone() error { return e.become(Undone) }

// Abandoned notes that the plan was interrupted and cannot be taken back.
func (e *Entry) Abandoned() error { return e.become(Abandoned) }

func (e *Entry) become(s State) error {
	was := e.State
	e.State = s
	if err := e.save(); err != nil {
		e.State = was
		return say.Errorf("note in journal entry %s that it is %s: %w", e.ID, s, err)
	}
	return nil
}

// entrySchema is the version of entryJSON and planJSON.
const entrySchema = 1

// entryNote warns whoever opens the file.
const entryNote = "written by semadoctor so that it can undo what it changed; holds the whole content of files, secrets included: do not share it"

type entryJSON struct {
	Note      string    `json:"note"`
	Schema    int       `json:"schema"`
	ID        string    `json:"id"`
	Tool      string    `json:"tool"`
	Target    string    `json:"target"`
	StartedAt time.Time `json:"started_at"`
	State     State     `json:"state"`
	Deed      DeedState `json:"deed,omitempty"`
	Plan      *Plan     `json:"plan"`
}

// save writes the entry durably: a new file, synced, renamed over the old one.
func (e *Entry) save() error {
	data, err := json.MarshalIndent(entryJSON{
		entryNote, entrySchema, e.ID, e.Tool, e.Target, e.StartedAt, e.State, e.Deed, e.Plan,
	}, "", "  ")
	if err != nil {
		return err
	}
	dir, err := e.journal.open(true)
	if err != nil {
		return err
	}
	defer dir.Close()
	temp := entryTemp(e.ID)
	err = writeSynced(dir, temp, append(data, '\n'))
	if err == nil {
		err = dir.Rename(temp, e.ID+".json")
	}
	if err != nil {
		_ = dir.Remove(temp)
		return err
	}
	return syncDir(dir)
}

// entryTemp is where an entry is written before it is renamed.
func entryTemp(id string) string { return "." + id + ".tmp" }

// sweepTemps removes what a save that was killed has left: it holds secrets. It
// does what it can, and touches nothing that save could not have written.
func sweepTemps(dir *os.Root) {
	files, _ := fs.ReadDir(dir.FS(), ".")
	for _, f := range files {
		id, ok := strings.CutSuffix(strings.TrimPrefix(f.Name(), "."), ".tmp")
		if ok && f.Type().IsRegular() && f.Name() == entryTemp(id) && madeID(id) {
			_ = dir.Remove(f.Name())
		}
	}
}

// writeSynced writes a file that only we can read. One of that name can only
// be left over from us.
func writeSynced(dir *os.Root, name string, data []byte) error {
	if err := dir.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return fill(f, data)
}

// fill writes a new file, onto the disk, and closes it.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return cmp.Or(err, f.Close())
}

// load reads the entry with that id from the journal's directory.
func (j *Journal) load(dir *os.Root, id string) (*Entry, error) {
	if !validID(id) {
		return nil, say.Errorf("read journal entry %q: not the ID of a repair: %w", id, fs.ErrInvalid)
	}
	data, err := dir.ReadFile(id + ".json")
	if err != nil {
		return nil, say.Errorf("read journal entry %s: %w", id, err)
	}
	var w entryJSON
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, say.Errorf("read journal entry %s: %w", id, err)
	}
	switch {
	case w.Schema != entrySchema:
		return nil, say.Errorf("read journal entry %s: schema %d is of another version of semadoctor", id, w.Schema)
	case w.ID != id || w.Plan == nil || !w.State.known() || !w.Deed.known():
		return nil, say.Errorf("read journal entry %s: not written by semadoctor", id)
	}
	return &Entry{w.ID, About{w.Tool, w.Target}, w.StartedAt, w.State, w.Deed, w.Plan, j}, nil
}
