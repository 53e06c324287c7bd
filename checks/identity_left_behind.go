package checks

import (
	"context"
	"net/http"
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
func (t *Target) unneeded(c *runner.Config) (found []Finding) {
	v, cmd := c.Secret(runner.RegistrationToken), t.Install.Command
	if !isPlaceholder(v.V.Reveal()) && !v.V.Empty() && !strings.HasPrefix(v.V.Reveal(), oneTime) && (cmd == nil || !cmd.Register) {
		f := leftover(say.Textf("the runner is registered, and the registration token is still set: %s", setter(v.From)))
		f.Evidence = []Evidence{{What: say.Textf("registration token %s", v.V), From: v.From}}
		f.Advice = []say.Text{rotate()}
		if edits := t.dropAt(c, v.From); edits != nil {
			f.Fix = &repair.Fix{Title: say.Textf("take %s out", v.From), Edits: edits, Safety: repair.Safe}
		} else {
			f.Advice = append([]say.Text{say.Textf("take %s out of what starts the runner", setter(v.From))}, f.Advice...)
		}
		if ofAFile(v.From) && f.Fix == nil && t.handedToOthers(v.From) {
			f.Advice[0] = say.Textf("others are handed %s as well, and the server needs the registration token: give the runner a file of its own, without it", v.From.File)
		}
		found = append(found, f)
	}
	if info, err := t.Files.Lstat(typedToken); err == nil && info.Mode.IsRegular() && info.Size > 0 {
		f := leftover(say.Textf("what was typed to register a runner is left in %s, the registration token with it", typedToken))
		f.Evidence = []Evidence{{What: say.Textf("mode %04o", info.Mode.Perm()), From: runner.Origin{File: typedToken}}}
		f.Advice = []say.Text{say.Textf("remove it: rm %s", typedToken), rotate()}
		t.putAway(info, &f)
		found = append(found, f)
	}
	return append(found, t.fileLeft(c)...)
}

// fileLeft is a file with the registration token that the config still names, of a
// runner that is known to be started without registering.
func (t *Target) fileLeft(c *runner.Config) []Finding {
	u, cmd := c.Path(runner.RegistrationTokenFile), t.Install.Command
	if u.V == "" || cmd == nil || cmd.Register || !host.CanRead(t.Files, u.V, t.Install.As).OK() {
		return nil
	}
	real := t.real(u.V)
	info, err := t.Files.Lstat(real)
	data, _ := t.Files.ReadFile(real)
	token := strings.TrimSpace(string(data))
	if err != nil || token == "" || strings.HasPrefix(token, oneTime) || strings.Contains(token, "\n") {
		return nil
	}
	t.Secrets.New(token)
	f := leftover(say.Textf("the runner is registered, and the registration token is left in %s", u.V))
	f.Evidence = []Evidence{{What: say.Textf("the registration token file is %s", u.V), From: u.From}}
	f.Advice = []say.Text{say.Textf("take %s out, and remove the file: rm %s", setter(u.From), say.Shell(u.V)), rotate()}
	own := info.Owner.UID == t.Install.As.UID || t.mayHave(configPath(c), real) && t.pathVouched(c, u)
	mount, _ := t.Files.Mount(real)
	edits := t.dropAt(c, u.From)
	if edits == nil || !own || info.Links > 1 || mount.ReadOnly || t.described() {
		return []Finding{f}
	}
	const suffix = ".left-behind"
	f.Advice[0] = say.Textf("when nobody misses it, remove it: rm %s", say.Shell(u.V+suffix))
	f.Fix = &repair.Fix{
		Title:  say.Textf("take %s out, and move %s aside, to %s", setter(u.From), u.V, u.V+suffix),
		Edits:  append(edits, repair.Chmod{Path: u.V, Mode: info.Mode.Perm() &^ 0o077}, repair.MoveAside{Path: u.V, Suffix: suffix}),
		Safety: repair.Safe,
	}
	return []Finding{f}
}

// putAway closes what was typed and moves it aside: another registration is not
// started with it, and nobody else reads it. A file of somebody else's stays.
func (t *Target) putAway(info host.Info, f *Finding) {
	const suffix = ".left-behind"
	data, err := t.Files.ReadFile(typedToken)
	if err != nil || !t.ownOrRoots(info) || info.Links > 1 {
		return
	}
	for line := range strings.Lines(string(data)) { // what was typed is an answer a line, the token one of them
		if line = strings.TrimSpace(line); !strings.Contains(line, "://") && !strings.HasPrefix(line, "/") {
			t.Secrets.New(line)
		}
	}
	f.Advice[0] = say.Textf("when nobody misses it, remove it: rm %s", typedToken+suffix)
	f.Fix = &repair.Fix{
		Title:  say.Textf("close %s and move it aside, to %s", typedToken, typedToken+suffix),
		Edits:  []repair.Edit{repair.Chmod{Path: typedToken, Mode: 0o600}, repair.MoveAside{Path: typedToken, Suffix: suffix}},
		Safety: repair.Safe,
	}
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
