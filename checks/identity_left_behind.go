package checks

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// leftBehind looks for registration tokens of a runner that is registered. Up to
// 2.10.25 one in the config is how the runner comes back when its state is lost,
// and so it is for who starts it with --register, or has to register it again.
func (t *Target) leftBehind(ctx context.Context, c *runner.Config, cr *runner.Credential) []Finding {
	if c.Era.Legacy() || cr.Next != runner.Polls {
		return nil
	}
	found := t.unneeded(c)
	if len(found) == 0 || t.answer(ctx) == http.StatusNotFound || t.registrationAsToken(ctx, c, cr) != nil {
		return nil
	}
	return found
}

// unneeded are the places where registration tokens stand that nobody needs. Of
// one in the config, which is not read at all, config/keys speaks.
func (t *Target) unneeded(c *runner.Config) []Finding {
	return slices.Concat(t.variableLeft(c), t.fileLeft(c), t.typedLeft())
}

// variableLeft is a token in the environment of a runner that is not told to register.
func (t *Target) variableLeft(c *runner.Config) []Finding {
	v, cmd := c.Secret(runner.RegistrationToken), t.Install.Command
	if t.handedOver(v) || isPlaceholder(v.V.Reveal()) || v.V.Empty() || strings.HasPrefix(v.V.Reveal(), oneTime) || cmd != nil && cmd.Register {
		return nil
	}
	f := leftover(say.Textf("the runner is registered, and the registration token is still set: %s", setter(v.From)))
	f.Evidence = []Evidence{{What: say.Textf("registration token %s", v.V), From: v.From}}
	f.Advice = []say.Text{say.Textf("take %s out of what starts the runner", setter(v.From)), rotate()}
	switch edits := t.dropAt(c, v.From); {
	case edits != nil:
		f.Advice = f.Advice[1:]
		f.Fix = &repair.Fix{Title: say.Textf("take %s out", v.From), Edits: edits, Safety: repair.Safe}
	case ofAFile(v.From) && t.handedToOthers(v.From):
		f.Advice[0] = say.Textf("others are handed %s as well, and the server needs the registration token: give the runner a file of its own, without it", v.From.File)
	}
	return []Finding{f}
}

// handedOver reports a token that this shell has for semadoctor, to register the runner
// with: it is no setting of the runner's.
func (t *Target) handedOver(v runner.Value[runner.Secret]) bool {
	in, ours := t.Install, v.From == runner.Origin{Env: v.From.Env}
	return t.Unsafe && ours && in.Unit == nil && in.Service == nil && in.Process == nil && t.Registration.Equal(v.V)
}

// fileLeft is a file with the token that the config still names, of a runner that is
// known to be started without registering.
func (t *Target) fileLeft(c *runner.Config) []Finding {
	u, cmd := c.Path(runner.RegistrationTokenFile), t.Install.Command
	if u.V == "" || cmd == nil || cmd.Register || !host.CanRead(t.Files, u.V, t.Install.As).OK() {
		return nil
	}
	data, _ := t.Files.ReadFile(t.real(u.V))
	token := strings.TrimSpace(string(data))
	if token == "" || strings.HasPrefix(token, oneTime) || strings.Contains(token, "\n") {
		return nil
	}
	t.Secrets.New(token)
	f := leftover(say.Textf("the runner is registered, and the registration token is left in %s", u.V))
	f.Evidence = []Evidence{{What: say.Textf("the registration token file is %s", u.V), From: u.From}}
	f.Advice = []say.Text{say.Textf("take %s out, and remove the file: rm %s", setter(u.From), say.Shell(u.V)), rotate()}
	if edits := t.dropAt(c, u.From); edits != nil && t.mayPutAside(c, u) {
		f.Advice[0] = say.Textf("when nobody misses it, remove it: rm %s", say.Shell(u.V+leftSuffix))
		f.Fix = &repair.Fix{
			Title:  say.Textf("take %s out, and move %s aside, to %s", setter(u.From), u.V, u.V+leftSuffix),
			Edits:  append(edits, putAside(u.V)...),
			Safety: repair.Safe,
		}
	}
	return []Finding{f}
}

// mayPutAside reports whether a file is the runner's, or lies where a runner's do by
// somebody else's word, and can be moved.
func (t *Target) mayPutAside(c *runner.Config, u runner.Value[string]) bool {
	real := t.real(u.V)
	info, err := t.Files.Lstat(real)
	mount, _ := t.Files.Mount(real)
	own := info.Owner.UID == t.Install.As.UID || t.mayHave(configPath(c), real) && t.pathVouched(c, u)
	return err == nil && own && info.Links < 2 && !mount.ReadOnly && !t.described()
}

// typedLeft is what the command line of the web UI has left.
func (t *Target) typedLeft() []Finding {
	info, err := t.Files.Lstat(typedToken)
	if err != nil || !info.Mode.IsRegular() || info.Size == 0 {
		return nil
	}
	f := leftover(say.Textf("what was typed to register a runner is left in %s, the registration token with it", typedToken))
	f.Evidence = []Evidence{{What: say.Textf("mode %04o", info.Mode.Perm()), From: runner.Origin{File: typedToken}}}
	f.Advice = []say.Text{say.Textf("remove it: rm %s", typedToken), rotate()}
	t.putAway(info, &f)
	return []Finding{f}
}

// leftSuffix is what a file with a token that nobody needs is called in addition.
const leftSuffix = ".left-behind"

// putAside closes a file and moves it aside.
func putAside(name string) []repair.Edit {
	return []repair.Edit{repair.Chmod{Path: name, Mode: 0o600}, repair.MoveAside{Path: name, Suffix: leftSuffix}}
}

// putAway closes what was typed and moves it aside: another registration is not
// started with it, and nobody else reads it. A file of somebody else's stays.
func (t *Target) putAway(info host.Info, f *Finding) {
	data, err := t.Files.ReadFile(typedToken)
	if err != nil || !t.ownOrRoots(info) || info.Links > 1 {
		return
	}
	for line := range strings.Lines(string(data)) { // what was typed is an answer a line, the token one of them
		if line = strings.TrimSpace(line); !strings.Contains(line, "://") && !strings.HasPrefix(line, "/") {
			t.Secrets.New(line)
		}
	}
	f.Advice[0] = say.Textf("when nobody misses it, remove it: rm %s", typedToken+leftSuffix)
	f.Fix = &repair.Fix{Title: say.Textf("close %s and move it aside, to %s", typedToken, typedToken+leftSuffix), Edits: putAside(typedToken), Safety: repair.Safe}
}

func leftover(summary say.Text) Finding {
	return Finding{
		Problem: RegistrationTokenLeftBehind, Moot: true,
		Summary: summary,
		Detail:  say.Textf("The runner does not need it any more. Who finds it can register a runner on the server, and is given tasks with the keys that belong to them."),
	}
}

func rotate() say.Text {
	return say.Textf("if others could read it, set another on the server; runners that are registered keep their own tokens")
}
