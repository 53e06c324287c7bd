package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/semadoctor/semadoctor/host"
)

// A reportFile is a report the user asked for, being written: nothing of the
// runner's, and whole or not at all.
type reportFile struct {
	*os.File
	name string // where it goes in the end; "" when it is written there already
}

// openReport starts a report file. What is there and is no file, such as
// /dev/stdout, is written to as it is.
func openReport(name string) (*reportFile, error) {
	info, err := host.OS{}.Lstat(name)
	f := &reportFile{}
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode.IsRegular():
		f.name = name
		dir, _ := filepath.Split(name) // as it is: the kernel takes ".." after the links
		f.File, err = os.CreateTemp(dir, ".semadoctor-report-*")
	case err == nil && info.Mode&fs.ModeSymlink != 0 && !mayFollow(info):
		err = fmt.Errorf("%s is a link of somebody else's", name)
	case err == nil:
		f.File, err = os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
	}
	if err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	return f, nil
}

// mayFollow: root must not be led by a link into writing elsewhere.
func mayFollow(link host.Info) bool {
	return link.Owner.UID == 0 || link.Owner.UID == host.Self().UID
}

// finish puts a new file in the old one's place, with a new file's rights, when
// all of it was written.
func (f *reportFile) finish(err error) error {
	if f.name == "" {
		return writing(errors.Join(err, f.Close()))
	}
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), f.name)
	}
	if err != nil {
		os.Remove(f.Name()) //nolint:errcheck // it is in nobody's way
	}
	return writing(err)
}

func writing(err error) error {
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
