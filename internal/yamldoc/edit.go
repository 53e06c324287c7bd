package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// ErrShape reports YAML that is written in a way in which an edit would change
// something else as well, or cannot be told to: what other places take over by an
// anchor, tags, texts of several lines.
var ErrShape = errors.New("is written in a way that only a person can edit")

// Set makes the value at an RFC 6901 pointer a text, or with nil nothing, and leaves
// every other byte of data as it was. A key that is missing is added behind its
// siblings, and so are the mappings on the way to it. Keys match as Semaphore
// matches them, case ignored. It is about the first document. The result is read
// again and proven before it is returned.
func Set(data []byte, pointer string, value *string) ([]byte, error) {
	return edit(data, "set "+pointer, func(e *editor) ([][]splice, error) {
		w, err := e.walk(pointer)
		switch {
		case err != nil:
			return nil, err
		case len(w.missing) == 0:
			return e.replace(w, value)
		}
		return e.insert(w, value)
	})
}

// Drop takes the member or item at a pointer out. One that is not there is no error.
func Drop(data []byte, pointer string) ([]byte, error) {
	return edit(data, "drop "+pointer, func(e *editor) ([][]splice, error) {
		w, err := e.walk(pointer)
		if err != nil || len(w.missing) > 0 {
			return nil, err
		}
		return e.drop(w)
	})
}

// Append puts a text behind the items of the list at a pointer, which is made if it
// is not there. One that has the text already stays as it is.
func Append(data []byte, pointer, value string) ([]byte, error) {
	return edit(data, "append to "+pointer, func(e *editor) ([][]splice, error) {
		w, err := e.walk(pointer)
		switch {
		case err != nil:
			return nil, err
		case len(w.missing) > 0:
			w.list = true
			return e.insert(w, &value)
		}
		return e.append(w.last(), value)
	})
}

// splice replaces the bytes [start, end) by text.
type splice struct {
	start, end int
	text       string
}

// An editor knows a file, its nodes, and what they shall become.
type editor struct {
	places
	docs  []*yaml.Node
	wants func() // makes of docs what the edit is to make of the file
}

// edit tries the ways that make gives, in order, until one is proven. No way at all
// means that there is nothing to do.
func edit(data []byte, what string, make func(*editor) ([][]splice, error)) ([]byte, error) {
	e, err := newEditor(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	ways, err := make(e)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	if len(ways) == 0 {
		return data, nil
	}
	e.wants()
	for _, w := range ways {
		out := spliced(data, w)
		if now, err := newEditor(out); err == nil && alike(e.docs, now.docs) {
			return out, nil
		}
	}
	return nil, fmt.Errorf("%s: it %w", what, ErrShape)
}

func newEditor(data []byte) (*editor, error) {
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("the file is not UTF-8, and %w", ErrShape)
	}
	e := &editor{places: newPlaces(data)}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	for {
		var doc yaml.Node
		switch err := dec.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return e, nil
		case err != nil:
			return nil, e.complain(err)
		}
		e.docs = append(e.docs, &doc)
	}
}

func spliced(data []byte, splices []splice) []byte {
	var out []byte
	at := 0
	for _, s := range splices {
		out = append(append(out, data[at:s.start]...), s.text...)
		at = s.end
	}
	return append(out, data[at:]...)
}

// A step is a value on the way of a pointer, with what holds it.
type step struct {
	holder *yaml.Node // mapping or list; nil for the document
	key    *yaml.Node // nil in a list
	value  *yaml.Node
	index  int // of the value in holder.Content
}

// A way is how far a pointer leads.
type way struct {
	steps   []step
	missing []string // keys that are not there; empty when all are
	list    bool     // what is missing is a list with one item
}

func (w way) last() step { return w.steps[len(w.steps)-1] }

// walk follows a pointer from the first document. What an anchor that is used
// elsewhere holds belongs to several places, and is not entered.
func (e *editor) walk(pointer string) (way, error) {
	if len(e.docs) == 0 || len(e.docs[0].Content) != 1 || blank(e.docs[0].Content[0]) || pointer == "" {
		return way{}, fmt.Errorf("the document has nothing in it, and %w", ErrShape)
	}
	w := way{steps: []step{{value: e.docs[0].Content[0]}}}
	keys := strings.Split(pointer[1:], "/")
	for i, k := range keys {
		at := w.last().value
		if at.Kind == yaml.AliasNode || e.shared(at) {
			return w, fmt.Errorf("%q is taken over from elsewhere, and %w", k, ErrShape)
		}
		next, ok, err := child(at, jsondoc.Unescape(k))
		switch {
		case err != nil:
			return w, err
		case !ok:
			for _, k := range keys[i:] {
				w.missing = append(w.missing, jsondoc.Unescape(k))
			}
			return w, nil
		}
		w.steps = append(w.steps, next)
	}
	if v := w.last().value; v.Kind == yaml.AliasNode || e.shared(v) {
		return w, fmt.Errorf("the value is taken over from elsewhere, and %w", ErrShape)
	}
	return w, nil
}

// shared reports whether another place takes over what a node holds.
func (e *editor) shared(n *yaml.Node) bool {
	return n.Anchor != "" && bytes.Contains(e.data, []byte("*"+n.Anchor))
}

// child is the value of a key, or the item of a number.
func child(n *yaml.Node, key string) (found step, ok bool, err error) {
	switch n.Kind {
	case yaml.SequenceNode:
		for i, item := range n.Content {
			if fmt.Sprint(i) == key {
				return step{holder: n, value: item, index: i}, true, nil
			}
		}
		return found, false, fmt.Errorf("the list has no item %s", key)
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !strings.EqualFold(n.Content[i].Value, key) || n.Content[i].Kind != yaml.ScalarNode {
				continue
			}
			if ok {
				return found, ok, fmt.Errorf("%q is there twice, and %w", key, ErrShape)
			}
			found, ok = step{holder: n, key: n.Content[i], value: n.Content[i+1], index: i + 1}, true
		}
		return found, ok, nil
	}
	if isNothing(n) {
		return found, false, nil
	}
	return found, false, fmt.Errorf("%q is below a text", key)
}

// isNothing is a null, written or not.
func isNothing(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }
