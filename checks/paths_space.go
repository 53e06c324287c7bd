package checks

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// DiskFull is a file system on which the runner has to write, and cannot, or not
// for long.
var DiskFull = &Problem{
	ID: "disk-full", Title: "The disk is full", Status: Fail,
	Doc: pageDiskFull,
}

// InodesFull is a file system that has space and takes no more files.
var InodesFull = &Problem{
	ID: "inodes-full", Title: "The file system takes no more files", Status: Fail,
	Doc: pageInodesFull,
}

// What is little, and what is nothing. Little is both: few bytes, and few of
// those that there are, or a small volume would always be too small.
const (
	noBytes     = 1 << 20
	fewBytes    = 100 << 20
	fewOfBytes  = 20 // one in 20
	fewInodes   = 10000
	fewOfInodes = 100
)

// PathsSpace finds out whether there is room for what the runner writes.
var PathsSpace = &Check{
	ID:       "paths/space",
	Title:    "There is room for what the runner writes",
	Problems: []*Problem{DiskFull, InodesFull},
	Requires: []*Check{ConfigDecodes},
	Run:      pathsSpace,
}

func pathsSpace(ctx context.Context, t *Target) ([]Finding, error) {
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil, err
	}
	us := []runner.Use{tmpUse(c)}
	if u, ok := c.Identity(); ok && needsWrite(c, cr) {
		us = append(us, u)
	}
	vs, err := t.volumes(us)
	if len(vs) == 0 && err == nil {
		return nil, NotApplicable("the file systems do not say what is left")
	}
	var found []Finding
	for _, v := range vs {
		found = append(found, t.scarce(v)...)
	}
	return found, err
}

// A volume is a file system that the runner writes to.
type volume struct {
	use   runner.Use // the first that is there
	keeps bool       // the identity is to be written there
	*host.Space
}

// volumes are the file systems of some paths, as far as they say what is left.
// Two with the same numbers are one. An image of a disk is always full.
func (t *Target) volumes(us []runner.Use) (vs []volume, err error) {
	for _, u := range us {
		m, err := t.mount(u.Path.V)
		if err != nil {
			return vs, CannotTell(err, "semadoctor could not see on what file system %s is: %s", u.Path.V, err)
		}
		if m.Space == nil || m.ReadOnly {
			continue
		}
		same := func(v volume) bool { return *v.Space == *m.Space }
		at := slices.IndexFunc(vs, same)
		if at < 0 {
			vs, at = append(vs, volume{use: u, Space: m.Space}), len(vs)
		}
		vs[at].keeps = vs[at].keeps || u.Role != runner.TmpRole
	}
	return vs, nil
}

// scarce judges one file system. What is left of it explains that the runner has
// no identity only where that is to be written, and cannot be.
func (t *Target) scarce(s volume) []Finding {
	u := s.use
	f, ok := shortage(s)
	if !ok {
		return nil
	}
	f.Harmless = !s.keeps || f.Status == Warn
	f.Detail = scarceDetail(u.Role)
	f.Evidence = []Evidence{{What: say.Textf("the %s is %s", u.Role, u.Path.V), From: u.Path.From}}
	name, usage := t.real(u.Path.V), "du -xhd2"
	if f.Problem == InodesFull {
		usage = "du --inodes -xd2"
	}
	if u.Role == runner.TmpRole {
		name += "/" // itself, if it is there
	}
	f.Advice = []say.Text{say.Textf("see what takes it: %s %s | sort -h | tail", usage, say.Shell(t.existing(name)))}
	t.leftovers(u, &f)
	return []Finding{f}
}

// shortage is what a file system has too little of, if anything.
func shortage(s volume) (f Finding, ok bool) {
	u := s.use
	switch {
	case s.Free < noBytes:
		f.Problem = DiskFull
		f.Summary = say.Textf("the file system of the %s %s is full: %s of %s are left", u.Role, u.Path.V, size(s.Free), size(s.Size))
	case s.Inodes > 0 && s.FreeInodes == 0:
		f.Problem = InodesFull
		f.Summary = say.Textf("the file system of the %s %s takes no more files: all %d inodes are in use", u.Role, u.Path.V, s.Inodes)
	case s.Free < fewBytes && s.Free < s.Size/fewOfBytes:
		f.Problem, f.Status = DiskFull, Warn
		f.Summary = say.Textf("the file system of the %s %s is nearly full: %s of %s are left", u.Role, u.Path.V, size(s.Free), size(s.Size))
	case s.Inodes > 0 && s.FreeInodes < fewInodes && s.FreeInodes < s.Inodes/fewOfInodes:
		f.Problem, f.Status = InodesFull, Warn
		f.Summary = say.Textf("the file system of the %s %s takes hardly any more files: %d of %d inodes are left", u.Role, u.Path.V, s.FreeInodes, s.Inodes)
	default:
		return f, false
	}
	return f, true
}

func scarceDetail(r runner.Role) say.Text {
	if r == runner.TmpRole {
		return say.Textf("Tasks fail where they clone, install or write: \"no space left on device\".")
	}
	return say.Textf("What the runner writes there comes out empty or cut short: it does not keep its identity.")
}

// maxProjects is how many directories of projects are looked into.
const maxProjects = 100

// leftovers counts what tasks have left behind. Inventories that are cloned from
// a repository are never removed (semaphoreui/semaphore#2928, 2.13.2).
func (t *Target) leftovers(u runner.Use, f *Finding) {
	if u.Role != runner.TmpRole {
		return
	}
	dir := t.real(u.Path.V)
	names, _ := t.Files.ReadDir(dir)
	inventories, repositories := countLeft(names)
	projects := 0
	for _, n := range names {
		if strings.HasPrefix(n, "project_") && projects < maxProjects {
			projects++
			more, _ := t.Files.ReadDir(path.Join(dir, n))
			i, r := countLeft(more)
			inventories, repositories = inventories+i, repositories+r
		}
	}
	if inventories+repositories == 0 {
		return
	}
	f.Evidence = append(f.Evidence, Evidence{
		What: say.Textf("%d inventory_*, %d repository_* of tasks in %s", inventories, repositories, u.Path.V),
		From: u.Path.From,
	})
	f.Advice = append(f.Advice, say.Textf("while no task runs, remove what old ones have left: find %s -maxdepth 2 -name 'inventory_*' -mtime +7 -prune -exec rm -rf {} +", say.Shell(dir)))
}

func countLeft(names []string) (inventories, repositories int) {
	for _, n := range names {
		switch {
		case strings.HasPrefix(n, "inventory_"):
			inventories++
		case strings.HasPrefix(n, "repository_"):
			repositories++
		}
	}
	return inventories, repositories
}

// size is a number of bytes as df -h writes it.
func size(n int64) string {
	value, units := float64(n), []string{"B", "KiB", "MiB", "GiB", "TiB"}
	for value >= 1024 && len(units) > 1 {
		value, units = value/1024, units[1:]
	}
	if value < 10 && units[0] != "B" {
		return fmt.Sprintf("%.1f %s", value, units[0])
	}
	return fmt.Sprintf("%.0f %s", value, units[0])
}
