package checks

import (
	"slices"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// openEnvFiles are environment files of a unit with a token in them that any user of
// the host can read. systemd reads them as root, before it becomes the runner's user.
func (t *Target) openEnvFiles(c *runner.Config) (found []Finding) {
	if t.Install.Unit == nil || t.Install.Unit.Manager != nil {
		return nil
	}
	var seen []string
	for _, n := range []runner.Name{runner.RunnerToken, runner.RegistrationToken} {
		from := c.Secret(n).From
		if c.Secret(n).V.Empty() || !ofAFile(from) || t.ofUnit(from) || slices.Contains(seen, from.File) {
			continue
		}
		seen = append(seen, from.File)
		if host.CanRead(t.machine(), from.File, stranger()).OK() {
			found = append(found, t.openEnvFile(from))
		}
	}
	return found
}

func (t *Target) openEnvFile(from runner.Origin) Finding {
	info, err := host.Stat(t.machine(), from.File)
	f := Finding{
		Problem:  SecretExposed,
		Summary:  say.Textf("every user of this host can read the environment file %s (%s %s)", from.File, info.Mode, info.Owner),
		Detail:   say.Textf("%s is in it. systemd reads the file as root, before the runner's user comes in: nobody else has to.", from.Env),
		Evidence: []Evidence{{What: say.Textf("mode %04o", info.Mode.Perm()), From: from}},
	}
	if c := t.Install.Container; c != nil {
		f.Detail = say.Textf("%s is in it. %s reads the file as the one who makes the container: nobody else has to.", from.Env, c.By)
	}
	mode := info.Mode.Perm() &^ 0o007
	if err != nil || info.Owner.UID != 0 || info.Links > 1 || t.listedOn(from.File) {
		f.Advice = []say.Text{say.Textf("see that only root needs it, then: chmod o-rwx %s", say.Shell(from.File))}
		return f
	}
	f.Fix = &repair.Fix{
		Title:  say.Textf("close %s to other users (mode %04o)", from.File, mode),
		Edits:  []repair.Edit{repair.Chmod{Path: from.File, Mode: mode}},
		Safety: repair.Safe,
	}
	return f
}

// listedOn reports whether an ACL says who may use a file of this machine.
func (t *Target) listedOn(name string) bool {
	real, err := host.Resolve(t.machine(), name)
	if err != nil {
		return true
	}
	acl, err := t.machine().ACL(real)
	return err != nil || acl != nil
}
