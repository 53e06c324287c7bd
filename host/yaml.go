package host

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// A field tree of YAML, as compose and Kubernetes read it: aliases and merge
// keys are followed, every value knows its line. nil is what is not there.
type ynode struct {
	kind   ykind
	text   string // of a scalar
	raw    string // text before variables were filled in
	listed bool   // text is the part behind the = of an item
	tag    string // "!!str", "!reset"
	at     Place
	fields []yfield       // of a mapping, in order
	index  map[string]int // of many fields, by key; nil when they are few or have changed
	items  []*ynode       // of a sequence
	unset  []string       // variables in text that are not set, or set to nothing
}

type yfield struct {
	key   string
	at    Place
	value *ynode
}

type ykind int

const (
	ynull ykind = iota
	yscalar
	ymap
	ylist
)

// maxNodes is how many values all files of one set-up may have together, with
// aliases followed. Large real ones have some thousand.
const maxNodes = 100_000

// maxDepth is how deep values may lie in each other.
const maxDepth = 100

// yreader reads YAML files and counts what it has read.
type yreader struct {
	left int // values that may still come
	fill func(s string) (filled string, unset []string, err error)
}

// documents reads all documents of a file.
func (r *yreader) documents(file string, data []byte) ([]*ynode, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var docs []*ynode
	for {
		var n yaml.Node
		switch err := dec.Decode(&n); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, yamlError(file, data, err)
		}
		for _, c := range n.Content {
			way := wayOf(len(docs))
			doc, err := r.node(placeOf(file, c, way), c, 0, way)
			if err != nil {
				return nil, err
			}
			docs = append(docs, doc)
		}
	}
}

func (r *yreader) node(at Place, n *yaml.Node, depth int, w way) (*ynode, error) {
	if r.left--; r.left < 0 || depth > maxDepth {
		return nil, at.wrong("%w", ErrTooDeep)
	}
	out := &ynode{at: at, tag: n.Tag}
	switch n.Kind {
	case yaml.AliasNode:
		return r.node(placeOf(at.File, n.Alias, elsewhere), n.Alias, depth+1, elsewhere)
	case yaml.MappingNode:
		out.kind = ymap
		return out, r.mapping(out, n, depth, w)
	case yaml.SequenceNode:
		out.kind = ylist
		for i, c := range n.Content {
			way := w.to(strconv.Itoa(i))
			item, err := r.node(placeOf(at.File, c, way), c, depth+1, way)
			if err != nil {
				return nil, err
			}
			out.items = append(out.items, item)
		}
	case yaml.ScalarNode:
		return out, r.scalar(out, n)
	}
	return out, nil
}

func (r *yreader) scalar(out *ynode, n *yaml.Node) (err error) {
	if n.Tag == "!!null" {
		return nil
	}
	out.kind, out.text, out.raw = yscalar, n.Value, n.Value
	if r.fill == nil {
		return nil
	}
	if out.text, out.unset, err = r.fill(n.Value); err != nil {
		return out.at.wrong("%w", err)
	}
	return nil
}

// mapping reads the fields of n; what "<<" merges in stands behind what is
// written out.
func (r *yreader) mapping(out *ynode, n *yaml.Node, depth int, w way) error {
	var merged []*ynode
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		way := w.to(k.Value)
		if k.Tag == "!!merge" {
			way = elsewhere
		}
		at := placeOf(out.at.File, n.Content[i], way)
		if k.Kind != yaml.ScalarNode {
			return at.wrong("a key that is not a text")
		}
		v, err := r.node(placeOf(at.File, n.Content[i+1], way), n.Content[i+1], depth+1, way)
		switch {
		case err != nil:
			return err
		case k.Tag == "!!merge":
			merged = append(merged, v)
		case out.field(k.Value) != nil:
			return at.wrong("%s is there twice", k.Value)
		default:
			out.add(yfield{k.Value, at, v})
		}
	}
	for _, m := range merged {
		if err := r.mergeIn(out, m); err != nil {
			return err
		}
	}
	return nil
}

// mergeIn adds the fields of a mapping, or of several, that out does not have.
// They are counted again: that they share what they hold makes them no smaller
// for who walks over them.
func (r *yreader) mergeIn(out, m *ynode) error {
	switch m.kind {
	case ylist:
		for _, item := range m.items {
			if item.kind != ymap {
				return m.at.wrong("<< wants mappings")
			}
			if err := r.mergeIn(out, item); err != nil {
				return err
			}
		}
	case ymap:
		for _, f := range m.fields {
			if r.left--; r.left < 0 {
				return m.at.wrong("%w", ErrTooDeep)
			}
			if out.field(f.key) == nil {
				out.add(f)
			}
		}
	case ynull:
	default:
		return m.at.wrong("<< wants a mapping")
	}
	return nil
}

func (n *ynode) field(key string) *yfield {
	if n == nil {
		return nil
	}
	if len(n.fields) > fewFields {
		return n.indexed(key)
	}
	for i := range n.fields {
		if n.fields[i].key == key {
			return &n.fields[i]
		}
	}
	return nil
}

// fewFields are found without an index.
const fewFields = 16

func (n *ynode) indexed(key string) *yfield {
	if n.index == nil {
		n.index = make(map[string]int, len(n.fields))
		for i, f := range n.fields {
			n.index[f.key] = i
		}
	}
	if i, ok := n.index[key]; ok {
		return &n.fields[i]
	}
	return nil
}

// add puts a field that n does not have behind the others.
func (n *ynode) add(f yfield) {
	if n.index != nil {
		n.index[f.key] = len(n.fields)
	}
	n.fields = append(n.fields, f)
}

// get goes down a way of keys; nil when it ends early, or at a null.
func (n *ynode) get(keys ...string) *ynode {
	for _, k := range keys {
		f := n.field(k)
		if f == nil || f.value.kind == ynull {
			return nil
		}
		n = f.value
	}
	return n
}

// str is the text of a scalar; "" where there is none.
func (n *ynode) str() string {
	if n == nil {
		return ""
	}
	return n.text
}

// written is str with its place.
func (n *ynode) written() Written {
	if n == nil {
		return Written{}
	}
	return Written{n.text, n.at}
}

// truth reads a boolean as YAML 1.1 and Kubernetes do.
func (n *ynode) truth() bool {
	switch n.str() {
	case "true", "True", "TRUE", "yes", "on", "y":
		return true
	}
	return false
}

// strings are the texts of a list, or the one text there is.
func (n *ynode) strings() []string {
	if n == nil {
		return nil
	}
	if n.kind == yscalar {
		return []string{n.text}
	}
	var all []string
	for _, i := range n.items {
		all = append(all, i.text)
	}
	return all
}

// want is an error when n is there and of another kind.
func (n *ynode) want(what string, kinds ...ykind) error {
	if n == nil || n.kind == ynull {
		return nil
	}
	for _, k := range kinds {
		if n.kind == k {
			return nil
		}
	}
	return n.at.wrong("%s is not %s", what, wanted(kinds[0]))
}

func wanted(k ykind) string {
	return fmt.Sprint(map[ykind]string{ymap: "a mapping", ylist: "a list", yscalar: "a text"}[k])
}
