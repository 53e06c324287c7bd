package repair

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A Deed is what a fix does elsewhere, at a server, before its edits are made:
// nothing on this machine takes it back. Where the edits have a blank for what only
// the server can tell, it returns what to put there. An error says that nothing was
// done, unless it is ErrUncertain.
type Deed func(context.Context) (Filling, error)

// A Filling is what belongs in the blanks of a plan: texts for texts.
type Filling map[string]string

// ErrUncertain reports a deed of which nobody can tell whether it was done.
var ErrUncertain = errors.New("it is not known whether it was done")

// Uncertain makes an error of a deed ErrUncertain, and leaves its words as they are:
// what is not known, the entry tells.
func Uncertain(err error) error { return unsure{err} }

type unsure struct{ error }

func (u unsure) Unwrap() []error { return []error{u.error, ErrUncertain} }

// What can go wrong when a deed was done.
var (
	// ErrUnnoted reports files that hold what a deed has brought, and a journal that
	// does not know it: they cannot be taken back.
	ErrUnnoted = errors.New("the journal could not note what the server has given")
	// ErrLost reports that it stands nowhere.
	ErrLost = errors.New("what the server has given could be written down nowhere")
)

// DeedState is how far the deed of an entry has come; "" is an entry without one,
// or one that was refused.
type DeedState string

// The states of a deed.
const (
	DeedBegun DeedState = "begun" // if nobody is at it, it is not known whether it was done
	DeedDone  DeedState = "done"
)

func (s DeedState) known() bool { return slices.Contains([]DeedState{"", DeedBegun, DeedDone}, s) }

// PlanOf is what one fix changes on a disk, with its blanks still open.
func PlanOf(disk Disk, fix Fix) (*Plan, error) {
	d := NewDraft(disk)
	if err := d.Draw(fix); err != nil {
		return nil, err
	}
	return d.Plan()
}

// Perform carries out a fix that has a deed. The journal knows that it is about to
// be done, and what came of it before the first file is touched: whatever happens
// then, what the server has given is not lost. The entry is nil if nothing was begun.
//
// Once the deed is done, files that could not be written are no reason to forget
// it: the entry stays Applying, and Finish does the rest.
func (j *Journal) Perform(ctx context.Context, fix Fix, disk Disk, about About) (*Entry, error) {
	plan, err := PlanOf(disk, fix)
	if err == nil {
		err = errors.Join(plan.has(fix.Blanks), plan.writable(disk, host.Self()))
	}
	if err != nil {
		return nil, err
	}
	e, err := j.begin(plan, about, DeedBegun)
	if err != nil {
		return nil, err
	}
	filling, err := fix.Deed(ctx)
	if err != nil {
		return e, e.refused(err)
	}
	plan.fill(filling)
	e.Deed = DeedDone
	if err := e.save(); err != nil {
		return e, e.unnoted(err, plan.Apply(disk)) // the more reason to go on: the files are then all that knows it
	}
	if err := plan.Apply(disk); err != nil {
		return e, err
	}
	return e, e.Applied()
}

// has reports a blank that is not in the plan as it was given: how its file spells
// it, nobody could fill it in.
func (p *Plan) has(blanks []string) error {
	for _, blank := range blanks {
		if !slices.ContainsFunc(p.Steps, func(s Step) bool { return s.After != nil && bytes.Contains(s.After.Data, []byte(blank)) }) {
			return fmt.Errorf("no file has a place for %s", blank)
		}
	}
	return nil
}

// unnoted is what comes of an entry that could not be saved when its deed was done: on
// the disk it says that it was begun.
func (e *Entry) unnoted(err, applied error) error {
	e.Deed = DeedBegun
	if applied != nil {
		return fmt.Errorf("%w: %w; %w", ErrLost, err, applied)
	}
	return fmt.Errorf("%w: %w", ErrUnnoted, err)
}

// writable reports why we could not write what the plan wants, as far as it can be
// seen without trying. Afterwards it would be too late to find out.
func (p *Plan) writable(files host.Files, as host.Identity) error {
	made := map[string]bool{} // by the plan itself
	for _, s := range p.Steps {
		made[s.Path] = s.Before == nil
		var a host.Access
		switch {
		case s.After == nil, made[path.Dir(s.Path)]:
			continue
		case s.Before == nil:
			a = host.CanCreate(files, s.Path, as)
		case s.Before.Mode.IsRegular():
			a = host.CanWrite(files, s.Path, as)
		default:
			continue
		}
		if !a.OK() && a.Verdict != host.Unclear {
			return fmt.Errorf("write %s: %s", s.Path, a.Why)
		}
		if !as.Root() && s.Before == nil && s.After.Owner.Known() && s.After.Owner.UID != as.UID {
			return fmt.Errorf("write %s: only root can give it to %s", s.Path, s.After.Owner)
		}
	}
	return nil
}

// refused notes that nothing was changed here.
func (e *Entry) refused(err error) error {
	if !errors.Is(err, ErrUncertain) {
		e.Deed = ""
	}
	return errors.Join(err, e.Undone())
}

// fill puts texts into the blanks of what files will hold.
func (p *Plan) fill(with Filling) {
	for i := range p.Steps {
		if s := p.Steps[i].After; s != nil && !s.Mode.IsDir() {
			for blank, text := range with {
				s.Data = bytes.ReplaceAll(s.Data, []byte(blank), []byte(text))
			}
		}
	}
}

// Uncertain reports an entry of which nobody knows whether its deed was done, and never
// will here: nobody is at it any more.
func (e *Entry) Uncertain() bool { return e.Deed == DeedBegun && !e.Unfinished() }

// Owes reports an entry that was interrupted when its deed was done, and its files
// were not: to take back what is left of it would lose what the server has given.
func (e *Entry) Owes() bool { return e.State == Applying && e.Deed == DeedDone }

// Finish does what an entry that owes has left undone, as Recover does, and in
// the other direction.
func (e *Entry) Finish(disk Disk) error {
	if _, err := e.Plan.Undo().Recover(disk); err != nil {
		return fmt.Errorf("finish %s: %w", e.ID, err)
	}
	return e.Applied()
}

// Stays is what taking the entry back leaves as it is.
func (e *Entry) Stays() (all []say.Text) {
	if e.Deed == "" {
		return nil
	}
	for _, f := range e.Plan.Fixes {
		if !f.Final.IsZero() {
			all = append(all, f.Final)
		}
	}
	return all
}
