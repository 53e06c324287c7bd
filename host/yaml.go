package host

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// maxNodes is how many values all files of one set-up may have together, with
// aliases followed. Large real ones have some thousand.
const maxNodes = 100_000

// maxDepth is how deep values may lie in each other.
const maxDepth = 100

// yreader reads YAML files and counts what it has read.
type yreader struct {
	left int                                                       // values that may still come
	fill func(s string) (filled string, unset []string, err error) // fills in variables; nil: there are none
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
