package runner

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/host"
)

// runnerUser is who runs the runner in the official images.
var runnerUser = host.Identity{Name: "semaphore", UID: 1001}

// tree is a file system for tests. Directories that are not entries are root's
// and 0755.
type tree map[string]node

type node struct {
	mode   fs.FileMode // 0 is a file 0644
	owner  host.Owner
	data   string // or where a link points
	hidden bool   // semadoctor may not look
}

var _ host.Files = tree{}

func plain(data string) node { return node{data: data} }

// config is a machine with nothing but a config where E4 and later look last.
func config(data string) tree { return tree{configPath: plain(data)} }

const configPath = "/etc/semaphore/config.json"

func (m tree) find(op, name string) (node, error) {
	n, ok := m[name]
	if !ok && !m.isDir(name) {
		return n, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	if n.hidden {
		return n, &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
	}
	switch {
	case !ok:
		n.mode = fs.ModeDir | 0o755
	case n.mode == 0:
		n.mode = 0o644
	}
	return n, nil
}

func (m tree) isDir(name string) bool {
	for p := range m {
		if name == "/" || strings.HasPrefix(p, name+"/") && m[name].data == "" {
			return true
		}
	}
	return false
}

func (m tree) Lstat(name string) (host.Info, error) {
	n, err := m.find("lstat", name)
	return host.Info{Mode: n.mode, Owner: n.owner, Size: int64(len(n.data))}, err
}

func (m tree) Readlink(name string) (string, error) {
	n, err := m.find("readlink", name)
	return n.data, err
}

func (m tree) ReadFile(name string) ([]byte, error) {
	n, err := m.find("read", name)
	switch {
	case err != nil:
		return nil, err
	case !n.mode.IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: host.ErrNotRegular}
	case len(n.data) > host.MaxFile:
		return nil, &fs.PathError{Op: "read", Path: name, Err: host.ErrTooLarge}
	}
	return []byte(n.data), nil
}

func (m tree) ReadDir(name string) ([]string, error) {
	if !m.isDir(name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	seen := map[string]bool{}
	for p := range m {
		if rest, ok := strings.CutPrefix(p, strings.TrimSuffix(name, "/")+"/"); ok {
			first, _, _ := strings.Cut(rest, "/")
			seen[first] = true
		}
	}
	return slices.Sorted(maps.Keys(seen)), nil
}

func (m tree) ACL(string) ([]byte, error)       { return nil, nil }
func (m tree) Mount(string) (host.Mount, error) { return host.Mount{Type: "ext4"}, nil }

// environ makes an environment of NAME=VALUE words.
func environ(words ...string) Environment {
	e := Environment{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		e.Set(name, value, Origin{Env: name})
	}
	return e
}

// install is a runner of the user, started with --config and some variables.
func install(words ...string) *Installation {
	return &Installation{Config: configPath, Dir: "/srv", Env: environ(words...), As: runnerUser}
}

func newSecrets() *Secrets { return NewSecrets([]byte("key of the tests")) }

// resolve is the config an era makes of a text and an environment.
func resolve(t testing.TB, era Era, text string, words ...string) *Config {
	t.Helper()
	in := install(words...)
	f, err := Open(config(text), in, era)
	if err != nil {
		t.Fatal(err)
	}
	return Resolve(f, in, Version{Era: era}, newSecrets())
}

// credential reads an identity from a machine whose config is at configPath.
func credential(t testing.TB, m tree, era Era, words ...string) *Credential {
	t.Helper()
	in := install(words...)
	f, err := Open(m, in, era)
	if err != nil {
		t.Fatal(err)
	}
	secrets := newSecrets()
	return NewCredential(m, Resolve(f, in, Version{Era: era}, secrets), secrets)
}

// with is m with one more entry.
func (m tree) with(name string, n node) tree {
	more := tree{path.Clean(name): n}
	for k, v := range m {
		if _, ok := more[k]; !ok {
			more[k] = v
		}
	}
	return more
}
