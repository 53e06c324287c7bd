package repair

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/semadoctor/semadoctor/say"
)

// maxDiff is the largest content that is shown line by line, in bytes. What is
// larger than any config is only summed up.
const maxDiff = 128 << 10

// Diff shows a plan to people: a line for every path made, moved, removed or
// given another owner, mode or attribute, and a unified diff for every change
// of content, which patch(1) takes. mask hides the secrets of a file before
// anything is compared; nil hides nothing. Control characters are shown as
// escapes: a config is not to steer the terminal. What is no diff is said in lang.
func Diff(lang say.Lang, plan *Plan, mask func(path string, data []byte) []byte) string {
	if mask == nil {
		mask = func(_ string, data []byte) []byte { return data }
	}
	var b strings.Builder
	moved := moves(plan)
	for _, s := range plan.Steps {
		if to, ok := moved[s.Path]; ok {
			if s.After == nil {
				b.WriteString(say.Textf("move %s to %s", printable(s.Path), printable(to)).In(lang) + "\n")
			}
			continue
		}
		for _, line := range s.header() {
			b.WriteString(line.In(lang) + "\n")
		}
		b.WriteString(s.content(lang, mask))
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
func (s Step) header() (lines []say.Text) {
	name := printable(s.Path)
	switch {
	case s.Before == nil && s.After == nil:
		return nil
	case s.Before == nil:
		return []say.Text{say.Textf("create %s %s  mode %04o  owner %v", s.After.kind(), name, bits(s.After.Mode), s.After.Owner)}
	case s.After == nil:
		return []say.Text{say.Textf("remove %s %s", s.Before.kind(), name)}
	}
	if from, to := s.Before, s.After; from.Mode.IsDir() != to.Mode.IsDir() {
		lines = append(lines, say.Textf("replace %s %s by a %s", from.kind(), name, to.kind()))
	}
	if from, to := bits(s.Before.Mode), bits(s.After.Mode); from != to {
		lines = append(lines, say.Textf("change mode of %s  %04o -> %04o", name, from, to))
	}
	if from, to := s.Before.Owner, s.After.Owner; from != to {
		lines = append(lines, say.Textf("change owner of %s  %v -> %v", name, from, to))
	}
	for _, attr := range attrsChanged(s.Before, s.After) {
		lines = append(lines, say.Textf("change attribute of %s  %s", name, printable(attr)))
	}
	return lines
}

// kind is what is at a path, for people.
func (s *Snapshot) kind() say.Text {
	if s.Mode.IsDir() {
		return say.Textf("directory")
	}
	return say.Textf("file")
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
func (s Step) content(lang say.Lang, mask func(string, []byte) []byte) string {
	old, new := s.Before.data(), s.After.data()
	if bytes.Equal(old, new) {
		return ""
	}
	name := printable(s.Path)
	tell := func(t say.Text) string { return t.In(lang) + "\n" }
	if isBinary(old) || isBinary(new) || max(len(old), len(new)) > maxDiff {
		return tell(say.Textf("change content of %s  %d -> %d bytes, not shown", name, len(old), len(new)))
	}
	from, to := textPair(mask(s.Path, old), mask(s.Path, new))
	if from == to {
		return tell(say.Textf("change content of %s  only what is masked", name))
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
		return tell(say.Textf("change content of %s  not shown: %v", name, err))
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
