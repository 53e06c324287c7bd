package host

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"syscall"
)

// maxLinks is how many symbolic links one path may take, as in the kernel.
const maxLinks = 40

// Resolve follows every symbolic link of name, inside files, and returns the
// path that is really meant, ".." taken after the links as the kernel does. A
// missing last part is not an error: the runner may be about to make it. With
// links that go round in circles the error is syscall.ELOOP.
func Resolve(files Files, name string) (string, error) {
	done, todo := "/", strings.Trim(name, "/")
	for links := 0; todo != ""; {
		part, rest, _ := strings.Cut(todo, "/")
		next := path.Join(done, part)
		info, err := files.Lstat(next)
		if errors.Is(err, fs.ErrNotExist) {
			return path.Join(next, rest), nil
		}
		if err != nil {
			return "", err
		}
		if info.Mode&fs.ModeSymlink == 0 {
			done, todo = next, rest
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
		todo = target + "/" + rest
	}
	return done, nil
}

// Stat is Lstat of what name resolves to.
func Stat(files Files, name string) (Info, error) {
	real, err := Resolve(files, name)
	if err != nil {
		return Info{}, err
	}
	return files.Lstat(real)
}
