package jsondoc

import (
	"strconv"
	"strings"
)

// Get is the value of the member key that Semaphore's decoder keeps: keys
// match without case, the last one wins. It is nil when there is none.
func (v *Value) Get(key string) *Value {
	if m := v.Member(key); m != nil {
		return m.Value
	}
	return nil
}

// Member is Get with the key.
func (v *Value) Member(key string) *Member {
	if v == nil {
		return nil
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if strings.EqualFold(v.Members[i].Key, key) {
			return &v.Members[i]
		}
	}
	return nil
}

// Find follows an RFC 6901 pointer as Get does. Of duplicate objects the last
// one that holds the rest of the pointer counts, because Semaphore's decoder
// merges them field by field. It is nil when nothing is there.
func (v *Value) Find(pointer string) *Value {
	if v == nil || pointer == "" {
		return v
	}
	part, rest, more := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	if more {
		rest = "/" + rest
	}
	if v.Kind == Array {
		i, err := strconv.Atoi(part)
		if err != nil || i < 0 || i >= len(v.Elems) {
			return nil
		}
		return v.Elems[i].Find(rest)
	}
	key := Unescape(part)
	for i := len(v.Members) - 1; i >= 0; i-- {
		if m := v.Members[i]; strings.EqualFold(m.Key, key) {
			if found := m.Value.Find(rest); found != nil {
				return found
			}
		}
	}
	return nil
}

// Unescape reads one part of a pointer.
func Unescape(part string) string {
	return strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
}

// Escape writes one part of a pointer.
func Escape(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}
