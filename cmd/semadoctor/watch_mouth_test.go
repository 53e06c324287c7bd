package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestMouth: what the runner says goes through as it is, what semadoctor says begins a
// line, and each is told how much of its own was written.
func TestMouth(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	m := &mouth{w: &out}
	for _, b := range []string{"half", "", " a line", "\n", "\xff whole\n"} {
		if n, err := m.Write([]byte(b)); n != len(b) || err != nil {
			t.Errorf("Write(%q) = %d, %v", b, n, err)
		}
		if b == "half" || b == "\n" {
			if n, err := fmt.Fprint(m.own(), "ours\n"); n != 5 || err != nil {
				t.Errorf("own Write = %d, %v, want 5", n, err)
			}
		}
	}
	if got, want := out.String(), "half\nours\n a line\nours\n\xff whole\n"; got != want {
		t.Errorf("written: %q, want %q", got, want)
	}
}

// What semadoctor says as it does without --watch gets its name, once.
func TestMouthIsNamed(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	m := &mouth{w: &out}
	for _, say := range []string{"1. move it\n\n--- a\n", "semadoctor: not started\n"} {
		fmt.Fprint(m, "half")
		if n, err := fmt.Fprint(m.named(), say); n != len(say) || err != nil {
			t.Errorf("Write(%q) = %d, %v", say, n, err)
		}
	}
	if got, want := out.String(), "half\nsemadoctor: 1. move it\nsemadoctor:\nsemadoctor: --- a\nhalf\nsemadoctor: not started\n"; got != want {
		t.Errorf("written: %q, want %q", got, want)
	}
}
