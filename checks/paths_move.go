package checks

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// stateHome is where Semaphore's own images keep what a runner writes.
const stateHome = "/var/lib/semaphore"

// homeMode is the least that works for a directory only the runner uses.
const homeMode fs.FileMode = 0o750

// newName is what a moved file is called.
func newName(r runner.Role) string {
	switch r {
	case runner.StateRole:
		return "runner_state.json"
	case runner.TokenRole:
		return "runner_token"
	case runner.KeyRole:
		return "runner_key.pem"
	case runner.TmpRole:
		return "tmp"
	}
	return "runner_file"
}

// freePath is a path of the runner's own at which nothing stands yet.
func (t *Target) freePath(c *runner.Config, u runner.Use) (string, error) {
	dir, err := t.homeDir(c)
	if err != nil {
		return "", err
	}
	name := newName(u.Role)
	ext := path.Ext(name)
	for n := 1; n < 100; n++ {
		p := path.Join(dir, name)
		if n > 1 {
			p = fmt.Sprintf("%s-%d%s", path.Join(dir, name[:len(name)-len(ext)]), n, ext)
		}
		if free, err := t.free(p); free || err != nil {
			return p, err
		}
	}
	return "", CannotTell(nil, "%s holds a hundred files called like %s", dir, name)
}

// free reports whether nothing stands at p.
func (t *Target) free(p string) (bool, error) {
	_, err := host.Stat(t.Files, p)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, CannotTell(err, "semadoctor may not look into %s: run it as root", path.Dir(p))
	}
	return false, nil
}

// homeDir is where the runner may keep its files: the first of its homes that
// is not somebody else's, a server's say.
func (t *Target) homeDir(c *runner.Config) (string, error) {
	homes := homesOf(c)
	for _, dir := range homes {
		ok, err := t.homely(c, dir)
		if ok || err != nil {
			return dir, err
		}
	}
	return "", CannotTell(nil, "%s belong to somebody else, or cannot be written", say.List(homes))
}

// homely reports whether the runner can have dir, if need be after a repair: no
// repair helps against a mount that is read-only.
func (t *Target) homely(c *runner.Config, dir string) (bool, error) {
	switch a := host.CanFill(t.Files, dir, t.Install.As); a.Verdict {
	case host.Granted:
		return true, nil
	case host.ReadOnly, host.Immutable:
		return false, nil
	}
	if off(t.real(dir)) {
		return false, nil
	}
	if free, err := t.free(dir); free || err != nil {
		return host.CanCreate(t.Files, dir, host.Identity{}).Verdict != host.ReadOnly, err
	}
	return t.spare(c, dir), nil
}

// homesOf are the places for what the runner writes: those of Semaphore's
// images for a runner that is installed on the system, and a directory beside
// the config for one that lives in somebody's home.
func homesOf(c *runner.Config) []string { return homesFor(configPath(c)) }

// homesFor is homesOf by the config's path; "" is a runner without one.
func homesFor(config string) []string {
	if config = path.Clean(config); config != "." && !onSystem(config) {
		beside := path.Join(path.Dir(config), "state")
		return []string{beside, beside + "-runner"}
	}
	return []string{stateHome, stateHome + "-runner"}
}

// onSystem reports whether a path is one of the system's (FHS 3.0).
func onSystem(name string) bool {
	top, _, _ := strings.Cut(strings.TrimPrefix(name, "/"), "/")
	switch top {
	case "etc", "usr", "opt", "srv", "var":
		return true
	}
	return path.Dir(name) == "/"
}

// pointTo lets a use have the path to. Where the value stands nowhere that a repair
// may edit there is only something to say.
func (t *Target) pointTo(c *runner.Config, u runner.Use, to string) ([]repair.Edit, say.Text) {
	s, ok := runner.SettingOf(c.Era, u.Name)
	from := u.Path.From
	if !ok {
		return nil, say.Text{}
	}
	if edits := t.changePath(c, s, from, to); edits != nil {
		return append(t.home(path.Dir(to)), edits...), say.Text{}
	}
	switch {
	case from.Env != "" && from.File != "":
		return nil, say.Textf("in line %d of %s, set %s=%s and make %s for %s", from.Line, from.File, from.Env, to, path.Dir(to), t.Install.As)
	case from.Pointer != "":
		return nil, say.Textf("in line %d of %s, set %s to %s, and make %s for %s", from.Line, from.File, s.Key(), to, path.Dir(to), t.Install.As)
	case from.Env == "" && c.File != nil:
		return nil, say.Textf("in %s, set %s to %s, and make %s for %s", c.File.Path, s.Key(), to, path.Dir(to), t.Install.As)
	}
	return nil, say.Textf("start the runner with %s=%s, and make %s for %s", s.Env, say.Shell(to), path.Dir(to), t.Install.As)
}

// changePath sets a path where it is set now, or in the config where nobody sets it.
func (t *Target) changePath(c *runner.Config, s runner.Setting, from runner.Origin, to string) []repair.Edit {
	if from.Pointer == "" && from.Env == "" && c.File != nil {
		return t.feasible(repair.SetKey{File: c.File.Path, Pointer: s.Pointer, Value: to})
	}
	return t.setAt(c, from, to)
}

// home makes a directory for the runner, if it is not there. One that is there
// and shuts the runner out is a finding of its own.
func (t *Target) home(dir string) []repair.Edit {
	return []repair.Edit{repair.MakeDir{Path: dir, Mode: homeMode, Owner: t.Install.As.Owner()}}
}
