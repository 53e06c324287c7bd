package runner

import (
	"bytes"
	"slices"
)

// What is known again has bounds, in lines and in kinds. A log of which no two
// lines are alike is soon not remembered at all.
const (
	maxKnown   = 512
	maxForgets = 100
	maxStrange = 256
)

// say is what the part of a line says that does not differ from time to time; nil
// when that is nothing.
func (r *lineReader) say(level logLevel, tail []byte) *said {
	if s := r.known[level][string(tail)]; s != nil {
		return s
	}
	s := r.search(level, tail)
	if s == nil || s.sig == nil || r.forgets > maxForgets {
		return s
	}
	if r.count++; r.count > maxKnown {
		r.known, r.count = [levels]map[string]*said{}, 1
		r.forgets++
	}
	if r.known[level] == nil {
		r.known[level] = map[string]*said{}
	}
	r.known[level][string(tail)] = s
	return s
}

// search asks the catalogue. What it does not know is trouble when its level says
// so, or when Go's own words do. Most lines of another program say nothing, and
// cost no memory.
func (r *lineReader) search(level logLevel, tail []byte) *said {
	sig, code, eras := r.catalogue.find(tail)
	topic := topicOf(sig, code, level, tail)
	switch {
	case topic == "" && (sig == nil || sig.Topic != ""):
		return nil
	case sig == nil || topic == LogUnknownError:
		return r.stranger(topic, level, tail)
	}
	if r.forgets <= maxForgets {
		return newSaid(sig, eras, topic, code, level, tail)
	}
	key := kind{sig, code, level}
	if r.kinds[key] == nil {
		r.kinds[key] = newSaid(sig, eras, topic, code, level, tail)
	}
	return r.kinds[key]
}

// newSaid is what a line says; that of trouble is kept.
func newSaid(sig *Signature, eras eraPlaces, topic Topic, code int, level logLevel, tail []byte) *said {
	s := &said{sig: sig, topic: topic, code: code, level: level, eras: eras}
	if topic != "" {
		s.rank = slices.Index(LogTopics(), topic)
		s.text, s.key = sample(tail), keyEdge(tail)
	}
	return s
}

// sample is as much of a line as is kept: whole words, for half a token cannot be
// told from a word.
func sample(tail []byte) string {
	if len(tail) > maxSample {
		tail = tail[:maxSample]
		if i := bytes.LastIndexByte(tail, ' '); i > 0 {
			tail = tail[:i]
		}
	}
	return string(tail)
}

// A keyPart is what a line has of the frame of a private key that is spread over
// lines.
type keyPart uint8

const (
	noKey keyPart = iota
	keyBegins
	keyEnds
)

func keyEdge(tail []byte) keyPart {
	begins, ends := bytes.LastIndex(tail, []byte("-----BEGIN ")), bytes.LastIndex(tail, []byte("-----END "))
	switch {
	case begins > ends && bytes.Contains(tail[begins:], []byte("PRIVATE KEY-----")):
		return keyBegins
	case ends > begins && bytes.Contains(tail[ends:], []byte("PRIVATE KEY-----")):
		return keyEnds
	}
	return noKey
}

// A kind is what lines of one signature have in common, where there are too many
// of them to keep each.
type kind struct {
	sig   *Signature
	code  int
	level logLevel
}

// stranger is an error that no signature knows. Lines that differ in their numbers
// only are one; beyond some kinds they are only counted.
func (r *lineReader) stranger(topic Topic, level logLevel, tail []byte) *said {
	r.shape = appendShape(append(r.shape[:0], topic...), tail)
	if s := r.strange[string(r.shape)]; s != nil {
		return s
	}
	if len(r.strange) >= maxStrange {
		r.shape, tail = append(r.shape[:0], topic...), nil
	}
	s := r.strange[string(r.shape)]
	if s == nil {
		s = newSaid(nil, eraPlaces{}, topic, 0, level, tail)
		s.shape = string(r.shape)
		r.strange[s.shape] = s
	}
	return s
}

// appendShape is a text without its numbers: what two lines of one kind have in
// common.
func appendShape(out, text []byte) []byte {
	for i, b := range text {
		digit := b >= '0' && b <= '9'
		switch {
		case !digit:
			out = append(out, b)
		case i == 0 || text[i-1] < '0' || text[i-1] > '9':
			out = append(out, '0')
		}
	}
	return out
}

// topicOf is what trouble a line is, "" if it is none. What a signature knows as
// trouble is none where the runner says it in passing.
func topicOf(sig *Signature, code int, level logLevel, tail []byte) Topic {
	switch {
	case sig != nil && (sig.Topic == "" || level == noLevel || level >= levelWarning):
		return sig.Topic.of(code)
	case level == levelPanic || level == levelFatal, level == noLevel && (has(tail, "panic: ") || has(tail, "fatal error: ")):
		return LogRunnerPanics
	case level == levelError:
		return LogUnknownError
	}
	return ""
}
