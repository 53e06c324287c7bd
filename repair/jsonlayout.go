package repair

import (
	"bytes"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// layout is how an object sets its members, so that a new one looks like its
// siblings.
type layout struct {
	eol    string // line end before a member; "" for members on one line
	indent string // before a member: of its line, or behind a comma when on one line
	unit   string // what one level adds to indent
	colon  string // between a key and its value, the colon included
}

// layoutOf reads the layout of object v off its member i.
func layoutOf(data []byte, doc, v *jsondoc.Value, i int) layout {
	m := v.Members[i]
	gap := data[v.Start+1 : m.KeyStart]
	if i > 0 {
		_, gap, _ = bytes.Cut(data[v.Members[i-1].Value.End:m.KeyStart], []byte(","))
	}
	l := layout{colon: string(data[m.KeyEnd:m.Value.Start])}
	if strings.Contains(l.colon, "\n") {
		l.colon = ": "
	}
	l.eol, l.indent = lineEnd(gap)
	if l.eol == "" && len(v.Members) == 1 && strings.HasSuffix(l.colon, " ") {
		l.indent = " " // {"a": 1} has room behind its colon, so behind its comma too
	}
	l.unit = unitOf(data, doc, v, l.indent)
	return l
}

// layoutInside is the layout for members of v, an empty object or a null: that
// of a multi-line v itself, else that of the object v is a member of.
func layoutInside(data []byte, doc, v *jsondoc.Value) layout {
	if eol, indent := lineEnd(data[v.Start+1 : v.End-1]); eol != "" {
		return layout{eol, indent, unitOf(data, doc, v, indent), ": "}
	}
	holder, i := holderOf(doc, v)
	if holder == nil {
		return layout{colon: ": "}
	}
	l := layoutOf(data, doc, holder, i)
	if l.eol == "" {
		l.indent = ""
	}
	return l
}

// lineEnd splits the white space before a key into its last line end and the
// indentation behind that. Without a line end all of it is indentation.
func lineEnd(gap []byte) (eol, indent string) {
	i := bytes.LastIndexByte(gap, '\n')
	if i < 0 {
		return "", string(gap)
	}
	if i > 0 && gap[i-1] == '\r' {
		return "\r\n", string(gap[i+1:])
	}
	return "\n", string(gap[i+1:])
}

// unitOf is what indent has beyond the line on which v closes; where that says
// nothing, the indentation of the document's first member; else two spaces.
func unitOf(data []byte, doc, v *jsondoc.Value, indent string) string {
	line := data[:v.End-1]
	closing := line[bytes.LastIndexByte(line, '\n')+1:]
	if unit, ok := strings.CutPrefix(indent, string(closing)); ok && unit != "" && len(bytes.TrimLeft(closing, " \t")) == 0 {
		return unit
	}
	if doc != v && len(doc.Members) > 0 {
		if eol, first := lineEnd(data[doc.Start+1 : doc.Members[0].KeyStart]); eol != "" && first != "" {
			return first
		}
	}
	return "  "
}

// holderOf finds the object below doc that has v as its member i; nil when v is
// the document or an element of an array.
func holderOf(doc, v *jsondoc.Value) (holder *jsondoc.Value, i int) {
	for i, m := range doc.Members {
		if m.Value == v {
			return doc, i
		}
		if holder, j := holderOf(m.Value, v); holder != nil {
			return holder, j
		}
	}
	for _, e := range doc.Elems {
		if holder, i = holderOf(e, v); holder != nil {
			return holder, i
		}
	}
	return nil, 0
}

// member is "key": text, with objects around text for all keys but the first.
func (l layout) member(keys []string, text string) string {
	key, _ := encode(keys[0]) // a string always can be
	if len(keys) > 1 {
		text = l.nest(keys[1:], text)
	}
	return key + l.colon + text
}

// nest is text inside an object for every key. l.indent is that of the line on
// which the outermost object opens.
func (l layout) nest(keys []string, text string) string {
	if l.eol == "" {
		return "{" + l.member(keys, text) + "}"
	}
	in := l
	in.indent += l.unit
	return "{" + l.eol + in.indent + in.member(keys, text) + l.eol + l.indent + "}"
}
