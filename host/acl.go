package host

import (
	"encoding/binary"
	"errors"
)

// An acl is a POSIX access ACL; nil when there is none beyond the mode.
type acl []aclEntry

type aclEntry struct {
	tag  uint16
	perm perm
	id   int // of a named user or group
}

// The tags of include/uapi/linux/posix_acl.h, in the order the entries have.
const (
	aclUserObj  = 0x01
	aclUser     = 0x02
	aclGroupObj = 0x04
	aclGroup    = 0x08
	aclMask     = 0x10
	aclOther    = 0x20
)

var errACL = errors.New("not a POSIX ACL of version 2")

// parseACL reads the value of system.posix_acl_access: a version, then entries
// of tag, permissions and id, all little-endian (posix_acl_xattr.h).
func parseACL(data []byte) (acl, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if len(data)%8 != 4 || binary.LittleEndian.Uint32(data) != 2 {
		return nil, errACL
	}
	a := acl{}
	for data = data[4:]; len(data) > 0; data = data[8:] {
		a = append(a, aclEntry{
			tag:  binary.LittleEndian.Uint16(data),
			perm: perm(binary.LittleEndian.Uint16(data[2:])) & (read | write | search),
			id:   int(binary.LittleEndian.Uint32(data[4:])),
		})
	}
	return a, nil
}

// permits is posix_acl_permission of fs/posix_acl.c for all but the owner: a
// named user decides alone; of the groups any that grants all of want does, and
// if none of several does then others are not asked; the mask limits both.
func (a acl) permits(group int, as Identity, want perm) bool {
	member := false
	for _, e := range a {
		switch e.tag {
		case aclUser:
			if e.id == as.UID {
				return e.perm&a.mask()&want == want
			}
		case aclGroupObj, aclGroup:
			if e.tag == aclGroupObj {
				e.id = group
			}
			if !as.In(e.id) {
				continue
			}
			member = true
			if e.perm&want == want {
				return a.mask()&want == want
			}
		case aclOther:
			return !member && e.perm&want == want
		}
	}
	return false
}

func (a acl) mask() perm {
	for _, e := range a {
		if e.tag == aclMask {
			return e.perm
		}
	}
	return read | write | search
}
