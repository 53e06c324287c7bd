package host

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// Behind is the file that stands behind name, free of links, and whose it is:
// what has to be changed to change name. ok is false where nothing is.
func (v *View) Behind(name string) (files Files, real string, ok bool) {
	at := v.find(name)
	if at.files == nil {
		return nil, "", false
	}
	if inner, nested := at.files.(*View); nested {
		return inner.Behind(at.path)
	}
	return at.files, at.path, true
}

// follow finds what name leads to, which must be a file of something.
func (v *View) follow(op, name string) (spot, error) {
	real, err := Resolve(v, name)
	if err != nil {
		return spot{}, err
	}
	at := v.find(real)
	if at.files == nil {
		if _, err := v.missing(op, name, at); err != nil && at.rest != "" {
			return at, err
		}
		return at, &fs.PathError{Op: op, Path: name, Err: ErrNotRegular}
	}
	return at, nil
}

// A spot is where a name of a View leads.
type spot struct {
	layer Layer
	rest  string // of the name, behind the layer; "" for the layer itself
	files Files  // nil when the layer has no content
	path  string // in files
}

// find says what stands behind a name that is free of links.
func (v *View) find(name string) spot {
	l := v.over(name, func(l Layer) bool { return l.Kind != Same })
	at := spot{layer: l, rest: below(name, l.At)}
	switch l.Kind {
	case "":
		at.files, at.path = v.Base, name
	case Bound:
		at.files, at.path = l.From, path.Join(l.Path, at.rest)
		if at.files == nil {
			at.files = v.Base
		}
	}
	return at
}

// over is the deepest layer at or above name, of those wanted; the zero Layer
// when there is none.
func (v *View) over(name string, want func(Layer) bool) (best Layer) {
	for _, l := range v.Layers {
		if want(l) && (l.At == name || below(name, l.At) != "") && len(l.At) >= len(best.At) {
			best = l
		}
	}
	return best
}

// below is the way from dir to name, "" when name is not below it.
func below(name, dir string) string {
	if dir == "/" {
		return strings.TrimPrefix(name, "/")
	}
	if rest, ok := strings.CutPrefix(name, dir); ok && strings.HasPrefix(rest, "/") {
		return rest[1:]
	}
	return ""
}

// renamed is an error about name, whatever the file behind it is called.
func renamed(err error, name string) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return &fs.PathError{Op: p.Op, Path: name, Err: p.Err}
	}
	return err
}
