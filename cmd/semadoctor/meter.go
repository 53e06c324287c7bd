package main

import (
	"fmt"
	"io"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// A meter says on a terminal how far many runners have come.
type meter struct {
	w    io.Writer // nil: nobody looks
	now  func() time.Time
	lang say.Lang
	all  int
	next time.Time // when to say it again
	said bool
}

// refresh is how often a meter says something: a terminal is slow.
const refresh = 100 * time.Millisecond

func (p *printer) meter(all int) *meter {
	m := &meter{now: p.Net.Now, lang: p.lang, all: all, next: p.Net.Now().Add(refresh)}
	if p.TTY.Err && all > 1 {
		m.w = p.Stderr
	}
	return m
}

func (m *meter) at(n int) {
	if m.w == nil || n == m.all || m.now().Before(m.next) {
		return
	}
	m.next, m.said = m.now().Add(refresh), true
	fmt.Fprintf(m.w, "\r\x1b[K%s", say.Textf("%d of %d runners checked", n, m.all).In(m.lang))
}

// clear leaves nothing behind.
func (m *meter) clear() {
	if m.said {
		fmt.Fprint(m.w, "\r\x1b[K")
	}
}
