package host

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A View is a machine as somebody in a box sees it: a unit's sandbox, a
// container, a pod. What is laid over a path hides what was there, as mounts do.
//
// Deeper layers lie over shallower ones, and of two at one place the later wins:
// so systemd, Docker and Kubernetes mount what they are told, whatever the order.
// Directories that lead to a layer are there even if Base has none.
type View struct {
	Base   Files
	Layers []Layer
}

var _ Files = (*View)(nil)

// A Layer is what lies over one path of a View.
type Layer struct {
	At   string // absolute and clean
	Kind LayerKind

	From  Files  // Bound: what it comes from; nil is the View's Base
	Path  string // Bound: where in From, free of links
	Root  Info   // Empty: its own mode and owner; Same and Bound: its mode, when that is not 0
	Owner *Owner // Same and Bound: whose it is with all that is in it; nil is as it was
	IDs   *IDMap // Bound: who its owners are there; nil: the same

	ReadOnly bool // nothing below can be changed, for root neither
	NoExec   bool
	Life     Lifetime // of what is written there; for Bound "" means that of its source
}

// A LayerKind says what lies there.
type LayerKind string

// The kinds of layers.
const (
	Bound  LayerKind = "bound"  // a file or directory of another place
	Empty  LayerKind = "empty"  // a new directory
	Same   LayerKind = "same"   // what was there already, with other flags
	Hidden LayerKind = "hidden" // nothing, and nobody may look (InaccessiblePaths=)
)

// Lstat implements Files.
func (v *View) Lstat(name string) (Info, error) {
	at := v.find(name)
	switch {
	case at.layer.Kind == Empty && at.rest == "":
		return directory(at.layer.Root), nil
	case at.layer.Kind == Hidden && at.rest == "":
		return Info{Mode: fs.ModeDir}, nil
	case at.files == nil:
		return v.missing("lstat", name, at)
	}
	i, err := at.files.Lstat(at.path)
	if absent(err) && v.leads(name) {
		i, err = directory(Info{}), nil
	}
	if err == nil {
		v.amend(name, &i)
	}
	return i, renamed(err, name)
}

// amend is what layers change of a file that they leave where it is.
func (v *View) amend(name string, i *Info) {
	l := v.over(name, func(Layer) bool { return true })
	switch {
	case l.Owner != nil:
		i.Owner = *l.Owner
	case l.IDs != nil:
		i.Owner = l.IDs.Inside(i.Owner)
	}
	if l.At != name {
		return
	}
	if i.Inside = false; l.Root.Mode != 0 && l.Kind != "" {
		i.Mode = i.Mode.Type() | l.Root.Mode&^fs.ModeType
	}
}

// ownerless is why nobody knows whose a file is; zero where there is no such reason.
func ownerless(files Files, name string) say.Text {
	switch f := files.(type) {
	case *Glance:
		return ownerless(f.Files, name)
	case *View:
		if ids := f.over(name, func(Layer) bool { return true }).IDs; ids != nil {
			return ids.Why
		}
	}
	return say.Text{}
}

// absent reports whether nothing is known to be there.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.As(err, new(*Unseen))
}

func directory(i Info) Info {
	if i.Mode == 0 {
		i.Mode = 0o755
	}
	i.Mode |= fs.ModeDir
	return i
}

// missing is for what is not there: in an empty or hidden place, unless it leads
// to another layer.
func (v *View) missing(op, name string, at spot) (Info, error) {
	switch {
	case v.leads(name):
		return directory(Info{}), nil
	case at.layer.Kind == Hidden && op != "lstat": // to root it is an empty directory
		return Info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
	}
	return Info{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// leads reports whether a layer lies somewhere below name.
func (v *View) leads(name string) bool {
	return slices.ContainsFunc(v.Layers, func(l Layer) bool { return l.At != name && below(l.At, name) != "" })
}

// Readlink implements Files.
func (v *View) Readlink(name string) (string, error) {
	at := v.find(name)
	if at.files == nil {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	target, err := at.files.Readlink(at.path)
	return target, renamed(err, name)
}

// ReadFile implements Files.
func (v *View) ReadFile(name string) ([]byte, error) {
	at, err := v.follow("read", name)
	if err != nil {
		return nil, err
	}
	data, err := at.files.ReadFile(at.path)
	return data, renamed(err, name)
}

// ReadDir implements Files.
func (v *View) ReadDir(name string) ([]string, error) {
	real, err := Resolve(v, name)
	if err != nil {
		return nil, err
	}
	at := v.find(real)
	var names []string
	if at.files != nil {
		names, err = at.files.ReadDir(at.path)
	}
	names = append(names, v.mountPoints(real)...)
	if err != nil && len(names) == 0 {
		return nil, renamed(err, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// mountPoints are the names in a directory that lead to layers.
func (v *View) mountPoints(dir string) (names []string) {
	for _, l := range v.Layers {
		if rest := below(l.At, dir); rest != "" {
			first, _, _ := strings.Cut(rest, "/")
			names = append(names, first)
		}
	}
	return names
}

// ACL implements Files.
func (v *View) ACL(name string) ([]byte, error) {
	at := v.find(name)
	if at.files == nil {
		return nil, nil
	}
	acl, err := at.files.ACL(at.path)
	if absent(err) && v.leads(name) {
		return nil, nil
	}
	return acl, renamed(err, name)
}

// Mount implements Files.
func (v *View) Mount(name string) (m Mount, err error) {
	real, err := Resolve(v, name)
	if errors.As(err, new(*Unseen)) { // whatever is there, it is on what lies there
		real, err = mountPoint(v, path.Clean(name)), nil
	}
	if err != nil {
		return Mount{}, err
	}
	at := v.find(real)
	if at.files != nil {
		m, err = at.files.Mount(at.path)
		if absent(err) && v.leads(real) {
			m, err = at.files.Mount("/")
		}
	}
	flags := v.over(real, func(Layer) bool { return true })
	m.ReadOnly, m.NoExec = m.ReadOnly || flags.ReadOnly || flags.Kind == Hidden, m.NoExec || flags.NoExec
	for _, l := range []Layer{at.layer, flags} {
		if l.Life != "" {
			m.Life = l.Life
		}
	}
	return m, renamed(err, name)
}
