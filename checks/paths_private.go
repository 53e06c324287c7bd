package checks

import (
	"context"

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
	Doc: doc("secret-exposed"),
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
	c, err := t.Config(ctx)
	if err != nil {
		return nil, err
	}
	cr, err := t.Credential(ctx)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, u := range t.secrets(c, cr) {
		switch a := host.CanRead(t.Files, u.Path.V, stranger()); a.Verdict {
		case host.Granted:
			found = append(found, t.exposed(u, false))
		case host.Unclear:
			return found, CannotTell(a.Err, "%s", a.Why)
		default:
			if host.CanWrite(t.Files, u.Path.V, stranger()).OK() {
				found = append(found, t.exposed(u, true))
			}
		}
	}
	return found, nil
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

func (t *Target) exposed(u runner.Use, writes bool) Finding {
	real := t.real(u.Path.V)
	info, err := t.Files.Lstat(real)
	f := Finding{
		Problem:  SecretExposed,
		Summary:  say.Textf("every user of this host can read the %s %s (%s %s)", u.Role, u.Path.V, info.Mode, info.Owner),
		Detail:   say.Textf("Whoever has the token can take the runner's tasks, and the keys that come with them. Semaphore itself writes these files 0644."),
		Evidence: []Evidence{{What: say.Textf("mode %04o", info.Mode.Perm()), From: u.Path.From}},
	}
	if writes {
		f.Summary = say.Textf("every user of this host can write the %s %s (%s %s)", u.Role, u.Path.V, info.Mode, info.Owner)
	}
	if err == nil {
		f.Fix = t.closeFile(real, info)
	}
	return f
}

// closeFile takes a file from the others, and gives the runner its group where
// it would lose it too.
func (t *Target) closeFile(real string, info host.Info) *repair.Fix {
	mode := info.Mode.Perm() &^ 0o007
	edits := []repair.Edit{}
	if as := t.Install.As; info.Owner.UID != as.UID && !as.Root() && !as.In(info.Owner.GID) {
		mode |= 0o040
		edits = append(edits, repair.Chown{Path: real, Owner: host.Owner{UID: info.Owner.UID, GID: as.GID}})
	}
	if t.Install.As.UID == info.Owner.UID || t.Install.As.Root() {
		mode &^= 0o077
	}
	return &repair.Fix{
		Title:  say.Textf("close %s to other users (mode %04o)", real, mode),
		Edits:  append(edits, repair.Chmod{Path: real, Mode: mode}),
		Safety: repair.Safe,
	}
}
