package repair

import (
	"bytes"
	"io/fs"
	"maps"
)

// torn reports whether now is what a Store that was killed between a and b may
// have left: kind, owner, every bit of the mode, every attribute and every byte
// are one's or the other's. That holds again when the mending of it is killed.
// Only what is changed in place can be torn.
func torn(now, a, b *Snapshot) bool {
	if now == nil || a == nil || b == nil {
		return false // names come and go in one system call
	}
	return tornAccess(now, a, b) && tornXattrs(now.Xattrs, a.Xattrs, b.Xattrs) && tornData(now.Data, a.Data, b.Data)
}

// tornAccess allows that setuid and setgid are gone: a change of owner takes them
// away before the mode is set.
func tornAccess(now, a, b *Snapshot) bool {
	if now.Mode.Type() != a.Mode.Type() || now.Mode.Type() != b.Mode.Type() {
		return false
	}
	if !now.Owner.Known() || !a.Owner.Known() || !b.Owner.Known() {
		return true
	}
	neither := (now.Mode ^ a.Mode) & (now.Mode ^ b.Mode)
	cleared := neither&^(fs.ModeSetuid|fs.ModeSetgid) == 0 && now.Mode&neither == 0
	return cleared && (now.Owner == a.Owner || now.Owner == b.Owner)
}

// tornXattrs allows that an attribute is missing that one side does not have, and
// capabilities, which a change of owner or content takes away.
func tornXattrs(now, a, b map[string][]byte) bool {
	all := maps.Clone(now)
	if all == nil {
		all = map[string][]byte{}
	}
	maps.Copy(all, a)
	maps.Copy(all, b)
	for name := range all {
		if n, ok := now[name]; !oneOf(n, ok, a, name) && !oneOf(n, ok, b, name) && !byItself(name, ok, a, b) {
			return false
		}
	}
	return true
}

// oneOf reports whether an attribute's value, or that it is missing, is as in of.
func oneOf(value []byte, there bool, of map[string][]byte, name string) bool {
	want, ok := of[name]
	return ok == there && bytes.Equal(want, value)
}

// byItself reports what the kernel does to attributes on its own.
func byItself(name string, there bool, a, b map[string][]byte) bool {
	_, inA := a[name]
	_, inB := b[name]
	return !there && name == "security.capability" || kernelOwn(name) && (!there || !inA && !inB)
}

// tornData knows how overwrite goes about it: bytes from the first to the last,
// then the length.
func tornData(now, a, b []byte) bool {
	if len(now) < min(len(a), len(b)) || len(now) > max(len(a), len(b)) {
		return false
	}
	for i, c := range now {
		if (i >= len(a) || c != a[i]) && (i >= len(b) || c != b[i]) {
			return false
		}
	}
	return true
}
