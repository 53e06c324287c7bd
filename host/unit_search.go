package host

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// FindUnits names the services of the system in whose files a word stands, in
// the unit itself or a drop-in, sorted. It only looks: what systemd makes of them
// LoadUnit tells. One that may not be read is named if the word is in its name.
// Templates are left out, and their instances named that are enabled.
func FindUnits(files Files, word string) []string {
	s := unitSearch{files, []byte(word), map[string]bool{}}
	for _, dir := range unitDirs() {
		real, err := Resolve(files, dir)
		if err == nil {
			s.dir(real, true)
		}
	}
	return s.names()
}

func (s *unitSearch) names() (names []string) {
	for n, found := range s.found {
		if found && !strings.Contains(n, "@.") {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return names
}

type unitSearch struct {
	files Files
	word  []byte
	found map[string]bool // whether the word stands there; what was read once is not read again
}

// dir looks at the units of a directory and, if it is one of systemd's, at the
// drop-ins and the links of what is enabled in it.
func (s *unitSearch) dir(dir string, top bool) {
	names, err := s.files.ReadDir(dir)
	if err != nil {
		return
	}
	for _, n := range names {
		at := path.Join(dir, n)
		switch {
		case path.Ext(n) == ".service":
			s.unit(n, at)
		case !top:
		case path.Ext(n) == ".wants", path.Ext(n) == ".requires":
			s.dir(at, false)
		case strings.HasSuffix(n, ".service.d"):
			s.dropIns(strings.TrimSuffix(n, ".d"), at)
		}
	}
}

func (s *unitSearch) unit(name, at string) {
	if !s.found[name] {
		s.found[name] = s.holds(name, at)
	}
}

func (s *unitSearch) dropIns(name, dir string) {
	names, _ := s.files.ReadDir(dir)
	for _, n := range names {
		if path.Ext(n) == ".conf" {
			s.unit(name, path.Join(dir, n))
		}
	}
}

func (s *unitSearch) holds(name, at string) bool {
	data, err := ReadThrough(s.files, at)
	if errors.Is(err, fs.ErrPermission) {
		return strings.Contains(name, string(s.word))
	}
	return bytes.Contains(data, s.word)
}
