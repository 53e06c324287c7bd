package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
)

// JSON writes the report as one JSON document.
func JSON() Format {
	return func(w io.Writer, f Frame) Stream { return &jsonStream{w: w, targets: f.Spool()} }
}

// jsonStream keeps the targets until what stands before them is known.
type jsonStream struct {
	w       io.Writer
	targets Spool
	n       int
}

const jsonIndent = "  "

// Target implements Stream.
func (s *jsonStream) Target(t Target) error {
	b, err := json.MarshalIndent(t, jsonIndent+jsonIndent, jsonIndent)
	if err != nil {
		return fmt.Errorf("write report as JSON: %w", err)
	}
	sep := ",\n" + jsonIndent + jsonIndent
	if s.n == 0 {
		sep = sep[1:]
	}
	s.n++
	_, err = s.targets.Write(append([]byte(sep), b...))
	return err
}

// Close implements Stream. The list of targets is empty in what is marshalled,
// and no text of the report can look like its key: quotes are escaped there.
func (s *jsonStream) Close(r *Report) error {
	frame := *r
	frame.Targets = []Target{}
	b, err := json.MarshalIndent(frame, "", jsonIndent)
	if err != nil {
		return cmp.Or(fmt.Errorf("write report as JSON: %w", err), s.targets.Close())
	}
	const list = `"targets": [`
	head, tail, _ := bytes.Cut(b, []byte(list+"]"))
	out := bufio.NewWriter(s.w)
	_, _ = out.Write(head)
	_, _ = out.WriteString(list)
	_, err = s.targets.WriteTo(out)
	if s.n > 0 {
		_, _ = out.WriteString("\n" + jsonIndent)
	}
	_, _ = out.WriteString("]" + string(tail) + "\n")
	return cmp.Or(err, out.Flush(), s.targets.Close())
}
