package runner

import (
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// Called is what people call the unit: by its name, and whose it is if it is not the
// system's.
func (u *Unit) Called() string {
	if u.Manager == nil {
		return u.Name
	}
	return u.Name + " of " + u.Manager.As.Name
}

// itself is who a unit of a user's own systemd runs as: that user. It may name no
// other (systemd.exec(5)).
func (r *unitReader) itself() {
	m := r.u.Manager
	r.in.As, r.home = m.As, m.Home
	if user, e := r.text("User"); user != "" && user != m.As.Name {
		r.fault(e, "217/USER", say.Textf("a unit of %s's own systemd cannot run as %s", m.As.Name, user))
	}
	if r.u.Truth("Service", "DynamicUser") {
		r.unseen(say.Textf("what DynamicUser= does in a unit of a user's own systemd depends on its version"))
	}
	for name, value := range map[string]string{
		"HOME": m.Home, "LOGNAME": m.As.Name, "USER": m.As.Name, "SHELL": m.Shell, "XDG_RUNTIME_DIR": m.Runtime(),
	} {
		if value != "" {
			r.in.Env.Set(name, value, Origin{Env: name, File: "/etc/passwd"})
		}
	}
}

// environmentD reads environment.d(5): what a user's systemd has in its own
// environment, and so all of its units.
func (r *unitReader) environmentD() {
	m := r.u.Manager
	if m == nil {
		return
	}
	var files []string
	for _, dir := range []string{path.Join(m.Home, ".config"), "/etc", "/run", "/usr/local/lib", "/usr/lib"} {
		names, _ := host.Glob(r.files, path.Join(dir, "environment.d/*.conf"), maxEnvFiles)
		for _, n := range names {
			if !slices.ContainsFunc(files, func(f string) bool { return path.Base(f) == path.Base(n) }) {
				files = append(files, n)
			}
		}
	}
	slices.SortFunc(files, func(a, b string) int { return strings.Compare(path.Base(a), path.Base(b)) })
	for _, f := range files {
		r.environmentFile(f)
	}
}

// environmentFile reads one of them. What it makes of other variables is not told.
func (r *unitReader) environmentFile(name string) {
	data, err := host.ReadThrough(r.files, name)
	if err != nil {
		return // then the user's systemd may not either (environment.d(5))
	}
	vars, _ := host.ParseEnvFile(data)
	for _, v := range vars {
		switch {
		case !strings.Contains(v.Value, "$"):
			r.in.Env.Set(v.Name, v.Value, Origin{Env: v.Name, File: name, Line: v.Line})
		case strings.HasPrefix(v.Name, "SEMAPHORE_"):
			r.unseen(say.Textf("what %s comes to in line %d of %s is not known", v.Name, v.Line, name))
		}
	}
}

// userBox is the sandbox of a unit of a user's own systemd: only directories that
// are made. All else needs rights that the user has or not, and is left out in
// silence by some versions.
func (r *unitReader) userBox() {
	r.directories()
	for _, key := range []string{
		"RootDirectory", "RootImage", "ProtectSystem", "ProtectHome", "PrivateTmp", "TemporaryFileSystem", "BindPaths", "BindReadOnlyPaths",
		"ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "NoExecPaths", "PrivateUsers", "LoadCredential", "SetCredential",
	} {
		if e, ok := r.u.Last("Service", key); ok && e.Value != "no" && e.Value != "false" {
			r.unseen(say.Textf("what %s= (line %d of %s) does in a unit of a user's own systemd depends on its version and on the kernel", key, e.Line, e.File))
		}
	}
}

// userDirectoryKinds are the directories of a user's units. Where state and logs
// are has changed with v254, which goes on with what is in the older place
// (systemd.exec(5)).
func (r *unitReader) userDirectoryKinds(m *host.UserManager) []directoryKind {
	config, state := path.Join(m.Home, ".config"), path.Join(m.Home, ".local/state")
	logs := r.older("LogsDirectory", path.Join(config, "log"), path.Join(state, "log"))
	state = r.older("StateDirectory", config, state)
	return []directoryKind{
		{"RuntimeDirectory", m.Runtime(), "RUNTIME_DIRECTORY", host.UntilStopped, false},
		{"StateDirectory", state, "STATE_DIRECTORY", "", false},
		{"CacheDirectory", path.Join(m.Home, ".cache"), "CACHE_DIRECTORY", "", false},
		{"LogsDirectory", logs, "LOGS_DIRECTORY", "", false},
		{"ConfigurationDirectory", config, "CONFIGURATION_DIRECTORY", "", false},
	}
}

// older is the older place if one of the directories that a setting names is there.
func (r *unitReader) older(key, older, newer string) string {
	for _, w := range r.words(key) {
		name, _, _ := strings.Cut(w.text, ":")
		if _, err := host.Stat(r.files, path.Join(older, name)); err == nil {
			return older
		}
	}
	return newer
}
