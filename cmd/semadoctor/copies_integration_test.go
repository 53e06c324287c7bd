//go:build integration && linux

package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// A machineCopy is all files of a patientDir and its journal, to be made again:
// faster than to repair another machine.
type machineCopy struct {
	lay     layout
	picture map[string]string
	infos   map[string]fs.FileInfo
	data    map[string][]byte
}

// copy is the machine as it is now.
func (p *patientDir) copy(lay layout) *machineCopy {
	p.Helper()
	c := &machineCopy{lay, p.picture(), map[string]fs.FileInfo{}, map[string][]byte{}}
	for _, dir := range []string{p.dir, p.journal} {
		err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || strings.HasSuffix(name, otherName) {
				return err
			}
			if c.infos[name], err = e.Info(); err == nil && e.Type().IsRegular() {
				c.data[name], err = os.ReadFile(name)
			}
			return err
		})
		if err != nil {
			p.Fatal(err)
		}
	}
	return c
}

// paste makes an empty machine as the one that was copied.
func (c *machineCopy) paste(p *patientDir) *patientDir {
	p.Helper()
	for _, name := range slices.Sorted(maps.Keys(c.infos)) {
		if info := c.infos[name]; info.IsDir() {
			p.mkdir(name)
			if err := os.Chmod(name, info.Mode()); err != nil {
				p.Fatal(err)
			}
		} else {
			p.write(name, c.data[name], info.Mode(), info.ModTime())
		}
	}
	if err := c.lay.lay(filepath.Join(p.dir, "config.json")); err != nil {
		p.Fatal(err)
	}
	if diff := cmp.Diff(c.picture, p.picture()); diff != "" {
		p.Fatalf("the copy is not the same (-want +got):\n%s", diff)
	}
	return p
}
