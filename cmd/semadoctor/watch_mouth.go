package main

import (
	"io"
	"sync"
)

// A mouth is an output that the runner and semadoctor share. What the runner says
// goes through as it is; what semadoctor says begins a line of its own.
type mouth struct {
	w io.Writer

	mu      sync.Mutex
	midLine bool // the last byte was no line's end
}

// Write passes on what the runner says.
func (m *mouth) Write(b []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.write(b)
}

func (m *mouth) write(b []byte) (int, error) {
	if len(b) > 0 {
		m.midLine = b[len(b)-1] != '\n'
	}
	return m.w.Write(b)
}

// own is for what semadoctor says: one Write, some whole lines.
func (m *mouth) own() io.Writer { return ownVoice{m} }

type ownVoice struct{ *mouth }

// Write begins a line if the runner is in the middle of one.
func (o ownVoice) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	line := b
	if o.midLine {
		line = append([]byte("\n"), b...)
	}
	n, err := o.write(line)
	return max(0, n-(len(line)-len(b))), err
}
