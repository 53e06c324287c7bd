// Package yamldoc reads YAML as Semaphore does from 2.19 on: the first document,
// decoded into a generic map and encoded again as JSON (read in source, 2026).
// What it gives is the JSON document that the runner then looks at, with the
// place of every value in the YAML.
package yamldoc

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// Bounds of what is expanded. A runner's config has some dozens of values; a few
// aliases of aliases ("billion laughs") make a small file into a huge document.
const (
	maxValues = 50_000
	maxDepth  = 200
)

// Named reports whether Semaphore takes a config of that name for YAML, as it does from
// 2.19 on (read in source, 2026).
func Named(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yaml" || ext == ".yml"
}

// Parse reads the first document in data. Values end where they start: only the
// end of the document itself is known, which is where a second one begins. The
// error is a *jsondoc.SyntaxError; of an empty document it wraps io.EOF.
func Parse(data []byte) (*jsondoc.Value, error) {
	places := newPlaces(data)
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	switch err := dec.Decode(&doc); {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, places.complain(err)
	case err != nil, len(doc.Content) != 1, blank(doc.Content[0]):
		return nil, &jsondoc.SyntaxError{Offset: len(data), Err: io.EOF}
	}
	r := reader{places: places, open: map[*yaml.Node]bool{}}
	v, err := r.value(doc.Content[0], 0)
	if err != nil {
		return nil, err
	}
	v.End = len(data)
	var second yaml.Node
	if err := dec.Decode(&second); err == nil && len(second.Content) == 1 {
		v.End = places.offset(second.Line, second.Column)
	}
	return v, nil
}

// blank is a document of nothing but comments and white space.
func blank(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Value == ""
}

// reader expands nodes into values.
type reader struct {
	places places
	values int
	open   map[*yaml.Node]bool // the anchors that are being expanded
}

func (r *reader) value(n *yaml.Node, depth int) (*jsondoc.Value, error) {
	if r.values++; r.values > maxValues || depth > maxDepth {
		return nil, r.fail(n, errors.New("document contains excessive aliasing, or is nested too deeply"))
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.alias(n, depth)
	case yaml.MappingNode:
		return r.mapping(n, depth)
	case yaml.SequenceNode:
		return r.sequence(n, depth)
	}
	return r.scalar(n)
}

// alias is what the anchor holds; it stands where the alias does.
func (r *reader) alias(n *yaml.Node, depth int) (*jsondoc.Value, error) {
	if r.open[n.Alias] {
		return nil, r.fail(n, errors.New("anchor '"+n.Value+"' value contains itself"))
	}
	r.open[n.Alias] = true
	defer delete(r.open, n.Alias)
	v, err := r.value(n.Alias, depth+1)
	if err == nil {
		v.Start, v.End = r.at(n), r.at(n)
	}
	return v, err
}

func (r *reader) sequence(n *yaml.Node, depth int) (*jsondoc.Value, error) {
	v := &jsondoc.Value{Kind: jsondoc.Array, Start: r.at(n), End: r.at(n)}
	for _, c := range n.Content {
		elem, err := r.value(c, depth+1)
		if err != nil {
			return nil, err
		}
		v.Elems = append(v.Elems, elem)
	}
	return v, nil
}

func (r *reader) at(n *yaml.Node) int { return r.places.offset(n.Line, n.Column) }

func (r *reader) fail(n *yaml.Node, err error) error {
	return &jsondoc.SyntaxError{Offset: r.at(n), Err: err}
}
