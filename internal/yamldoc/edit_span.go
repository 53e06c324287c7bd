package yamldoc

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// start is where a node begins, behind its anchor and tag.
func (e *editor) start(n *yaml.Node) int {
	at := e.offset(n.Line, n.Column)
	for at < len(e.data) && (n.Anchor != "" && e.data[at] == '&' || n.Style&yaml.TaggedStyle != 0 && e.data[at] == '!') {
		at += len(e.data[at:]) - len(bytes.TrimLeft(e.data[at:], "&!"))
		if i := bytes.IndexAny(e.data[at:], " \t\r\n"); i >= 0 {
			at += i
		}
		at += len(e.data[at:]) - len(bytes.TrimLeft(e.data[at:], " \t\r\n"))
	}
	return at
}

// end is the byte behind a value of a mapping or list whose keys or dashes stand in
// the given column, from 1.
func (e *editor) end(s step, column int) (int, error) {
	n := s.value
	start := e.start(n)
	switch {
	case n.Kind == yaml.AliasNode:
		return start + 1 + len(n.Value), nil
	case n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle != 0:
		return e.flowEnd(n, start)
	case n.Kind == yaml.MappingNode:
		i := len(n.Content) - 1
		return e.end(step{holder: n, key: n.Content[i-1], value: n.Content[i], index: i}, n.Content[0].Column)
	case n.Kind == yaml.SequenceNode:
		i := len(n.Content) - 1
		return e.end(step{holder: n, value: n.Content[i], index: i}, n.Column)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return e.blockEnd(start, column), nil
	case n.Value == "" && n.Style&^yaml.TaggedStyle == 0 && s.key != nil:
		return e.colon(s.key)
	}
	return e.scalarEnd(n, start)
}

// scalarEnd is the byte behind a text on one line, or in quotes.
func (e *editor) scalarEnd(n *yaml.Node, start int) (int, error) {
	rest := e.data[min(start, len(e.data)):]
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return e.closing(start, '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return e.closing(start, '\'')
	case n.Value != "" && bytes.HasPrefix(rest, []byte(n.Value)):
		return start + len(n.Value), nil
	}
	return 0, e.shapeAt(n)
}

// closing finds the quote that ends the text which begins at start.
func (e *editor) closing(start int, quote byte) (int, error) {
	for i := start + 1; i < len(e.data) && e.data[start] == quote; i++ {
		switch {
		case quote == '"' && e.data[i] == '\\':
			i++
		case quote == '\'' && bytes.HasPrefix(e.data[i:], []byte("''")):
			i++
		case e.data[i] == quote:
			return i + 1, nil
		}
	}
	return 0, ErrShape
}

// colon is the byte behind the colon of a key.
func (e *editor) colon(key *yaml.Node) (int, error) {
	end, err := e.scalarEnd(key, e.start(key))
	if err != nil {
		return 0, err
	}
	rest := e.data[end:]
	blanks := len(rest) - len(bytes.TrimLeft(rest, " \t"))
	if blanks == len(rest) || rest[blanks] != ':' {
		return 0, e.shapeAt(key)
	}
	return end + blanks + 1, nil
}

// flowEnd is the byte behind the bracket that closes what begins at start. The last
// value is walked over, so that brackets in texts do not count.
func (e *editor) flowEnd(n *yaml.Node, start int) (int, error) {
	at := start + 1
	if i := len(n.Content) - 1; i >= 0 {
		s := step{holder: n, value: n.Content[i], index: i}
		if n.Kind == yaml.MappingNode {
			s.key = n.Content[i-1]
		}
		var err error
		if at, err = e.end(s, 0); err != nil {
			return 0, err
		}
	}
	closing := byte(']')
	if n.Kind == yaml.MappingNode {
		closing = '}'
	}
	at += len(e.data[at:]) - len(bytes.TrimLeft(e.data[at:], " \t\r\n,"))
	if at >= len(e.data) || e.data[at] != closing {
		return 0, e.shapeAt(n)
	}
	return at + 1, nil
}

// blockEnd is the byte behind the last line of a text in block style: its lines are
// further in than the key.
func (e *editor) blockEnd(start, column int) int {
	end := e.lineEnd(start)
	for at := e.nextLine(end); at < len(e.data); at = e.nextLine(e.lineEnd(at)) {
		line := string(e.data[at:e.lineEnd(at)])
		text := strings.TrimLeft(line, " ")
		switch {
		case strings.TrimSpace(text) == "":
		case len(line)-len(text) < column:
			return end
		default:
			end = e.lineEnd(at)
		}
	}
	return end
}

// lineEnd is where the line of a byte ends, without what ends it.
func (e *editor) lineEnd(at int) int {
	if i := bytes.IndexAny(e.data[at:], "\r\n"); i >= 0 {
		return at + i
	}
	return len(e.data)
}

// nextLine is where the line after a line's end begins.
func (e *editor) nextLine(end int) int {
	if bytes.HasPrefix(e.data[end:], []byte("\r\n")) {
		return end + 2
	}
	return min(end+1, len(e.data))
}

// lineStart is where the line of a byte begins.
func (e *editor) lineStart(at int) int { return bytes.LastIndexAny(e.data[:at], "\r\n") + 1 }

// alone reports whether nothing but blanks, a dash if it may be there, and a comment
// shares the lines with the bytes [start, end).
func (e *editor) alone(start, end int, dash bool) bool {
	before := strings.TrimLeft(string(e.data[e.lineStart(start):start]), " ")
	if dash {
		before = strings.TrimSpace(strings.TrimPrefix(before, "-"))
	}
	return before == "" && e.lineDone(end)
}

// lineDone reports whether nothing but a comment follows on the line.
func (e *editor) lineDone(end int) bool {
	behind := string(e.data[end:e.lineEnd(end)])
	trimmed := strings.TrimLeft(behind, " \t")
	return trimmed == "" || trimmed[0] == '#' && trimmed != behind
}

func (e *editor) shapeAt(n *yaml.Node) error {
	return fmt.Errorf("what stands in line %d %w", n.Line, ErrShape)
}
