package jsondoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corners are texts at which readers of JSON differ.
func corners() []string {
	return []string{
		`{"a":{"b":[1,2,{"c":null}]}} x`, "{\n\"x\" : 1 , \"X\":2}", `"a"`, `[`, `{"\ud800":1}`,
		``, " \t\r\n", "\ufeff{}", "\v{}", "\u00a0{}", "\x00", "{}\x00", `{}{}`, `}`, `nul`, `nulll`, `truefalse`, `fals`, `True`, `t`,
		`0`, `-0`, `-`, `--1`, `+1`, `01`, `-01`, `1.`, `1.x`, `.5`, `1.5`, `1e`, `1e+`, `1E-05`, `1e5.5`, `1ee5`, `0x10`, `0e1`, `1_000`, `NaN`, `1e999`, `[1 2]`, `[01]`, `[1.]`, `[-]`, `[1e5x]`,
		`[]`, `[ ]`, `[,]`, `[1,]`, `[1,,2]`, `[,1]`, `[1`, `[1,`, `[1}`, `[[]`, `{"a":1]`, `[null,true,false]`, `[nul]`, `[nullnull]`, `[truex]`,
		`{}`, `{ }`, `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1 "b":2}`, `{"a" 1}`, `{a:1}`, `{'a':1}`, `{1:1}`, `{"a"`, `{"a":`, `{"a":1`, `{"a"::1}`, `{"a":,}`, "{\n// x\n}",
		`"`, `"a`, `"\`, `"\"`, `"\\"`, `"\x"`, `"\u"`, `"\u12"`, `"\u12g4"`, `"\u0000"`, `"\/\b\f\n\r\t"`, "\"\n\"", "\"\t\"", "\"\x00\"", "\"\x1f\"", "\"\x7f\"", "\"\u2028\"",
		`"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83dx"`, `"\ud83d\u0041"`, `"\ud83d\n"`, `"\uD83D\`, `"\ud83d\u"`,
		"\"\xff\"", "\"a\xc3\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"ä\U0001f600\"", "\"\xff\\n\"", "{\"\xff\":1}", "\"\xc3", "\xff",
		strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth), strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1),
		strings.Repeat(`{"a":`, maxDepth) + "1" + strings.Repeat("}", maxDepth), strings.Repeat(`{"a":`, maxDepth+1) + "1" + strings.Repeat("}", maxDepth+1),
		strings.Repeat("[", maxDepth) + "{}", strings.Repeat("[", maxDepth) + "1" + strings.Repeat("]", maxDepth-1), strings.Repeat("[[]],", 10) + "[", "[" + strings.Repeat("[[]],", maxDepth) + "1]",
	}
}

func TestParseIsEncodingJSON(t *testing.T) {
	t.Parallel()
	for _, src := range corners() {
		alike(t, src)
		alike(t, " \n"+src+" ,")
	}
}

// FuzzParse proves that a document is accepted exactly when encoding/json, and so the
// runner, accepts it, that every value is the same and stands at the same place, and
// that what is refused is refused with the same words.
func FuzzParse(f *testing.F) {
	for _, src := range corners() {
		if len(src) < 100 { // what is deep is slow to change, and stands in the table
			f.Add([]byte(src))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { alike(t, string(data)) })
}

func alike(t *testing.T, src string) {
	t.Helper()
	want, wantErr := byTokens([]byte(src))
	got, err := Parse([]byte(src))
	short := src[:min(len(src), 200)]
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("Parse(%q) = %v, encoding/json = %v", short, err, wantErr)
	}
	if err == nil {
		if !same(got, want) {
			t.Errorf("Parse(%q) (-want +got)\n%s", short, cmp.Diff(want, got))
		}
		return
	}
	var refused *SyntaxError
	if !errors.As(err, &refused) || err.Error() != wantErr.Error() || refused.Offset != offset(wantErr, src) {
		t.Errorf("Parse(%q) = %#v, want %v at %d", short, err, wantErr, offset(wantErr, src))
	}
	if errors.Is(err, io.EOF) != errors.Is(wantErr, io.EOF) {
		t.Errorf("Parse(%q) = %v, is io.EOF: %t, encoding/json: %t", short, err, errors.Is(err, io.EOF), errors.Is(wantErr, io.EOF))
	}
}

// same is cmp.Equal, which takes the square of the depth.
func same(v, w *Value) bool {
	if v.Kind != w.Kind || v.Start != w.Start || v.End != w.End || v.Text != w.Text || len(v.Members) != len(w.Members) || len(v.Elems) != len(w.Elems) {
		return false
	}
	for i, m := range v.Members {
		if n := w.Members[i]; m.Key != n.Key || m.KeyStart != n.KeyStart || m.KeyEnd != n.KeyEnd || !same(m.Value, n.Value) {
			return false
		}
	}
	for i, e := range v.Elems {
		if !same(e, w.Elems[i]) {
			return false
		}
	}
	return true
}

func offset(err error, src string) int {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return max(int(syntax.Offset)-1, 0)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return len(src)
	}
	return 0
}

// byTokens is a document as encoding/json reads it, token for token.
func byTokens(data []byte) (*Value, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	end := int(dec.InputOffset())
	p := &tokens{data: data[:end], dec: json.NewDecoder(bytes.NewReader(data[:end]))}
	p.dec.UseNumber()
	return p.value()
}

type tokens struct {
	data []byte
	dec  *json.Decoder
}

func (p *tokens) value() (*Value, error) {
	v := &Value{Start: p.skip()}
	tok, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
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

func (p *tokens) container(v *Value, open json.Delim) error {
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

func (p *tokens) child(v *Value) (err error) {
	var m Member
	if v.Kind == Object {
		m.KeyStart = p.skip()
		key, err := p.dec.Token()
		if err != nil {
			return err
		}
		m.Key, m.KeyEnd = key.(string), int(p.dec.InputOffset())
	}
	if m.Value, err = p.value(); v.Kind == Object {
		v.Members = append(v.Members, m)
	} else {
		v.Elems = append(v.Elems, m.Value)
	}
	return err
}

// skip is the offset of the next token: past white space, commas and colons.
func (p *tokens) skip() int {
	i := int(p.dec.InputOffset())
	for i < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[i]) >= 0 {
		i++
	}
	return i
}
