package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/semadoctor/semadoctor/say"
)

func TestComplain(t *testing.T) {
	t.Parallel()
	full := errors.New("write /dev/stdout: no space left on device")
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"one", fs.ErrNotExist, "semadoctor: file does not exist\n"},
		{"several", errors.Join(usagef("--a and --b"), errors.Join(nil, usagef("--c and --d"))), "semadoctor: --a and --b\nsemadoctor: --c and --d\n"},
		{"each once", errors.Join(full, full, fmt.Errorf("write to stdout: %w", full)), "semadoctor: write to stdout: write /dev/stdout: no space left on device\n"},
		{"a file called so", errors.Join(errors.New("open x\nsemadoctor: all is well"), fs.ErrInvalid), "semadoctor: open x\\x0asemadoctor: all is well\nsemadoctor: invalid argument\n"},
		{"several in the middle", fmt.Errorf("carry out: %w", errors.Join(fs.ErrExist, errors.New("open x\ny"))), "semadoctor: carry out: file already exists; open x\\x0ay\n"},
		{"with words around them", fmt.Errorf("both: %w and %w", fs.ErrExist, fs.ErrInvalid), "semadoctor: both: file already exists and invalid argument\n"},
	}
	for _, tt := range tests {
		var said bytes.Buffer
		a := &app{world: &world{Stderr: &said}}
		a.complain(tt.err, say.English)
		if got := said.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
