package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// errNotOurs reports a file, or the directory of one, that somebody else may have
// written: they could say that all is well.
var errNotOurs = say.Errorf("somebody else may have written it")

// maxVerdict is the most that is read, in bytes; a few hundred paths have 100 KB.
const maxVerdict = 1 << 20

// readVerdict reads what writeVerdict wrote.
func readVerdict(name string) ([]byte, error) {
	if err := ours(filepath.Dir(name)); err != nil {
		return nil, err
	}
	if err := ours(name); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxVerdict))
}

// ours demands that only we can have written a file or directory, which is no link.
func ours(name string) error {
	info, err := host.OS{}.Lstat(slashed(name))
	if err != nil {
		return err
	}
	self := host.Self().UID
	if info.Mode&fs.ModeSymlink != 0 || self >= 0 && (info.Owner.UID != self || info.Mode.Perm()&0o077 != 0) {
		return say.Errorf("%s: %w", name, errNotOurs)
	}
	return nil
}

// writeVerdict writes a file that only we can read, in a directory of our own, as a
// whole or not at all.
func writeVerdict(name string, data []byte) error {
	dir := filepath.Dir(name)
	if err := errors.Join(os.MkdirAll(dir, 0o700), ours(dir)); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".verdict-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // or it stays, and is never read
	}
	return err
}

// forgetVerdict removes one that no longer holds.
func forgetVerdict(name string) { _ = os.Remove(name) }

// forgetOlder removes those beside a new one that were kept before a time: with other
// flags, or of other runners, and nobody would ever ask for them again.
func forgetOlder(name string, before time.Time) {
	others, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "verdict-*"))
	for _, o := range others {
		if info, err := os.Lstat(o); err == nil && o != name && info.ModTime().Before(before) {
			forgetVerdict(o)
		}
	}
}
