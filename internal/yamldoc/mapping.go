package yamldoc

import (
	"cmp"
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// mapping reads the members that a mapping has itself, then those that << takes
// over from elsewhere: a key of its own goes before one that is merged, and the
// first mapping that is merged before the next.
func (r *reader) mapping(n *yaml.Node, depth int) (*jsondoc.Value, error) {
	v := &jsondoc.Value{Kind: jsondoc.Object, Start: r.at(n), End: r.at(n)}
	has := map[string]int{}      // the line of each key
	written := map[literal]int{} // and of each as it stands there
	var merged *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, err := r.key(n.Content[i], depth)
		if err != nil {
			return nil, err
		}
		as := literal{n.Content[i].Kind, n.Content[i].Value}
		if line := cmp.Or(has[key], written[as]); line > 0 {
			return nil, r.fail(n.Content[i], fmt.Errorf("mapping key %q already defined at line %d", key, line))
		}
		has[key], written[as] = n.Content[i].Line, n.Content[i].Line
		if isMerge(n.Content[i]) {
			merged = n.Content[i+1]
			continue
		}
		if err := r.member(v, key, n.Content[i], n.Content[i+1], depth); err != nil {
			return nil, err
		}
	}
	return v, r.merge(v, merged, has, depth)
}

// A literal is a key without its tag: the library takes keys for the same that only
// their tags tell apart.
type literal struct {
	kind yaml.Kind
	text string
}

func (r *reader) member(v *jsondoc.Value, key string, k, n *yaml.Node, depth int) error {
	value, err := r.value(n, depth+1)
	if err != nil {
		return err
	}
	at := r.at(k)
	v.Members = append(v.Members, jsondoc.Member{Key: key, KeyStart: at, KeyEnd: at, Value: value})
	return nil
}

// key is a member's name. JSON has no names but texts; only those of the
// outermost mapping are turned into them.
func (r *reader) key(k *yaml.Node, depth int) (string, error) {
	n := k
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	tag := n.ShortTag()
	switch {
	case n.Kind != yaml.ScalarNode:
		return "", r.fail(k, errors.New("invalid map key: a key must be a text"))
	case tag == "!!str", tag == "!!merge":
		return n.Value, nil
	case tag != "!!binary" && (depth > 0 || tag == "!!null"):
		return "", r.fail(k, fmt.Errorf("invalid map key: %s is no text, write it in quotes", n.Value))
	}
	var text string
	if err := n.Decode(&text); err != nil { // !!binary that is not, !!bool that is none
		return "", r.fail(k, fmt.Errorf("invalid map key: %s", said(err)))
	}
	return text, nil
}

func isMerge(k *yaml.Node) bool {
	return k.Kind == yaml.ScalarNode && k.Value == "<<" && (k.Tag == "" || k.Tag == "!" || k.ShortTag() == "!!merge")
}

// merge takes over what v does not have yet.
func (r *reader) merge(v *jsondoc.Value, from *yaml.Node, has map[string]int, depth int) error {
	if from == nil {
		return nil
	}
	sources := []*yaml.Node{from}
	if from.Kind == yaml.SequenceNode {
		sources = from.Content
	}
	for _, n := range sources {
		source, err := r.value(n, depth+1)
		if err != nil {
			return err
		}
		if source.Kind != jsondoc.Object {
			return r.fail(n, errors.New("map merge requires map or sequence of maps as the value"))
		}
		for _, m := range source.Members {
			if _, ok := has[m.Key]; !ok {
				has[m.Key] = n.Line
				v.Members = append(v.Members, m)
			}
		}
	}
	return nil
}
