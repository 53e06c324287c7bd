package runner

import "bytes"

// logBody is a line without what brought it, taken apart.
type logBody struct {
	at    LogTime // as the runner says; zero when it does not
	level logLevel
	tail  []byte // what is the same whenever it is said again
}

const timeField = `time="`

// open takes apart what a runner has written: logrus without a terminal
// (time="…" level=error msg="…"), with one (ERRO[0001] …), in brackets
// ([ERROR][0045] …), as JSON, or a plain line.
func (r *lineReader) open(b []byte) logBody {
	switch {
	case len(b) == 0:
		return logBody{}
	case b[0] == 't' && has(b, timeField):
		return r.openText(b)
	case b[0] == '{':
		if body, ok := r.openJSON(b); ok {
			return body
		}
	case b[0] == '[':
		if body, ok := openBrackets(b); ok {
			return body
		}
	case b[0] >= 'A' && b[0] <= 'Z':
		if body, ok := openTerminal(b); ok {
			return body
		}
	case has(b, "level="):
		return logBody{level: levelOf(next(b, len("level="))), tail: b}
	}
	return logBody{tail: b}
}

func (r *lineReader) openText(b []byte) logBody {
	at, n := r.days.parse(b[len(timeField):])
	n += len(timeField)
	if !has(b[n:], `" `) { // a time in another form
		end := bytes.IndexByte(b[n:], '"')
		if end < 0 {
			return logBody{tail: b}
		}
		n += end
	}
	tail := b[n+1:]
	for len(tail) > 0 && tail[0] == ' ' {
		tail = tail[1:]
	}
	body := logBody{at: at, tail: tail}
	if has(tail, "level=") {
		body.level = levelOf(next(tail, len("level=")))
	}
	return body
}

// next is the byte at i, 0 behind the end.
func next(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}

// openTerminal reads ERRO[0001], four letters of the level and the seconds since
// the start; or a date there, where the runner was told to write one.
func openTerminal(b []byte) (logBody, bool) {
	const letters = 4
	if len(b) < letters+2 || b[letters] != '[' || !isLevel(b[:letters]) {
		return logBody{}, false
	}
	end := bytes.IndexByte(b[:min(len(b), 48)], ']')
	if end < 0 {
		return logBody{}, false
	}
	return logBody{clock(b[letters+1 : end]), levelOf(b[0]), bytes.TrimLeft(b[end+1:], " ")}, true
}

// openBrackets reads [ERROR][0045].
func openBrackets(b []byte) (logBody, bool) {
	first, rest, ok := bytes.Cut(b[1:], []byte("]"))
	if !ok || len(first) < 4 || !isLevel(first[:4]) {
		return logBody{}, false
	}
	body := logBody{level: levelOf(first[0]), tail: bytes.TrimLeft(rest, " ")}
	if second, tail, ok := bytes.Cut(rest, []byte("]")); ok && len(second) > 0 && second[0] == '[' {
		body.at, body.tail = clock(second[1:]), bytes.TrimLeft(tail, " ")
	}
	return body, true
}

func isLevel(b []byte) bool {
	switch string(b) {
	case "TRAC", "DEBU", "INFO", "WARN", "ERRO", "FATA", "PANI":
		return true
	}
	return false
}

// clock is what stands in the brackets of a level.
func clock(b []byte) LogTime {
	if n, ok := number(b); ok && len(b) < 10 {
		return sinceStart(n)
	}
	t, _ := parseLogTime(b)
	return t
}

// openJSON reads a line of logrus's JSON as if it were text: the same fields in
// the same order.
func (r *lineReader) openJSON(b []byte) (logBody, bool) {
	var body logBody
	var level, msg []byte
	out := r.scratch[2][:0]
	ok := eachMember(b, func(key string, value []byte, text bool) {
		switch key {
		case "time":
			body.at, _ = parseLogTime(unquoteText(nil, value))
		case "level":
			level = value
		case "msg":
			msg = value
		default:
			out = append(append(append(append(out, ' '), key...), '='), quoteField(value, text)...)
		}
	})
	if !ok || level == nil || msg == nil {
		return logBody{}, false
	}
	head := append(append([]byte("level="), level...), ` msg="`...)
	head = append(append(head, msg...), '"')
	r.scratch[2] = out
	body.level = levelOf(next(level, 0))
	body.tail = append(head, out...)
	return body, true
}

// quoteField writes a value as logrus's text has it: in quotes unless it is one
// word.
func quoteField(value []byte, text bool) []byte {
	if !text || len(value) > 0 && bytes.IndexFunc(value, unlikeWord) < 0 {
		return value
	}
	return append(append([]byte{'"'}, value...), '"')
}

func unlikeWord(c rune) bool {
	letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	return !letter && !bytes.ContainsRune([]byte("-._/@^+"), c)
}
