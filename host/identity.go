// Package host says what a machine is: its files and their owners, who may do
// what with them, its network and its clocks. It reads, and never writes.
package host

import (
	"fmt"
	"slices"
)

// Owner is the numeric owner of a file; {-1, -1} where the system has no such
// thing (Windows).
type Owner struct{ UID, GID int }

// Known reports whether the system could say who the owner is.
func (o Owner) Known() bool { return o.UID >= 0 && o.GID >= 0 }

func (o Owner) String() string { return fmt.Sprintf("%d:%d", o.UID, o.GID) }

// Identity is who a process runs as: the runner, usually not semadoctor.
type Identity struct {
	Name   string // login name; "" when the uid has none or nobody asked
	UID    int
	GID    int
	Groups []int // supplementary groups; nil when there are none

	// Caps are the capabilities that count against modes; nil means those that
	// usually come with the uid: all for root, none for anybody else.
	Caps *Caps
	// Mapped are the host's ids that the identity's user namespace knows; nil
	// means all of them. Capabilities say nothing about files of other ids.
	Mapped []IDRange

	// Dynamic says that systemd makes the user up at every start (DynamicUser=):
	// UID and GID stand for whatever numbers it takes.
	Dynamic bool

	// Unknown is why it cannot be told which numbers the user has, as with one that an
	// image's Dockerfile makes; nil: they are known. UID and GID are then -1.
	Unknown error
}

// DynamicUID is the first of the numbers that systemd takes for dynamic users
// (UID_MAPPINGS.md, v252).
const DynamicUID = 61184

// Caps are the capabilities that let a process do what modes do not.
type Caps struct {
	Override bool // CAP_DAC_OVERRIDE
	Read     bool // CAP_DAC_READ_SEARCH
}

// An IDRange is a stretch of uids and gids, as the host counts them.
type IDRange struct{ First, Count int }

// Owner is who a file made by this identity belongs to.
func (i Identity) Owner() Owner { return Owner{i.UID, i.GID} }

// Root reports whether this is uid 0 with the rights root usually has, to which
// modes mean nothing.
func (i Identity) Root() bool { return i.UID == 0 && i.caps().Override && i.Mapped == nil }

// caps are the capabilities of i; those of root, if nobody says otherwise.
func (i Identity) caps() Caps {
	if i.Caps != nil {
		return *i.Caps
	}
	root := i.UID == 0
	return Caps{Override: root, Read: root}
}

// over are the capabilities of i that count for a file: in a user namespace only
// for one whose owner and group it knows (capable_wrt_inode_uidgid, kernel/capability.c).
func (i Identity) over(o Owner) Caps {
	if i.knows(o.UID) && i.knows(o.GID) {
		return i.caps()
	}
	return Caps{}
}

func (i Identity) knows(id int) bool {
	in := func(r IDRange) bool { return id >= r.First && id-r.First < r.Count }
	return i.Mapped == nil || slices.ContainsFunc(i.Mapped, in)
}

// In reports whether the identity belongs to group gid.
func (i Identity) In(gid int) bool { return i.GID == gid || slices.Contains(i.Groups, gid) }

// String is the name with the numbers, "semaphore (1001:0)", or "uid 1001:0".
func (i Identity) String() string {
	if i.Dynamic {
		return i.Name + " (DynamicUser=)"
	}
	if i.Unknown != nil {
		return i.Name
	}
	if i.Name == "" {
		return fmt.Sprintf("uid %d:%d", i.UID, i.GID)
	}
	return fmt.Sprintf("%s (%d:%d)", i.Name, i.UID, i.GID)
}

// SameAs reports whether two identities have the same rights: the same user, the
// same set of groups, the same capabilities over the same files.
func (i Identity) SameAs(j Identity) bool {
	return i.UID == j.UID && i.GID == j.GID && slices.Equal(i.groupSet(), j.groupSet()) &&
		i.caps() == j.caps() && (i.Mapped == nil) == (j.Mapped == nil) && slices.Equal(i.Mapped, j.Mapped)
}

func (i Identity) groupSet() []int {
	set := append([]int{i.GID}, i.Groups...)
	slices.Sort(set)
	return slices.Compact(set)
}
