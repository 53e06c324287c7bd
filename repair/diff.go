package repair

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// maxDiff is the largest content that is shown line by line, in bytes. What is
// larger than any config is only summed up.
const maxDiff = 128 << 10

// Diff shows a plan to people: a line for every path made, moved, removed or
// given another owner, mode or attribute, and a unified diff for every change
// of content, which patch(1) takes. mask hides the secrets of a file before
// anything is compared; nil hides nothing. Control characters are shown as
// escapes: a config is not to steer the terminal.
func Diff(plan *Plan, mask func(path string, data []byte) []byte) string {
	if mask == nil {
		mask = func(_ string, data []byte) []byte { return data }
	}
	var b strings.Builder
	moved := moves(plan)
	for _, s := range plan.Steps {
		if to, ok := moved[s.Path]; ok {
			if s.After == nil {
				fmt.Fprintf(&b, "move %s to %s\n", printable(s.Path), printable(to))
			}
			continue
		}
		b.WriteString(s.header())
		b.WriteString(s.content(mask))
	}
	return b.String()
}

// moves finds pairs of a removed and a new path that are the same: each is the
// other's value.
func moves(plan *Plan) map[string]string {
	m := map[string]string{}
	for _, from := range plan.Steps {
		for _, to := range plan.Steps {
			if from.Before == nil || from.After != nil || to.Before != nil || !same(from.Before, to.After) || m[to.Path] != "" {
				continue
			}
			m[from.Path], m[to.Path] = to.Path, from.Path
			break
		}
	}
	return m
}

// header says all but the content.
func (s Step) header() string {
	name := printable(s.Path)
	switch {
	case s.Before == nil && s.After == nil:
		return ""
	case s.Before == nil:
		return fmt.Sprintf("create %s %s  mode %04o  owner %v\n", s.After.kind(), name, bits(s.After.Mode), s.After.Owner)
	case s.After == nil:
		return fmt.Sprintf("remove %s %s\n", s.Before.kind(), name)
	}
	var b strings.Builder
	if from, to := s.Before.kind(), s.After.kind(); from != to {
		fmt.Fprintf(&b, "replace %s %s by a %s\n", from, name, to)
	}
	if from, to := bits(s.Before.Mode), bits(s.After.Mode); from != to {
		fmt.Fprintf(&b, "change mode of %s  %04o -> %04o\n", name, from, to)
	}
	if from, to := s.Before.Owner, s.After.Owner; from != to {
		fmt.Fprintf(&b, "change owner of %s  %v -> %v\n", name, from, to)
	}
	for _, attr := range attrsChanged(s.Before, s.After) {
		fmt.Fprintf(&b, "change attribute of %s  %s\n", name, printable(attr))
	}
	return b.String()
}

func (s *Snapshot) kind() string {
	if s.Mode.IsDir() {
		return "directory"
	}
	return "file"
}

// attrsChanged names the attributes that differ, sorted.
func attrsChanged(a, b *Snapshot) []string {
	names := map[string]bool{}
	for _, s := range []*Snapshot{a, b} {
		for name := range s.Xattrs {
			names[name] = !sameXattrs(only(name, a.Xattrs), only(name, b.Xattrs))
		}
	}
	maps.DeleteFunc(names, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(names))
}

// only is m without all but one of its attributes.
func only(name string, m map[string][]byte) map[string][]byte {
	if value, ok := m[name]; ok {
		return map[string][]byte{name: value}
	}
	return nil
}

// content is the diff of the content, or a line in its stead.
func (s Step) content(mask func(string, []byte) []byte) string {
	old, new := s.Before.data(), s.After.data()
	if bytes.Equal(old, new) {
		return ""
	}
	name := printable(s.Path)
	if isBinary(old) || isBinary(new) || max(len(old), len(new)) > maxDiff {
		return fmt.Sprintf("change content of %s  %d -> %d bytes, not shown\n", name, len(old), len(new))
	}
	from, to := textPair(mask(s.Path, old), mask(s.Path, new))
	if from == to {
		return fmt.Sprintf("change content of %s  only what is masked\n", name)
	}
	oldName, newName := name, name
	if s.Before == nil {
		oldName = "/dev/null"
	}
	if s.After == nil {
		newName = "/dev/null"
	}
	diff, err := udiff.ToUnified(oldName, newName, from, udiff.Lines(from, to), udiff.DefaultContextLines)
	if err != nil { // cannot be: the edits are of these very texts
		return fmt.Sprintf("change content of %s  not shown: %v\n", name, err)
	}
	return diff
}

func (s *Snapshot) data() []byte {
	if s == nil {
		return nil
	}
	return s.Data
}

func isBinary(data []byte) bool { return bytes.IndexByte(data, 0) >= 0 }
