package checks

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
	"unicode/utf16"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/say"
)

func itoa(i int) string { return strconv.Itoa(i) }

// maxMissingCommas bounds the search for commas that were left out. Semaphore's
// sample config lacks one.
const maxMissingCommas = 20

// mendJSON makes a config valid JSON where that loses no value and leaves
// nothing to choose: byte order marks, UTF-16, comments, trailing commas,
// missing commas. It returns nil when that is not possible. Comments become
// blanks, so that every line stays where it is.
func mendJSON(data []byte) ([]byte, say.Text) {
	var did []say.Text
	text, how := plainUTF8(data)
	if !how.IsZero() {
		did = append(did, how)
	}
	text, added := addCommas(text)
	if added > 0 {
		did = append(did, say.Textf("put in missing commas (%d)", added))
	}
	if !valid(text) {
		std := blankTrailing(blankComments(text))
		if !valid(std) {
			return nil, say.Text{}
		}
		did = append(did, surplus(text)...)
		text = trimBlank(std, text)
	}
	return text, say.List(did)
}

// surplus says what is taken out of text.
func surplus(text []byte) (did []say.Text) {
	if commented(text) {
		did = append(did, say.Textf("take out comments"))
	}
	if blanked := blankComments(text); !bytes.Equal(blanked, blankTrailing(bytes.Clone(blanked))) {
		did = append(did, say.Textf("take out trailing commas"))
	}
	return did
}

// plainUTF8 takes a byte order mark off, and turns UTF-16, which Windows
// editors write, into UTF-8.
func plainUTF8(data []byte) ([]byte, say.Text) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:], say.Textf("take out the byte order mark")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data[2:], binary.LittleEndian), say.Textf("turn UTF-16 into UTF-8")
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data[2:], binary.BigEndian), say.Textf("turn UTF-16 into UTF-8")
	}
	return data, say.Text{}
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(string(utf16.Decode(units)))
}

// addCommas puts a comma behind a value when the next key follows without one.
func addCommas(data []byte) ([]byte, int) {
	for n := range maxMissingCommas {
		at := missingComma(data)
		if at < 0 {
			return data, n
		}
		data = bytes.Join([][]byte{data[:at], data[at:]}, []byte(","))
	}
	return data, maxMissingCommas
}

// missingComma is the offset where a comma must go, or -1. Only a new key on a
// line of its own is taken for the next member.
func missingComma(data []byte) int {
	blanked := blankTrailing(blankComments(data))
	_, err := jsondoc.Parse(blanked)
	syntax := (*jsondoc.SyntaxError)(nil)
	if !errors.As(err, &syntax) || syntax.Offset >= len(blanked) || blanked[syntax.Offset] != '"' {
		return -1
	}
	before := bytes.TrimRight(blanked[:syntax.Offset], " \t\r\n")
	if len(before) == 0 || bytes.IndexByte(blanked[len(before):syntax.Offset], '\n') < 0 {
		return -1
	}
	return len(before)
}

// blankComments replaces comments outside of strings by blanks of the same
// length; nil when a string or comment is left open.
func blankComments(data []byte) []byte {
	out := bytes.Clone(data)
	for i := 0; i < len(out); {
		end := i + 1
		switch rest := out[i:]; {
		case rest[0] == '"':
			if end = stringEnd(out, i); end < 0 {
				return nil
			}
		case bytes.HasPrefix(rest, []byte("//")):
			end = i + lineLength(rest)
			blank(out[i:end])
		case bytes.HasPrefix(rest, []byte("/*")):
			n := bytes.Index(rest, []byte("*/"))
			if n < 0 {
				return nil
			}
			end = i + n + 2
			blank(out[i:end])
		}
		i = end
	}
	return out
}

// blankTrailing replaces, in place, commas behind which an object or array ends.
func blankTrailing(data []byte) []byte {
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			i = stringEnd(data, i) - 1
		case ',':
			if rest := bytes.TrimLeft(data[i+1:], " \t\r\n"); len(rest) > 0 && (rest[0] == '}' || rest[0] == ']') {
				data[i] = ' '
			}
		}
	}
	return data
}

func stringEnd(data []byte, start int) int {
	for i := start + 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

func lineLength(b []byte) int {
	if n := bytes.IndexByte(b, '\n'); n >= 0 {
		return n
	}
	return len(b)
}

func blank(b []byte) {
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = ' '
		}
	}
}

// trimBlank takes the blanks off the ends of lines where a comment stood.
func trimBlank(std, before []byte) []byte {
	lines, old := bytes.Split(std, []byte("\n")), bytes.Split(before, []byte("\n"))
	for i := range lines {
		if i < len(old) && !bytes.Equal(lines[i], old[i]) {
			cr := bytes.HasSuffix(old[i], []byte("\r"))
			lines[i] = bytes.TrimRight(lines[i], " \t\r")
			if cr {
				lines[i] = append(lines[i], '\r')
			}
		}
	}
	return bytes.Join(lines, []byte("\n"))
}
