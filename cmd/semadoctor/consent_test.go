package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		want choice
	}{
		{"yes", t.Context(), strings.NewReader("y\n"), choice{all: true}},
		{"the word", t.Context(), strings.NewReader(" YES \n"), choice{all: true}},
		{"no", t.Context(), strings.NewReader("n\n"), choice{}},
		{"only enter", t.Context(), strings.NewReader("\n"), choice{}},
		{"end of input", t.Context(), strings.NewReader(""), choice{}},
		{"yes and the end of input", t.Context(), strings.NewReader("y"), choice{all: true}},
		{"some", t.Context(), strings.NewReader("1, 3\n"), choice{some: []int{1, 3}}},
		{"asked again", t.Context(), strings.NewReader("4\nwhat\n2-3\n"), choice{some: []int{2, 3}}},
		{"asked again to no end", t.Context(), strings.NewReader("4\nwhat\n"), choice{}},
		{"stopped while asking", ended, never, choice{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &world{Stdin: tt.in, Stderr: io.Discard}
			w.TTY.In, w.TTY.Err = true, true
			a := &app{world: w, secrets: runner.NewSecrets(nil)}
			s := &surgery{app: a, c: cli.NewContext(cli.NewApp(), flag.NewFlagSet("", flag.ContinueOnError), nil)}
			got, err := s.consent(tt.ctx, 3)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(choice{})); diff != "" || err != nil {
				t.Errorf("consent(): %v\n%s", err, diff)
			}
		})
	}
}

// Where there is nothing to choose, no numbers are asked for.
func TestConsentToOne(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	w := &world{Stdin: strings.NewReader("1\ny\n"), Stderr: &said}
	w.TTY.In, w.TTY.Err = true, true
	s := &surgery{app: &app{world: w}, c: cli.NewContext(cli.NewApp(), flag.NewFlagSet("", flag.ContinueOnError), nil)}
	if got, err := s.consent(t.Context(), 1); err != nil || !got.all || !strings.Contains(said.String(), "want y or n\n") {
		t.Errorf("consent() = %+v, %v, after\n%s", got, err, said.String())
	}
}

func TestChosen(t *testing.T) {
	t.Parallel()
	tests := []struct {
		line  string
		fixes int
		want  choice
		ok    bool
	}{
		{"y", 1, choice{all: true}, true},
		{"1", 1, choice{all: true, some: []int{1}}, false}, // one fix has no number to choose
		{"1 2 3", 3, choice{all: true, some: []int{1, 2, 3}}, true},
		{"2,2,1", 3, choice{some: []int{2, 1}}, true},
		{"0", 3, choice{}, false},
		{"3-1", 3, choice{}, false},
		{"1-99999999", 3, choice{}, false},
		{"-", 3, choice{}, false},
		{",", 3, choice{}, false},
		{"1;2", 3, choice{}, false},
	}
	for _, tt := range tests {
		got, ok := chosen(tt.line, tt.fixes)
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(choice{})); diff != "" || ok != tt.ok {
			t.Errorf("chosen(%q, %d): %t\n%s", tt.line, tt.fixes, ok, diff)
		}
	}
}
