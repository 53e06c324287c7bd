package repair

import (
	"bytes"
	"path"
	"strings"
)

// sweep removes what a Store that was killed has left under its temporary name: it
// may hold secrets. Killed between exchanging two files and looking at what it got,
// Store leaves somebody else's save there if there was one: that is kept, and
// returned. It does what it can.
func sweep(disk Disk, steps []Step) (kept []string) {
	for _, s := range steps {
		dir, base := path.Split(s.Path)
		names, _ := disk.ReadDir(path.Clean(dir))
		for _, name := range names {
			if !temporary(name, base) {
				continue
			}
			if now, err := disk.Load(dir + name); err != nil || !s.left(now) {
				kept = append(kept, dir+name)
				continue
			}
			_ = disk.Store(dir+name, nil)
		}
	}
	return kept
}

// temporary reports a name that tempName has made for base.
func temporary(name, base string) bool {
	random, ok := strings.CutPrefix(name, tempName(base, ""))
	return ok && len(random) == randomLen
}

// left reports what Store may have left: the beginning of what it was to write, in
// either direction, or all of what it found.
func (s Step) left(now *Snapshot) bool {
	if now == nil || now.Mode.IsDir() {
		return true // only an empty directory is ever removed
	}
	for _, one := range []*Snapshot{s.Before, s.After} {
		if one != nil && !one.Mode.IsDir() && bytes.HasPrefix(one.Data, now.Data) {
			return true
		}
	}
	return len(now.Data) == 0
}
