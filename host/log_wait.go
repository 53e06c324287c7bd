package host

import (
	"context"
	"io"
	"sync"
)

// UntilDone reads from r until ctx ends, even while r itself waits for somebody who
// writes: a pipe, a terminal. What it still gets then is lost.
func UntilDone(ctx context.Context, r io.Reader) io.Reader {
	return &waitingReader{ctx: ctx, from: r, got: make(chan piece, 1)}
}

// A piece is what one read came to.
type piece struct {
	data []byte
	err  error
}

type waitingReader struct {
	ctx   context.Context
	from  io.Reader
	got   chan piece
	start sync.Once
	rest  piece
}

// Read gives what is left of the last piece, and then waits for the next.
func (w *waitingReader) Read(p []byte) (int, error) {
	w.start.Do(func() { go w.fetch() })
	if len(w.rest.data) == 0 && w.rest.err == nil {
		select {
		case w.rest = <-w.got:
		case <-w.ctx.Done():
			return 0, context.Cause(w.ctx)
		}
	}
	n := copy(p, w.rest.data)
	if w.rest.data = w.rest.data[n:]; len(w.rest.data) > 0 {
		return n, nil
	}
	return n, w.rest.err
}

// fetch reads one piece after the other, until an error or the end of ctx. There are
// three buffers: one that is read into, one that waits, one that is copied from.
func (w *waitingReader) fetch() {
	var buffers [3][]byte
	for i := 0; ; i = (i + 1) % len(buffers) {
		if buffers[i] == nil {
			buffers[i] = make([]byte, 64<<10)
		}
		n, err := w.from.Read(buffers[i])
		select {
		case w.got <- piece{buffers[i][:n], err}:
		case <-w.ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
