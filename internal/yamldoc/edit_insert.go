package yamldoc

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// insert adds what is missing at the end of a way, behind the last entry of the
// mapping that is there.
func (e *editor) insert(w way, value *string) ([][]splice, error) {
	s := w.last()
	m := s.value
	switch {
	case isNothing(m):
		return e.fill(w, value)
	case m.Kind != yaml.MappingNode, m.Style&yaml.TaggedStyle != 0, m.Anchor != "" && e.shared(m):
		return nil, e.shapeAt(m)
	case len(m.Content) == 0: // {}
		return e.fill(w, value)
	}
	last := e.stepAt(m, len(m.Content)-1)
	end, err := e.end(last, e.column(m))
	if err != nil {
		return nil, err
	}
	e.wants = func() { m.Content = append(m.Content, w.nodes(value)...) }
	var ways [][]splice
	flow := m.Style&yaml.FlowStyle != 0
	for _, text := range w.texts(value) {
		if flow {
			ways = append(ways, []splice{{end, end, ", " + e.inline(w, text)}})
			continue
		}
		at := e.lineEnd(end)
		ways = append(ways, []splice{{at, at, e.eol() + e.block(w, e.column(m)-1, text)}})
	}
	if !flow && !e.lineDone(end) {
		return nil, e.shapeAt(m)
	}
	return ways, nil
}

// fill is insert where a key has no value yet, or an empty mapping.
func (e *editor) fill(w way, value *string) ([][]splice, error) {
	s := w.last()
	m := s.value
	if s.key == nil || s.holder.Style&yaml.FlowStyle != 0 || m.Anchor != "" {
		return nil, e.shapeAt(m)
	}
	colon, err := e.colon(s.key)
	if err != nil {
		return nil, err
	}
	end, err := e.end(s, e.column(s.holder))
	if err != nil {
		return nil, err
	}
	if !e.lineDone(end) {
		return nil, e.shapeAt(m)
	}
	e.wants = func() {
		m.Kind, m.Tag, m.Value, m.Content = yaml.MappingNode, "!!map", "", w.nodes(value)
	}
	var ways [][]splice
	for _, text := range w.texts(value) {
		at := e.lineEnd(end)
		ways = append(ways, []splice{{colon, end, ""}, {at, at, e.eol() + e.block(w, e.column(s.holder)-1+e.unit(), text)}})
	}
	return ways, nil
}

// append puts an item behind the last one of a list.
func (e *editor) append(s step, value string) ([][]splice, error) {
	n := s.value
	for _, item := range n.Content {
		if item.Kind == yaml.ScalarNode && item.Value == value {
			return nil, nil
		}
	}
	if n.Kind != yaml.SequenceNode || n.Style&yaml.TaggedStyle != 0 || len(n.Content) == 0 && n.Style&yaml.FlowStyle == 0 {
		return nil, e.shapeAt(n)
	}
	e.wants = func() { n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}) }
	style := yaml.Style(0)
	end, lead := e.start(n)+1, ""
	if i := len(n.Content) - 1; i >= 0 {
		var err error
		if end, err = e.end(e.stepAt(n, i), n.Column); err != nil {
			return nil, err
		}
		style, lead = n.Content[i].Style, ", "
	}
	flow := n.Style&yaml.FlowStyle != 0
	if !flow {
		lead = e.eol() + strings.Repeat(" ", n.Column-1) + "- "
		if !e.lineDone(end) {
			return nil, e.shapeAt(n)
		}
		end = e.lineEnd(end)
	}
	var ways [][]splice
	for _, text := range texts(value, style) {
		ways = append(ways, []splice{{end, end, lead + text}})
	}
	return ways, nil
}

// texts are the ways to write the new value; one for nothing at all.
func (w way) texts(value *string) []string {
	if value == nil {
		return []string{""}
	}
	return texts(*value, 0)
}

// nodes are a key and its value, with mappings for all keys but the first.
func (w way) nodes(value *string) []*yaml.Node {
	v := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	if value != nil {
		v.Tag, v.Value = "!!str", *value
	}
	if w.list {
		v = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{v}}
	}
	for i := len(w.missing) - 1; i > 0; i-- {
		v = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{text(w.missing[i]), v}}
	}
	return []*yaml.Node{text(w.missing[0]), v}
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// block is what is missing, a key a line.
func (e *editor) block(w way, indent int, value string) string {
	var b strings.Builder
	for i, k := range w.missing {
		if i > 0 {
			b.WriteString(e.eol())
			indent += e.unit()
		}
		b.WriteString(strings.Repeat(" ", indent) + k + ":")
	}
	switch {
	case w.list:
		b.WriteString(e.eol() + strings.Repeat(" ", indent+e.unit()) + "- " + value)
	case value != "":
		b.WriteString(" " + value)
	}
	return b.String()
}

// inline is what is missing, on one line.
func (e *editor) inline(w way, value string) string {
	if w.list {
		value = "[" + value + "]"
	}
	for i := len(w.missing) - 1; i > 0; i-- {
		value = "{" + w.missing[i] + ": " + value + "}"
	}
	return w.missing[0] + ": " + value
}

// eol is how lines end in this file.
func (e *editor) eol() string {
	if bytes.Contains(e.data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// unit is how far one mapping stands in from the other: as in the first that does.
func (e *editor) unit() int {
	const usual = 2
	root := e.docs[0].Content[0]
	for i := 1; i < len(root.Content); i += 2 {
		if v := root.Content[i]; v.Kind == yaml.MappingNode && v.Style&yaml.FlowStyle == 0 && v.Column > root.Column {
			return v.Column - root.Column
		}
	}
	return usual
}
