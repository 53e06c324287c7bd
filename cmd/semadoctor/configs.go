package main

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// configs are the runners of --config: each as if it were started from this
// shell. Without any flag it is the one that the runner would find by itself.
func (a *app) configs(c *cli.Context, p *patients) (in *runner.Installation, configs []string, err error) {
	if in, err = a.shell(c, p); err != nil {
		return nil, nil, err
	}
	configs, err = expand(p.disk, in.Dir, listOf(c, "config"))
	return in, configs, err
}

// nameOfConfig is what a runner is called that is known by its config.
func nameOfConfig(config string) string {
	if config == "" {
		return "the runner's own search list"
	}
	return config
}

// expand turns directories and patterns into the configs they mean. No --config
// at all is one target: whatever the runner finds by itself.
func expand(files host.Files, dir string, args []string) ([]string, error) {
	if len(args) == 0 {
		return []string{""}, nil
	}
	var all []string
	for _, arg := range args {
		name := slashed(arg)
		if !path.IsAbs(name) && !filepath.IsAbs(name) {
			name = host.Join(dir, name)
		}
		found, err := matches(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(args) == 1 {
		return all, nil
	}
	return eachOnce(all), nil
}

// eachOnce leaves out what has been named before: one runner is one target.
func eachOnce(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(name string) bool {
		again := seen[name]
		seen[name] = true
		return again
	})
}

func matches(files host.Files, name string) ([]string, error) {
	info, err := host.Stat(files, name)
	dir, base := path.Split(name)
	switch {
	case err == nil && info.Mode.IsDir():
		return configsIn(files, name, "")
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(base, "*?["):
		return configsIn(files, dir, base)
	}
	return []string{name}, nil
}

// configsIn lists the configs in a directory, or what matches a pattern in it.
func configsIn(files host.Files, dir, pattern string) ([]string, error) {
	real, err := host.Resolve(files, dir)
	if err != nil {
		return nil, say.Errorf("look for configs: %w", err)
	}
	names, err := files.ReadDir(real)
	if err != nil {
		return nil, say.Errorf("look for configs: %w", err)
	}
	var found []string
	for _, n := range names {
		if isConfig(n, pattern) {
			found = append(found, host.Join(dir, n))
		}
	}
	switch {
	case len(found) > 0:
	case pattern != "":
		return nil, usagef("no file matches %s", host.Join(dir, pattern))
	default:
		return nil, usagef("there is no config in %s: want *.json, *.yaml or *.yml, or name the file", dir)
	}
	return found, nil
}

func isConfig(name, pattern string) bool {
	if name == checks.IgnoreName {
		return false
	}
	if pattern != "" {
		ok, err := path.Match(pattern, name)
		return ok && err == nil
	}
	switch path.Ext(name) {
	case ".json", ".yaml", ".yml":
		return true
	}
	return false
}
