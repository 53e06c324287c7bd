package main

import (
	"context"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/runner"
)

func TestConsent(t *testing.T) {
	t.Parallel()
	ended, end := context.WithCancel(context.Background())
	end()
	never, _ := io.Pipe() // nobody ever types anything
	tests := []struct {
		name string
		ctx  context.Context
		in   io.Reader
		want bool
	}{
		{"yes", t.Context(), strings.NewReader("y\n"), true},
		{"the word", t.Context(), strings.NewReader(" YES \n"), true},
		{"no", t.Context(), strings.NewReader("n\n"), false},
		{"only enter", t.Context(), strings.NewReader("\n"), false},
		{"end of input", t.Context(), strings.NewReader(""), false},
		{"stopped while asking", ended, never, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &world{Stdin: tt.in, Stderr: io.Discard}
			w.TTY.In, w.TTY.Err = true, true
			a := &app{world: w, secrets: runner.NewSecrets(nil)}
			s := &surgery{app: a, c: cli.NewContext(cli.NewApp(), flag.NewFlagSet("", flag.ContinueOnError), nil)}
			got, err := s.consent(tt.ctx)
			if got != tt.want || err != nil {
				t.Errorf("consent() = %t, %v, want %t", got, err, tt.want)
			}
		})
	}
}
