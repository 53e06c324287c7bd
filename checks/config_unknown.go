package checks

import (
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// UnknownKey is a key that no version of Semaphore reads.
var UnknownKey = &Problem{
	ID: "unknown-key", Title: "A key that no version reads", Status: Warn,
	Doc: pageUnknownKey,
}

func (k keys) unknown(pointer string, m jsondoc.Member) Finding {
	meant := k.meant(pointer)
	f := k.about(UnknownKey, pointer, m, meant.Name)
	f.Status = Warn // what it leads to raises it
	line, file := k.place(m)
	f.Summary = say.Textf("%s is no key of Semaphore's (line %d of %s)", runner.Dotted(pointer), line, file)
	f.Detail = say.Textf("Semaphore passes over keys it does not know in silence.")
	switch key := meant.Key(); {
	case key == "":
		f.Advice = []say.Text{say.Textf("correct line %d of %s, or take it out", line, file)}
	case f.Explains == nil && k.set(meant):
		f.Advice = []say.Text{say.Textf("take line %d out of %s: %s is set as well", line, file, key)}
	default:
		f.Advice = []say.Text{say.Textf("in line %d of %s, %s is probably meant", line, file, key)}
	}
	return f
}

// set reports whether a setting has a value from where it is read.
func (k keys) set(s runner.Setting) bool {
	return s.Name != "" && (k.c.Text(s.Name).V != "" || !k.c.Secret(s.Name).V.Empty())
}

// meant is the setting that a key was probably to be; of one of the server's it
// has nothing but the pointer.
func (k keys) meant(pointer string) runner.Setting {
	last := strings.ToLower(path.Base(pointer))
	if s, ok := k.elsewhere(last); ok {
		return s
	}
	level := path.Dir(pointer)
	beside := k.likely(last, func(p string) bool { return strings.EqualFold(path.Dir(p), level) })
	if beside == "" {
		beside = k.likely(last, func(string) bool { return true })
	}
	rows := runner.SettingsAt(beside)
	for _, s := range rows {
		if k.c.Era.Within(s.First, s.Last) {
			return s
		}
	}
	return runner.Setting{Pointer: beside}
}

// elsewhere is a setting whose key stands at the wrong level, or that goes by a
// name people take from other versions, from guides or from the web UI.
func (k keys) elsewhere(last string) (runner.Setting, bool) {
	for _, level := range []string{"/runner/", "/", "/runner/connection/"} {
		for _, s := range runner.SettingsAt(level + last) {
			if now, ok := runner.SettingOf(k.c.Era, s.Name); ok {
				return now, true
			}
		}
	}
	n := nickname(last)
	if n == "" {
		return runner.Setting{}, false
	}
	return runner.SettingOf(k.c.Era, n)
}

// nickname is what people call a setting.
func nickname(last string) runner.Name {
	switch last {
	case "server", "server_url", "server_host", "url", "web_root", "web_url", "api", "semaphore_url":
		return runner.ServerURL
	case "runner_token", "auth_token", "api_token":
		return runner.RunnerToken
	case "token_path", "state_file", "state", "runner_token_file":
		return runner.IdentityFile
	case "runner_registration_token", "reg_token":
		return runner.RegistrationToken
	case "private_key", "private_key_path", "key_file":
		return runner.PrivateKeyFile
	case "environment_vars", "environment_variables": // semaphoreui/semaphore#2470 calls it so
		return runner.EnvVars
	case "forward_env_vars", "forwarded_environment_vars", "forwarded_variables":
		return runner.ForwardedEnvVars
	}
	return ""
}

// likely is the key most like a misspelt one, among those at some levels.
func (k keys) likely(last string, at func(string) bool) string {
	var names []string
	pointers := slices.DeleteFunc(runner.KeysOf(k.c.Era), func(p string) bool { return !at(p) })
	for _, p := range pointers {
		names = append(names, path.Base(p))
	}
	name := runner.Likely(last, names)
	if name == "" {
		return ""
	}
	return pointers[slices.Index(names, name)]
}
