package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// maxFiles is how many files one compose file may be made of.
const maxFiles = 50

// LoadCompose reads a compose file as "docker compose" does: with the override
// file beside one that has a usual name, with what it includes and extends, and
// with the variables of the .env beside it under those of env, the caller's own.
// Where COMPOSE_FILE names it among others, all of those are one, in their order, and
// no override file is looked for (docs.docker.com, compose/how-tos/environment-variables).
// A directory means the usual file in it. Errors name file and line.
func LoadCompose(files Files, name string, env map[string]string) (*Compose, error) {
	name, err := composeFile(files, name)
	if err != nil {
		return nil, say.Errorf("read compose file: %w", err)
	}
	l := &composer{files: files, env: env}
	l.reader.left = maxNodes
	l.used = map[string]int{}
	l.reader.fill = func(s string) (string, []string, error) { return interpolate(s, l.use) }
	if err := l.dotenv(path.Join(path.Dir(name), ".env")); err != nil {
		return nil, say.Errorf("read compose file: %w", err)
	}
	root, err := l.first(name)
	if err != nil {
		return nil, say.Errorf("read compose file: %w", err)
	}
	c, err := l.compose(name, root)
	if err != nil {
		return nil, say.Errorf("read compose file: %w", err)
	}
	return c, nil
}

// composeNames are the files docker compose looks for, in this order.
func composeNames() []string {
	return []string{"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"}
}

func composeFile(files Files, name string) (string, error) {
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

// A composer puts a compose file together.
type composer struct {
	files  Files
	env    map[string]string // the caller's
	own    []dotenvVar       // of .env
	reader yreader
	used   map[string]int // how often each variable was asked for
	root   string         // of all files that COMPOSE_FILE names: the directory of the first
	named  []string       // by COMPOSE_FILE
	opened int
	chain  []string // files and services on the way here, against circles
}

// look finds a variable in the caller's environment, then in .env.
func (l *composer) look(name string) (value string, ok bool) {
	if v, ok := l.env[name]; ok {
		return v, true
	}
	for _, v := range l.own {
		if v.name == name && !v.passed {
			value, ok = v.value, true
		}
	}
	return value, ok
}

// use is look for what the files are put together with.
func (l *composer) use(name string) (value string, ok bool) {
	l.used[name]++
	return l.look(name)
}

func (l *composer) dotenv(name string) error {
	data, err := l.open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	vars, err := parseDotenv(name, data, func(n string) (string, bool) { v, ok := l.env[n]; return v, ok })
	l.own = append(vars, l.own...) // what the first .env says stands last, and counts
	return err
}

// open reads a file, links followed.
func (l *composer) open(name string) ([]byte, error) {
	if l.opened++; l.opened > maxFiles {
		return nil, Place{File: name}.wrong("%w", ErrTooDeep)
	}
	real, err := Resolve(l.files, name)
	if err != nil {
		return nil, err
	}
	return l.files.ReadFile(real)
}

// first is the file that was named, with those that belong to it.
func (l *composer) first(name string) (*ynode, error) {
	l.named = l.composeFile(path.Dir(name))
	if !slices.Contains(l.named, path.Clean(name)) {
		l.named = nil
		return l.whole(name, true)
	}
	l.root = path.Dir(l.named[0])
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

// composeFile is what COMPOSE_FILE names, as seen from the directory of the project.
func (l *composer) composeFile(dir string) (names []string) {
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

// whole is a file with its override file and what it includes.
func (l *composer) whole(name string, first bool) (*ynode, error) {
	for _, n := range l.chain {
		if n == name {
			return nil, say.Errorf("the files include each other in a circle: %s", strings.Join(append(l.chain, name), " → "))
		}
	}
	l.chain = append(l.chain, name)
	defer func() { l.chain = l.chain[:len(l.chain)-1] }()
	root, err := l.parsed(name)
	if err != nil {
		return nil, err
	}
	if over := overrideOf(name); first && over != "" {
		if root, err = l.override(root, over); err != nil {
			return nil, err
		}
	}
	return l.including(root)
}

// parse reads the documents of one file, each over the one before.
func (l *composer) parse(name string) (*ynode, error) {
	data, err := l.open(name)
	if err != nil {
		return nil, err
	}
	docs, err := l.reader.documents(name, data)
	if err != nil {
		return nil, err
	}
	var root *ynode
	for _, d := range docs {
		if d.kind != ymap {
			return nil, d.at.wrong("a compose file is a mapping with services in it")
		}
		root = overlay(root, normal(d), "")
	}
	if root == nil {
		return nil, say.Errorf("%s: there is nothing in it", name)
	}
	return root, nil
}

// parsed is a file in which each service is over what it extends: that comes
// before override files do. What only those can tell stays as it is.
func (l *composer) parsed(name string) (*ynode, error) {
	root, err := l.parse(name)
	if err != nil {
		return nil, err
	}
	services := root.get("services")
	for i, f := range services.all() {
		ext := f.value.get("extends")
		if ext == nil || ext.get("file") == nil && services.get(extended(ext)) == nil {
			continue
		}
		n, err := l.extended(services, f.key, f.at)
		if err != nil {
			return nil, err
		}
		services.fields[i].value = n
	}
	return root, nil
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

func (l *composer) override(root *ynode, stem string) (*ynode, error) {
	for _, ext := range []string{".yaml", ".yml"} {
		over, err := l.parsed(stem + ext)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		return overlay(root, over, ""), nil
	}
	return root, nil
}

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
