package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semadoctor/semadoctor/host"
)

// toFile writes a report the user asked for: nothing of the runner's, and whole
// or not at all. What is there and is no file, such as /dev/stdout, is written
// to as it is.
func toFile(name string, render func(io.Writer) error) error {
	info, err := host.OS{}.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode.IsRegular():
		err = replaceFile(name, render)
	case err == nil && info.Mode&fs.ModeSymlink != 0 && !mayFollow(info):
		err = fmt.Errorf("%s is a link of somebody else's", name)
	case err == nil:
		err = writeTo(name, render)
	}
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// mayFollow: root must not be led by a link into writing elsewhere.
func mayFollow(link host.Info) bool {
	return link.Owner.UID == 0 || link.Owner.UID == host.Self().UID
}

// replaceFile puts a new file in the old one's place, with a new file's rights.
func replaceFile(name string, render func(io.Writer) error) error {
	dir, _ := filepath.Split(name) // as it is: the kernel takes ".." after the links
	f, err := os.CreateTemp(dir, ".semadoctor-report-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone by its old name when all went well
	if err := errors.Join(render(f), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

func writeTo(name string, render func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	return errors.Join(render(f), f.Close())
}
