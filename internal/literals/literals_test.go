package literals

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIn(t *testing.T) {
	t.Parallel()
	texts := []string{"server returns code ", "server returned code ", "no such host", "the server returned error", "server returned error 404", "server returned "}
	tests := []struct {
		name, line string
		want       []int
	}{
		{"nothing", "level=info msg=\"The runner has been started\"", nil},
		{"empty", "", nil},
		{"shorter than the window", "no such", nil},
		{"at the start", "no such host", []int{2}},
		{"at the end", "lookup h on 192.0.2.53:53: no such host", []int{2}},
		{"one inside another", "the server returned error 404", []int{3, 4, 5}},
		{"one a prefix of another", "server returned code 4", []int{1, 5}},
		{"twice", "no such host, no such host", []int{2}},
		{"cut off", "x the server returned", nil},
		{"nearly", "server returnes code 401", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, all(New(texts), []byte(tt.line))); diff != "" {
				t.Errorf("In(%q) (-want +got):\n%s", tt.line, diff)
			}
		})
	}
}

func all(s *Set, line []byte) (numbers []int) {
	found, any := s.In(line)
	found.Each(func(n int) bool {
		numbers = append(numbers, n)
		return true
	})
	if any != (len(numbers) > 0) {
		panic("any contradicts found")
	}
	return numbers
}

// FuzzIn holds the set against one search for each text.
func FuzzIn(f *testing.F) {
	f.Add([]byte("abcabcab"), "abc", "bca", "ab")
	f.Add([]byte("the server returned error 404"), "server returned", "error 404", "returned error")
	f.Fuzz(func(t *testing.T, line []byte, a, b, c string) {
		texts := []string{a, b, c}
		var want []int
		for n, text := range texts {
			if len(text) < blockBytes {
				return
			}
			if bytes.Contains(line, []byte(text)) {
				want = append(want, n)
			}
		}
		if diff := cmp.Diff(want, all(New(texts), line)); diff != "" {
			t.Fatalf("%q in %q (-want +got):\n%s", texts, line, diff)
		}
	})
}
