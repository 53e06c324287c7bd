package host

import (
	"path"
	"slices"
	"strings"
)

// including adds what "include:" names below what the file says itself.
func (l *composer) including(root *ynode) (*ynode, error) {
	list := root.get("include")
	if list == nil {
		return root, nil
	}
	if err := list.want("include", ylist); err != nil {
		return nil, err
	}
	for _, item := range list.items {
		included, err := l.included(item)
		if err != nil {
			return nil, err
		}
		root = overlay(included, root, "")
	}
	return root, nil
}

// included are the files of one item of "include:", each over the one before. Variables
// are also those of its env_file, or of the .env in its own directory; those of the
// including project go before (compose-spec, 14-include.md).
func (l *composer) included(item *ynode) (root *ynode, err error) {
	names, dir := item.strings(), ""
	if item.kind == ymap {
		names, dir = item.get("path").strings(), item.get("project_directory").str()
	}
	if dir == "" && len(names) > 0 {
		dir = path.Dir(names[0])
	}
	before := l.own
	defer func() { l.own = before }()
	envFiles := item.get("env_file").strings()
	if envFiles == nil {
		envFiles = []string{path.Join(dir, ".env")}
	}
	for _, name := range envFiles {
		if at := l.beside(item.at, name); at != l.beside(item.at, ".env") {
			if err := l.dotenv(at); err != nil {
				return nil, item.at.wrong("include: %w", err)
			}
		}
	}
	for _, name := range names {
		one, err := l.whole(l.beside(item.at, name), false)
		if err != nil {
			return nil, item.at.wrong("include %s: %w", name, err)
		}
		root = overlay(root, one, "")
	}
	return root, nil
}

// beside is a path as one in the file at at means it.
func (l *composer) beside(at Place, name string) string {
	switch {
	case path.IsAbs(name):
		return path.Clean(name)
	case name == "~" || strings.HasPrefix(name, "~/"):
		home, _ := l.look("HOME")
		return path.Join("/", home, name[1:])
	}
	dir := path.Dir(at.File)
	if slices.Contains(l.named, at.File) {
		dir = l.root
	}
	return path.Join(dir, name)
}
