package report

import (
	"cmp"
	"io"
)

// A shelf keeps what a page tells of the targets of one kind, until what stands
// before it is known.
type shelf struct {
	names    Spool // one item of a list a target
	room     int   // for names, in bytes
	unnamed  int   // targets for whose name there was no room
	listed   int
	chapters Spool
	ends     []int // where each chapter ends, in bytes
	limit    int   // of all chapters, in bytes: there will be room for less
	untold   int   // targets whose chapter came when the limit was reached
}

// full reports whether no more chapters are taken.
func (s *shelf) full() bool { return s.untold > 0 }

// put takes a target: its name, empty where there is no list of names, and its
// chapter. The first chapter that has no room ends it, so that they are in order.
func (s *shelf) put(name, chapter []byte) error {
	var errs [2]error
	switch {
	case len(name) > s.room:
		s.unnamed++
	case len(name) > 0:
		s.room -= len(name)
		s.listed++
		_, errs[0] = s.names.Write(name)
	}
	end := s.end() + len(chapter)
	if s.full() || end > s.limit {
		s.untold++
		return errs[0]
	}
	s.ends = append(s.ends, end)
	_, errs[1] = s.chapters.Write(chapter)
	return cmp.Or(errs[:]...)
}

func (s *shelf) end() int {
	if len(s.ends) == 0 {
		return 0
	}
	return s.ends[len(s.ends)-1]
}

// copyChapters writes the chapters that have room, and says of how many targets
// none was written.
func (s *shelf) copyChapters(w io.Writer, room int) (untold int, err error) {
	fit := 0
	for fit < len(s.ends) && s.ends[fit] <= room {
		fit++
	}
	untold = s.untold + len(s.ends) - fit
	s.ends = s.ends[:fit]
	_, err = s.chapters.WriteTo(&head{w, s.end()})
	return untold, err
}

func (s *shelf) close() error { return cmp.Or(s.names.Close(), s.chapters.Close()) }

// head passes on the first bytes and swallows the others.
type head struct {
	w    io.Writer
	left int
}

func (h *head) Write(b []byte) (int, error) {
	n := min(len(b), h.left)
	h.left -= n
	if n > 0 {
		if _, err := h.w.Write(b[:n]); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}
