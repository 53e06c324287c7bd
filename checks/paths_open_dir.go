package checks

import (
	"io/fs"
	"path"
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// openDirs are the directories of the runner's secrets in which any user of the host
// may put another file in the place of one, each once. Sticky ones, as /tmp, keep
// everybody to the own files.
func (t *Target) openDirs(c *runner.Config, secrets []runner.Use) (found []Finding) {
	var seen []string
	for _, u := range secrets {
		files, name, ok := t.onHost(u.Path.V)
		if !ok {
			continue
		}
		dir := path.Dir(name)
		info, err := host.Stat(files, dir)
		if err != nil || info.Mode&(fs.ModeSticky|0o002) != 0o002 || slices.Contains(seen, dir) || !host.CanFill(files, dir, stranger()).OK() {
			continue
		}
		seen = append(seen, dir)
		found = append(found, t.openDir(c, u, info))
	}
	return found
}

func (t *Target) openDir(c *runner.Config, u runner.Use, info host.Info) Finding {
	dir := t.real(path.Dir(u.Path.V))
	f := Finding{
		Problem:  SecretExposed,
		Summary:  say.Textf("every user of this host can put another file in the place of the %s %s: %s is %s %s", u.Role, u.Path.V, dir, info.Mode, info.Owner),
		Detail:   say.Textf("Whoever does that decides where the runner's token is sent, or who the runner is."),
		Evidence: []Evidence{{What: say.Textf("mode %04o", info.Mode.Perm()), From: u.Path.From}},
	}
	mode, as := info.Mode.Perm()&^0o002, t.Install.As
	fit := t.owns(dir) || info.Owner.UID == 0 && t.dedicated(configPath(c), dir)
	writes := as.Root() || info.Owner.UID == as.UID || as.In(info.Owner.GID) && mode&0o020 != 0
	if !fit || u.Writes && !writes || t.listed(dir) {
		f.Advice = []say.Text{say.Textf("see that %s needs no more than its owner's and its group's rights there, then: chmod o-w %s", as, say.Shell(dir))}
		return f
	}
	f.Fix = &repair.Fix{
		Title:  say.Textf("close the directory %s to other users (mode %04o)", dir, mode),
		Edits:  []repair.Edit{repair.Chmod{Path: path.Dir(u.Path.V), Mode: mode}},
		Safety: repair.Safe,
	}
	return f
}
