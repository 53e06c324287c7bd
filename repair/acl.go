package repair

import (
	"encoding/binary"
	"io/fs"
	"slices"
)

// The layout of system.posix_acl_access: a version, then entries of tag,
// permissions and id, little endian (include/uapi/linux/posix_acl_xattr.h).
const (
	aclHeader = 4 // bytes
	aclEntry  = 8 // bytes

	aclUserObj  = 0x01 // tags (include/uapi/linux/posix_acl.h)
	aclGroupObj = 0x04
	aclMask     = 0x10
	aclOther    = 0x20
)

// chmodACL is the ACL as the kernel leaves it after chmod(2): the owner's and
// the others' entries are those of mode, and its group bits go to the mask, or
// to the owning group where there is none (posix_acl_chmod_masq in
// fs/posix_acl.c). An ACL that is none is returned as it is.
func chmodACL(acl []byte, mode fs.FileMode) []byte {
	if len(acl) < aclHeader || (len(acl)-aclHeader)%aclEntry != 0 {
		return acl
	}
	out := slices.Clone(acl)
	group := entryOf(out, aclMask)
	if group == nil {
		group = entryOf(out, aclGroupObj)
	}
	setPerm(entryOf(out, aclUserObj), mode>>6)
	setPerm(group, mode>>3)
	setPerm(entryOf(out, aclOther), mode)
	return out
}

// entryOf is the part of acl that holds the entry with tag; nil without one.
func entryOf(acl []byte, tag uint16) []byte {
	for e := range slices.Chunk(acl[aclHeader:], aclEntry) {
		if binary.LittleEndian.Uint16(e) == tag {
			return e
		}
	}
	return nil
}

func setPerm(entry []byte, mode fs.FileMode) {
	if entry != nil {
		binary.LittleEndian.PutUint16(entry[2:], uint16(mode&7))
	}
}
