package runner

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// box lays the unit's sandbox over the files (systemd.exec(5), namespace.c
// v252). Of what is asked for one path, the later of these steps wins; below
// what is inaccessible nothing else is seen.
func (r *unitReader) box() {
	if r.u.Manager != nil {
		r.userBox()
		return
	}
	r.rootDirectory()
	r.protectSystem()
	r.protectHome()
	r.temporary()
	r.directories()
	r.binds("BindPaths", false)
	r.binds("BindReadOnlyPaths", true)
	r.credentials()
	r.paths("ReadWritePaths", host.Layer{Kind: host.Same})
	r.paths("ReadOnlyPaths", host.Layer{Kind: host.Same, ReadOnly: true})
	r.paths("InaccessiblePaths", host.Layer{Kind: host.Hidden})
	r.noExec()
	r.obstructed()
}

// lay puts a layer over a path, the links on the way to it followed. Of two
// sets of flags for one path read-only counts.
func (r *unitReader) lay(at string, l host.Layer) {
	real, err := r.place(path.Clean(at))
	if err != nil {
		return
	}
	l.At = real
	for _, other := range r.u.Box {
		if other.At == real && l.Kind == host.Same && other.Kind == host.Same {
			l.ReadOnly = l.ReadOnly || other.ReadOnly
		}
	}
	r.u.Box = append(r.u.Box, l)
}

// place is where a path leads that something is laid at, whether it can be seen or not.
func (r *unitReader) place(name string) (string, error) {
	real, err := host.Resolve(r.seen(), name)
	if errors.As(err, new(*host.Unseen)) {
		return name, nil
	}
	return real, err
}

// layThere lays over paths that are there.
func (r *unitReader) layThere(l host.Layer, names ...string) {
	for _, name := range names {
		if r.there(name) {
			r.lay(name, l)
		}
	}
}

func (r *unitReader) there(name string) bool {
	_, err := host.Stat(r.seen(), name)
	return err == nil || errors.Is(err, fs.ErrPermission)
}

func (r *unitReader) rootDirectory() {
	if image, e := r.text("RootImage"); image != "" {
		if !r.there(path.Clean(image)) {
			r.missing("RootImage", image, e)
		}
		r.unseen(say.Textf("the files of unit %s are in the image %s (line %d of %s), and cannot be looked at from here", r.u.Name, image, e.Line, e.File))
		return
	}
	dir, e := r.text("RootDirectory")
	if !path.IsAbs(dir) || path.Clean(dir) == "/" {
		return
	}
	real, err := host.Resolve(r.files, path.Clean(dir))
	if err == nil {
		_, err = r.files.Lstat(real)
	}
	switch {
	case err == nil:
		r.u.Box = append(r.u.Box, host.Layer{At: "/", Kind: host.Bound, Path: real})
	case errors.Is(err, fs.ErrNotExist):
		r.missing("RootDirectory", dir, e)
		fallthrough
	default:
		r.unseen(say.Textf("the files of unit %s are below %s (line %d of %s), and cannot be looked at", r.u.Name, dir, e.Line, e.File))
	}
}

// protectSystem is ProtectSystem=. Homes are left to ProtectHome=
// (protect_system_strict_table).
func (r *unitReader) protectSystem() {
	ro, rw := host.Layer{Kind: host.Same, ReadOnly: true}, host.Layer{Kind: host.Same}
	e, _ := r.u.Last("Service", "ProtectSystem")
	switch {
	case e.Value == "strict" || r.u.Truth("Service", "DynamicUser"):
		r.lay("/", r.onRoot(ro))
		r.layThere(rw, "/proc", "/sys", "/dev", "/home", "/run/user", "/root")
	case e.Value == "full":
		r.layThere(ro, "/usr", "/boot", "/efi", "/lib", "/lib64", "/bin", "/sbin", "/etc")
	case host.UnitTruth(e.Value):
		r.layThere(ro, "/usr", "/boot", "/efi", "/lib", "/lib64", "/bin", "/sbin")
	}
}

// onRoot is a layer over /, which RootDirectory= may have laid something over.
func (r *unitReader) onRoot(l host.Layer) host.Layer {
	if len(r.u.Box) > 0 && r.u.Box[0].At == "/" && r.u.Box[0].Kind == host.Bound && l.Kind == host.Same {
		l.Kind, l.Path = host.Bound, r.u.Box[0].Path
	}
	return l
}

// protectHome is ProtectHome= (protect_home_*_table).
func (r *unitReader) protectHome() {
	e, _ := r.u.Last("Service", "ProtectHome")
	homes := []string{"/home", "/run/user", "/root"}
	switch {
	case e.Value == "tmpfs":
		r.layThere(host.Layer{Kind: host.Empty, ReadOnly: true, Root: host.Info{Mode: 0o755}, Life: host.UntilStopped}, homes...)
	case host.UnitTruth(e.Value):
		r.layThere(host.Layer{Kind: host.Hidden}, homes...)
	case e.Value == "read-only" || r.u.Truth("Service", "DynamicUser"): // which cannot be told not to (unit_patch_contexts)
		r.layThere(host.Layer{Kind: host.Same, ReadOnly: true}, homes...)
	}
}

