package repair

import (
	"bytes"
	"io/fs"
	"maps"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// A Snapshot is one path at one moment: a regular file or a directory.
// A nil *Snapshot is a path that does not exist.
type Snapshot struct {
	Data    []byte      // nil for a directory
	Mode    fs.FileMode // type and permission bits
	Owner   host.Owner
	Xattrs  map[string][]byte // ACLs and security labels among them; nil when there are none
	ModTime time.Time         // put back by undo, never compared
}

// Disk is a place that can be read as the runner sees it and written to.
type Disk interface {
	host.Files
	// Load takes a snapshot of name; nil, nil if there is nothing. Links are
	// not followed: a symbolic link is an error.
	Load(name string) (*Snapshot, error)
	// Store makes name what s says, atomically where the file system can;
	// a nil s removes it. Whatever goes wrong, name is wholly old or wholly new.
	// ErrChanged says that somebody else has changed it meanwhile: it is theirs.
	Store(name string, s *Snapshot) error
}

// A Step is one path before and after.
type Step struct {
	Path          string
	Before, After *Snapshot  // nil: nothing is there
	Reasons       []say.Text // titles of the fixes that ask for it, in order
}

// A Plan is what a set of fixes changes: at most one step a path, parents first.
type Plan struct {
	Steps []Step
	Fixes []Fix // in the order they were drawn
}

// Empty reports whether the plan changes nothing.
func (p *Plan) Empty() bool { return len(p.Steps) == 0 }

// same compares two snapshots in all that undo promises to restore, but times.
func same(a, b *Snapshot) bool {
	if a == nil || b == nil {
		return a == b
	}
	return sameAccess(a, b) && bytes.Equal(a.Data, b.Data) && sameXattrs(a.Xattrs, b.Xattrs)
}

// sameAccess compares kind, owner and mode. Where owners are not known, on
// Windows, permission bits mean nothing either and are not kept.
func sameAccess(a, b *Snapshot) bool {
	if !a.Owner.Known() || !b.Owner.Known() {
		return a.Mode.Type() == b.Mode.Type()
	}
	return a.Mode == b.Mode && a.Owner == b.Owner
}

// sameXattrs compares attributes. A security label that only one side has came
// from the kernel with the file: no plan can know it before the file is made.
func sameXattrs(a, b map[string][]byte) bool {
	oneSided := func(in map[string][]byte) func(string, []byte) bool {
		return func(name string, _ []byte) bool {
			_, ok := in[name]
			return !ok && kernelOwn(name)
		}
	}
	a, b = maps.Clone(a), maps.Clone(b)
	maps.DeleteFunc(a, oneSided(b))
	maps.DeleteFunc(b, oneSided(a))
	return maps.EqualFunc(a, b, bytes.Equal)
}

// clone is a copy that can be changed without a change to s. Attributes are
// replaced, never written to.
func (s *Snapshot) clone() *Snapshot {
	if s == nil {
		return nil
	}
	c := *s
	c.Data = bytes.Clone(s.Data)
	c.Xattrs = maps.Clone(s.Xattrs)
	return &c
}
