package runner

import "bytes"

// How much of a line is looked at, in bytes. What a runner says is shorter; what
// is longer is cut, so that a log without line ends needs no more memory.
const (
	maxLogLine = 16 << 10
	maxLooked  = 4 << 10
	maxSample  = 1 << 10 // of a text that is kept
)

// said is what a kind of line says. It does not change.
type said struct {
	sig   *Signature // nil: an error that no signature knows
	topic Topic
	rank  int // of the topic
	eras  eraPlaces
	code  int // HTTP status
	level logLevel
	text  string // of a line of trouble: untrusted, may hold secrets
	key   keyPart
	shape string // of a line that no signature knows
}

// logEvent is one line that says something.
type logEvent struct {
	*said         // nil: it is about a task
	at    LogTime // zero: the line does not say
	line  int64   // from 1, over all that was read
	task  int64
	style *said // how the line about a task is worded; nil: it is about none
	state taskStep
	ended bool // the task did not succeed
}

// A lineReader tells what lines say. What it has met it knows again: a loop says
// the same line thousands of times, and only the first of them is searched.
type lineReader struct {
	catalogue *catalogue
	now       LogTime // for dates without a year; zero: those say nothing
	known     [levels]map[string]*said
	count     int // of known
	forgets   int // times that known was emptied
	kinds     map[kind]*said
	strange   map[string]*said // by shape
	shape     []byte           // scratch
	coloured  bool             // there may be escapes in the lines
	date      []byte           // what syslog says of the line that is read; nil: nothing
	days      dayBook
	scratch   [3][]byte // of colours, of two envelopes around each other
	styles    [3]*said  // see taskStyles
}

func newLineReader(now LogTime) *lineReader {
	return &lineReader{catalogue: theCatalogue(), now: now, styles: taskStyles(), kinds: map[kind]*said{}, strange: map[string]*said{}}
}

// read tells what a line says, without its end; ok is false when it says nothing.
// The line is not kept.
func (r *lineReader) read(line []byte, e *logEvent) (ok bool) {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if r.coloured {
		line = r.uncolour(line)
	}
	if len(line) == 0 || line[0] == '\t' { // between the lines of a stack
		return false
	}
	r.date = nil
	body, at := r.unwrap(line)
	b := r.open(body)
	switch {
	case !b.at.IsZero():
	case at.IsZero() && r.date != nil:
		b.at = r.syslogTime(r.date)
	default:
		b.at = at
	}
	if len(b.tail) > maxLooked {
		b.tail = b.tail[:maxLooked]
	}
	*e = logEvent{at: b.at}
	if b.level == levelInfo && r.task(b.tail, e) {
		return true
	}
	e.said = r.say(b.level, b.tail)
	return e.said != nil
}

// task reads what is said about a task: "Task 7 started" up to 2.10.26-beta, the
// number in a field later.
func (r *lineReader) task(tail []byte, e *logEvent) bool {
	const text, word = `level=info msg="Task `, "Task "
	switch {
	case has(tail, text):
		tail = tail[len(text):]
	case has(tail, word):
		tail = tail[len(word):]
	default:
		return false
	}
	id, n := leadingNumber(tail)
	style := r.styles[0]
	if n > 0 && next(tail, n) == ' ' {
		tail = tail[n+1:]
	} else if id, style = r.taskField(tail); style == nil {
		return false
	}
	state, ended := stepOf(tail)
	if state == noStep {
		return false
	}
	e.task, e.style, e.state, e.ended = id, style, state, ended
	return true
}

// stepOf reads what has become of a task.
func stepOf(words []byte) (step taskStep, ended bool) {
	switch {
	case has(words, "enqueued"), has(words, "added from queue"):
		return stepEnqueued, false
	case has(words, "dequeued (failed)"):
		return stepFinished, true
	case has(words, "dequeued"):
		return stepDequeued, false
	case has(words, "started"):
		return stepStarted, false
	case has(words, "finished"):
		return stepFinished, !bytes.Contains(words, []byte("(success)")) && !bytes.Contains(words, []byte("status=success"))
	case has(words, "removed from "):
		return stepRemoved, false
	}
	return noStep, false
}

// has is bytes.HasPrefix for a constant, which the compiler compares in place.
func has(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// taskField is the number of a task in the fields of a line, and how it is worded.
func (r *lineReader) taskField(b []byte) (id int64, style *said) {
	for i, field := range [...]string{" task=", " task_id="} {
		if at := bytes.Index(b, []byte(field)); at >= 0 {
			if id, n := leadingNumber(bytes.TrimLeft(b[at+len(field):], `"`)); n > 0 {
				return id, r.styles[i+1]
			}
		}
	}
	return 0, nil
}

// taskStyles are the ways to name a task: "Task 7 started", a field task, a field
// task_id.
func taskStyles() [3]*said {
	styles := [3]*said{
		{sig: &Signature{ID: "task-e1", Text: "Task N started", First: E1, Last: E4a}},
		{sig: &Signature{ID: "task-e4", Text: "Task started task=N", First: E4b, Last: E5}},
		{sig: &Signature{ID: "task-e5b", Text: "Task started task_id=N", First: E5b}},
	}
	for _, s := range styles {
		s.eras = placesOf(s.sig)
	}
	return styles
}

// leadingNumber is the number that b begins with, and its width.
func leadingNumber(b []byte) (id int64, n int) {
	for n < len(b) && n < 18 && b[n] >= '0' && b[n] <= '9' {
		id = id*10 + int64(b[n]-'0')
		n++
	}
	return id, n
}
