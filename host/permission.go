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
	create  = write | search // in a directory
	execute = search         // "x" of a file
)

// permit asks the modes and the ACL of at for a right; nil is yes.
// Capabilities are looked at first, though the kernel comes to them last: where
// they are enough, an ACL that cannot be read does not matter.
func (w *walker) permit(at place, want perm) *Access {
	if overrides(at.info, w.as, want) {
		return nil
	}
	acl, err := w.acl(at)
	if err != nil {
		return w.unclear(at, err)
	}
	if grants(at.info, acl, w.as, want) {
		return nil
	}
	return w.refuse(Denied, at, say.Deferred(&denial{w.as, want, at.path, at.info.Mode, at.info.Owner, acl != nil}))
}

// acl reads the ACL of at if it has a say. The kernel does not ask it about the
// owner, nor when the group bits, then the ACL's mask, are all off.
func (w *walker) acl(at place) (acl, error) {
	if w.as.UID == at.info.Owner.UID || at.info.Mode&0o070 == 0 {
		return nil, nil
	}
	data, err := w.files.ACL(at.path)
	if err != nil {
		return nil, err
	}
	return parseACL(data)
}

// grants is acl_permission_check of fs/namei.c: modes and ACL. The first class that fits decides, whatever
// the later ones would grant: an owner without a right does not get it as a
// member of the group.
func grants(info Info, a acl, as Identity, want perm) bool {
	bits := perm(info.Mode.Perm())
	switch {
	case as.Unknown != nil: // what all three classes have, whoever it is has, too
		return a == nil && (bits>>6)&(bits>>3)&bits&want == want
	case as.UID == info.Owner.UID:
		bits >>= 6
	case a != nil:
		return a.permits(info.Owner.GID, as, want)
	case as.In(info.Owner.GID):
		bits >>= 3
	}
	return bits&want == want
}

// overrides is the rest of generic_permission: the capabilities that make up for
// modes. None lets a file be executed that nobody may execute.
func overrides(info Info, as Identity, want perm) bool {
	caps := as.over(info.Owner)
	switch dir := info.Mode.IsDir(); {
	case dir && want&write == 0, !dir && want == read:
		return caps.Read || caps.Override
	case !dir && want&search != 0 && info.Mode&0o111 == 0:
		return false
	}
	return caps.Override
}

// A denial is whom the modes or the ACL of a place keep from what. Of strangers it
// is mostly good news, which nobody wants to hear.
type denial struct {
	as     Identity
	want   perm
	name   string
	mode   fs.FileMode
	owner  Owner
	listed bool // there is an ACL
}

// In says it.
func (d *denial) In(lang say.Lang) string {
	why := d.cannot(ls(d.mode, d.owner, d.listed))
	if d.as.UID == 0 {
		why = say.Textf("%s, for it lacks CAP_DAC_OVERRIDE here", why)
	}
	return why.In(lang)
}

func (d *denial) cannot(ls string) say.Text {
	switch {
	case d.want == read:
		return say.Textf("%v cannot read %s (%s)", d.as, d.name, ls)
	case d.want == write:
		return say.Textf("%v cannot write %s (%s)", d.as, d.name, ls)
	case d.want == search && d.mode.IsDir():
		return say.Textf("%v cannot enter %s (%s)", d.as, d.name, ls)
	case d.want == execute:
		return say.Textf("%v cannot execute %s (%s)", d.as, d.name, ls)
	}
	return say.Textf("%v cannot create files in %s (%s)", d.as, d.name, ls)
}

// ls writes mode and owner as ls -ln does, with "+" for an ACL.
func ls(mode fs.FileMode, owner Owner, listed bool) string {
	line := []byte("-" + mode.Perm().String()[1:])
	if i := typeLetter(mode); i != 0 {
		line[0] = i
	}
	special(line, 3, mode&fs.ModeSetuid != 0, 's')
	special(line, 6, mode&fs.ModeSetgid != 0, 's')
	special(line, 9, mode&fs.ModeSticky != 0, 't')
	if listed {
		line = append(line, '+')
	}
	return string(line) + " " + owner.String()
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
