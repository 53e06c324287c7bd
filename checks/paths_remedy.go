package checks

import (
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// makeWritable proposes the least change that lets the runner keep its identity.
func (t *Target) makeWritable(c *runner.Config, cr *runner.Credential, u runner.Use, a host.Access, f *Finding) {
	spelt := path.Dir(u.Path.V)
	dir := path.Dir(t.real(u.Path.V))
	direct := t.real(spelt) == dir // else the file is a link, and leads out of its directory
	switch {
	case f.Problem == StateDirMissing && a.Verdict == host.Missing && mounted(dir):
		f.Advice = append(f.Advice, say.Textf("see whether something is to be mounted there; if not: %s", t.installDir(dir)))
	case f.Problem == StateDirMissing && a.Verdict == host.Missing && direct && t.mayMake(configPath(c), dir):
		f.Fix = &repair.Fix{Title: say.Textf("make the directory %s for %s", dir, t.Install.As), Edits: t.home(spelt), Safety: repair.Safe}
	case f.Problem == StateDirMissing && a.Verdict == host.Missing:
		f.Advice = append(f.Advice, t.elsewhere(c, u), say.Textf("or, if %s is to be the runner's: %s", dir, t.installDir(dir)))
	case f.Problem == StateDirUnwritable && a.At == dir && direct && t.spare(c, spelt):
		f.Fix = &repair.Fix{
			Title:  say.Textf("give the directory %s to %s", dir, t.Install.As),
			Edits:  []repair.Edit{repair.Chown{Path: spelt, Owner: t.Install.As.Owner()}, repair.Chmod{Path: spelt, Mode: a.Info.Mode.Perm() | 0o700}},
			Safety: repair.Safe,
		}
	case f.Problem == StateDirUnwritable:
		t.moveAway(c, u, f)
	case f.Problem == ReadOnlyMount:
		f.Advice = append(f.Advice, writableAgain(a), say.Textf("or %s", t.elsewhere(c, u)))
		t.writableMount(u, f)
	case f.Problem == NotAFile || f.Problem == StateDirMissing || host.CanWrite(t.Files, u.Path.V, t.Install.As).OK(): // but for O_CREAT
		f.Advice = append(f.Advice, t.elsewhere(c, u))
	default:
		t.letKeep(c, cr, a, f)
	}
}

// installDir is the command that makes a directory for the runner.
func (t *Target) installDir(dir string) say.Text {
	as := t.Install.As
	return say.Textf("install -d -m %04o -o %d -g %d %s", homeMode, as.UID, as.GID, say.Shell(dir))
}

// mounted reports whether a directory is where volumes are mounted (FHS 3.0): one
// that is missing there may only wait for its mount.
func mounted(dir string) bool {
	return strings.HasPrefix(dir, "/mnt/") || strings.HasPrefix(dir, "/media/")
}

// writableAgain is how to lift what stops even root.
func writableAgain(a host.Access) say.Text {
	if a.Verdict == host.Immutable {
		return say.Textf("take the attribute off: chattr -ia %s", say.Shell(a.At))
	}
	return say.Textf("mount the file system of %s writable (in a container: without :ro; in a systemd unit: with ReadWritePaths)", a.At)
}

// elsewhere names a better path.
func (t *Target) elsewhere(c *runner.Config, u runner.Use) say.Text {
	free, err := t.freePath(c, u)
	setting, ok := runner.SettingOf(c.Era, u.Name)
	if err != nil || !ok {
		return say.Textf("keep the %s elsewhere", u.Role)
	}
	key := c.Calls(setting)
	if u.Path.From.Env != "" {
		key = setting.Env
	}
	return say.Textf("let %s be a path at which nothing stands yet, such as %s", key, free)
}

// moveAway keeps the identity elsewhere, because this directory is not the
// runner's to have.
func (t *Target) moveAway(c *runner.Config, u runner.Use, f *Finding) {
	free, err := t.freePath(c, u)
	if err != nil {
		f.Advice = append(f.Advice, say.Textf("let %s write in %s", t.Install.As, path.Dir(u.Path.V)))
		return
	}
	edits, advice := t.pointTo(c, u, free)
	if edits == nil {
		f.Advice = append(f.Advice, advice)
		return
	}
	f.Fix = &repair.Fix{Title: say.Textf("keep the %s at %s", u.Role, free), Edits: edits, Safety: repair.Safe}
}

// spare reports whether a directory may become the runner's: it is in the
// runner's places and not among settings, where who writes decides; it is
// nobody else's, and all it holds is the runner's already.
func (t *Target) spare(c *runner.Config, dir string) bool {
	real := t.real(dir)
	info, err := t.Files.Lstat(real)
	if err != nil || !t.ownOrRoots(info) || within(real, "/etc") || within(real, "/usr") || !t.mayHave(configPath(c), real) {
		return false
	}
	names, err := t.Files.ReadDir(real)
	if err != nil {
		return false
	}
	for _, n := range names {
		info, err := t.Files.Lstat(path.Join(real, n))
		if err != nil || info.Owner.UID != t.Install.As.UID {
			return false
		}
	}
	return true
}

func (t *Target) ownOrRoots(info host.Info) bool {
	return info.Owner.UID == 0 || info.Owner.UID == t.Install.As.UID
}
