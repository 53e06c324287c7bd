package jsondoc

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestParsePositions(t *testing.T) {
	t.Parallel()
	src := "{\r\n  \"Web_Host\" : \"http://h\",\n\t\"runner\":{\"n\":1.0e1,\"a\":[true,null,{}]},\n\"runner\":{\"token\":\"\\u0074\"}} trailing"
	v, err := Parse([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ pointer, want string }{
		{"/web_host", `"http://h"`},
		{"/runner/n", `1.0e1`},
		{"/RUNNER/TOKEN", `"\u0074"`},
		{"/runner/a/2", `{}`},
		{"/runner/a/0", `true`},
	}
	for _, tt := range tests {
		got := v.Find(tt.pointer)
		if got == nil {
			t.Errorf("Find(%q) = nil, want %s", tt.pointer, tt.want)
			continue
		}
		if s := src[got.Start:got.End]; s != tt.want {
			t.Errorf("Find(%q) = %s, want %s", tt.pointer, s, tt.want)
		}
	}
	if got := src[v.End:]; got != " trailing" {
		t.Errorf("behind the value: %q, want %q", got, " trailing")
	}
	if m := v.Member("web_host"); src[m.KeyStart:m.KeyEnd] != `"Web_Host"` {
		t.Errorf("key stands at %q", src[m.KeyStart:m.KeyEnd])
	}
	if got := v.Find("/runner/nothing"); got != nil {
		t.Errorf("Find of a missing key = %v, want nil", got)
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, src, want string
		line, col       int
	}{
		{"comment", "{\n  // x\n}", "invalid character '/' looking for beginning of object key string", 2, 3},
		{"trailing comma", "{\"a\":1,}", "invalid character '}' looking for beginning of object key string", 1, 8},
		{"BOM", "\ufeff{}", "invalid character 'ï' looking for beginning of value", 1, 1},
		{"empty", "", "EOF", 1, 1},
		{"cut", "{\"a\":", "unexpected EOF", 1, 6},
		{"deep", strings.Repeat("[", 20000), "exceeded max depth", 1, 10001},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.src))
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Parse = %v, want a SyntaxError with %q", err, tt.want)
			}
			if line, col := Pos([]byte(tt.src), syntax.Offset); line != tt.line || col != tt.col {
				t.Errorf("at %d:%d, want %d:%d", line, col, tt.line, tt.col)
			}
		})
	}
	if _, err := Parse(nil); !errors.Is(err, io.EOF) {
		t.Errorf("empty file: %v, want io.EOF", err)
	}
}
