package runner

import (
	"bytes"
	"context"
	"io"
)

// blockSize is how much of a log is read at once, and blocks is how many of them
// there are: one is being read while others are searched or wait for their turn.
const (
	blockSize = 128 << 10
	blocks    = 4
)

// searchers is how many goroutines search. The events of what they find are put
// into order by one more, and reading is a third; more than two wait for those.
const searchers = 2

// A block is some whole lines of a log, and what they say.
type block struct {
	buf    []byte
	size   int // of the lines in buf
	lines  int64
	events []logEvent // their lines are counted from the beginning of the block
	done   chan struct{}
}

// ReadFrom reads a log to its end, several pieces side by side. It is what to use
// for a log that is there already; one that comes line by line is for Write. Both
// may follow each other. The error is that of src: what was read before it counts.
func (r *LogReader) ReadFrom(src io.Reader) (int64, error) {
	return r.ReadLog(context.Background(), src)
}

// ReadLog is ReadFrom that stops between two pieces when ctx ends.
func (r *LogReader) ReadLog(ctx context.Context, src io.Reader) (int64, error) {
	skip := r.over
	if skip { // of the line that Write has begun nothing more is looked at
		r.line(r.half)
		r.half, r.over = nil, false
	}
	s := &logScan{reader: r, src: src, ctx: ctx, half: r.half, skip: skip, free: make(chan *block, blocks), todo: make(chan *block, blocks), turn: make(chan *block, blocks)}
	r.half = nil
	for range blocks {
		s.free <- &block{buf: make([]byte, blockSize), done: make(chan struct{}, 1)}
	}
	go s.read()
	for range searchers {
		go s.search()
	}
	for b := range s.turn {
		<-b.done
		r.take(b)
		s.free <- b
	}
	r.story.life.Bytes += s.n
	return s.n, s.err
}

// take puts what a block says behind what was said before.
func (r *LogReader) take(b *block) {
	before := r.story.life.Lines
	r.story.life.Lines += b.lines
	for i := range b.events {
		e := &b.events[i]
		e.line += before
		if r.story.add(e) && r.options.Each != nil {
			r.options.Each(e.public())
		}
	}
}

// A logScan reads one log. Only read changes n and err, before it closes turn.
type logScan struct {
	reader           *LogReader
	src              io.Reader
	ctx              context.Context
	half             []byte // of a line that was begun before
	skip             bool   // the rest of a line is passed over
	free, todo, turn chan *block
	n                int64
	err              error
}

// read fills blocks. The half line that a block ends with is the beginning of the
// next one.
func (s *logScan) read() {
	defer close(s.turn)
	defer close(s.todo)
	half, skip := s.half, s.skip
	for s.err == nil {
		if s.err = context.Cause(s.ctx); s.err != nil {
			break
		}
		b := <-s.free
		n := copy(b.buf, half)
		var m int
		m, s.err = fill(s.src, b.buf[n:])
		s.n += int64(m)
		half, skip = b.cut(n+m, skip, s.err != nil)
		s.todo <- b
		s.turn <- b
	}
	if s.err == io.EOF { //nolint:errorlint // only the end itself: a gzip file that is cut off has an error of its own
		s.err = nil
	}
}

// fill reads until buf is full. Unlike io.ReadFull it hands on the error of src as
// it is.
func fill(src io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = src.Read(buf[n:])
		n += m
	}
	return n, err
}

// cut makes whole lines of what was read and returns what is left of it. Of a line
// that is longer than a block its beginning is kept, and the rest is skipped.
func (b *block) cut(n int, skip, last bool) (half []byte, skipping bool) {
	data := b.buf[:n]
	if skip {
		end := bytes.IndexByte(data, '\n') + 1
		if end == 0 {
			b.size = 0
			return nil, true
		}
		copy(b.buf, data[end:])
		data = b.buf[:n-end]
	}
	if last {
		b.size = len(data)
		return nil, false
	}
	b.size = bytes.LastIndexByte(data, '\n') + 1
	if b.size == 0 {
		b.size = min(maxLogLine, len(data))
		return nil, true
	}
	return bytes.Clone(data[b.size:]), false
}

// search tells what the lines of blocks say.
func (s *logScan) search() {
	lines := newLineReader(s.reader.lines.now)
	for b := range s.todo {
		b.events, b.lines = b.events[:0], 0
		lines.coloured = bytes.IndexByte(b.buf[:b.size], esc) >= 0
		for rest := b.buf[:b.size]; len(rest) > 0; {
			line := rest
			if i := bytes.IndexByte(rest, '\n'); i >= 0 {
				line, rest = rest[:i], rest[i+1:]
			} else {
				rest = nil
			}
			b.lines++
			b.events = append(b.events, logEvent{})
			n := len(b.events) - 1
			if !lines.read(line[:min(len(line), maxLogLine)], &b.events[n]) {
				b.events = b.events[:n]
				continue
			}
			b.events[n].line = b.lines
		}
		b.done <- struct{}{}
	}
}
