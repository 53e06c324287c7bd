package checks

import (
	"context"
	"io/fs"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// SecretExposed is a file with a secret that any user of the host can read, or
// replace.
var SecretExposed = &Problem{
	ID: "secret-exposed", Title: "Other users can read the runner's secrets", Status: Warn,
	Doc: pageSecretExposed,
}

// PathsPrivate finds out whether the runner's secrets are its own.
var PathsPrivate = &Check{
	ID:       "paths/private",
	Title:    "The runner's secrets are closed to other users",
	Problems: []*Problem{SecretExposed},
	Requires: []*Check{ConfigDecodes},
	Run:      pathsPrivate,
}

// stranger is any user of the host: no name, no group of the files' owners.
// 65533 is one below nobody, and used by no distribution.
func stranger() host.Identity { return host.Identity{UID: 65533, GID: 65533} }

func pathsPrivate(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	var found []Finding
	secrets := t.secrets(c, cr)
	for _, u := range secrets {
		files, name, ok := t.onHost(u.Path.V)
		if !ok {
			continue
		}
		switch a := host.CanRead(files, name, stranger()); a.Verdict {
		case host.Granted:
			found = append(found, t.exposed(c, cr, u, false))
		case host.Unclear:
			return found, CannotTell(a.Err, "%s", a.Why)
		default:
			if host.CanWrite(files, name, stranger()).OK() {
				found = append(found, t.exposed(c, cr, u, true))
			}
		}
	}
	return append(append(found, t.openDirs(c, secrets)...), t.openEnvFiles(c)...), nil
}

// secrets lists the files that are worth hiding, each once: that one is used
// for two things is a matter of paths/collision.
func (t *Target) secrets(c *runner.Config, cr *runner.Credential) []runner.Use {
	var us []runner.Use
	seen := map[string]bool{}
	for _, u := range c.Uses() {
		if real := t.real(u.Path.V); !seen[real] && holdsSecret(c, cr, u) {
			us, seen[real] = append(us, u), true
		}
	}
	return us
}

// holdsSecret reports whether what stands at a use's path is worth hiding.
func holdsSecret(c *runner.Config, cr *runner.Credential, u runner.Use) bool {
	switch u.Role {
	case runner.ConfigRole:
		return c.File.Doc != nil && secretIn(c.File.Doc)
	case runner.StateRole, runner.TokenRole:
		return len(cr.Data) > 0
	case runner.KeyRole, runner.RegTokenRole:
		return true
	}
	return false
}

// secretIn reports whether a config holds a value that its key calls a secret.
func secretIn(doc *jsondoc.Value) bool {
	found := false
	walk("", doc, func(_ string, o *jsondoc.Value) {
		for _, m := range o.Members {
			found = found || runner.SecretKey(m.Key) && m.Value.Kind == jsondoc.String && m.Value.Text != ""
		}
	})
	return found
}

func (t *Target) exposed(c *runner.Config, cr *runner.Credential, u runner.Use, writes bool) Finding {
	real := t.real(u.Path.V)
	info, err := t.Files.Lstat(real)
	f := Finding{
		Problem:  SecretExposed,
		Summary:  say.Textf("every user of this host can read the %s %s (%s %s)", u.Role, u.Path.V, info.Mode, info.Owner),
		Detail:   say.Textf("%s Semaphore itself writes these files 0644.", harm(u)),
		Evidence: []Evidence{{What: say.Textf("mode %04o", info.Mode.Perm()), From: u.Path.From}},
	}
	if writes {
		f.Summary = say.Textf("every user of this host can write the %s %s (%s %s)", u.Role, u.Path.V, info.Mode, info.Owner)
	}
	if err == nil {
		own := info.Owner.UID == t.Install.As.UID
		fit := own || t.mayHave(configPath(c), real) && t.keepsSecret(c, cr, u, real, info)
		t.closeFile(u, info, fit, &f)
	}
	return f
}

// harm is what others can do with what they read.
func harm(u runner.Use) say.Text {
	switch u.Role {
	case runner.KeyRole:
		return say.Textf("The server encrypts what it sends the runner, passwords and keys for its tasks among it, for this key alone.")
	case runner.RegTokenRole:
		return say.Textf("Whoever has the registration token can register runners of their own, and be given tasks and the keys that come with them.")
	}
	return say.Textf("Whoever has the token can take the runner's tasks, and the keys that come with them.")
}

// closeFile takes a file from the others. Where the runner is one of them, it
// gets through its group what it had, if the group is not somebody's.
func (t *Target) closeFile(u runner.Use, info host.Info, fit bool, f *Finding) {
	as, name, mode := t.Install.As, u.Path.V, info.Mode.Perm()&^0o007
	word := say.Shell(name)
	loses := t.loses(u, info)
	if loses != 0 && (as.Unknown != nil || info.Owner.GID != 0 || info.Links > 1 || t.listed(name)) {
		f.Advice = append(f.Advice, say.Textf("see that %s can read %s, which belongs to %s, without being one of the others, then: chmod o-rwx %s", as, name, info.Owner, word))
		return
	}
	edits := []repair.Edit{repair.Chmod{Path: name, Mode: mode}}
	command := say.Textf("chmod o-rwx %s", word)
	if loses != 0 {
		mode = mode&^0o070 | loses<<3 // what root's group had is not the runner's to have
		edits = []repair.Edit{repair.Chown{Path: name, Owner: host.Owner{UID: info.Owner.UID, GID: as.GID}}, repair.Chmod{Path: name, Mode: mode}}
		command = say.Textf("chgrp %d %s && chmod %04o %s", as.GID, word, mode, word)
	}
	if !fit {
		f.Advice = append(f.Advice, say.Textf("see what %s is; only if nothing but the runner needs it: %s", name, command))
		return
	}
	f.Fix = &repair.Fix{
		Title:  say.Textf("close %s to other users (mode %04o)", t.real(name), mode),
		Edits:  edits,
		Safety: repair.Safe,
	}
}

// loses is what the runner has of a file only as one of the others, and needs;
// 0 when it cannot read it that way.
func (t *Target) loses(u runner.Use, info host.Info) fs.FileMode {
	as, has := t.Install.As, info.Mode.Perm()
	if as.Root() || as.UID == info.Owner.UID || as.In(info.Owner.GID) || has&0o004 == 0 {
		return 0
	}
	if u.Writes {
		return has & 0o006
	}
	return 0o004
}

// listed reports whether an ACL says who may use name: the runner may be one of
// the others, or not.
func (t *Target) listed(name string) bool {
	acl, err := t.Files.ACL(t.real(name))
	return err != nil || acl != nil
}
