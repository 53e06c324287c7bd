package runner

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// unitPath is the PATH systemd gives to services (DEFAULT_PATH, v252).
const unitPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// maxEnvFiles is how many files EnvironmentFile= may lead to.
const maxEnvFiles = 100

// environment is what systemd gives the unit, what counts least first
// (build_environment and exec_child, v252).
func (r *unitReader) environment() {
	login := r.in.Env // of User=
	r.in.Env = Environment{}
	r.in.Env.Set("PATH", unitPath, Origin{Env: "PATH"})
	for _, e := range r.u.ManagerSettings(r.files, "DefaultEnvironment") {
		r.assignments(e)
	}
	for name, v := range login {
		r.in.Env.Set(name, v.V, v.From)
	}
	r.environmentD()
	r.directoryVariables()
	r.passed()
	for _, e := range r.u.List("Service", "Environment") {
		r.assignments(e)
	}
	for _, e := range r.u.List("Service", "EnvironmentFile") {
		r.envFiles(e)
	}
	for _, w := range r.words("UnsetEnvironment") {
		name, value, exact := strings.Cut(w.text, "=")
		if v, ok := r.in.Env[name]; ok && (!exact || v.V == value) {
			delete(r.in.Env, name)
		}
	}
}

// assignments reads a line of Environment=.
func (r *unitReader) assignments(e host.UnitEntry) {
	words, _ := host.SplitAssignments(e.Value) // what is behind a mistake systemd ignores
	for _, w := range words {
		if name, value, ok := strings.Cut(w, "="); ok && envName(name) {
			r.in.Env.Set(name, r.expand(e, value), Origin{Env: name, File: e.File, Line: e.Line})
		}
	}
}

// envName is env_name_is_valid of systemd.
func envName(s string) bool { return envNamePattern().MatchString(s) }

var envNamePattern = pattern(`^[A-Za-z_][A-Za-z0-9_]*$`)

// directoryVariables are set for the directories systemd makes, and for
// credentials.
func (r *unitReader) directoryVariables() {
	for _, k := range r.directoryKinds() {
		var all []string
		var last host.UnitEntry
		for _, w := range r.words(k.key) {
			name, _, _ := strings.Cut(w.text, ":")
			all, last = append(all, path.Join(k.base, name)), w.from
		}
		r.variable(k.variable, strings.Join(all, ":"), last)
	}
	for _, key := range credentialKeys() {
		if creds := r.u.List("Service", key); len(creds) > 0 {
			r.variable("CREDENTIALS_DIRECTORY", host.CredentialsDir(r.u.Name), creds[0])
			return
		}
	}
}

// passed reads PassEnvironment=: variables of the system's manager, process 1. A
// user's manager passes all of its own on.
func (r *unitReader) passed() {
	names := r.words("PassEnvironment")
	if len(names) == 0 || r.u.Manager != nil {
		return
	}
	data, err := r.files.ReadFile("/proc/1/environ")
	for _, w := range names {
		if err != nil && strings.HasPrefix(w.text, "SEMAPHORE_") {
			r.unseen(say.Textf("%s is passed on from the system's manager (line %d of %s), whose environment cannot be read", w.text, w.from.Line, w.from.File))
		}
		for _, kv := range strings.Split(string(data), "\x00") {
			if name, value, _ := strings.Cut(kv, "="); name == w.text {
				r.variable(name, value, w.from)
			}
		}
	}
}

// unseen notes what cannot be known of the set-up.
func (r *unitReader) unseen(why say.Text) { r.in.Unseen = append(r.in.Unseen, unseen{Text: why}) }

// envFiles reads EnvironmentFile=: one file, or what a pattern fits. The system's
// systemd reads them as root, outside of the sandbox, and a user's as that user.
func (r *unitReader) envFiles(e host.UnitEntry) {
	name, optional := strings.CutPrefix(r.expand(e, e.Value), "-")
	if !path.IsAbs(name) {
		return // systemd ignores the line
	}
	names, err := host.Glob(r.files, path.Clean(name), maxEnvFiles)
	if err != nil {
		r.in.Unseen = append(r.in.Unseen, say.Errorf("read environment file: %w", err))
	}
	if len(names) == 0 && err == nil && !optional {
		r.fault(e, "resources", say.Textf("the environment file %s is not there", name))
	}
	for _, n := range names {
		r.envFile(e, n, optional)
	}
}

func (r *unitReader) envFile(e host.UnitEntry, name string, optional bool) {
	data, err := host.ReadThrough(r.files, name)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist) && optional:
		return
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, host.ErrNotRegular):
		r.fault(e, "resources", say.Textf("the environment file %s is not there", name))
		return
	case r.u.Manager != nil && errors.Is(err, fs.ErrPermission):
		if !optional {
			r.fault(e, "resources", say.Textf("%s may not read the environment file %s", r.u.Manager.As.Name, name))
		}
		return
	default:
		r.in.Unseen = append(r.in.Unseen, say.Errorf("read environment file: %w", err))
		return
	}
	vars, _ := host.ParseEnvFile(data) // systemd passes over a bad line
	for _, v := range vars {
		from := Origin{Env: v.Name, File: name, Line: v.Line}
		if v.Exported {
			r.u.Exported = append(r.u.Exported, from)
			continue
		}
		r.in.Env.Set(v.Name, v.Value, from)
	}
}
