//go:build integration && linux

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

// A narrow place is a machine on which a file cannot be written.
type narrow struct {
	name  string
	mount string                    // options of the file system with the config; "" is none of its own
	spoil func(config string) error // when all files are there
	says  string                    // what fix has to say
	only  bool                      // it is only the config
}

func narrows() []narrow {
	return []narrow{
		{"disk full", "size=64k", fill, "nothing was changed: apply: ", false},
		{"disk full, hard link", "size=64k", func(config string) error { return errors.Join(hardLinked().lay(config), fill(config)) }, "no space left on device", false},
		{"no inodes", "nr_inodes=8", useInodes, "no inodes left, df -i shows it", false},
		{"read-only", "size=64k", readOnly, "read-only file system", false},
		{"immutable", "", immutable(unix.STATX_ATTR_IMMUTABLE), "set immutable", true},
		{"append-only", "", immutable(unix.STATX_ATTR_APPEND), "set immutable or append-only", true},
		{"journal full", "", func(config string) error { return journalOn(config, "size=4k") }, "no space left on device", false},
		{"journal read-only", "", func(config string) error { return journalOn(config, "ro") }, "read-only file system", false},
	}
}

// fill takes all space.
func fill(config string) error {
	f, err := os.Create(filepath.Join(filepath.Dir(config), "filler"))
	if err != nil {
		return err
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(bytes.Repeat([]byte("x"), 4096))
	}
	return nil
}

// useInodes makes files until there can be no more.
func useInodes(config string) (err error) {
	for name := config; err == nil; name += "x" {
		err = os.Link(config, name+" too") // on tmpfs a name takes an inode, too
	}
	return nil
}

func readOnly(config string) error {
	return unix.Mount("", filepath.Dir(config), "", unix.MS_REMOUNT|unix.MS_RDONLY, "")
}

// immutable sets an attribute of the config, as chattr does.
func immutable(flag int) func(string) error {
	return func(config string) error {
		f, err := os.Open(config)
		if err != nil {
			return err
		}
		defer f.Close()
		return unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flag)
	}
}

// journalOn gives the journal a file system of its own.
func journalOn(config, options string) error {
	dir := filepath.Join(filepath.Dir(config), "..", "journal")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	if options == "ro" {
		return unix.Mount("tmpfs", dir, "tmpfs", unix.MS_RDONLY, "mode=700")
	}
	return unix.Mount("tmpfs", dir, "tmpfs", 0, "mode=700,"+options)
}

// TestNarrowPlaces repairs where nothing can be written: the files stay as they
// are, what stands in the way is said, and nothing is left over.
func TestNarrowPlaces(t *testing.T) {
	needsRoot(t, "it needs mounts")
	for _, tt := range narrows() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := mislaid().makeOn(t, ownThread(t), tt.mount, layout{"", tt.spoil})
			before := p.picture()
			out, err := p.plain("fix").CombinedOutput()
			if err == nil || !strings.Contains(string(out), tt.says) {
				t.Errorf("fix: %v\n%s\nwant %q", err, out, tt.says)
			}
			if after := p.picture(); tt.only {
				if before["config.json"] != after["config.json"] { // the others may be repaired
					t.Errorf("the config is %s", after["config.json"])
				}
			} else if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("the files (-before +after):\n%s", diff)
			}
			if left := p.leftInJournal(); len(left) > 0 {
				t.Errorf("in the journal there is %q", left)
			}
		})
	}
}
