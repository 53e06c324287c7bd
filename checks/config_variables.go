package checks

import (
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// UnknownEnv is a variable that looks like Semaphore's, and that nobody reads.
var UnknownEnv = &Problem{
	ID: "unknown-env", Title: "A variable that nobody reads", Status: Warn,
	Doc: pageUnknownEnv,
}

// unreadVariables are the variables that mean nothing to any release, and those that
// mean nothing to this one any more.
func (t *Target) unreadVariables(c *runner.Config, cr *runner.Credential) []Finding {
	var found []Finding
	for _, name := range semaphores(c.Install.Env) {
		v := c.Install.Env[name]
		switch gone, meant := outlived(c.Era, name); {
		case v.V == "" || mentioned(c.Install, name):
		case gone:
			found = append(found, t.unreadVariable(c, cr, v, meant, say.Textf("%s is not read by this version", v.From)))
		case runner.KnownVariable(name) || strings.HasPrefix(v.V, "tcp://"):
		default:
			meant := meantBy(c.Era, name)
			if meant.Env == "" && c.Install.Foreign != "" {
				continue // the image's own scripts may read it
			}
			found = append(found, t.unreadVariable(c, cr, v, meant, say.Textf("%s is read by no version", v.From)))
		}
	}
	return found
}

// semaphores are the names of variables that could be Semaphore's, sorted: few of
// an environment, of which the others need no look.
func semaphores(env runner.Environment) []string {
	var names []string
	for name := range env {
		if strings.HasPrefix(name, runner.VariablePrefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// outlived reports whether only runners older than this era read a variable, and
// how the era calls the setting. The private key's is in documentation still,
// and does no harm.
func outlived(era runner.Era, name string) (gone bool, now runner.Setting) {
	rows := runner.SettingsBy(name)
	if len(rows) == 0 || era.Legacy() || rows[0].Name == runner.PrivateKeyFile {
		return false, now
	}
	for _, s := range rows {
		if s.Last == "" || !s.Last.Before(era) {
			return false, now
		}
	}
	now, _ = runner.SettingOf(era, rows[0].Name)
	return true, now
}

// meantBy is the setting that a variable was probably to set.
func meantBy(era runner.Era, name string) runner.Setting {
	last := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(name, "SEMAPHORE_"), "RUNNER_"))
	if n := variableNickname(last); n != "" {
		s, _ := runner.SettingOf(era, n)
		return s
	}
	for _, s := range runner.SettingsBy(runner.Likely(name, runner.VariablesOf(era))) {
		if era.Within(s.First, s.Last) {
			return s
		}
	}
	return runner.Setting{}
}

// variableNickname is nickname for what stands behind SEMAPHORE_ and RUNNER_.
func variableNickname(last string) runner.Name {
	switch last {
	case "web_host", "host", "api_url":
		return runner.ServerURL
	case "token":
		return runner.RunnerToken
	case "token_file":
		return runner.IdentityFile
	case "registration_token":
		return runner.RegistrationToken
	}
	return nickname(last)
}

// mentioned reports whether a variable is somebody's own: the command line or
// another variable is put together with it.
func mentioned(in *runner.Installation, name string) bool {
	uses := func(s string) bool { return usesVariable(s, name) }
	if in.Command != nil && slices.ContainsFunc(in.Command.Words, uses) || in.Unit.Mentions(name) {
		return true
	}
	for _, v := range in.Env {
		if uses(v.V) {
			return true
		}
	}
	return false
}

// usesVariable reports whether a text has ${NAME} or $NAME in it; $NAME_TOO is
// another one.
func usesVariable(s, name string) bool {
	for rest := s; ; {
		_, behind, ok := strings.Cut(rest, "$")
		if !ok {
			return false
		}
		rest = behind
		if after, braced := strings.CutPrefix(behind, "{"+name); braced && (after == "" || strings.ContainsAny(after[:1], "}:-+?=")) {
			return true
		}
		after, plain := strings.CutPrefix(behind, name)
		if plain && (after == "" || !wordByte(after[0])) {
			return true
		}
	}
}

func wordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

func (t *Target) unreadVariable(c *runner.Config, cr *runner.Credential, v runner.Value[string], meant runner.Setting, summary say.Text) Finding {
	f := Finding{
		Problem:  UnknownEnv,
		Summary:  summary,
		Detail:   say.Textf("Semaphore passes over variables it does not know in silence."),
		Evidence: []Evidence{{What: say.Textf("a variable with a value"), From: v.From}},
		Explains: wants(c, cr, meant.Name),
	}
	f.Harmless = f.Explains == nil
	switch {
	case meant.Env == "":
		f.Advice = []say.Text{say.Textf("take it out")}
	case f.Harmless:
		f.Advice = []say.Text{say.Textf("take it out: what this version reads is %s", meant.Env)}
	default:
		f.Advice = []say.Text{say.Textf("%s is probably meant", meant.Env)}
	}
	if meant.Name == runner.ServerURL && !c.Era.Legacy() && !f.Harmless {
		f.Advice = append(f.Advice, say.Textf("its value is the server's address without /api: %s", newURL(v.V, c.Era)))
		t.renameURL(c, v, meant, &f)
	}
	if meant.Name == runner.IdentityFile && !c.Era.Legacy() && !f.Harmless {
		t.renameState(keys{t, c, cr}, v, meant, &f)
	}
	return f
}
