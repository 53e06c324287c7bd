package repair

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// Errors of plans in files.
var (
	// ErrNoPlan reports a file that Saved.Write has not written.
	ErrNoPlan = say.Errorf("not a plan of semadoctor")
	// ErrUnsafePlan reports a plan that is not to be trusted: who may write it says
	// what is written wherever we may write.
	ErrUnsafePlan = say.Errorf("somebody else may write to it")
)

// Saved is what a rehearsal has come to, in a file, to be carried out later.
type Saved struct {
	Tool       string // name and version
	Root       string // what the paths are below; "" is this machine
	MadeAt     time.Time
	Operations []Operation
}

// An Operation is the plan for one runner.
type Operation struct {
	Target   string // the runner, as the user called it
	Foreseen Foreseen
	Plan     *Plan
	Promises []Promise // what only a server can do then, in order
}

// Foreseen is what will be left after a plan: all else that is found then speaks
// against it.
type Foreseen struct {
	Cures   []string `json:"cures"`   // IDs of problems that will be gone
	Fails   []string `json:"fails"`   // IDs of problems
	Unknown []string `json:"unknown"` // IDs of checks that cannot tell
}

// Beside is the same where more was found before: a plan may have been made for
// some problems alone, and what it does not cure it is not to blame for.
func (f Foreseen) Beside(found Foreseen) Foreseen {
	for _, id := range found.Fails {
		if !slices.Contains(f.Cures, id) {
			f.Fails = append(f.Fails[:len(f.Fails):len(f.Fails)], id)
		}
	}
	f.Unknown = slices.Concat(f.Unknown, found.Unknown)
	return f
}

// Fits reports why one of the plans could not be begun: all are looked at before
// the first is carried out.
func (s *Saved) Fits(disk Disk) error {
	for _, o := range s.Operations {
		err := o.Plan.look(disk, Step.untouched)
		for _, p := range o.Promises {
			err = errors.Join(err, p.fits(disk, o.Plan))
		}
		if err != nil {
			return say.Errorf("carry out the plan for %s: %w", o.Target, err)
		}
	}
	return nil
}

// For is the operation on a target.
func (s *Saved) For(target string) (Operation, bool) {
	for _, o := range s.Operations {
		if o.Target == target {
			return o, true
		}
	}
	return Operation{}, false
}

const (
	planSchema = 1
	// deedSchema is that of a plan with deeds, which older versions would leave out.
	deedSchema = 2
	// planNote warns whoever opens the file.
	planNote = "written by semadoctor fix --plan for fix --apply; holds the whole content of files, secrets included: do not share it"
	// maxPlan bounds what is read, in bytes. A config has 1 MiB at most.
	maxPlan = 64 << 20
)

type (
	savedJSON struct {
		Note       string          `json:"note"`
		Schema     int             `json:"schema"`
		Tool       string          `json:"tool"`
		Root       string          `json:"root"`
		MadeAt     time.Time       `json:"made_at"`
		Operations []operationJSON `json:"operations"`
	}
	operationJSON struct {
		Target   string     `json:"target"`
		Touches  []sumJSON  `json:"touches"`
		Foreseen Foreseen   `json:"foreseen"`
		Plan     *Plan      `json:"plan"`
		Deeds    []deedJSON `json:"deeds,omitempty"`
	}
	deedJSON struct {
		Problem string    `json:"problem"`
		Touches []sumJSON `json:"touches"` // when Plan of the operation is done
		Plan    *Plan     `json:"plan"`
	}
	// sumJSON is for people with sha256sum; Apply compares more than that.
	sumJSON struct {
		Path   string `json:"path"`
		SHA256 string `json:"sha256"` // of the content it must have; "" for a directory, or what must not be there
	}
)

// Write makes the file, which must not be there yet, 0600. It makes none that
// ReadSaved would refuse for its size.
func (s *Saved) Write(name string) error {
	w := savedJSON{Note: planNote, Schema: planSchema, Tool: s.Tool, Root: s.Root, MadeAt: s.MadeAt, Operations: []operationJSON{}}
	for _, o := range s.Operations {
		op := operationJSON{o.Target, o.Plan.touches(), o.Foreseen, o.Plan, nil}
		for _, p := range o.Promises {
			op.Deeds, w.Schema = append(op.Deeds, deedJSON{p.Problem, p.Plan.touches(), p.Plan}), deedSchema
		}
		w.Operations = append(w.Operations, op)
	}
	data, err := json.MarshalIndent(w, "", "  ")
	if err != nil {
		return say.Errorf("write plan %s: %w", name, err)
	}
	if data = append(data, '\n'); len(data) > maxPlan {
		return say.Errorf("write plan %s: %w: %d bytes, %d are allowed; plan for fewer runners at a time", name, host.ErrTooLarge, len(data), maxPlan)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return say.Errorf("write plan: %w", err)
	}
	if err := fill(f, data); err != nil {
		_ = os.Remove(name) // half a plan is none
		return say.Errorf("write plan: %w", err)
	}
	return nil
}

func (p *Plan) touches() []sumJSON {
	all := []sumJSON{}
	for _, s := range p.Steps {
		sum := sumJSON{Path: s.Path}
		if s.Before != nil && s.Before.Mode.IsRegular() {
			h := sha256.Sum256(s.Before.Data)
			sum.SHA256 = hex.EncodeToString(h[:])
		}
		all = append(all, sum)
	}
	return all
}

// ReadSaved reads what Write has written: a regular file that nobody but us, and
// root, may write to.
func ReadSaved(name string) (*Saved, error) {
	f, err := openPlan(name)
	if err != nil {
		return nil, say.Errorf("read plan: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, say.Errorf("read plan: %w", err)
	case !info.Mode().IsRegular():
		return nil, say.Errorf("read plan %s: %w", name, fs.ErrInvalid)
	case !private(info):
		return nil, say.Errorf("read plan %s: %w", name, ErrUnsafePlan)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxPlan))
	if err != nil {
		return nil, say.Errorf("read plan: %w", err)
	}
	var w savedJSON
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, say.Errorf("read plan %s: %w: %w", name, ErrNoPlan, err)
	}
	return w.saved(name)
}

func (w *savedJSON) saved(name string) (*Saved, error) {
	switch {
	case w.Note != planNote:
		return nil, say.Errorf("read plan %s: %w", name, ErrNoPlan)
	case w.Schema != planSchema && w.Schema != deedSchema:
		return nil, say.Errorf("read plan %s: schema %d is of another version of semadoctor", name, w.Schema)
	}
	s := &Saved{Tool: w.Tool, Root: w.Root, MadeAt: w.MadeAt}
	for _, o := range w.Operations {
		if o.Plan == nil {
			return nil, say.Errorf("read plan %s: %w", name, ErrNoPlan)
		}
		op := Operation{o.Target, o.Foreseen, o.Plan, nil}
		for _, d := range o.Deeds {
			if d.Plan == nil || len(d.Plan.Fixes) != 1 {
				return nil, say.Errorf("read plan %s: %w", name, ErrNoPlan)
			}
			op.Promises = append(op.Promises, Promise{d.Problem, d.Plan})
		}
		s.Operations = append(s.Operations, op)
	}
	return s, nil
}
