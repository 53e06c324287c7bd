package runner

import (
	"bytes"
	"time"
)

// LogOptions is how a log is read. The zero LogOptions reads all of it.
type LogOptions struct {
	Now          time.Time      // for dates that have no year; zero: those say nothing
	Since, Until time.Time      // only what was said between them; zero: open
	Each         func(LogEvent) // is called for every line that says something; nil: nobody wants to know
	Keep         int            // how many of the last lines Last gives back
}

// A LogEvent is one line of a log that says something about the runner's life.
type LogEvent struct {
	At        LogTime    // zero when nothing tells
	Signature *Signature // nil: about a task, or an error that no signature knows
	Deed      Deed       // "" when it is none
	Topic     Topic      // "" when it is no trouble
	Code      int        // HTTP status; 0 for none
	Task      int64      // 0 when it is about none
	State     TaskState
	Failed    bool   // of a task that has ended
	Text      string // of trouble, without what brought the line: untrusted, may hold secrets
}

// A LogReader reads the log of one runner as it comes, whatever has brought it:
// the runner's own output, a file, journald, docker. It is an io.Writer that takes
// pieces of any size, never fails, and needs no more memory for a longer log. It
// is not safe for concurrent use.
//
//	log := runner.NewLogReader(runner.LogOptions{Each: func(e runner.LogEvent) { … }})
//	io.Copy(io.MultiWriter(os.Stdout, log), output)
//	log.Flush()
//	life := log.Life()
type LogReader struct {
	options LogOptions
	lines   *lineReader
	story   *chronicle
	half    []byte // of a line whose end has not come
	over    bool   // the rest of a line that is too long
	last    [][]byte
	next    int
}

// NewLogReader starts to read a log.
func NewLogReader(o LogOptions) *LogReader {
	return &LogReader{options: o, lines: newLineReader(LogTimeOf(o.Now)), story: newChronicle(LogTimeOf(o.Since), LogTimeOf(o.Until))}
}

// Write takes the next piece of the log.
func (r *LogReader) Write(p []byte) (int, error) {
	r.story.life.Bytes += int64(len(p))
	r.lines.coloured = bytes.IndexByte(p, esc) >= 0 || bytes.IndexByte(r.half, esc) >= 0
	for rest := p; len(rest) > 0; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			r.keepHalf(rest)
			break
		}
		r.end(rest[:i])
		rest = rest[i+1:]
	}
	return len(p), nil
}

// keepHalf keeps what may be the beginning of a line, as far as it is looked at.
func (r *LogReader) keepHalf(b []byte) {
	room := maxLogLine - len(r.half)
	r.over = r.over || len(b) > room
	r.half = append(r.half, b[:min(len(b), room)]...)
}

// end is the end of a line.
func (r *LogReader) end(b []byte) {
	if len(r.half) > 0 || r.over {
		r.keepHalf(b)
		b = r.half
	}
	r.line(b[:min(len(b), maxLogLine)])
	r.half, r.over = r.half[:0], false
}

// Flush takes what has come of the last line for the whole.
func (r *LogReader) Flush() {
	if len(r.half) > 0 {
		r.end(nil)
	}
}

func (r *LogReader) line(b []byte) {
	r.story.life.Lines++
	r.remember(b)
	var e logEvent
	if !r.lines.read(b, &e) {
		return
	}
	e.line = r.story.life.Lines
	if r.story.add(&e) && r.options.Each != nil {
		r.options.Each(e.public())
	}
}

// remember keeps a copy of a line for Last.
func (r *LogReader) remember(b []byte) {
	if r.options.Keep == 0 {
		return
	}
	if len(r.last) < r.options.Keep {
		r.last = append(r.last, nil)
	}
	r.last[r.next] = append(r.last[r.next][:0], b[:min(len(b), maxSample)]...)
	r.next = (r.next + 1) % r.options.Keep
}

// Last is the last lines, oldest first: untrusted, and they may hold secrets.
func (r *LogReader) Last() []string {
	var out []string
	for i := range r.last {
		out = append(out, string(r.last[(r.next+i)%len(r.last)]))
	}
	return out
}

// Life is what the log has said so far.
func (r *LogReader) Life() *Life { return r.story.sum() }

func (e *logEvent) public() LogEvent {
	out := LogEvent{At: e.at, Task: e.task, State: e.state.state(), Failed: e.ended}
	if e.said != nil {
		out.Signature, out.Topic, out.Code, out.Text = e.sig, e.topic, e.code, e.text
		if e.sig != nil {
			out.Deed = e.sig.Deed
		}
	}
	return out
}
