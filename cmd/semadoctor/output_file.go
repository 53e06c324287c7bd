package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A reportFile is a report the user asked for, being written: nothing of the
// runner's, and whole or not at all.
type reportFile struct {
	*os.File
	asked string // what the user called it
	name  string // where it goes in the end; "" when it is written there already
}

// openReport starts a report file. What is there and is no file, such as
// /dev/stdout, is written to as it is.
func (a *app) openReport(ctx context.Context, name string) (*reportFile, error) {
	info, err := host.OS{}.Lstat(name)
	f := &reportFile{asked: name}
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode.IsRegular():
		f.name = name
		dir, _ := filepath.Split(name) // as it is: the kernel takes ".." after the links
		f.File, err = os.CreateTemp(dir, ".semadoctor-report-*")
	case err == nil && info.Mode&fs.ModeSymlink != 0 && !mayFollow(info):
		err = say.Errorf("it is a link of somebody else's")
	case err == nil && info.Mode&fs.ModeNamedPipe != 0:
		f.File, err = a.openPipe(ctx, name)
	case err == nil:
		f.File, err = os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
	}
	return f, f.failed(err)
}

// openPipe waits for who reads a pipe, as every program does that writes to one, but
// not longer than there is time: an open that waits cannot be stopped.
func (a *app) openPipe(ctx context.Context, name string) (*os.File, error) {
	for {
		f, err := os.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		switch {
		case !errors.Is(err, syscall.ENXIO):
			return f, err
		case ctx.Err() != nil:
			return nil, say.Errorf("nobody reads it")
		}
		a.Sleep(ctx, 20*time.Millisecond)
	}
}

// mayFollow: root must not be led by a link into writing elsewhere.
func mayFollow(link host.Info) bool {
	return link.Owner.UID == 0 || link.Owner.UID == host.Self().UID
}

// finish puts a new file in the old one's place, with a new file's rights, when
// all of it was written.
func (f *reportFile) finish(err error) error {
	if f.name == "" {
		return f.failed(cmp.Or(err, f.Close()))
	}
	if err = cmp.Or(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), f.name)
	}
	if err != nil {
		os.Remove(f.Name()) //nolint:errcheck // it is in nobody's way
	}
	return f.failed(err)
}

// failed is an error with the name that the user knows instead of a temporary one.
func (f *reportFile) failed(err error) error {
	if err == nil {
		return nil
	}
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return say.Errorf("write report %s: %w", f.asked, err)
}
