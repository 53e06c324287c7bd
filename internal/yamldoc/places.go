package yamldoc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// places tells byte offsets from what YAML counts: lines, which end in a line
// feed, a carriage return or one of Unicode's own, and characters in them.
type places struct {
	data  []byte
	next  func([]byte) (rune, int) // the first character and its width in bytes
	lines []int                    // where each line starts
}

func newPlaces(data []byte) places {
	p := places{data: data, next: utf8.DecodeRune, lines: []int{0}}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		p.lines[0] = 3
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		p.lines[0], p.next = 2, wide(binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		p.lines[0], p.next = 2, wide(binary.BigEndian)
	}
	for at := p.lines[0]; at < len(data); {
		c, w := p.next(data[at:])
		at += w
		if c == '\r' && at < len(data) {
			if c, w := p.next(data[at:]); c == '\n' {
				at += w
			}
		}
		if strings.ContainsRune("\r\n\u0085\u2028\u2029", c) {
			p.lines = append(p.lines, at)
		}
	}
	return p
}

// wide reads UTF-16 two bytes at a time; half a pair is as good as a character
// here, where only line ends are looked for.
func wide(order binary.ByteOrder) func([]byte) (rune, int) {
	return func(b []byte) (rune, int) {
		if len(b) < 2 {
			return utf8.RuneError, len(b)
		}
		if c := rune(order.Uint16(b)); c&0xfc00 != 0xd800 || len(b) < 4 {
			return c, 2
		}
		return utf8.RuneError, 4
	}
}

// offset is the byte at a line and a column, both from 1.
func (p places) offset(line, column int) int {
	if line < 1 || line > len(p.lines) {
		return len(p.data)
	}
	at := p.lines[line-1]
	for ; column > 1 && at < len(p.data); column-- {
		_, w := p.next(p.data[at:])
		at += w
	}
	return min(at, len(p.data))
}

// complain turns what the library says into a place and a reason. It counts the
// lines of what its parser finds from 0, and of what its scanner finds from 1.
func (p places) complain(err error) error {
	reason := said(err)
	line := 1
	if m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(reason); m != nil {
		line, _ = strconv.Atoi(m[1])
		reason = reason[len(m[0]):]
		if strings.HasPrefix(reason, "did not find expected ") || strings.HasPrefix(reason, "found duplicate %") {
			line++
		}
	} else if m := regexp.MustCompile(`^unknown anchor '(.*)' referenced$`).FindStringSubmatch(reason); m != nil {
		if i := bytes.Index(p.data, []byte("*"+m[1])); i >= 0 {
			return &jsondoc.SyntaxError{Offset: i, Err: errors.New(reason)}
		}
	} else if i := p.illegal(); i >= 0 {
		return &jsondoc.SyntaxError{Offset: i, Err: errors.New(reason)}
	}
	return &jsondoc.SyntaxError{Offset: p.offset(min(line, len(p.lines)), 1), Err: errors.New(reason)}
}

// illegal is where a byte stands that is no text at all; -1 when none does.
func (p places) illegal() int {
	for at := p.lines[0]; at < len(p.data); {
		c, w := p.next(p.data[at:])
		if c == utf8.RuneError && w == 1 || c < ' ' && !strings.ContainsRune("\t\r\n", c) {
			return at
		}
		at += w
	}
	return -1
}

// said is an error without the library's name.
func said(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	return strings.TrimPrefix(text, "unmarshal errors:\n  ")
}
