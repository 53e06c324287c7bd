package runner

import "bytes"

const esc = 0x1b

// uncolour takes the colours of a terminal out of a line. Other escapes stay and
// are made visible where the line is shown.
func (r *lineReader) uncolour(line []byte) []byte {
	out := r.scratch[0][:0]
	for {
		i := bytes.IndexByte(line, esc)
		if i < 0 {
			break
		}
		end := i + 1
		if next(line, end) == '[' {
			for end++; end < len(line) && (line[end] >= '0' && line[end] <= '9' || line[end] == ';'); end++ {
			}
		}
		if next(line, end) != 'm' {
			out = append(out, line[:end]...)
		} else {
			out = append(out, line[:i]...)
			end++
		}
		line = line[min(end, len(line)):]
	}
	r.scratch[0] = append(out, line...)
	return r.scratch[0]
}

// unwrap takes off what has brought a line: journald, docker, CRI, compose,
// syslog, kubectl. at is when they have got it, zero when they do not say, or say
// so without a year: then that is in r.date.
func (r *lineReader) unwrap(line []byte) (body []byte, at LogTime) {
	if len(line) == 0 {
		return line, at
	}
	switch c := line[0]; {
	case c == 't' && has(line, timeField):
	case c == '{':
		return r.unwrapJSON(line)
	case c == '2' || c == '1':
		return unwrapDated(line)
	case c == '<':
		if i := bytes.IndexByte(line[:min(len(line), 6)], '>'); i > 0 {
			return r.unwrap(line[i+1:])
		}
	case c >= 'A' && c <= 'S':
		if syslogDate(line) {
			r.date = line[:len(syslogLayout)-1]
			return cutIdent(line[len(syslogLayout):]), at
		}
		fallthrough
	case c >= 'a' && c <= 'z':
		if i := bytes.Index(line[:min(len(line), 80)], []byte(" | ")); i > 0 && isName(bytes.TrimRight(line[:i], " ")) {
			return r.unwrap(line[i+len(" | "):])
		}
	case c == '[' && has(line, "[pod/"):
		if i := bytes.Index(line, []byte("] ")); i > 0 {
			return r.unwrap(line[i+len("] "):])
		}
	}
	return line, at
}

// isName reports whether b can be the name of a container.
func isName(b []byte) bool {
	return len(b) > 0 && bytes.IndexFunc(b, unlikeWord) < 0
}

// unwrapDated is for lines that begin with a date: CRI ("… stdout F "), syslog
// (RFC 5424 behind its version, or the date, a host and a program), and what
// "docker logs -t" and "kubectl logs --timestamps" write.
func unwrapDated(line []byte) ([]byte, LogTime) {
	rest := bytes.TrimPrefix(line, []byte("1 "))
	at, n := parseLogTime(rest)
	if n == 0 || next(rest, n) != ' ' {
		return line, LogTime{}
	}
	rest = rest[n+1:]
	for _, stream := range [...]string{"stdout F ", "stderr F ", "stdout P ", "stderr P "} {
		if bytes.HasPrefix(rest, []byte(stream)) {
			return rest[len(stream):], at
		}
	}
	if len(rest) < len(line)-n-1 { // RFC 5424: host, program, pid, id, data
		for range 5 {
			_, after, ok := bytes.Cut(rest, []byte(" "))
			if !ok {
				return rest, at
			}
			rest = after
		}
		return rest, at
	}
	return cutIdent(rest), at
}

// syslogLayout is how a line of syslog, and of journalctl, begins.
const syslogLayout = "Jan _2 15:04:05 "

func syslogDate(b []byte) bool {
	return len(b) >= len(syslogLayout) && b[3] == ' ' && b[6] == ' ' && b[9] == ':' && b[12] == ':' && b[15] == ' ' && monthOf(b[:3]) > 0
}

// syslogTime is the moment of a date without a year; the year is the last that
// fits. Most lines have a date of their own, and nobody asks for this one.
func (r *lineReader) syslogTime(b []byte) LogTime {
	day, okDay := number(bytes.TrimLeft(b[4:6], " "))
	sec, okClock := parseClock(b[7:])
	if !okDay || !okClock {
		return LogTime{}
	}
	return r.lastYear(monthOf(b[:3]), day, sec)
}

// monthOf is the number of a month; 0 of what is none.
func monthOf(b []byte) int64 {
	switch string(b) {
	case "Jan":
		return 1
	case "Feb":
		return 2
	case "Mar":
		return 3
	case "Apr":
		return 4
	case "May":
		return 5
	case "Jun":
		return 6
	case "Jul":
		return 7
	case "Aug":
		return 8
	case "Sep":
		return 9
	case "Oct":
		return 10
	case "Nov":
		return 11
	case "Dec":
		return 12
	}
	return 0
}

// lastYear is that moment of the year in which it was last.
func (r *lineReader) lastYear(month, day, sec int64) LogTime {
	if !r.now.Dated() {
		return LogTime{}
	}
	year := int64(r.now.Time().Year())
	for ; ; year-- {
		t := LogTime{daysSince1970(year, month, day)*86400 + sec - int64(r.now.off), r.now.off}
		if t.sec <= r.now.sec+86400 {
			return t
		}
	}
}

// cutIdent takes "host program[pid]: " off.
func cutIdent(b []byte) []byte {
	i := bytes.IndexByte(b[:min(len(b), 160)], ':')
	if i < 4 || b[i-1] != ']' || next(b, i+1) != ' ' {
		return b
	}
	open := i - 2
	for open > 0 && b[open] >= '0' && b[open] <= '9' {
		open--
	}
	if b[open] != '[' || open == i-2 || bytes.IndexByte(b[:open], ' ') != bytes.LastIndexByte(b[:open], ' ') {
		return b
	}
	return b[i+len(": "):]
}

// unwrapJSON is for docker's json-file and journalctl -o json; any other object is
// the runner's own.
func (r *lineReader) unwrapJSON(line []byte) (body []byte, at LogTime) {
	var docker, journal []byte
	var list bool
	ok := eachMember(line, func(key string, value []byte, text bool) {
		switch key {
		case "log":
			docker = value
		case "MESSAGE":
			journal, list = value, !text
		case "time":
			at, _ = parseLogTime(value)
		case "__REALTIME_TIMESTAMP":
			if us, ok := number(value); ok {
				at = LogTime{sec: us / 1_000_000}
			}
		}
	})
	switch {
	case !ok, docker == nil && journal == nil:
		return line, LogTime{}
	case docker != nil:
		r.scratch[1] = unquoteText(r.scratch[1][:0], docker)
	case list:
		r.scratch[1] = byteList(r.scratch[1][:0], journal)
	default:
		r.scratch[1] = unquoteText(r.scratch[1][:0], journal)
	}
	body = bytes.TrimRight(r.scratch[1], "\r\n")
	if bytes.IndexByte(body, esc) >= 0 {
		body = r.uncolour(body)
	}
	return body, at
}
