package yamldoc

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"go.yaml.in/yaml/v3"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, src, want string }{
		{"a config", "web_host: http://h:3000\nrunner:\n  token_file: /t # here\n  tags: [a, \"b\"]\n", `{"web_host":"http://h:3000","runner":{"token_file":"/t","tags":["a","b"]}}`},
		{"JSON is YAML", `{"a": {"b": [1, null, true]}}`, `{"a":{"b":[1,null,true]}}`},
		{"what is no text", "a: 3000\nb: 0x10\nc: 1_000\nd: yes\ne: true\nf: ~\ng: 1.50\nh: 2024-05-06\ni:\n", `{"a":3000,"b":16,"c":1000,"d":"yes","e":true,"f":null,"g":1.5,"h":"2024-05-06T00:00:00Z","i":null}`},
		{"tags", "a: !!str 3000\nb: !!int \"3\"\nc: !mine x\n", `{"a":"3000","b":3,"c":"x"}`},
		{"block texts", "a: |\n  one\n  two\nb: >-\n  one\n  two\n", `{"a":"one\ntwo\n","b":"one two"}`},
		{"an alias", "a: &x {k: v}\nb: *x\n", `{"a":{"k":"v"},"b":{"k":"v"}}`},
		{"a merge", "base: &x {k: v, l: w}\nrunner:\n  <<: *x\n  k: own\n", `{"base":{"k":"v","l":"w"},"runner":{"k":"own","l":"w"}}`},
		{"two merges", "r:\n  <<: [{k: 1}, {k: 2, l: 3}]\n", `{"r":{"k":1,"l":3}}`},
		{"a quoted << is a key", "r: {\"<<\": 1}\n", `{"r":{"\u003c\u003c":1}}`},
		{"a key that is no text, outermost", "1: a\ntrue: b\n", `{"1":"a","true":"b"}`},
		{"the first document", "---\na: 1\n---\na: 2\n", `{"a":1}`},
		{"a second one that is broken", "a: 1\n---\n[\n", `{"a":1}`},
		{"byte order mark, CRLF", "\ufeffa: 1\r\nb: 2\r\n", `{"a":1,"b":2}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, err := Parse([]byte(tt.src))
			if err != nil {
				t.Fatal(err)
			}
			if got := v.JSON(); got != tt.want {
				t.Errorf("Parse(%q) = %s, want %s", tt.src, got, tt.want)
			}
		})
	}
}

// TestPlaces: a value of an alias stands where the alias does, what is merged
// where it was written.
func TestPlaces(t *testing.T) {
	t.Parallel()
	src := "\ufeff# ünïcode\r\nbase: &x\r\n  k: v\r\n" +
		"ü: 'é'\r\nrunner:\r\n  <<: *x\r\n  token: 'ä'   \r\n  list: [ä, é]\r\ncopy: *x\u2028last: 1\n"
	v, err := Parse([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ pointer, want string }{
		{"/base/k", "v\r\n"}, {"/ü", "'é'"}, {"/runner/k", "v\r\n"}, {"/runner/token", "'ä'"},
		{"/runner/list/1", "é]"}, {"/copy", "*x"}, {"/copy/k", "v\r\n"}, {"/last", "1"},
	}
	for _, tt := range tests {
		got := v.Find(tt.pointer)
		if got == nil || !strings.HasPrefix(src[got.Start:], tt.want) {
			t.Errorf("%s stands at %+v, want at %q", tt.pointer, got, tt.want)
		}
	}
	if m := v.Member("runner"); !strings.HasPrefix(src[m.KeyStart:], "runner:") {
		t.Errorf("the key stands at %q", src[m.KeyStart:])
	}
}

func TestPlacesUTF16(t *testing.T) {
	t.Parallel()
	src := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune("# 😀\na: 1\nb: x\n")) {
		src = append(src, byte(u), byte(u>>8))
	}
	v, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	if at := v.Find("/b").Start; src[at] != 'x' {
		t.Errorf("b stands at %d, %q", at, src[at:])
	}
}

func TestSecondDocument(t *testing.T) {
	t.Parallel()
	src := "a: 1\n--- # next\nb: 2\n"
	v, err := Parse([]byte(src))
	if err != nil || src[v.End:] != "--- # next\nb: 2\n" {
		t.Errorf("the second document begins at %+v, %v", v, err)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	laughs := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		one := "*a" + string(n[0]-1)
		laughs += "a" + n + ": &a" + n + " [" + strings.TrimSuffix(strings.Repeat(one+",", 10), ",") + "]\n"
	}
	tests := []struct {
		name, src, want string
		line            int
	}{
		{"mapping in a value", "a: 1\nb: c: d\n", "mapping values are not allowed in this context", 2},
		{"tab", "a:\n\tb: 1\n", "found character that cannot start any token", 2},
		{"bad indentation", "a:\n  b: 1\n c: 2\n", "did not find expected key", 3},
		{"open bracket", "a: 1\nb: [1, 2\nc: 3\n", "did not find expected ',' or ']'", 2},
		{"open quote", "a: 1\nb: \"x\n", "found unexpected end of stream", 2},
		{"unknown anchor", "a: 1\nb: *x\n", "unknown anchor 'x' referenced", 2},
		{"a key twice", "a: 1\nb: 2\na: 3\n", `mapping key "a" already defined at line 1`, 3},
		{"a key twice, inside", "r:\n  k: 1\n  k: 2\n", `mapping key "k" already defined at line 2`, 3},
		{"a number for a key", "r:\n  1: x\n", "1 is no text", 2},
		{"a key that is not what its tag says", "a: 1\n!!binary l00: x\n", "invalid base64", 2},
		{"a list for a key", "a: 1\n? [x]\n: y\n", "a key must be a text", 2},
		{"a merge of a text", "r:\n  <<: x\n", "map merge requires map", 2},
		{"infinity", "a: .inf\n", "JSON has no such number: .inf", 1},
		{"keys that are told apart only by a tag", "!!binary aGk=: 1\n!!other aGk=:\n", "already defined at line 1", 2},
		{"not what its tag says", "a: 1\nb: !!int x\n", "cannot decode", 2},
		{"not UTF-8", "a: 1\nb: \xff\n", "invalid leading UTF-8 octet", 2},
		{"control character", "a: 1\n\nb: \x01\n", "control characters are not allowed", 3},
		{"contains itself", "a: &x [*x]\n", "contains itself", 1},
		{"billion laughs", laughs, "excessive aliasing", 0},
		{"deep", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "nested too deeply", 1},
		{"nothing", "", "EOF", 1},
		{"comments", "# a\n# b\n", "EOF", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.src))
			var syntax *jsondoc.SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Parse = %v, want a SyntaxError with %q", err, tt.want)
			}
			if line, _ := jsondoc.Pos([]byte(tt.src), syntax.Offset); tt.line > 0 && line != tt.line {
				t.Errorf("in line %d, want %d: %v", line, tt.line, err)
			}
		})
	}
	for _, src := range []string{"", "# a\n", "--- "} {
		if _, err := Parse([]byte(src)); !errors.Is(err, io.EOF) {
			t.Errorf("an empty document: %v, want io.EOF", err)
		}
	}
}

// FuzzParse holds what is read against the library's own way through a generic
// map to JSON, which is Semaphore's.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: &x {k: v}\nb: {<<: *x, l: 0x1f}\n", "? a\n: - 1\n  - |\n   x\n", "{\"a\": 1.0e3}", "a: !!binary aGk=\n--- x", "\xff\xfea\x00:\x00 \x001\x00", "1: a\n~: b", "- *a\n- &a 2024-01-01", "!!binary aGk=: 1\n!!bool a: 2", "!!binary aGk=: 1\n!!boy aGk=:", "!!binary 00000000l00:"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Parse(data)
		var syntax *jsondoc.SyntaxError
		if err != nil && (!errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(data)) {
			t.Fatalf("Parse = %#v, want a place in the file", err)
		}
		if err != nil || v.Kind != jsondoc.Object || strings.Contains(string(data), "*") && strings.Contains(string(data), "?") {
			return
		}
		demand(t, data, v)
		var m map[string]any
		if err := yaml.Unmarshal(data, &m); err != nil {
			t.Fatalf("Parse reads %s, and the library says %v", v.JSON(), err)
		}
		want, err := json.Marshal(m)
		if err != nil {
			t.Fatalf("Parse reads %s, which is no JSON: %v", v.JSON(), err)
		}
		if !reflect.DeepEqual(generic(t, v.JSON()), generic(t, string(want))) {
			t.Fatalf("Parse reads %s, want %s", v.JSON(), want)
		}
	})
}

func generic(t *testing.T, text string) (v any) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func demand(t *testing.T, data []byte, v *jsondoc.Value) {
	if v.Start < 0 || v.Start > len(data) {
		t.Fatalf("%s stands at %d of %d", v.JSON(), v.Start, len(data))
	}
	for _, m := range v.Members {
		demand(t, data, m.Value)
	}
	for _, e := range v.Elems {
		demand(t, data, e)
	}
}
