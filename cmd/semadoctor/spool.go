package main

import (
	"bytes"
	"cmp"
	"io"
	"os"

	"github.com/semadoctor/semadoctor/report"
)

// maxKept is how much of a report is kept in memory until what stands before it
// is known, in bytes; what is more goes to a file that has no name.
const maxKept = 1 << 20

// spill is a spool that few targets never make leave memory.
type spill struct {
	kept bytes.Buffer
	file *os.File // nil until there is too much
}

var _ report.Spool = (*spill)(nil)

func newSpill() report.Spool { return &spill{} }

func (s *spill) Write(b []byte) (int, error) {
	if s.kept.Len()+len(b) > maxKept {
		if err := s.empty(); err != nil {
			return 0, err
		}
	}
	return s.kept.Write(b)
}

// empty moves what is kept to the file.
func (s *spill) empty() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "semadoctor-report-*"); err != nil {
			return err
		}
		_ = os.Remove(s.file.Name()) // Windows removes no open file: there Close does
	}
	_, err = s.kept.WriteTo(s.file)
	return err
}

// WriteTo copies everything.
func (s *spill) WriteTo(w io.Writer) (n int64, err error) {
	if s.file != nil {
		if _, err = s.file.Seek(0, io.SeekStart); err == nil {
			n, err = io.Copy(w, s.file)
		}
	}
	m, kept := s.kept.WriteTo(w)
	return n + m, cmp.Or(err, kept)
}

func (s *spill) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	_ = os.Remove(s.file.Name()) // gone already, but on Windows
	return err
}
