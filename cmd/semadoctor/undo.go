package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// stateEnv names another directory for the journal.
const stateEnv = "SEMADOCTOR_STATE_DIR"

// journal is where repairs are recorded: for root in /var/lib, for others in
// their own state directory, and inside of --root when that is given.
func (a *app) journal(root string) (*repair.Journal, error) {
	dir, err := a.journalDir(root)
	return &repair.Journal{Root: root, Dir: dir, Now: a.Net.Now}, err
}

func (a *app) journalDir(root string) (string, error) {
	named := slashed(a.Env[stateEnv])
	switch {
	case root != "":
	case filepath.IsAbs(named):
		return named, nil
	case named != "":
		return "", usagef("%s: want an absolute path", stateEnv)
	case host.Self().UID != 0:
		return a.stateDir()
	}
	return "/var/lib/semadoctor", nil
}

// lock locks the journal. Where it cannot be kept, it says that it could be elsewhere.
func (a *app) lock(j *repair.Journal) (unlock func() error, err error) {
	unlock, err = j.Lock()
	if err != nil && !errors.Is(err, repair.ErrLocked) {
		err = say.Errorf("%w; %s", err, say.Textf("it notes what is changed, so that it can be taken back; %s=DIR keeps it elsewhere", stateEnv))
	}
	return unlock, err
}

// stateDir is the user's own (XDG Base Directory Specification): never below the
// directory one happens to be in.
func (a *app) stateDir() (string, error) {
	if d := slashed(a.Env["XDG_STATE_HOME"]); filepath.IsAbs(d) {
		return path.Join(d, "semadoctor"), nil
	}
	home := slashed(a.Env["HOME"])
	if !filepath.IsAbs(home) {
		native, _ := os.UserHomeDir()
		home = slashed(native)
	}
	if !filepath.IsAbs(home) { // as under a service manager
		home, _ = host.HomeOf(host.OS{}, host.Self().UID)
	}
	if !filepath.IsAbs(home) {
		return "", usagef("there is no home directory to keep the journal in: set %s", stateEnv)
	}
	return path.Join(home, ".local/state/semadoctor"), nil
}

func (a *app) rootOf(c *cli.Context) string {
	if root := c.String("root"); root != "" {
		return a.abs(root)
	}
	return ""
}

// stateCells are as many as the longest state takes, "uncertain".
const stateCells = 9

// listRepairs is "semadoctor fix --list": newest first.
func (a *app) listRepairs(c *cli.Context) error {
	j, err := a.journal(a.rootOf(c))
	if err != nil {
		return err
	}
	entries, err := j.List()
	for _, e := range entries {
		state := report.Fill(stateOf(&e).In(a.language(c)), stateCells)
		fmt.Fprintf(a.Stdout, "%s  %s  %s  %s\n", e.ID, e.StartedAt.Local().Format(time.DateTime), state, a.safe(e.Target))
	}
	return err
}

// stateOf is how far a repair has come; what a server alone has done stays, and what
// it may have done is no repair that was merely taken back.
func stateOf(e *repair.Entry) say.Text {
	switch {
	case e.Uncertain():
		return say.Textf("uncertain")
	case e.State == repair.Applied && elsewhere(e):
		return say.Textf("for good")
	}
	return say.Textf("%s", e.State)
}

// undo is "semadoctor fix --undo [ID]".
func (a *app) undo(c *cli.Context) error {
	if c.Args().Len() > 1 {
		return usagef("--undo takes one ID, got %d", c.Args().Len())
	}
	root, lang := a.rootOf(c), a.language(c)
	j, err := a.journal(root)
	if err != nil {
		return err
	}
	unlock, err := a.lock(j)
	if err != nil {
		return err
	}
	defer unlock()               //nolint:errcheck // the lock ends with the process at the latest
	a.code = report.ExitFindings // unless it works out
	entry, err := pick(j, c.Args().First())
	if err != nil {
		return err
	}
	if elsewhere(entry) {
		return errors.New(say.Textf("nothing of %s can be taken back: %s", entry.ID, say.List(entry.Stays())).In(lang))
	}
	kept, err := entry.Undo(repair.NewMachine(root))
	if errors.Is(err, repair.ErrChanged) {
		a.byHand(entry, lang)
	}
	if err != nil {
		return withWayOut(err)
	}
	for _, text := range a.tookBack(j, entry, kept) {
		fmt.Fprintln(a.Stderr, a.safe(text.In(lang)))
	}
	a.code = report.ExitOK
	return nil
}

// tookBack is what was taken back, and what stays: the paths in kept, and what is at
// the server.
func (a *app) tookBack(j *repair.Journal, entry *repair.Entry, kept []string) []say.Text {
	told := []say.Text{say.Textf("took back %s", entry.ID)}
	for _, k := range kept {
		told = append(told, say.Textf("kept %s: somebody else has written to it", k))
	}
	told = append(append(told, a.stays(entry)...), a.staysOf(j, entry)...)
	return append(told, say.Textf("a runner at work goes on with what it has read, until it is restarted"))
}

var errNothingToUndo = say.Errorf("there is no repair to take back")

// pick is the entry with that id; else what was interrupted, be it a repair or the
// taking back of one; else the newest that was not taken back yet.
func pick(j *repair.Journal, id string) (*repair.Entry, error) {
	if id != "" {
		e, err := j.Load(id)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
			return nil, usagef("there is no repair called %q: semadoctor fix --list shows them", harmless(id))
		case err != nil:
			return nil, usageError{err}
		}
		return e, nil
	}
	entries, err := j.List()
	for _, wanted := range []func(*repair.Entry) bool{(*repair.Entry).Unfinished, isApplied} {
		for i := range entries {
			if wanted(&entries[i]) {
				return &entries[i], nil
			}
		}
	}
	return nil, errors.Join(errNothingToUndo, err)
}

// isApplied leaves out what was done at a server alone: none of it is here.
func isApplied(e *repair.Entry) bool { return e.State == repair.Applied && !elsewhere(e) }

// staysOf is what was done at a server alone, for the same runner and after a repair:
// it was to complete that, and is not taken back with it.
func (a *app) staysOf(j *repair.Journal, repaired *repair.Entry) (all []say.Text) {
	entries, _ := j.List() // one that cannot be read has been complained of
	for _, e := range entries {
		if elsewhere(&e) && e.Target == repaired.Target && e.ID > repaired.ID && e.State == repair.Applied {
			all = append(all, a.stays(&e)...)
		}
	}
	return all
}

// elsewhere reports a repair that has changed nothing on this host.
func elsewhere(e *repair.Entry) bool { return e.Deed != "" && e.Plan.Empty() }
