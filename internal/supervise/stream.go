package supervise

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

// A Sink is where one of the runner's outputs goes.
type Sink struct {
	To  io.Writer
	See func([]byte) // shown every piece after it was written; it must not keep it
}

// passSize is how much is passed on at once: what a pipe holds.
const passSize = 64 << 10

// A stream is one output of the runner: a pipe, of which it has the other end.
type stream struct {
	Sink
	ours, theirs *os.File
}

// streams are both outputs of a runner.
type streams struct {
	out, errs stream
	flowing   sync.WaitGroup
}

func newStreams(out, errs Sink) (*streams, error) {
	s := &streams{out: stream{Sink: out}, errs: stream{Sink: errs}}
	var err1, err2 error
	s.out.ours, s.out.theirs, err1 = os.Pipe()
	s.errs.ours, s.errs.theirs, err2 = os.Pipe()
	if err := errors.Join(err1, err2); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *streams) close() {
	for _, f := range []*os.File{s.out.ours, s.out.theirs, s.errs.ours, s.errs.theirs} {
		if f != nil {
			f.Close()
		}
	}
}

// handedOver closes the runner's ends: it has its own by now, or never gets any.
func (s *streams) handedOver() {
	s.out.theirs.Close()
	s.errs.theirs.Close()
}

// flow passes on what comes, until the last who holds an end lets go of it.
func (s *streams) flow() {
	for _, t := range []*stream{&s.out, &s.errs} {
		s.flowing.Go(t.pass)
	}
}

// drain waits for the end of what comes, but not longer than that for who keeps a
// pipe open and says nothing.
func (s *streams) drain(patience time.Duration) {
	end := time.Now().Add(patience)
	_ = s.out.ours.SetReadDeadline(end) // closed already, if it cannot
	_ = s.errs.ours.SetReadDeadline(end)
	s.flowing.Wait()
}

// pass copies, byte by byte. When nobody reads what we write, nobody reads what the
// runner writes: our end is closed, and it learns of it as it would have without us.
func (t *stream) pass() {
	defer t.ours.Close()
	buf := make([]byte, passSize)
	for {
		n, err := t.ours.Read(buf)
		if n > 0 {
			if _, werr := t.To.Write(buf[:n]); werr != nil {
				return
			}
			t.See(buf[:n])
		}
		if err != nil {
			return
		}
	}
}
