package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

func TestMeter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		tty  bool
		all  int
		want string
	}{
		{"a terminal", true, 40, "\r\x1b[K10 of 40 runners checked\r\x1b[K20 of 40 runners checked\r\x1b[K"},
		{"no terminal", false, 40, ""},
		{"one runner", true, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			now := time.Unix(0, 0)
			w := &world{Stderr: &b, Net: host.Net{Now: func() time.Time { return now }}}
			w.TTY.Err = tt.tty
			m := (&printer{app: &app{world: w}, lang: say.English}).meter(tt.all)
			for n := range tt.all + 1 {
				if n > 0 && n%10 == 0 { // in between it is too soon
					now = now.Add(refresh)
				}
				if n > 0 && n <= 20 || n == tt.all {
					m.at(n)
				}
			}
			m.clear()
			if got := b.String(); got != tt.want {
				t.Errorf("the terminal got %q, want %q", got, tt.want)
			}
		})
	}
}
