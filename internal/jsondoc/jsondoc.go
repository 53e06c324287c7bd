// Package jsondoc reads JSON as Semaphore does, and remembers where everything
// stands: the first value only, keys matched without case, the last of several
// equal keys wins. It accepts exactly what encoding/json accepts, because that
// is what a runner reads its config with.
package jsondoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Kind is the type of a JSON value.
type Kind string

// The kinds of JSON values.
const (
	Null   Kind = "null"
	Bool   Kind = "bool"
	Number Kind = "number"
	String Kind = "string"
	Array  Kind = "array"
	Object Kind = "object"
)

// A Value is one JSON value and where it stands.
type Value struct {
	Kind       Kind
	Start, End int      // byte offsets in the file; End is just behind the value
	Text       string   // a string decoded, a number or a literal as written; "" for containers
	Members    []Member // of an object, in file order, duplicates included
	Elems      []*Value // of an array
}

// A Member is one key of an object with its value.
type Member struct {
	Key              string
	KeyStart, KeyEnd int // byte offsets, quotes included
	Value            *Value
}

// A SyntaxError is where and why encoding/json, and so the runner, gives up.
type SyntaxError struct {
	Offset int   // of the byte that cannot be, or of the end of the file
	Err    error // what encoding/json says; io.EOF for an empty file
}

func (e *SyntaxError) Error() string { return e.Err.Error() }
func (e *SyntaxError) Unwrap() error { return e.Err }

// Parse reads the first JSON value in data. Text behind it is not looked at;
// the value's End says where it begins. The error is a *SyntaxError.
func Parse(data []byte) (*Value, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return nil, &SyntaxError{offset(err, data), err}
	}
	end := int(dec.InputOffset())
	p := &parser{data: data[:end], dec: json.NewDecoder(bytes.NewReader(data[:end]))}
	p.dec.UseNumber()
	v, err := p.value()
	if err != nil {
		return nil, &SyntaxError{offset(err, data), err}
	}
	return v, nil
}

func offset(err error, data []byte) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return max(int(syntax.Offset)-1, 0) // encoding/json counts the bytes read
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return len(data)
	}
	return 0
}

// parser walks a value that is known to be valid and nested at most 10,000
// deep, encoding/json's own limit.
type parser struct {
	data []byte
	dec  *json.Decoder
}

func (p *parser) value() (*Value, error) {
	start := p.skip()
	tok, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	v := &Value{Start: start}
	switch t := tok.(type) {
	case json.Delim:
		err = p.container(v, t)
	case string:
		v.Kind, v.Text = String, t
	case json.Number:
		v.Kind, v.Text = Number, t.String()
	case bool:
		v.Kind, v.Text = Bool, strconv.FormatBool(t)
	case nil:
		v.Kind, v.Text = Null, "null"
	}
	v.End = int(p.dec.InputOffset())
	return v, err
}

func (p *parser) container(v *Value, open json.Delim) error {
	v.Kind = Array
	if open == '{' {
		v.Kind = Object
	}
	for p.dec.More() {
		if err := p.child(v); err != nil {
			return err
		}
	}
	_, err := p.dec.Token()
	return err
}

func (p *parser) child(v *Value) error {
	var m Member
	if v.Kind == Object {
		m.KeyStart = p.skip()
		tok, err := p.dec.Token()
		if err != nil {
			return err
		}
		m.Key, _ = tok.(string)
		m.KeyEnd = int(p.dec.InputOffset())
	}
	c, err := p.value()
	if err != nil {
		return err
	}
	if m.Value = c; v.Kind == Object {
		v.Members = append(v.Members, m)
	} else {
		v.Elems = append(v.Elems, c)
	}
	return nil
}

// skip is the offset of the next token: past white space, commas and colons.
func (p *parser) skip() int {
	i := int(p.dec.InputOffset())
	for i < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[i]) >= 0 {
		i++
	}
	return i
}

// Pos is the line and column of a byte offset, both from 1, the column in bytes.
func Pos(data []byte, off int) (line, col int) {
	off = min(max(off, 0), len(data))
	before := data[:off]
	return bytes.Count(before, []byte("\n")) + 1, off - bytes.LastIndexByte(before, '\n')
}

// Position says a byte offset for people: "line 3, column 14".
func Position(data []byte, off int) string {
	line, col := Pos(data, off)
	return fmt.Sprintf("line %d, column %d", line, col)
}
