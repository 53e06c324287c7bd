package host

import (
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
// Where COMPOSE_ENV_FILES of env names files, those are read in place of the .env.
// A directory means those files, or the usual one in it. Errors name file and line.
func LoadCompose(files Files, name string, env map[string]string) (*Compose, error) {
	c, err := newComposer(files, env).load(name)
	if err != nil {
		return nil, say.Errorf("read compose file: %w", err)
	}
	return c, nil
}

// A composer puts a compose file together.
type composer struct {
	files    Files
	env      map[string]string // the caller's
	own      []dotenvVar       // of .env
	envFiles []string          // the .env, or what is read in its place
	reader   yreader
	used     map[string]int // how often each variable was asked for
	root     string         // of all files that COMPOSE_FILE names: the directory of the first
	named    []string       // by COMPOSE_FILE
	laid     []string       // over each other: the file that was named and its override, or those of COMPOSE_FILE
	docker   dockerDaemon
	opened   int      // files
	chain    []string // files and services on the way here, against circles
}

func newComposer(files Files, env map[string]string) *composer {
	l := &composer{files: files, env: env, used: map[string]int{}, docker: dockerOf(files)}
	l.reader = yreader{left: maxNodes, fill: func(s string) (string, []string, error) { return interpolate(s, l.use) }}
	return l
}

func (l *composer) load(name string) (*Compose, error) {
	name, err := l.begin(name)
	if err != nil {
		return nil, err
	}
	root, err := l.first(name)
	if err != nil {
		return nil, err
	}
	return l.compose(name, root)
}

// open reads a file, links followed.
func (l *composer) open(name string) ([]byte, error) {
	if l.opened++; l.opened > maxFiles {
		return nil, Place{File: name}.wrong("%w", ErrTooDeep)
	}
	return ReadThrough(l.files, name)
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
