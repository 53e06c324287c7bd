package host

import (
	"encoding/binary"
	"io/fs"
	"testing"
)

const (
	r, w, x = read, write, search
	none    = perm(0)
)

// packACL writes an ACL as the kernel keeps it.
func packACL(entries ...aclEntry) []byte {
	data := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range entries {
		data = binary.LittleEndian.AppendUint16(data, e.tag)
		data = binary.LittleEndian.AppendUint16(data, uint16(e.perm))
		data = binary.LittleEndian.AppendUint32(data, uint32(e.id))
	}
	return data
}

func TestACL(t *testing.T) {
	t.Parallel()
	owner, other := aclEntry{aclUserObj, none, -1}, aclEntry{aclOther, r, -1}
	group := aclEntry{aclGroupObj, none, -1}
	mask := func(p perm) aclEntry { return aclEntry{aclMask, p, -1} }
	tests := []struct {
		name string
		acl  []byte
		mode fs.FileMode // the group bits are the mask
		as   Identity
		want bool
	}{
		{"named user", packACL(owner, aclEntry{aclUser, r, 5}, group, mask(r), other), 0o040, Identity{UID: 5, GID: 5}, true},
		{"masked", packACL(owner, aclEntry{aclUser, r, 5}, group, mask(w), other), 0o020, Identity{UID: 5, GID: 5}, false},
		{"user before group", packACL(owner, aclEntry{aclUser, none, 5}, aclEntry{aclGroupObj, r, -1}, mask(r), other), 0o040, Identity{UID: 5}, false},
		{"one of several groups", packACL(owner, group, aclEntry{aclGroup, none, 6}, aclEntry{aclGroup, r, 7}, mask(r), other), 0o040,
			Identity{UID: 5, GID: 6, Groups: []int{7}}, true},
		{"member is not other", packACL(owner, group, aclEntry{aclGroup, w, 6}, mask(r|w), other), 0o060, Identity{UID: 5, GID: 6}, false},
		{"other", packACL(owner, group, aclEntry{aclGroup, w, 6}, mask(r|w), other), 0o060, Identity{UID: 5, GID: 9}, true},
		{"file's own owner", packACL(owner, aclEntry{aclUser, r, 1}, group, mask(r), other), 0o040, Identity{UID: 1, GID: 1}, false},
		{"empty mask: not asked, so other", packACL(owner, aclEntry{aclUser, none, 5}, group, mask(none), other), 0o004, Identity{UID: 5, GID: 5}, true},
		{"root", packACL(owner, group, mask(r), aclEntry{aclOther, none, -1}), 0o040, Identity{}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := entry{mode: tt.mode, owner: Owner{1, 0}, acl: tt.acl}
			m := memory{"/f": e}
			if got := CanRead(m, "/f", tt.as); got.OK() != tt.want {
				t.Errorf("CanRead(/f, %v) = %v, want OK %v", tt.as, see(got), tt.want)
			}
		})
	}
}

func TestACLInWords(t *testing.T) {
	t.Parallel()
	m := memory{"/f": {mode: 0o640, acl: packACL(aclEntry{aclUserObj, r | w, -1}, aclEntry{aclUser, none, 5},
		aclEntry{aclGroupObj, r, -1}, aclEntry{aclMask, r, -1}, aclEntry{aclOther, none, -1})}}
	const want = "uid 5:0 cannot read /f (-rw-r-----+ 0:0)"
	if got := CanRead(m, "/f", Identity{UID: 5}).Why.String(); got != want {
		t.Errorf("Why = %q, want %q", got, want)
	}
}

func TestACLBroken(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"\x02\x00\x00", "\x03\x00\x00\x00", "\x02\x00\x00\x00\x01"} {
		m := memory{"/f": {mode: 0o644, acl: []byte(data)}}
		if got := CanRead(m, "/f", runner); got.Verdict != Unclear || got.Err == nil {
			t.Errorf("CanRead with ACL %q = %v, want Unclear", data, see(got))
		}
	}
}

func FuzzParseACL(f *testing.F) {
	f.Add(packACL(aclEntry{aclUserObj, r, -1}, aclEntry{aclUser, w, 5}, aclEntry{aclMask, x, -1}))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := parseACL(data)
		if err == nil && len(data) > 0 && len(a) != (len(data)-4)/8 {
			t.Errorf("parseACL(%q) = %d entries of %d bytes", data, len(a), len(data))
		}
		a.permits(0, runner, read)
	})
}
