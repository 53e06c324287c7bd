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
	s := scanner{text: string(data)}
	if v := s.value(); v != nil {
		return v, nil
	}
	return nil, refusal(data)
}

// refusal is what encoding/json says to data that is not JSON: the runner's own words.
func refusal(data []byte) *SyntaxError {
	var raw json.RawMessage
	err := json.NewDecoder(bytes.NewReader(data)).Decode(&raw)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return &SyntaxError{max(int(syntax.Offset)-1, 0), err} // it counts the bytes read
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &SyntaxError{len(data), err}
	}
	return &SyntaxError{0, err}
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
