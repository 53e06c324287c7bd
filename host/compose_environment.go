package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// begin reads the variables for what is named, and says which file that is.
func (l *composer) begin(name string) (string, error) {
	dir := path.Dir(name)
	if info, err := Stat(l.files, name); err == nil && info.Mode.IsDir() {
		dir = name
	}
	if err := l.dotenvs(dir); err != nil {
		return "", err
	}
	if l.named = l.listed(dir); dir == name && len(l.named) > 0 {
		return l.named[0], nil
	}
	return usualFile(l.files, name)
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

// dotenvs reads the .env of a directory, or what is to be read in its place.
func (l *composer) dotenvs(dir string) error {
	list := l.env["COMPOSE_ENV_FILES"]
	if list == "" {
		l.envFiles = []string{path.Join(dir, ".env")}
		return l.dotenv(l.envFiles[0])
	}
	for n := range strings.SplitSeq(list, ",") {
		if n = strings.TrimSpace(n); !path.IsAbs(n) {
			n = path.Join(dir, n)
		}
		l.envFiles = append(l.envFiles, n)
	}
	for _, n := range slices.Backward(l.envFiles) { // what the last one says counts
		if _, err := Stat(l.files, n); err != nil {
			return say.Errorf("COMPOSE_ENV_FILES: %w", err)
		}
		if err := l.dotenv(n); err != nil {
			return err
		}
	}
	return nil
}

// dotenv adds the variables of a .env, if there is one.
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
