package yamldoc

import (
	"encoding/json"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// replace makes the value at the end of a way another text, in the same quotes.
func (e *editor) replace(w way, value *string) ([][]splice, error) {
	s := w.last()
	n := s.value
	switch {
	case value == nil && isNothing(n), value != nil && n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" && n.Value == *value:
		return nil, nil
	case value == nil, n.Kind != yaml.ScalarNode, n.Anchor != "", n.Style&yaml.TaggedStyle != 0, n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return nil, e.shapeAt(n)
	}
	start, lead := e.start(n), ""
	end, err := e.end(s, 0)
	if n.Value == "" && n.Style == 0 { // nothing stands there: behind the colon, then
		start, lead = end, " "
	}
	if err != nil {
		return nil, err
	}
	e.wants = func() { n.Value, n.Tag = *value, "!!str" }
	var ways [][]splice
	for _, text := range texts(*value, n.Style) {
		ways = append(ways, []splice{{start, end, lead + text}})
	}
	return ways, nil
}

// texts are the ways to write a text, the one most like a style first. Which of them
// means the text where it stands is for the proof to find out.
func texts(value string, style yaml.Style) []string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(value) // a text always can be
	double := strings.TrimSuffix(b.String(), "\n")
	single := "'" + strings.ReplaceAll(value, "'", "''") + "'"
	switch {
	case style&yaml.DoubleQuotedStyle != 0:
		return []string{double}
	case strings.ContainsAny(value, "\r\n\u0085\u2028\u2029"):
		return []string{double}
	case style&yaml.SingleQuotedStyle != 0:
		return []string{single, double}
	}
	return []string{value, double}
}

// drop takes the value at the end of a way out, with its key. A mapping or list that
// loses its last stays one.
func (e *editor) drop(w way) ([][]splice, error) {
	s := w.last()
	m := s.holder
	if m == nil {
		return nil, ErrShape
	}
	first, width := s.value, 1
	if s.key != nil {
		first, width = s.key, 2
	}
	start := e.start(first)
	end, err := e.end(s, e.column(m))
	if err != nil {
		return nil, err
	}
	flow := m.Style&yaml.FlowStyle != 0
	if !flow && !e.alone(start, end, m.Kind == yaml.SequenceNode) {
		return nil, e.shapeAt(first)
	}
	at := s.index + 1 - width
	e.wants = func() { m.Content = slices.Delete(m.Content, at, at+width) }
	switch {
	case len(m.Content) == width && flow:
		return [][]splice{{{start, end, ""}}}, nil
	case len(m.Content) == width:
		return e.emptied(m, start, end), nil
	case !flow:
		return [][]splice{{{e.lineStart(start), e.nextLine(e.lineEnd(end)), ""}}}, nil
	case at+width < len(m.Content):
		return [][]splice{{{start, e.start(m.Content[at+width]), ""}}}, nil
	}
	before, err := e.end(e.stepAt(m, at-1), 0)
	return [][]splice{{{before, end, ""}}}, err
}

// emptied is what is left where the last of a mapping or list goes: an empty one. A
// list may stand right below its key, brackets may not.
func (e *editor) emptied(m *yaml.Node, start, end int) [][]splice {
	if m.Kind == yaml.MappingNode {
		return [][]splice{{{start, end, "{}"}}}
	}
	dash := e.offset(m.Line, m.Column)
	return [][]splice{{{dash, end, "[]"}}, {{dash, end, strings.Repeat(" ", e.unit()) + "[]"}}}
}

// column is where the keys or dashes of a block stand.
func (e *editor) column(m *yaml.Node) int {
	if m.Kind == yaml.MappingNode && len(m.Content) > 0 {
		return m.Content[0].Column
	}
	return m.Column
}

// stepAt is a value of a mapping or list, by its place in Content.
func (e *editor) stepAt(m *yaml.Node, index int) step {
	s := step{holder: m, value: m.Content[index], index: index}
	if m.Kind == yaml.MappingNode {
		s.key = m.Content[index-1]
	}
	return s
}

// alike compares documents in all that they mean, and in how they are shared.
func alike(a, b []*yaml.Node) bool { return slices.EqualFunc(a, b, same) }

func same(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.ShortTag() == b.ShortTag() && a.Value == b.Value && a.Anchor == b.Anchor && slices.EqualFunc(a.Content, b.Content, same)
}
