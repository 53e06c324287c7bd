package checks

import (
	"io/fs"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/say"
)

// What an owner needs to use a file.
const (
	mayRead  fs.FileMode = 0o400
	mayWrite fs.FileMode = 0o600
)

// letIn proposes how a runner comes to use a file from which the modes of a.At
// keep it. Only a file that is its own or root's is changed: what belongs to
// somebody else may be in use.
func (t *Target) letIn(a host.Access, want fs.FileMode, f *Finding) {
	as, owner := t.Install.As, a.Info.Owner
	switch {
	case a.Verdict != host.Denied:
	case a.Info.Mode.IsDir():
		f.Advice = append(f.Advice, say.Textf("let %s enter %s: chgrp %d %s && chmod g+x %s", as, a.At, as.GID, a.At, a.At))
	case !a.Info.Mode.IsRegular() || a.Info.Links > 1 || owner.UID != 0 && owner.UID != as.UID:
		f.Advice = append(f.Advice, say.Textf("let %s use %s, which belongs to %s: chgrp %d %s && chmod g+%s %s", as, a.At, owner, as.GID, a.At, letters(want), a.At))
	default:
		f.Fix = t.openFile(a, want)
	}
}

func letters(want fs.FileMode) string {
	if want == mayWrite {
		return "rw"
	}
	return "r"
}

// openFile makes a file the runner's. A group that is not root's keeps it.
func (t *Target) openFile(a host.Access, want fs.FileMode) *repair.Fix {
	as, mode := t.Install.As, a.Info.Mode.Perm()|want
	if a.Info.Owner.UID == as.UID {
		return &repair.Fix{
			Title:  say.Textf("let %s use its file %s (mode %04o)", as, a.At, mode),
			Edits:  []repair.Edit{repair.Chmod{Path: a.At, Mode: mode}},
			Safety: repair.Safe,
		}
	}
	to := host.Owner{UID: as.UID, GID: a.Info.Owner.GID}
	if to.GID == 0 {
		to.GID = as.GID
	}
	return &repair.Fix{
		Title:  say.Textf("give %s to %s", a.At, as),
		Edits:  []repair.Edit{repair.Chown{Path: a.At, Owner: to}, repair.Chmod{Path: a.At, Mode: mode}},
		Safety: repair.Safe,
	}
}
