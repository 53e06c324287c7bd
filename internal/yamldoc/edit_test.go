package yamldoc

import (
	"errors"
	"testing"
)

// ptr is a text to set.
func ptr(s string) *string { return &s }

const compose = `# a runner
services:
  runner: # ours
    image: "semaphoreui/runner:v2.19.12"
    environment:
      SEMAPHORE_WEB_ROOT: http://semaphore.test:3000/  # the server
      TOKEN: 'it''s'
      EMPTY:

      # kept
      LAST: >-
        one
        two
  list:
    environment:
      - A=1
      - "B=2"
volumes: {}
`

func TestEdit(t *testing.T) {
	t.Parallel()
	set := func(pointer string, value *string) func(string) ([]byte, error) {
		return func(s string) ([]byte, error) { return Set([]byte(s), pointer, value) }
	}
	drop := func(pointer string) func(string) ([]byte, error) {
		return func(s string) ([]byte, error) { return Drop([]byte(s), pointer) }
	}
	add := func(pointer, value string) func(string) ([]byte, error) {
		return func(s string) ([]byte, error) { return Append([]byte(s), pointer, value) }
	}
	tests := []struct {
		name, in string
		do       func(string) ([]byte, error)
		want     string
	}{
		{"a plain text", "a: b # c\n", set("/a", ptr("http://x:1")), "a: http://x:1 # c\n"},
		{"what needs quotes", "a: b\n", set("/a", ptr("yes: no")), "a: \"yes: no\"\n"},
		{"what is no text without quotes", "a: b\n", set("/a", ptr("3000")), "a: \"3000\"\n"},
		{"quotes stay", "a: \"b\"\r\nc: 'd'\r\n", set("/c", ptr("it's")), "a: \"b\"\r\nc: 'it''s'\r\n"},
		{"nothing stands there", "a:\nb: c\n", set("/a", ptr("x")), "a: x\nb: c\n"},
		{"nothing but a comment", "a: # why\nb: c\n", set("/a", ptr("x")), "a: x # why\nb: c\n"},
		{"in braces", "a: {b: c, d: 'e'}\n", set("/a/b", ptr("x")), "a: {b: x, d: 'e'}\n"},
		{"an item", "a:\n  - b\n  - c\n", set("/a/1", ptr("x")), "a:\n  - b\n  - x\n"},
		{"a number becomes a text", "a: 1\n", set("/a", ptr("1")), "a: \"1\"\n"},
		{"case does not matter", "Runner:\n  Token_File: a\n", set("/runner/token_file", ptr("b")), "Runner:\n  Token_File: b\n"},
		{"the same is nothing", "a: 'b'\n", set("/a", ptr("b")), "a: 'b'\n"},
		{"a new key", "a:\n  b: c # d\n# e\nf: g\n", set("/a/x", ptr("y")), "a:\n  b: c # d\n  x: y\n# e\nf: g\n"},
		{"without an end of the last line", "a: b", set("/c", ptr("d")), "a: b\nc: d"},
		{"behind a text of several lines", "a:\n  b: |\n    one\n\n    two\nc: d\n", set("/a/x", ptr("y")), "a:\n  b: |\n    one\n\n    two\n  x: y\nc: d\n"},
		{"keys on the way", "a:\n    b: c\n", set("/x/y", ptr("z")), "a:\n    b: c\nx:\n    y: z\n"},
		{"below nothing", "a:\nb: c\n", set("/a/x", ptr("y")), "a:\n  x: y\nb: c\n"},
		{"below empty braces", "a: {} # d\nb: c\n", set("/a/x", nil), "a: # d\n  x:\nb: c\n"},
		{"a new key in braces", "a: {b: c}\n", set("/a/x", ptr("y")), "a: {b: c, x: y}\n"},
		{"a member goes", "a: b\n# kept\nc: d # gone\ne: f\n", drop("/c"), "a: b\n# kept\ne: f\n"},
		{"the last member goes", "a:\n  b: c\nd: e\n", drop("/a/b"), "a:\n  {}\nd: e\n"},
		{"a member of braces goes", "a: {b: c, d: e}\n", drop("/a/d"), "a: {b: c}\n"},
		{"the first of braces goes", "a: {b: c, d: e}\n", drop("/a/b"), "a: {d: e}\n"},
		{"a mapping goes", "a:\n  b:\n    c: d\n  e: f\n", drop("/a/b"), "a:\n  e: f\n"},
		{"an item goes", "a:\n- b\n- c\n", drop("/a/0"), "a:\n- c\n"},
		{"the last item goes", "a:\n- b\n", drop("/a/0"), "a:\n  []\n"},
		{"what is not there", "a: b\n", drop("/c"), "a: b\n"},
		{"an item more", "a:\n  - b # c\nd: e\n", add("/a", "x:/y"), "a:\n  - b # c\n  - x:/y\nd: e\n"},
		{"an item more in brackets", "a: [b]\n", add("/a", "x"), "a: [b, x]\n"},
		{"a new list", "a:\n  b: c\n", add("/a/v", "x:/y"), "a:\n  b: c\n  v:\n    - x:/y\n"},
		{"the second document stays", "a: b\n---\na: c\n", set("/a", ptr("x")), "a: x\n---\na: c\n"},
		{"byte order mark", "\ufeffa: b\n", set("/a", ptr("x")), "\ufeffa: x\n"},
		{"ünïcode", "ä: 'é' # ö\nb: c\n", set("/b", ptr("x")), "ä: 'é' # ö\nb: x\n"},
	}
	for _, tt := range tests {
		got, err := tt.do(tt.in)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestEditCompose(t *testing.T) {
	t.Parallel()
	out := []byte(compose)
	for _, e := range []struct {
		pointer string
		value   *string
	}{
		{"/services/runner/environment/SEMAPHORE_WEB_ROOT", ptr("http://semaphore.test:3000")},
		{"/services/runner/environment/EMPTY", ptr("full")},
		{"/services/list/environment/1", ptr("B=3")},
		{"/services/runner/environment/NEW", ptr("x")},
		{"/volumes/state", nil},
	} {
		var err error
		if out, err = Set(out, e.pointer, e.value); err != nil {
			t.Fatal(err)
		}
	}
	out, err := Append(out, "/services/runner/volumes", "state:/var/lib/semaphore")
	const want = `# a runner
services:
  runner: # ours
    image: "semaphoreui/runner:v2.19.12"
    environment:
      SEMAPHORE_WEB_ROOT: http://semaphore.test:3000  # the server
      TOKEN: 'it''s'
      EMPTY: full

      # kept
      LAST: >-
        one
        two
      NEW: x
    volumes:
      - state:/var/lib/semaphore
  list:
    environment:
      - A=1
      - "B=3"
volumes:
  state:
`
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestEditRefuses: what would change something else as well, or cannot be told, is
// left to a person.
func TestEditRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, pointer string }{
		{"an alias", "a: &x {k: v}\nb: *x\n", "/b/k"},
		{"what an alias takes over", "a: &x {k: v}\nb: *x\n", "/a/k"},
		{"what is merged", "a: &x {k: v}\nb:\n  <<: *x\n", "/a/k"},
		{"a value that is shared", "a: &x v\nb: *x\n", "/a"},
		{"a tag", "a: !!str 3\n", "/a"},
		{"several lines", "a: |\n  b\n", "/a"},
		{"several lines, plain", "a: b\n  c\n", "/a"},
		{"a mapping for a text", "a: {b: c}\n", "/a"},
		{"below a text", "a: b\n", "/a/c"},
		{"a key twice but for case", "a: b\nA: c\n", "/a"},
		{"no item", "a: [b]\n", "/a/1"},
		{"an empty file", "# nothing\n", "/a"},
		{"no YAML", "a: [\n", "/a"},
		{"UTF-16", "\xff\xfea\x00:\x00 \x00b\x00", "/a"},
	}
	for _, tt := range tests {
		if out, err := Set([]byte(tt.in), tt.pointer, ptr("x")); err == nil {
			t.Errorf("%s: Set(%q) = %q, want an error", tt.name, tt.in, out)
		}
	}
	if _, err := Set([]byte("a: |\n  b\n"), "/a", ptr("x")); !errors.Is(err, ErrShape) {
		t.Errorf("Set of a block = %v, want %v", err, ErrShape)
	}
	if out, err := Append([]byte("a: !reset []\n"), "/a", "x"); err == nil {
		t.Errorf("Append to what a tag makes something else = %q, want an error", out)
	}
	if out, err := Drop([]byte("a:\n  - b: c\n    d: e\n"), "/a/0/b"); err == nil {
		t.Errorf("Drop behind a dash = %q, want an error", out)
	}
}
