package host

import (
	"io/fs"

	"github.com/semadoctor/semadoctor/say"
)

// A perm is a set of the rights that modes and ACLs grant.
type perm uint16

const (
	search perm = 1 << iota // "x" of a directory
	write
	read
	create = write | search // in a directory
)

// permit asks the modes and the ACL of at for a right; nil is yes.
func (w *walker) permit(at place, want perm) *Access {
	acl, err := w.acl(at)
	if err != nil {
		return unclear(at, err)
	}
	if permits(at.info, acl, w.as, want) {
		return nil
	}
	a := refuse(Denied, at, cannot(w.as, want, at.path, ls(at.info, acl)))
	return &a
}

// acl reads the ACL of at if it has a say. The kernel does not ask it about the
// owner, nor when the group bits, then the ACL's mask, are all off; root may
// whatever it says.
func (w *walker) acl(at place) (acl, error) {
	if w.as.Root() || w.as.UID == at.info.Owner.UID || at.info.Mode&0o070 == 0 {
		return nil, nil
	}
	data, err := w.files.ACL(at.path)
	if err != nil {
		return nil, err
	}
	return parseACL(data)
}

// permits is generic_permission of fs/namei.c. The first class that fits
// decides, whatever the later ones would grant: an owner without a right does
// not get it as a member of the group.
func permits(info Info, a acl, as Identity, want perm) bool {
	bits := perm(info.Mode.Perm())
	switch {
	case as.Root(): // for executing a file it would not be so simple
		return true
	case as.UID == info.Owner.UID:
		bits >>= 6
	case a != nil:
		return a.permits(info.Owner.GID, as, want)
	case as.In(info.Owner.GID):
		bits >>= 3
	}
	return bits&want == want
}

func cannot(as Identity, want perm, name, ls string) say.Text {
	switch want {
	case read:
		return say.Textf("%v cannot read %s (%s)", as, name, ls)
	case write:
		return say.Textf("%v cannot write %s (%s)", as, name, ls)
	case search:
		return say.Textf("%v cannot enter %s (%s)", as, name, ls)
	}
	return say.Textf("%v cannot create files in %s (%s)", as, name, ls)
}

// ls writes mode and owner as ls -ln does, with "+" for an ACL.
func ls(info Info, a acl) string {
	line := []byte("-" + info.Mode.Perm().String()[1:])
	if i := typeLetter(info.Mode); i != 0 {
		line[0] = i
	}
	special(line, 3, info.Mode&fs.ModeSetuid != 0, 's')
	special(line, 6, info.Mode&fs.ModeSetgid != 0, 's')
	special(line, 9, info.Mode&fs.ModeSticky != 0, 't')
	if a != nil {
		line = append(line, '+')
	}
	return string(line) + " " + info.Owner.String()
}

// special writes a setuid, setgid or sticky bit over an "x", as a capital over "-".
func special(line []byte, at int, on bool, letter byte) {
	switch {
	case on && line[at] == 'x':
		line[at] = letter
	case on:
		line[at] = letter - 'a' + 'A'
	}
}

func typeLetter(mode fs.FileMode) byte {
	return map[fs.FileMode]byte{
		fs.ModeDir: 'd', fs.ModeSymlink: 'l', fs.ModeNamedPipe: 'p', fs.ModeSocket: 's',
		fs.ModeDevice: 'b', fs.ModeDevice | fs.ModeCharDevice: 'c',
	}[mode.Type()]
}
