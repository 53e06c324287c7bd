package runner

import (
	"fmt"
	"time"
)

// A LogTime is when a line of a log was said, to the second, as far as the log
// tells. The zero LogTime is a line that does not say. It is comparable.
type LogTime struct {
	sec int64 // Unix time, or below firstSecond, seconds since the process began, and one
	off int32 // seconds east of UTC
}

// firstSecond is what tells a date from a number of seconds since the start, which
// is all that logrus writes to a terminal (ERRO[0001]): no runner is older than
// 2001, none runs for 30 years.
const firstSecond = 1_000_000_000

// LogTimeOf is a time as a log would say it.
func LogTimeOf(t time.Time) LogTime {
	if t.IsZero() {
		return LogTime{}
	}
	_, off := t.Zone()
	return LogTime{t.Unix(), int32(off)}
}

// sinceStart is so many seconds after the start.
func sinceStart(sec int64) LogTime { return LogTime{sec: min(max(sec, 0)+1, firstSecond-1)} }

// IsZero reports whether the line does not say when it was said.
func (t LogTime) IsZero() bool { return t.sec == 0 }

// Dated reports whether t is a date, not a number of seconds since the start.
func (t LogTime) Dated() bool { return t.sec >= firstSecond }

// Time is t with the offset of the log; the zero time when t is no date.
func (t LogTime) Time() time.Time {
	if !t.Dated() {
		return time.Time{}
	}
	return time.Unix(t.sec, 0).In(zone(t.off))
}

func zone(off int32) *time.Location {
	if off == 0 {
		return time.UTC
	}
	return time.FixedZone("", int(off))
}

// String is a date as RFC 3339 has it, or "+1s"; "" when there is none.
func (t LogTime) String() string {
	switch {
	case t.IsZero():
		return ""
	case t.Dated():
		return t.Time().Format(time.RFC3339)
	}
	return fmt.Sprintf("+%ds", t.sec-1)
}

// MarshalText is String, for JSON.
func (t LogTime) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Since is how long t comes after u, and whether the two can be compared.
func (t LogTime) Since(u LogTime) (time.Duration, bool) {
	if t.IsZero() || u.IsZero() || t.Dated() != u.Dated() {
		return 0, false
	}
	return time.Duration(t.sec-u.sec) * time.Second, true
}

// parseLogTime reads a date as RFC 3339 has it at the beginning of b, with a
// blank for the T and without the colon of the offset, too; n is how long it is, 0
// if there is none. time.Parse takes five times as long, and a log has a date in
// every line.
func parseLogTime(b []byte) (t LogTime, n int) {
	const date = len("2006-01-02T15:04:05")
	if len(b) < date || b[4] != '-' || b[7] != '-' || b[10] != 'T' && b[10] != ' ' || b[13] != ':' || b[16] != ':' {
		return LogTime{}, 0
	}
	y, ok1 := number(b[0:4])
	mo, ok2 := number(b[5:7])
	d, ok3 := number(b[8:10])
	clock, ok4 := parseClock(b[11:date])
	if !ok1 || !ok2 || !ok3 || !ok4 || y < 2002 || mo < 1 || mo > 12 || d < 1 || d > 31 {
		return LogTime{}, 0
	}
	n = date
	if n < len(b) && (b[n] == '.' || b[n] == ',') { // parts of a second
		for n++; n < len(b) && b[n] >= '0' && b[n] <= '9'; n++ {
		}
	}
	off, width := parseOffset(b[n:])
	return LogTime{daysSince1970(y, mo, d)*86400 + clock - int64(off), off}, n + width
}

// A dayBook reads dates of which most are on the day of the one before.
type dayBook struct {
	day      string
	midnight int64 // of that day, in UTC
}

// parse is parseLogTime.
func (d *dayBook) parse(b []byte) (LogTime, int) {
	const day, date = len("2006-01-02"), len("2006-01-02T15:04:05")
	if len(b) > date && string(b[:day]) == d.day && b[day] == 'T' && b[date] != '.' && b[date] != ',' {
		if clock, ok := parseClock(b[day+1 : date]); ok {
			off, width := parseOffset(b[date:])
			return LogTime{d.midnight + clock - int64(off), off}, date + width
		}
	}
	t, n := parseLogTime(b)
	if n > 0 && string(b[:day]) != d.day {
		clock, _ := parseClock(b[day+1 : date])
		d.day, d.midnight = string(b[:day]), t.sec+int64(t.off)-clock
	}
	return t, n
}

// parseClock reads 15:04:05, as seconds.
func parseClock(b []byte) (int64, bool) {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' {
		return 0, false
	}
	h, ok1 := number(b[0:2])
	m, ok2 := number(b[3:5])
	s, ok3 := number(b[6:8])
	return h*3600 + m*60 + s, ok1 && ok2 && ok3 && h < 24 && m < 60 && s < 61
}

// parseOffset reads Z, +01:00 or +0100 in seconds; what is none is UTC. Like
// time.Parse it takes 24 hours and 60 minutes, which nobody's clock is off by.
func parseOffset(b []byte) (off int32, width int) {
	if len(b) == 0 || b[0] != '+' && b[0] != '-' {
		if len(b) > 0 && b[0] == 'Z' {
			width = 1
		}
		return 0, width
	}
	width = len("+0100")
	minutes := 3
	if len(b) > 3 && b[3] == ':' {
		width, minutes = len("+01:00"), 4
	}
	if len(b) < width {
		return 0, 0
	}
	h, ok1 := number(b[1:3])
	m, ok2 := number(b[minutes:width])
	if !ok1 || !ok2 || h > 24 || m > 60 {
		return 0, 0
	}
	off = int32(h*3600 + m*60)
	if b[0] == '-' {
		off = -off
	}
	return off, width
}

// number reads digits and nothing else.
func number(b []byte) (n int64, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, len(b) > 0
}

// daysSince1970 counts days of the Gregorian calendar: Howard Hinnant's
// days_from_civil, for years after 0.
func daysSince1970(y, m, d int64) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era, yoe := y/400, y%400
	doy := (153*(m-3)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}
