package checks

import (
	"io/fs"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// What an owner needs to use a file.
const (
	mayRead  fs.FileMode = 0o400
	mayWrite fs.FileMode = 0o600
)

// letKeep is letIn for the file that keeps the runner's identity. One that is
// not to be opened may only be in the wrong place.
func (t *Target) letKeep(c *runner.Config, cr *runner.Credential, a host.Access, f *Finding) {
	fit := t.mayHave(configPath(c), a.At) && keepsIdentity(cr.Data, a.Info.Size)
	if a.Verdict == host.Denied && a.Info.Mode.IsDir() && off(a.At) {
		f.Advice = append(f.Advice, t.elsewhere(c, cr.File))
		return
	}
	if !fit && a.Verdict == host.Denied && a.Info.Mode.IsRegular() && a.Info.Owner.UID == 0 {
		f.Advice = append(f.Advice, t.elsewhere(c, cr.File))
	}
	t.letIn(cr.File.Path.V, a, mayWrite, fit, f)
}

// letIn proposes how a runner comes to use the file name from which the modes
// of a.At keep it. Only a file that is its own, or root's and the runner's by
// place and content (fit), is changed: another may be in use. The edits have
// the path as the config spells it, so that repair sees the links on the way.
func (t *Target) letIn(name string, a host.Access, want fs.FileMode, fit bool, f *Finding) {
	as, owner := t.Install.As, a.Info.Owner
	at := say.Shell(a.At)
	switch {
	case a.Verdict != host.Denied:
	case a.Info.Mode.IsDir() && off(a.At):
		f.Advice = append(f.Advice, say.Textf("put the file where %s can get at it, such as below /etc/semaphore: %s is not to be opened for it", as, a.At))
	case a.Info.Mode.IsDir():
		f.Advice = append(f.Advice, say.Textf("let %s enter %s: chgrp %d %s && chmod g+x %s", as, a.At, as.GID, at, at))
	case a.Info.Mode.IsRegular() && a.Info.Links <= 1 && owner.UID == as.UID:
		f.Fix = ownFile(name, a, want, as)
	case a.Info.Mode.IsRegular() && a.Info.Links <= 1 && owner.UID == 0 && fit && t.shareable(a, want):
		f.Fix = t.openFile(name, a, want)
	case owner.UID == 0:
		f.Advice = append(f.Advice, say.Textf("see what %s is, which belongs to %s: only if it is meant for %s, chgrp %d %s && chmod g+%s %s", a.At, owner, as, as.GID, at, letters(want), at))
	default:
		f.Advice = append(f.Advice, say.Textf("let %s use %s, which belongs to %s: chgrp %d %s && chmod g+%s %s", as, a.At, owner, as.GID, at, letters(want), at))
	}
}

func letters(want fs.FileMode) string {
	if want == mayWrite {
		return "rw"
	}
	return "r"
}

// shareable reports whether a file that is only to be read can be shared with
// the runner's group without taking it from another.
func (t *Target) shareable(a host.Access, want fs.FileMode) bool {
	return want == mayWrite || a.Info.Owner.GID == 0 || t.Install.As.In(a.Info.Owner.GID)
}

// ownFile opens a file to its own owner, who could do so too.
func ownFile(name string, a host.Access, want fs.FileMode, as host.Identity) *repair.Fix {
	mode := a.Info.Mode.Perm() | want
	return &repair.Fix{
		Title:  say.Textf("let %s use its file %s (mode %04o)", as, a.At, mode),
		Edits:  []repair.Edit{repair.Chmod{Path: name, Mode: mode}},
		Safety: repair.Safe,
	}
}

// openFile opens a file of root's. One that the runner only reads stays root's,
// so that the runner cannot change it: its group reads it. One that it writes
// becomes the runner's. A group that is not root's keeps it.
func (t *Target) openFile(name string, a host.Access, want fs.FileMode) *repair.Fix {
	as, to, mode := t.Install.As, a.Info.Owner, a.Info.Mode.Perm()
	title := say.Textf("give %s to %s", a.At, as)
	if to.GID == 0 && (want == mayWrite || !as.In(0)) {
		to.GID = as.GID
	}
	if want == mayWrite {
		to.UID, mode = as.UID, mode|want
	} else {
		if to.GID != a.Info.Owner.GID {
			mode &^= 0o070 // what root's group had is not the runner's to have
		}
		mode |= want >> 3
		title = say.Textf("let %s read %s (group %d, mode %04o)", as, a.At, to.GID, mode)
	}
	edits := []repair.Edit{repair.Chmod{Path: name, Mode: mode}}
	if to != a.Info.Owner {
		edits = append([]repair.Edit{repair.Chown{Path: name, Owner: to}}, edits...)
	}
	return &repair.Fix{Title: title, Edits: edits, Safety: repair.Safe}
}
