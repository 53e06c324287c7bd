package host

import (
	"slices"

	"github.com/semadoctor/semadoctor/say"
)

// nobody is who an owner is to whom a container has no number (overflowuid).
const nobody = 65534

// An IDMap is which users of this machine the users of a container are, if it has a
// user namespace of its own (user_namespaces(7)).
type IDMap struct {
	UIDs, GIDs []IDSpan
	Why        say.Text // they have other numbers, and it is not known which; zero: it is
}

// An IDSpan are numbers in a row: the first of them in the container and outside of it.
type IDSpan struct{ Inside, Outside, Count int }

// Inside is who an owner of this machine is in the container.
func (m *IDMap) Inside(o Owner) Owner {
	if !m.Why.IsZero() {
		return Owner{-1, -1}
	}
	return Owner{inside(m.UIDs, o.UID), inside(m.GIDs, o.GID)}
}

// Outside is who an owner in the container is on this machine; {-1, -1} where that is
// nobody, or not known.
func (m *IDMap) Outside(o Owner) Owner { return Owner{outside(m.UIDs, o.UID), outside(m.GIDs, o.GID)} }

func outside(spans []IDSpan, id int) int {
	for _, s := range spans {
		if id >= s.Inside && id < s.Inside+s.Count {
			return s.Outside + id - s.Inside
		}
	}
	return -1
}

func inside(spans []IDSpan, id int) int {
	for _, s := range spans {
		if id >= s.Outside && id < s.Outside+s.Count {
			return s.Inside + id - s.Outside
		}
	}
	return nobody
}

// rootlessIDs are those of a container that a user makes without root: the user is its
// root, and the others are the numbers that /etc/subuid and /etc/subgid give the user
// (podman-run(1), --userns). With kept the user is that one instead (keep-id).
func rootlessIDs(files Files, as Identity, kept *Owner) *IDMap {
	at := Owner{}
	if kept != nil {
		at = *kept
	}
	return &IDMap{
		UIDs: rootless(as.UID, at.UID, subordinate(files, "/etc/subuid", as)),
		GIDs: rootless(as.GID, at.GID, subordinate(files, "/etc/subgid", as)),
	}
}

// rootless puts id at a place, and other numbers around it.
func rootless(id, at int, others []IDSpan) []IDSpan {
	all := []IDSpan{{Inside: at, Outside: id, Count: 1}}
	next := 0
	for _, o := range others {
		for o.Count > 0 {
			if next == at {
				next++
			}
			n := o.Count
			if next < at {
				n = min(n, at-next)
			}
			all = append(all, IDSpan{Inside: next, Outside: o.Outside, Count: n})
			next, o.Outside, o.Count = next+n, o.Outside+n, o.Count-n
		}
	}
	return all
}

// subordinate are the numbers that a file gives a user, by name or number (subuid(5)).
func subordinate(files Files, name string, as Identity) (all []IDSpan) {
	entries, _ := readColons(files, name, 3)
	for _, e := range entries {
		uid, numbered := parseID(e[0])
		first, ok := parseID(e[1])
		count, counted := parseID(e[2])
		if (e[0] == as.Name || numbered && uid == as.UID) && ok && counted {
			all = append(all, IDSpan{Outside: first, Count: count})
		}
	}
	return slices.Clip(all)
}
