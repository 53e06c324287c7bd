package jsondoc

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep encoding/json lets values stand in each other.
const maxDepth = 10_000

// A scanner walks a text once. It only tells what is JSON from what is not: what is
// wrong, and where, encoding/json says best.
type scanner struct {
	text  string // all values are pieces of it, so that few have to be copied
	at    int    // the byte to be looked at next
	depth int
}

// value reads what begins at the next byte that is no white space; nil when that is
// no JSON value.
func (s *scanner) value() *Value {
	v := &Value{Start: s.skip(), Kind: s.kind()}
	if !s.content(v) {
		return nil
	}
	v.End = s.at
	return v
}

// kind is what the next byte begins, if it begins anything.
func (s *scanner) kind() Kind {
	switch s.peek() {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	}
	return Number
}

func (s *scanner) content(v *Value) (ok bool) {
	switch v.Kind {
	case Object:
		return s.container(v, '}')
	case Array:
		return s.container(v, ']')
	case String:
		v.Text, ok = s.string()
		return ok
	case Number:
		ok = s.number()
	default:
		ok = s.literal("true") || s.literal("false") || s.literal("null")
	}
	v.Text = s.text[v.Start:s.at]
	return ok
}

// container reads an object or an array up to the bracket that closes it.
func (s *scanner) container(v *Value, closing byte) bool {
	if s.depth++; s.depth > maxDepth {
		return false
	}
	s.at++
	if s.skip(); !s.next(closing) {
		for {
			if !s.child(v) {
				return false
			}
			if s.skip(); s.next(closing) {
				break
			}
			if !s.next(',') {
				return false
			}
		}
	}
	s.depth--
	return true
}

func (s *scanner) child(v *Value) bool {
	if v.Kind == Array {
		e := s.value()
		v.Elems = append(v.Elems, e)
		return e != nil
	}
	m, ok := Member{KeyStart: s.skip()}, false
	if m.Key, ok = s.string(); !ok {
		return false
	}
	m.KeyEnd = s.at
	if s.skip(); !s.next(':') {
		return false
	}
	m.Value = s.value()
	if v.Members == nil { // few objects have but one
		v.Members = make([]Member, 0, 4)
	}
	v.Members = append(v.Members, m)
	return m.Value != nil
}

// string reads a string. If there is more to it than its letters, such as an escape
// sequence or half a character, encoding/json decodes it.
func (s *scanner) string() (text string, ok bool) {
	start := s.at
	if !s.next('"') {
		return "", false
	}
	plain := true
	for ; s.peek() != '"'; s.at++ {
		switch c := s.peek(); {
		case c < ' ': // also the end of the text
			return "", false
		case c == '\\':
			plain = false
			s.at++
		}
	}
	if s.at++; s.at > len(s.text) { // the text ends in a backslash
		return "", false
	}
	if text = s.text[start+1 : s.at-1]; plain && utf8.ValidString(text) {
		return text, true
	}
	return decoded(s.text[start:s.at])
}

func decoded(literal string) (text string, ok bool) {
	err := json.Unmarshal([]byte(literal), &text)
	return text, err == nil
}

// number reads a number as RFC 8259 has them: no zero in front, digits on both sides
// of a point.
func (s *scanner) number() bool {
	s.next('-')
	if !s.next('0') && !s.digits() || s.next('.') && !s.digits() {
		return false
	}
	if s.next('e') || s.next('E') {
		_ = s.next('+') || s.next('-')
		return s.digits()
	}
	return true
}

func (s *scanner) digits() bool {
	start := s.at
	for c := s.peek(); c >= '0' && c <= '9'; c = s.peek() {
		s.at++
	}
	return s.at > start
}

func (s *scanner) literal(w string) bool {
	ok := strings.HasPrefix(s.text[s.at:], w)
	if ok {
		s.at += len(w)
	}
	return ok
}

// skip passes white space, and says where that ends.
func (s *scanner) skip() int {
	for c := s.peek(); c == ' ' || c == '\n' || c == '\t' || c == '\r'; c = s.peek() {
		s.at++
	}
	return s.at
}

// peek is the next byte, and 0, which stands nowhere in JSON, behind the last one.
func (s *scanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

// next passes a byte if it is the one that is wanted.
func (s *scanner) next(wanted byte) bool {
	ok := s.at < len(s.text) && s.text[s.at] == wanted
	if ok {
		s.at++
	}
	return ok
}
