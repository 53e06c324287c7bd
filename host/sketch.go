package host

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// Unseen is why something cannot be looked at from here at all: it is in a
// volume, or in an image. It answers errors.Is for fs.ErrPermission: whoever
// asks may not look, and nothing is known.
type Unseen struct {
	Why   say.Text // "what is in the volume X is not visible from here"
	Given bool     // that a file is there is known, only not what is in it
}

func (e *Unseen) Error() string { return e.Why.String() }

// Is makes it a case of fs.ErrPermission.
func (e *Unseen) Is(target error) bool { return target == fs.ErrPermission }

// A Sketch is a file system of which only some places are known: an image from
// its documentation, a volume from its name. All else is Unseen, never missing.
type Sketch struct {
	Known map[string]Drawn // by absolute, clean path; "/" too, if it is known
	Why   say.Text         // why nothing else is
	Life  Lifetime
	Whole bool // what is not known is not there
	// ReadOnly is for a container whose own layer cannot be changed.
	ReadOnly bool
}

var _ Files = (*Sketch)(nil)

// Drawn is one known place of a Sketch.
type Drawn struct {
	Info Info
	Link string // target of a symbolic link
	Data []byte // of a file; nil when it is not known
	Gone bool   // it is known that nothing is there
}

// DrawnDir is a known directory.
func DrawnDir(mode fs.FileMode, uid, gid int) Drawn {
	return Drawn{Info: Info{Mode: fs.ModeDir | mode, Owner: Owner{uid, gid}}}
}

// DrawnFile is a known file.
func DrawnFile(mode fs.FileMode, uid, gid int, data []byte) Drawn {
	return Drawn{Info: Info{Mode: mode, Owner: Owner{uid, gid}, Size: int64(len(data))}, Data: data}
}

// DrawnLink is a known symbolic link.
func DrawnLink(target string) Drawn {
	return Drawn{Info: Info{Mode: fs.ModeSymlink | 0o777}, Link: target}
}

func (s *Sketch) at(op, name string) (Drawn, error) {
	if d, ok := s.Known[name]; ok && !d.Gone {
		return d, nil
	}
	for p := name; ; p = path.Dir(p) {
		if d, ok := s.Known[p]; ok && !d.Info.Mode.IsDir() { // nothing is below a file
			return Drawn{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
		if s.Whole {
			return Drawn{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
		}
		if p == "/" || p == "." {
			return Drawn{}, &fs.PathError{Op: op, Path: name, Err: &Unseen{Why: s.Why}}
		}
	}
}

// Lstat implements Files.
func (s *Sketch) Lstat(name string) (Info, error) {
	d, err := s.at("lstat", name)
	return d.Info, err
}

// Readlink implements Files.
func (s *Sketch) Readlink(name string) (string, error) {
	d, err := s.at("readlink", name)
	if err == nil && d.Info.Mode&fs.ModeSymlink == 0 {
		err = &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	return d.Link, err
}

// ReadFile implements Files.
func (s *Sketch) ReadFile(name string) ([]byte, error) {
	real, err := Resolve(s, name)
	if err != nil {
		return nil, err
	}
	d, err := s.at("read", real)
	switch {
	case err != nil:
		return nil, err
	case !d.Info.Mode.IsRegular():
		err = ErrNotRegular
	case d.Data == nil:
		err = &Unseen{Why: s.Why, Given: true}
	default:
		return slices.Clone(d.Data), nil
	}
	return nil, &fs.PathError{Op: "read", Path: name, Err: err}
}

// ReadDir implements Files: what is known of a directory is not all of it.
func (s *Sketch) ReadDir(name string) ([]string, error) {
	var names []string
	for p := range maps.Keys(s.Known) {
		if rest := below(p, name); !s.Known[p].Gone && rest != "" && !strings.Contains(rest, "/") {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	if s.Whole {
		return names, nil
	}
	return names, &fs.PathError{Op: "readdir", Path: name, Err: &Unseen{Why: s.Why}}
}

// ACL implements Files: none.
func (s *Sketch) ACL(string) ([]byte, error) { return nil, nil }

// Mount implements Files.
func (s *Sketch) Mount(string) (Mount, error) {
	return Mount{Life: s.Life, ReadOnly: s.ReadOnly}, nil
}
