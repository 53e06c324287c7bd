//go:build unix

// Elsewhere no connection is kept: see host.Quiet.

package runner

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// scripted is a server that answers the n-th request of each connection with the
// n-th text; behind the last it does as then says.
type scripted struct {
	net.Listener
	texts []string
	then  ending

	mu    sync.Mutex
	heard []string // requests, as they came
	conns int
}

// An ending is what becomes of a connection when all is said.
type ending int

const (
	waits ending = iota // until the other side ends it
	hangsUp
	resets
)

func newScripted(t *testing.T, then ending, texts ...string) *scripted {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &scripted{Listener: l, texts: texts, then: then}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.speak(c)
		}
	}()
	return s
}

func (s *scripted) speak(c net.Conn) {
	defer c.Close()
	s.mu.Lock()
	s.conns++
	s.mu.Unlock()
	in := bufio.NewReader(c)
	for _, text := range s.texts {
		req, err := s.hear(in)
		if err != nil {
			return
		}
		s.mu.Lock()
		s.heard = append(s.heard, req)
		s.mu.Unlock()
		_, _ = io.WriteString(c, text)
	}
	switch s.then {
	case resets:
		_, _ = s.hear(in)
		_ = c.(*net.TCPConn).SetLinger(0)
	case waits:
		_, _ = io.Copy(io.Discard, in)
	}
}

// hear reads a request, head and body.
func (s *scripted) hear(in *bufio.Reader) (string, error) {
	var all strings.Builder
	req, err := http.ReadRequest(bufio.NewReader(io.TeeReader(in, &all)))
	if err != nil {
		return "", err
	}
	_, err = io.Copy(io.Discard, req.Body)
	return all.String(), err
}

// met is how many connections it was asked for so far.
func (s *scripted) met() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}
