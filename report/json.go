package report

import (
	"fmt"
	"io"
)

// JSON writes the report as one JSON document.
func JSON() Format {
	return func(w io.Writer, f Frame) Stream {
		return &jsonStream{w, jsonList{key: "targets", indent: jsonIndent + jsonIndent, kept: f.Spool()}}
	}
}

type jsonStream struct {
	w       io.Writer
	targets jsonList
}

const jsonIndent = "  "

// Target implements Stream.
func (s *jsonStream) Target(t Target) error { return asJSON(s.targets.add(t)) }

// Close implements Stream.
func (s *jsonStream) Close(r *Report) error {
	frame := *r
	frame.Targets = []Target{}
	return asJSON(s.targets.writeIn(frame, s.w))
}

func asJSON(err error) error {
	if err != nil {
		return fmt.Errorf("write report as JSON: %w", err)
	}
	return nil
}
