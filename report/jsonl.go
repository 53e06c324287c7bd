package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// JSONL writes one JSON document a line, each as soon as it is known: the results
// of a target, then the target, and the run at the end. "type" tells them apart:
//
//	{"type":"result","target":"/etc/semaphore/config.json","check":"paths/collision",…}
//	{"type":"target","name":"/etc/semaphore/config.json","verdict":"broken",…}
//	{"type":"run","schema":1,"verdict":"broken","exit_code":1,…}
func JSONL() Format {
	return func(w io.Writer, _ Frame) Stream {
		b := bufio.NewWriterSize(w, textBuffer)
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		return jsonLines{b, e}
	}
}

type jsonLines struct {
	b *bufio.Writer
	e *json.Encoder
}

// The kinds of lines. What a line of its own holds is left out of the one above
// it: a field without a value hides the embedded one of the same name.
type (
	resultLine struct {
		Type   string `json:"type"`
		Target string `json:"target"`
		Result
	}
	targetLine struct {
		Type string `json:"type"`
		Target
		Results *[]Result `json:"results,omitempty"` // always nil
	}
	runLine struct {
		Type string `json:"type"`
		Report
		Targets *[]Target `json:"targets,omitempty"` // always nil
	}
)

// Target implements Stream.
func (s jsonLines) Target(t Target) error {
	for _, r := range t.Results {
		if err := s.line(resultLine{"result", t.Name, r}); err != nil {
			return err
		}
	}
	return s.line(targetLine{Type: "target", Target: t})
}

// Close implements Stream.
func (s jsonLines) Close(r *Report) error {
	if err := s.line(runLine{Type: "run", Report: *r}); err != nil {
		return err
	}
	return s.b.Flush()
}

func (s jsonLines) line(v any) error {
	if err := s.e.Encode(v); err != nil {
		return fmt.Errorf("write report as JSON lines: %w", err)
	}
	return nil
}
