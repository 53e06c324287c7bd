package runner

import (
	"io/fs"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// A directoryKind is a setting that has systemd make directories at every start.
type directoryKind struct {
	key, base, variable string
	life                host.Lifetime
	ofRoot              bool // they stay root's
}

func (r *unitReader) directoryKinds() []directoryKind {
	if m := r.u.Manager; m != nil {
		return r.userDirectoryKinds(m)
	}
	return []directoryKind{
		{"RuntimeDirectory", "/run", "RUNTIME_DIRECTORY", host.UntilStopped, false},
		{"StateDirectory", "/var/lib", "STATE_DIRECTORY", "", false},
		{"CacheDirectory", "/var/cache", "CACHE_DIRECTORY", "", false},
		{"LogsDirectory", "/var/log", "LOGS_DIRECTORY", "", false},
		{"ConfigurationDirectory", "/etc", "CONFIGURATION_DIRECTORY", "", true},
	}
}

// directories are there when the runner starts, and writable in spite of
// ProtectSystem=strict. systemd gives them, with all that is in them, to the
// unit's user, unless that is whose they are (setup_exec_directory, v252).
func (r *unitReader) directories() {
	for _, k := range r.directoryKinds() {
		octal, _ := r.text(k.key + "Mode")
		mode := modeOf(octal, 0o755)
		if e, ok := r.u.Last("Service", k.key+"Preserve"); ok && e.Value != "no" {
			k.life = "" // as long as its file system
		}
		for _, w := range r.words(k.key) {
			name, _, _ := strings.Cut(w.text, ":")
			if path.IsAbs(name) || strings.Contains("/"+name+"/", "/../") {
				continue // systemd ignores it
			}
			r.directoryAt(path.Join(k.base, name), k, mode)
		}
	}
}

// directoryAt lays one of them, made or as it is there. That of a dynamic user
// is behind a link into a directory private to root, which its user gets into.
func (r *unitReader) directoryAt(name string, k directoryKind, mode fs.FileMode) {
	if r.in.As.Dynamic && !k.ofRoot {
		r.layThere(host.Layer{Kind: host.Same, ReadOnly: true, Root: host.Info{Mode: 0o755}}, path.Join(k.base, "private"))
	}
	owner := r.in.As.Owner()
	l := host.Layer{Kind: host.Same, Life: k.life, Owner: &owner, Root: host.Info{Mode: mode}}
	if k.ofRoot {
		l.Owner, l.Root = nil, host.Info{}
	}
	real, err := r.place(name)
	if err != nil {
		return
	}
	info, err := r.seen().Lstat(real)
	switch {
	case err != nil && k.ofRoot:
		l.Kind, l.Root = host.Empty, host.Info{Mode: mode}
	case err != nil:
		l.Kind, l.Root = host.Empty, host.Info{Mode: mode, Owner: owner}
	case info.Owner == owner:
		l.Owner = nil // then what is in it stays as it is
	}
	r.lay(name, l)
}
