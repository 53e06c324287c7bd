package host

import (
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// dropIns are the paths of a unit's drop-ins in the order of their file names,
// wherever they are. Of two with one name the first found counts
// (unit_file_find_dropin_paths, v252).
func (u *Unit) dropIns(files Files) []string { return u.confs(files, u.dropInDirs(files)) }

func (u *Unit) confs(files Files, dirs []string) (all []string) {
	seen := map[string]bool{}
	for _, dir := range dirs {
		names, err := files.ReadDir(dir)
		if err != nil {
			u.missed("look for drop-ins", err)
			continue
		}
		for _, name := range names {
			if path.Ext(name) == ".conf" && name[0] != '.' && !seen[name] {
				seen[name] = true
				all = append(all, path.Join(dir, name))
			}
		}
	}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(path.Base(a), path.Base(b)) })
	if len(all) > maxDropIns {
		u.missed("read drop-ins", say.Errorf("there are %d, and only %d are read", len(all), maxDropIns))
		all = all[:maxDropIns]
	}
	return all
}

// dropInDirs are the directories of drop-ins, what counts most first.
func (u *Unit) dropInDirs(files Files) (dirs []string) {
	if !u.Known {
		return u.resolved(files, []string{u.Path + ".d"})
	}
	for _, name := range append([]string{u.Name}, u.Aliases...) {
		for _, dir := range u.dirs() {
			for _, n := range dropInNames(name) {
				dirs = append(dirs, path.Join(dir, n+".d"))
			}
		}
	}
	for _, dir := range u.dirs() {
		dirs = append(dirs, path.Join(dir, u.Type()+".d"))
	}
	return u.resolved(files, dirs)
}

// resolved are directories free of links, without those that are not there.
// /lib is a link to /usr/lib on most systems: nothing is read twice.
func (u *Unit) resolved(files Files, dirs []string) (real []string) {
	for _, dir := range dirs {
		r, err := Resolve(files, dir)
		if err == nil && !slices.Contains(real, r) {
			real = append(real, r)
		}
		u.missed("look for drop-ins", err)
	}
	return real
}

// dropInNames are the names whose directories of drop-ins a unit's name has: its
// own, its template's, and those cut off behind each dash.
func dropInNames(name string) []string {
	names := []string{name}
	u := Unit{Name: name}
	if u.Instance() != "" {
		names = append(names, dropInNames(u.template())...)
	}
	prefix := strings.TrimSuffix(u.Prefix(), "-")
	if dash := strings.LastIndexByte(prefix, '-'); dash >= 0 {
		rest := strings.TrimPrefix(name, u.Prefix())
		if strings.HasPrefix(rest, "@.") {
			rest = rest[1:] // a template's prefix is none
		}
		names = append(names, dropInNames(prefix[:dash+1]+rest)...)
	}
	return names
}
