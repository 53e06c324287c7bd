package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// first is the file that was named, with those that belong to it.
func (l *composer) first(name string) (*ynode, error) {
	if !slices.Contains(l.named, path.Clean(name)) {
		l.named, l.laid = nil, []string{name}
		return l.whole(name, true)
	}
	l.root, l.laid = path.Dir(l.named[0]), l.named
	var root *ynode
	for _, n := range l.named {
		one, err := l.whole(n, false)
		if err != nil {
			return nil, say.Errorf("COMPOSE_FILE: %w", err)
		}
		root = overlay(root, one, "")
	}
	return root, nil
}

// listed is what COMPOSE_FILE names, as seen from the directory of the project.
func (l *composer) listed(dir string) (names []string) {
	list, ok := l.look("COMPOSE_FILE")
	sep, set := l.look("COMPOSE_PATH_SEPARATOR")
	if !set || sep == "" {
		sep = ":"
	}
	if !ok || list == "" {
		return nil
	}
	for _, n := range strings.Split(list, sep) {
		switch {
		case n == "":
		case path.IsAbs(n):
			names = append(names, path.Clean(n))
		default:
			names = append(names, path.Join(dir, n))
		}
	}
	return names
}

// composeNames are the files docker compose looks for, in this order.
func composeNames() []string {
	return []string{"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"}
}

// usualFile is the compose file in a directory; what is none is the file itself.
func usualFile(files Files, name string) (string, error) {
	info, err := Stat(files, name)
	if err != nil || !info.Mode.IsDir() {
		return name, err
	}
	for _, n := range composeNames() {
		if _, err := Stat(files, path.Join(name, n)); err == nil {
			return path.Join(name, n), nil
		}
	}
	return "", say.Errorf("no compose.yaml in %s", name)
}

// overrideOf is the file docker compose lays over one with a usual name.
func overrideOf(name string) string {
	for _, n := range composeNames() {
		if path.Base(name) == n {
			ext := path.Ext(name)
			return strings.TrimSuffix(name, ext) + ".override"
		}
	}
	return ""
}

// override lays the override file over root, if there is one; stem is its path without
// the ending.
func (l *composer) override(root *ynode, stem string) (*ynode, error) {
	for _, ext := range []string{".yaml", ".yml"} {
		over, err := l.parsed(stem + ext)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		l.laid = append(l.laid, stem+ext)
		return overlay(root, over, ""), nil
	}
	return root, nil
}
