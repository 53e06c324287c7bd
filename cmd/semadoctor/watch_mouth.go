package main

import (
	"bytes"
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

// named is for what semadoctor says elsewhere, too: every line gets its name, unless it
// begins with it.
func (m *mouth) named() io.Writer { return namedVoice{m.own()} }

type namedVoice struct{ own io.Writer }

const voiceName = "semadoctor:"

// Write takes whole lines.
func (v namedVoice) Write(b []byte) (int, error) {
	var said bytes.Buffer
	for line := range bytes.Lines(b) {
		if !bytes.HasPrefix(line, []byte(voiceName)) {
			said.WriteString(voiceName)
			if len(bytes.TrimSpace(line)) > 0 {
				said.WriteByte(' ')
			}
		}
		said.Write(line)
	}
	if _, err := v.own.Write(said.Bytes()); err != nil {
		return 0, err
	}
	return len(b), nil
}
