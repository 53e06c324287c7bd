package host

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// FindCompose names the compose files in which a word stands, where people keep
// them: in dir, /root and /etc/WORD, and in the directories of /opt, /srv, /home
// and /var/lib. One that may not be read is named if the word is in its path.
func FindCompose(files Files, dir, word string) []string {
	dirs := []string{dir, "/root", "/etc/" + word}
	for _, up := range []string{"/opt", "/srv", "/home", "/var/lib"} {
		dirs = append(dirs, up)
		real, err := Resolve(files, up)
		if err != nil {
			continue
		}
		names, _ := files.ReadDir(real)
		for _, n := range names {
			dirs = append(dirs, path.Join(up, n))
		}
	}
	var found []string
	for _, d := range dirs {
		if file, ok := composeIn(files, d, word); ok && !slices.Contains(found, file) {
			found = append(found, file)
		}
	}
	return found
}

// composeIn is the compose file of a directory, if the word is in it.
func composeIn(files Files, dir, word string) (string, bool) {
	for _, n := range composeNames() {
		name := path.Join(dir, n)
		data, err := ReadThrough(files, name)
		switch {
		case err == nil:
			return name, bytes.Contains(data, []byte(word))
		case errors.Is(err, fs.ErrPermission):
			return name, strings.Contains(name, word)
		}
	}
	return "", false
}

// ComposeWith is the compose file that a path names, or the usual one in it, if a word
// stands there; "" when it does not.
func ComposeWith(files Files, name, word string) string {
	if name == "" {
		return ""
	}
	file, err := usualFile(files, name)
	if err != nil {
		return ""
	}
	if data, err := ReadThrough(files, file); err == nil && bytes.Contains(data, []byte(word)) {
		return file
	}
	return ""
}
