package repair

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSetJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		data    string
		pointer string
		value   any
		want    string
	}{
		{"existing value only", "{\n\t\"a\" : 1.0e1 ,\r\n\t\"b\":\"\\u002f\"\n}", "/b", "x", "{\n\t\"a\" : 1.0e1 ,\r\n\t\"b\":\"x\"\n}"},
		{"number by string", `{"a": 12345678901234567890}`, "/a", "n", `{"a": "n"}`},
		{"object by string", `{"a": {"b": [1, 2]}, "c": 1}`, "/a", "n", `{"a": "n", "c": 1}`},
		{"last duplicate", `{"a":1,"A":2,"b":3}`, "/a", 9, `{"a":1,"A":9,"b":3}`},
		{"case ignored", `{"Runner": {"API_URL": "x"}}`, "/runner/api_url", "y", `{"Runner": {"API_URL": "y"}}`},
		{"last duplicate parent that has it", `{"r":{"k":1},"r":{"j":2}}`, "/r/k", 5, `{"r":{"k":5},"r":{"j":2}}`},
		{"array element", `{"a": [ {"b":1}, {"b":2} ]}`, "/a/1/b", 3, `{"a": [ {"b":1}, {"b":3} ]}`},
		{"url is readable", `{"a":""}`, "/a", "http://x/?a=1&b=<2>", `{"a":"http://x/?a=1&b=<2>"}`},
		{"escaped pointer", `{"a/b":{"m~n":1}}`, "/a~1b/m~0n", 2, `{"a/b":{"m~n":2}}`},
		{"null takes the value", `{"a":null}`, "/a", true, `{"a":true}`},
		{"text after the first value", "{\"a\":1}\n// the rest is ours {", "/a", 2, "{\"a\":2}\n// the rest is ours {"},
		{"whole document", " [1] ", "", map[string]int{"a": 1}, ` {"a":1} `},

		{"new, multi-line", "{\n  \"a\": 1\n}\n", "/b", 2, "{\n  \"a\": 1,\n  \"b\": 2\n}\n"},
		{"new, tabs and CRLF", "{\r\n\t\"a\":\t1\r\n}", "/b", 2, "{\r\n\t\"a\":\t1,\r\n\t\"b\":\t2\r\n}"},
		{"new, one line", `{"a": 1, "b": 2}`, "/c", 3, `{"a": 1, "b": 2, "c": 3}`},
		{"new, tight", `{"a":1}`, "/c", 3, `{"a":1,"c":3}`},
		{"new, one member with room", `{"a": 1}`, "/c", 3, `{"a": 1, "c": 3}`},
		{"new, room inside braces", `{ "a": 1 }`, "/c", 3, `{ "a": 1, "c": 3 }`},
		{"new, blank lines are not copied", "{\n\n  \"a\": 1\n\n}", "/b", 2, "{\n\n  \"a\": 1,\n  \"b\": 2\n\n}"},
		{"new, comma first", "{ \"a\": 1\n, \"b\": 2\n}", "/c", 3, "{ \"a\": 1\n, \"b\": 2, \"c\": 3\n}"},
		{"new, empty root", "{}\n", "/a", 1, "{\"a\": 1}\n"},
		{"new, open empty root", "{\n}\n", "/a", 1, "{\n  \"a\": 1\n}\n"},
		{"new, empty root, deep", "{}", "/a/b", 1, `{"a": {"b": 1}}`},
		{"new, empty object among lines", "{\n    \"r\": {}\n}", "/r/k", 1, "{\n    \"r\": {\n        \"k\": 1\n    }\n}"},
		{"new, open empty object", "{\n\t\"r\": {\n\t}\n}", "/r/k", 1, "{\n\t\"r\": {\n\t\t\"k\": 1\n\t}\n}"},
		{"new, empty object on the line", `{"x":1, "r": {}}`, "/r/k", 1, `{"x":1, "r": {"k": 1}}`},
		{"new, parent null", "{\n  \"r\": null\n}", "/r/k", 1, "{\n  \"r\": {\n    \"k\": 1\n  }\n}"},
		{"new, parents missing", "{\r\n   \"a\": 1\r\n}\r\n", "/r/s/k", 1, "{\r\n   \"a\": 1,\r\n   \"r\": {\r\n      \"s\": {\r\n         \"k\": 1\r\n      }\r\n   }\r\n}\r\n"},
		{"new, parents missing, one line", `{"a":1}`, "/r/k", 1, `{"a":1,"r":{"k":1}}`},
		{"new, unit of the document", "{\n   \"a\": 1,\n   \"r\": {\"x\": {\n}}\n}", "/r/x/y", 1, "{\n   \"a\": 1,\n   \"r\": {\"x\": {\n   \"y\": 1\n}}\n}"},
		{"new, value on the next line", "{\n  \"a\":\n    1\n}", "/b", 2, "{\n  \"a\":\n    1,\n  \"b\": 2\n}"},
		{"new, in the last duplicate parent", `{"r":{"j":1},"R":{"j":2}}`, "/r/k", 3, `{"r":{"j":1},"R":{"j":2,"k":3}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := setJSON([]byte(tt.data), tt.pointer, tt.value)
			if err != nil {
				t.Fatalf("setJSON(%q, %q) = %v", tt.data, tt.pointer, err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("setJSON(%q, %q): (-want +got)\n%s", tt.data, tt.pointer, diff)
			}
		})
	}
}

func TestDropJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		data    string
		pointer string
		want    string
	}{
		{"first", "{\n  \"a\": 1,\n  \"b\": 2\n}", "/a", "{\n  \"b\": 2\n}"},
		{"last", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/b", "{\n  \"a\": 1\n}\n"},
		{"middle, CRLF", "{\r\n\t\"a\": 1,\r\n\t\"b\": 2,\r\n\t\"c\": 3\r\n}", "/b", "{\r\n\t\"a\": 1,\r\n\t\"c\": 3\r\n}"},
		{"only", "{\n  \"a\": 1\n}", "/a", "{}"},
		{"one line", `{ "a":1 , "b":2 }`, "/b", `{ "a":1 }`},
		{"duplicates and cases", `{"a":1,"b":2,"A":3,"c":4,"a":5,"a":6}`, "/a", `{"b":2,"c":4}`},
		{"all are duplicates", `{"a":1,"A":3}`, "/a", `{}`},
		{"in every duplicate parent", `{"r":{"k":1},"R":{"j":2,"K":[3]},"r":1}`, "/r/k", `{"r":{},"R":{"j":2},"r":1}`},
		{"missing", `{ "a" : 1 }`, "/b", `{ "a" : 1 }`},
		{"missing parent", `{ "a" : 1 }`, "/b/c", `{ "a" : 1 }`},
		{"below a scalar", `{ "a" : 1 }`, "/a/c", `{ "a" : 1 }`},
		{"in an array", `[{"a":1},{"a":2}]`, "/1/a", `[{"a":1},{}]`},
		{"comma in a string", `{"a":",","b":2}`, "/a", `{"b":2}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := dropJSON([]byte(tt.data), tt.pointer)
			if err != nil {
				t.Fatalf("dropJSON(%q, %q) = %v", tt.data, tt.pointer, err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("dropJSON(%q, %q): (-want +got)\n%s", tt.data, tt.pointer, diff)
			}
		})
	}
}

func TestEditJSONErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		data    string
		pointer string
		value   any
		want    string
	}{
		{"comment", "{\n  // no\n  \"a\": 1\n}", "/a", 1, "line 2, column 3"},
		{"cut short", "{\n\"a\": ", "/a", 1, "line 2"},
		{"empty file", "", "/a", 1, "line 1"},
		{"byte order mark", "\ufeff{}", "/a", 1, "line 1"},
		{"through a string", "{\n\"a\": \"s\"}", "/a/b", 1, `line 2, column 6: "/a" is of type string, not an object`},
		{"into an array", `{"a": []}`, "/a/-", 1, "array, not an object"},
		{"root is a number", `1`, "/a", 1, "number, not an object"},
		{"no slash", `{}`, "a", 1, "slash"},
		{"no JSON value", `{}`, "/a", func() {}, "set /a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := setJSON([]byte(tt.data), tt.pointer, tt.value)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("setJSON(%q, %q) = %q, %v, want an error with %q", tt.data, tt.pointer, got, err, tt.want)
			}
		})
	}
	for _, pointer := range []string{"", "a", "/a/0"} {
		if got, err := dropJSON([]byte(`{"a":[1]}`), pointer); err == nil {
			t.Errorf("dropJSON(%q) = %q, want an error", pointer, got)
		}
	}
}

// The proof is a net under set and drops: it has to catch what they never do.
func TestProofCatchesWrongEdits(t *testing.T) {
	t.Parallel()
	old := []byte(`{"a":1,"b":{"c":2}} tail`)
	doc, err := parse(old, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{
		`{"a":1,"b":{"c":2}} tail`,       // not done
		`{"a":9,"b":{"c":3}} tail`,       // neighbour changed
		`{"b":{"c":3}} tail`,             // neighbour gone
		`{"a":1,"b":{"c":3}} tale`,       // tail changed
		`{"a":1,"b":{"c":3},"d":0} tail`, // something new
		`{"a":1,"b":{"c":3} tail`,        // no JSON
	} {
		if err := proveSet(old, doc, []byte(out), "/b/c", "3"); err == nil {
			t.Errorf("proveSet(%s) = nil, want an error", out)
		}
	}
	if err := proveSet(old, doc, []byte(`{"a":1,"b":{"c":3}} tail`), "/b/c", "3"); err != nil {
		t.Errorf("proveSet of the right edit = %v", err)
	}
	for _, out := range []string{`{"a":1,"b":{"c":2}} tail`, `{} tail`, `{"a":1,"b":{}}`} {
		if err := proveDrop(old, doc, []byte(out), "/b/c"); err == nil {
			t.Errorf("proveDrop(%s) = nil, want an error", out)
		}
	}
}

func FuzzSetJSON(f *testing.F) {
	f.Add([]byte("{\r\n \"a\" : 1.0 , \"A\":null}\nx"), "/a/b", "v")
	f.Add([]byte(`{"r":{"k":[{"x":1}]},"R":{}}`), "/r/k/0/x", "\u2028<>")
	f.Add([]byte(`[{},{"":{"":null}}]`), "/1//", "")
	f.Fuzz(func(t *testing.T, data []byte, pointer, value string) {
		out, err := setJSON(data, pointer, value)
		if err != nil {
			return
		}
		text, _ := json.Marshal(value)
		var want string
		_ = json.Unmarshal(text, &want) // invalid UTF-8 is not kept by JSON
		doc, err := parse(out, pointer)
		if err != nil {
			t.Fatalf("setJSON(%q, %q) = %q: %v", data, pointer, out, err)
		}
		if v := doc.Find(pointer); v == nil || v.Text != want {
			t.Fatalf("setJSON(%q, %q, %q) = %q", data, pointer, value, out)
		}
		again, err := setJSON(out, pointer, value)
		if err != nil || !bytes.Equal(again, out) {
			t.Fatalf("setJSON twice: %q, then %q, %v", out, again, err)
		}
		if pointer != "" {
			if out, err = dropJSON(out, pointer); err == nil && mustParse(t, out).Find(pointer) != nil {
				t.Fatalf("dropJSON(%q) leaves %q", pointer, out)
			}
		}
	})
}
