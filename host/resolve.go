package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"
)

// maxLinks is how many symbolic links one path may take, as in the kernel.
const maxLinks = 40

// Join is name, which is relative, as a process in dir means it. Unlike
// path.Join it leaves ".." where it is, which behind a link leads elsewhere than
// the text suggests, and a slash at the end, which asks for a directory.
func Join(dir, name string) string {
	joined := strings.TrimRight(dir, "/")
	slash := ""
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
			continue
		}
		joined += "/" + part
		slash = "/"
	}
	switch {
	case joined == "":
		return "/"
	case strings.HasSuffix(name, "/") || strings.HasSuffix(name, "/."):
		return joined + slash
	}
	return joined
}

// Resolve follows every symbolic link of name, inside files, and returns the
// path that is really meant, ".." taken after the links as the kernel does. A
// missing last part is not an error: the runner may be about to make it, and
// the directories before it. What is no directory and has more behind it, even
// a slash, is syscall.ENOTDIR; links that go round in circles are syscall.ELOOP.
func Resolve(files Files, name string) (string, error) {
	if g, ok := files.(*Glance); ok {
		return g.resolve(name)
	}
	return resolve(files, name)
}

// ReadThrough reads the file that name leads to.
func ReadThrough(files Files, name string) ([]byte, error) {
	real, err := Resolve(files, name)
	if err != nil {
		return nil, err
	}
	return files.ReadFile(real)
}

func resolve(files Files, name string) (string, error) {
	done, todo := "/", strings.TrimLeft(name, "/")
	for links := 0; todo != ""; {
		part, rest := cut(todo)
		next := child(name, done, part)
		info, err := files.Lstat(next)
		switch {
		case errors.Is(err, fs.ErrNotExist) && !climbs(rest):
			return path.Join(next, rest), nil
		case err != nil:
			return "", err
		case info.Mode&fs.ModeSymlink == 0 && rest != "" && !info.Mode.IsDir():
			return "", &fs.PathError{Op: "resolve", Path: name, Err: syscall.ENOTDIR}
		case info.Mode&fs.ModeSymlink == 0:
			done, todo = next, strings.TrimLeft(rest, "/")
			continue
		}
		if links++; links > maxLinks {
			return "", &fs.PathError{Op: "resolve", Path: name, Err: syscall.ELOOP}
		}
		target, err := files.Readlink(next)
		if err != nil {
			return "", err
		}
		if path.IsAbs(target) {
			done = "/"
		}
		todo = strings.TrimLeft(before(target, rest), "/")
	}
	return done, nil
}

// climbs reports whether a path has ".." in it: behind what is missing the
// kernel does not take that for a way back.
func climbs(name string) bool { return slices.Contains(strings.Split(name, "/"), "..") }

// before puts the target of a link before the rest of the way.
func before(target, rest string) string {
	if rest == "" {
		return target
	}
	return target + "/" + strings.TrimPrefix(rest, "/")
}

// Stat is Lstat of what name resolves to.
func Stat(files Files, name string) (Info, error) {
	real, err := Resolve(files, name)
	if err != nil {
		return Info{}, err
	}
	return files.Lstat(real)
}
