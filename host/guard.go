package host

import (
	"io/fs"
	"path"
	"slices"
	"syscall"
)

// A Guard is files as somebody may read them whose word is followed: what that user
// writes into a file of its own could else have root read out the files of others.
type Guard struct {
	Files
	As Identity

	// IDs are the numbers of which the user is root in a container without root, and
	// whose files are the user's to read there; nil: none.
	IDs *IDMap
}

// ReadFile implements Files.
func (g Guard) ReadFile(name string) ([]byte, error) {
	if err := g.refuse(name); err != nil {
		return nil, err
	}
	return g.Files.ReadFile(name)
}

// refuse is why a file is not read; nil when it may be.
func (g Guard) refuse(name string) error {
	if a := CanRead(g.Files, name, g.As); !a.OK() && a.Verdict != Missing && !g.rules(name) {
		return &fs.PathError{Op: "open", Path: name, Err: syscall.EACCES}
	}
	return nil
}

// rules reports whether a file, and the directories on the way that do not let the user
// in as they are, belong to numbers of which the user is root.
func (g Guard) rules(name string) bool {
	if g.IDs == nil {
		return false
	}
	for at := name; at != "/"; at = path.Dir(at) {
		info, err := g.Lstat(at)
		if in := g.IDs.Inside(info.Owner); err != nil || info.Mode&fs.ModeSymlink != 0 || in.UID == nobody || in.GID == nobody {
			return false
		}
		if a := CanRead(g.Files, at, g.As); a.OK() || a.At == at {
			return true // the user comes as far as here without that
		}
	}
	return false
}

// Author is the user whose word a file is, by owning it or the directory it is in;
// nil when that is root, or as good as root: who may talk to Docker may do anything.
func Author(files Files, name string) *Identity {
	for _, one := range []string{name, path.Dir(name)} {
		info, err := Stat(files, one)
		if err != nil || info.Owner.UID == 0 || !info.Owner.Known() {
			continue
		}
		as, err := lookupUID(files, info.Owner.UID)
		if err == nil && inDockerGroup(files, as) {
			continue
		}
		return &as
	}
	return nil
}

// lookupUID is a user by number; one that nobody has is in no group.
func lookupUID(files Files, uid int) (Identity, error) {
	entries, err := readColons(files, "/etc/passwd", 4)
	for _, e := range entries {
		if as, ok := userOf(e); ok && as.UID == uid {
			as.Groups, err = groupsOf(files, as)
			return as, err
		}
	}
	return Identity{UID: uid, GID: -1}, err
}

func inDockerGroup(files Files, as Identity) bool {
	gid, err := LookupGroup(files, "docker")
	return err == nil && (as.GID == gid || slices.Contains(as.Groups, gid))
}
