package host

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// isQuadlet reports whether a file is a container of Podman's generator.
func isQuadlet(name string) bool { return path.Ext(name) == ".container" }

// quadletDirs are where Podman looks for the system's (podman-systemd.unit(5)).
func quadletDirs() []string {
	return []string{"/run/containers/systemd", "/etc/containers/systemd", "/usr/share/containers/systemd"}
}

// quadletUsers is where an administrator keeps those of users.
const quadletUsers = "/etc/containers/systemd/users"

// quadlets are where Podman looks for a user's.
func (m *UserManager) quadlets() []string {
	return []string{
		path.Join(m.Runtime(), "containers/systemd"), path.Join(m.Home, ".config/containers/systemd"),
		path.Join(quadletUsers, strconv.Itoa(m.As.UID)),
	}
}

// quadlet makes u the unit of a .container file: what Podman's generator leaves, which
// need not have run.
func (u *Unit) quadlet(l *UnitLoader) error {
	data, err := ReadThrough(l.files, u.Path)
	if err != nil {
		return err
	}
	if u.Entries, err = parseUnit(u.Path, data); err != nil {
		return err
	}
	u.Quadlet = true
	var dirs []string
	for _, n := range dropInNames(path.Base(u.Path)) {
		dirs = append(dirs, path.Join(path.Dir(u.Path), n+".d"))
	}
	for _, name := range append(u.confs(l.files, u.resolved(l.files, dirs)), u.dropIns(l.files)...) {
		if !slices.Contains(u.DropIns, name) {
			u.readDropIn(l.files, name)
		}
	}
	return nil
}

// quadletAt names the unit that a path's .container file makes, and whose it is.
func (u *Unit) quadletAt(files Files, ref string) {
	u.Name, u.Path = strings.TrimSuffix(path.Base(ref), ".container")+".service", ref
	for _, dir := range quadletDirs() {
		u.Known = u.Known || below(ref, dir) != ""
	}
	for _, m := range userManagers(files) {
		for _, dir := range m.quadlets() {
			if below(ref, dir) != "" {
				u.Manager, u.Known = &m, true
			}
		}
	}
}

// findQuadlet is the .container file of a unit's name; "" when there is none. Where
// systemd has the unit already, the generator says what it has made it of.
func (u *Unit) findQuadlet(files Files) string {
	if e, ok := u.Last("Unit", "SourcePath"); ok {
		if _, err := Stat(files, e.Value); err == nil && isQuadlet(e.Value) {
			return e.Value
		}
		return ""
	}
	dirs := quadletDirs()
	for _, m := range userManagers(files) {
		dirs = append(dirs, m.quadlets()...)
	}
	for _, dir := range dirs {
		for _, at := range quadletsIn(files, dir, 0) {
			if n := strings.TrimSuffix(path.Base(at), ".container"); n == u.Stem() || n+"."+u.Type() == u.template() {
				return at
			}
		}
	}
	return ""
}

// quadletsIn are the files of a directory and those below it, but for what is for users.
func quadletsIn(files Files, dir string, depth int) (found []string) {
	real, err := Resolve(files, dir)
	if err != nil || depth > 3 {
		return nil
	}
	names, _ := files.ReadDir(real)
	for _, n := range names {
		at := path.Join(dir, n)
		switch info, err := Stat(files, at); {
		case err != nil:
		case isQuadlet(n):
			found = append(found, at)
		case info.Mode.IsDir() && at != quadletUsers:
			found = append(found, quadletsIn(files, at, depth+1)...)
		}
	}
	return found
}

// FindQuadlets are the paths of the .container files in which a word stands, of the
// system and of users, but for templates. known are the names of units: of what systemd
// has already nothing is said.
func FindQuadlets(files Files, word string, known []string) (all []string) {
	dirs := quadletDirs()
	for _, m := range userManagers(files) {
		dirs = append(dirs, m.quadlets()...)
	}
	s := unitSearch{files: files, word: []byte(word)}
	for _, dir := range dirs {
		for _, at := range quadletsIn(files, dir, 0) {
			name := strings.TrimSuffix(path.Base(at), ".container")
			if s.holds(name, at) && !strings.HasSuffix(name, "@") && !slices.Contains(known, name+".service") {
				all = append(all, at)
			}
		}
	}
	return all
}
