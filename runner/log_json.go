package runner

import (
	"bytes"
	"unicode/utf8"
)

// eachMember calls f for each member of a JSON object that fills one line; a
// value that is a text is given as it stands between its quotes. It reports
// whether the line is such an object. It is no judge of JSON: what it lets pass is
// looked at as a line of a log and nothing else.
func eachMember(b []byte, f func(key string, value []byte, text bool)) bool {
	b = bytes.TrimSpace(b)
	if len(b) < 2 || b[0] != '{' || b[len(b)-1] != '}' {
		return false
	}
	b = bytes.TrimLeft(b[1:], " \t")
	for len(b) > 0 && b[0] == '"' {
		key, rest, ok := cutText(b)
		if rest = bytes.TrimLeft(rest, " \t"); !ok || len(rest) == 0 || rest[0] != ':' {
			return false
		}
		var value []byte
		rest = bytes.TrimLeft(rest[1:], " \t")
		text := len(rest) > 0 && rest[0] == '"'
		if text {
			value, rest, ok = cutText(rest)
		} else {
			value, rest, ok = cutValue(rest)
		}
		if !ok {
			return false
		}
		f(string(key), value, text)
		if rest = bytes.TrimLeft(rest, " \t"); len(rest) == 0 || rest[0] != ',' {
			return len(rest) == 1 && rest[0] == '}'
		}
		b = bytes.TrimLeft(rest[1:], " \t")
	}
	return len(b) == 1 && b[0] == '}'
}

// cutText takes a text in quotes from the beginning of b; what is between them is
// not unquoted.
func cutText(b []byte) (text, rest []byte, ok bool) {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return b[1:i], b[i+1:], true
		}
	}
	return nil, nil, false
}

// cutValue takes a value that is no text: to the comma or the brace behind it.
func cutValue(b []byte) (value, rest []byte, ok bool) {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			text, _, ok := cutText(b[i:])
			if !ok {
				return nil, nil, false
			}
			i += len(text) + 1
		case c == '{' || c == '[':
			depth++
		case depth == 0 && (c == ',' || c == '}'):
			return bytes.TrimSpace(b[:i]), b[i:], true
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil, nil, false
}

// unquoteText appends a JSON text to dst, as it is between its quotes.
func unquoteText(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 || i+1 >= len(b) {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		c := b[i+1]
		b = b[i+2:]
		switch c {
		case 'n':
			dst = append(dst, '\n')
		case 't':
			dst = append(dst, '\t')
		case 'r':
			dst = append(dst, '\r')
		case 'b', 'f':
			dst = append(dst, ' ')
		case 'u':
			var r rune
			r, b = unquoteRune(b)
			dst = utf8.AppendRune(dst, r)
		default:
			dst = append(dst, c)
		}
	}
}

// unquoteRune reads the four digits of \uXXXX, and those of the second half of a
// pair.
func unquoteRune(b []byte) (rune, []byte) {
	r, ok := hex4(b)
	if !ok {
		return utf8.RuneError, b
	}
	b = b[4:]
	if r >= 0xD800 && r < 0xDC00 && len(b) >= 6 && b[0] == '\\' && b[1] == 'u' {
		if low, ok := hex4(b[2:]); ok && low >= 0xDC00 && low < 0xE000 {
			return 0x10000 + (r-0xD800)<<10 + (low - 0xDC00), b[6:]
		}
	}
	return r, b
}

func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 4 {
		return 0, false
	}
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// byteList reads [77, 111, 10], which is how journalctl writes what is no UTF-8.
func byteList(dst, b []byte) []byte {
	for _, part := range bytes.Split(bytes.Trim(b, "[] "), []byte(",")) {
		if n, ok := number(bytes.TrimSpace(part)); ok && n < 256 {
			dst = append(dst, byte(n))
		}
	}
	return dst
}
