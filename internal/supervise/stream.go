package supervise

import (
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
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
	moved     atomic.Int64 // bytes passed on
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
		s.flowing.Go(func() { s.pass(t) })
	}
}

// What remains to be passed on after the end. Of who has the other end still, because
// the runner has left it behind, only what it says at once is waited for; who reads
// slowly gets everything, who does not read at all keeps nobody waiting.
const (
	lateWords   = time.Second
	noProgress  = 2 * time.Second
	drainPause  = 10 * time.Millisecond
	mostInAPipe = 1 << 20 // bytes; F_SETPIPE_SZ of somebody without rights
)

// drain passes on what is left, and ends.
func (s *streams) drain() {
	end := time.Now().Add(lateWords)
	_ = s.out.ours.SetReadDeadline(end) // closed already, if it cannot
	_ = s.errs.ours.SetReadDeadline(end)
	done := make(chan struct{})
	go func() {
		s.flowing.Wait()
		close(done)
	}()
	moved, since := s.moved.Load(), time.Now()
	for {
		select {
		case <-done:
			return
		case <-time.After(drainPause):
		}
		switch now := s.moved.Load(); {
		case now != moved:
			moved, since = now, time.Now()
		case time.Since(since) > noProgress:
			return
		}
	}
}

// pass copies, byte by byte. When nobody reads what we write, nobody reads what the
// runner writes: our end is closed, and it learns of it as it would have without us.
func (s *streams) pass(t *stream) {
	defer t.ours.Close()
	buf := make([]byte, passSize)
	for late := 0; late < mostInAPipe; {
		n, err := t.ours.Read(buf)
		if n > 0 {
			if _, werr := t.To.Write(buf[:n]); werr != nil {
				return
			}
			s.moved.Add(int64(n))
			t.See(buf[:n])
		}
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded) && late == 0: // what is in the pipe by now
			late = 1
		case err != nil:
			return
		}
		if late > 0 {
			late += n
			_ = t.ours.SetReadDeadline(time.Now().Add(drainPause))
		}
	}
}