// paths reads a list of paths that get flags. One that is not there keeps the
// unit from starting, unless it has a minus.
func (r *unitReader) paths(key string, l host.Layer) {
	for _, w := range r.words(key) {
		name, optional := strings.CutPrefix(w.text, "-")
		name = strings.TrimPrefix(name, "+") // relative to RootDirectory=: all are taken so
		switch {
		case !path.IsAbs(name), r.hidden(name):
		case r.there(name):
			at := l
			if path.Clean(name) == "/" {
				at = r.onRoot(l)
			}
			r.lay(name, at)
		case !optional:
			r.missing(key, name, w.from)
		}
	}
}

// hidden reports whether a path is below something inaccessible: systemd then
// passes it over.
func (r *unitReader) hidden(name string) bool {
	real, err := host.Resolve(r.files, path.Clean(name))
	return err == nil && slices.ContainsFunc(r.u.Box, func(l host.Layer) bool {
		return l.Kind == host.Hidden && strings.HasPrefix(real, l.At+"/")
	})
}

func (r *unitReader) missing(key, name string, e host.UnitEntry) {
	r.fault(e, "226/NAMESPACE", say.Textf("%s=%s: the path is not there", key, name))
	r.u.Faults[len(r.u.Faults)-1].Missing = path.Clean(name)
}

// temporary is what begins empty: PrivateTmp= and TemporaryFileSystem=.
func (r *unitReader) temporary() {
	e, _ := r.u.Last("Service", "PrivateTmp")
	if host.UnitTruth(e.Value) || e.Value == "disconnected" || r.u.Truth("Service", "DynamicUser") {
		tmp := host.Layer{Kind: host.Empty, Root: host.Info{Mode: 0o777 | fs.ModeSticky}, Life: host.UntilStopped}
		r.lay("/tmp", tmp)
		r.lay("/var/tmp", tmp)
	}
	for _, w := range r.words("TemporaryFileSystem") {
		name, options, _ := strings.Cut(w.text, ":")
		l := host.Layer{Kind: host.Empty, Root: host.Info{Mode: 0o755}, Life: host.UntilStopped}
		for _, o := range strings.Split(options, ",") {
			if o == "ro" {
				l.ReadOnly = true
			}
			if octal, ok := strings.CutPrefix(o, "mode="); ok {
				l.Root.Mode = modeOf(octal, l.Root.Mode)
			}
		}
		if path.IsAbs(name) {
			r.lay(name, l)
		}
	}
}

func modeOf(octal string, otherwise fs.FileMode) fs.FileMode {
	if n, err := strconv.ParseUint(octal, 8, 12); err == nil {
		mode := fs.FileMode(n & 0o777)
		if n&0o1000 != 0 {
			mode |= fs.ModeSticky
		}
		return mode
	}
	return otherwise
}

// binds reads BindPaths= and BindReadOnlyPaths=: SOURCE[:DESTINATION[:OPTIONS]].
func (r *unitReader) binds(key string, readOnly bool) {
	for _, w := range r.words(key) {
		text, optional := strings.CutPrefix(w.text, "-")
		from, to, ok := strings.Cut(text, ":")
		if to, _, _ = strings.Cut(to, ":"); !ok || to == "" {
			to = from
		}
		real, err := host.Resolve(r.files, path.Clean(from))
		if err == nil {
			_, err = r.files.Lstat(real)
		}
		switch {
		case !path.IsAbs(from) || !path.IsAbs(to):
		case err == nil || errors.Is(err, fs.ErrPermission):
			r.lay(to, host.Layer{Kind: host.Bound, Path: real, ReadOnly: readOnly})
		case !optional:
			r.missing(key, from, w.from)
		}
	}
}

// noExec is NoExecPaths= and ExecPaths=, beside the flags the paths have.
func (r *unitReader) noExec() {
	for _, key := range []string{"NoExecPaths", "ExecPaths"} {
		for _, w := range r.words(key) {
			name := strings.TrimPrefix(strings.TrimPrefix(w.text, "-"), "+")
			if !path.IsAbs(name) || !r.there(name) {
				continue
			}
			m, _ := r.seen().Mount(path.Clean(name))
			r.lay(name, r.onRoot(host.Layer{Kind: host.Same, ReadOnly: m.ReadOnly, NoExec: key == "NoExecPaths"}))
		}
	}
}

// obstructed takes out what lies below something inaccessible (drop_inaccessible).
func (r *unitReader) obstructed() {
	var hidden []string
	for _, l := range r.u.Box {
		if l.Kind == host.Hidden {
			hidden = append(hidden, l.At+"/")
		}
	}
	r.u.Box = slices.DeleteFunc(r.u.Box, func(l host.Layer) bool {
		return slices.ContainsFunc(hidden, func(h string) bool { return strings.HasPrefix(l.At, h) })
	})
}
