// Package literals finds which of many fixed texts stand in a line, faster than
// one search for each of them.
package literals

import (
	"math/bits"
	"slices"
)

// A Set is texts to look for. It does not change and may be used by several
// goroutines.
//
// It is Wu and Manber's search ("A fast algorithm for multi-pattern searching",
// 1994) with blocks of two bytes: a window as wide as the shortest text moves on
// by as much as its last two bytes allow, which is mostly all of it.
type Set struct {
	texts []string
	width int     // of the shortest text, in bytes
	shift []uint8 // by block
	list  []uint8 // by block with which the first width bytes of a text end: one of lists
	lists [][]int // numbers of texts; the first is empty
}

// blockBytes is the width of what is looked up.
const blockBytes = 2

// New makes a set of at most Most texts. Each is at least two bytes long; the
// shortest decides how fast the search is.
func New(texts []string) *Set {
	s := &Set{texts: slices.Clone(texts), width: shortest(texts), shift: make([]uint8, 1<<16), list: make([]uint8, 1<<16), lists: make([][]int, 1)}
	for i := range s.shift {
		s.shift[i] = uint8(s.width - blockBytes + 1)
	}
	for n, t := range s.texts {
		s.add(n, t)
	}
	return s
}

// shortest is the width of the window; a shift is a byte, which bounds it.
func shortest(texts []string) int {
	width := 255
	for _, t := range texts {
		width = min(width, len(t))
	}
	return max(width, blockBytes)
}

func (s *Set) add(n int, text string) {
	for end := blockBytes; end <= s.width; end++ {
		b := block(text[end-2], text[end-1])
		s.shift[b] = min(s.shift[b], uint8(s.width-end))
		if end == s.width {
			s.end(b, n)
		}
	}
}

// end notes a text whose first width bytes end with a block.
func (s *Set) end(b uint16, n int) {
	if s.list[b] == 0 {
		s.list[b] = uint8(len(s.lists)) // there are at most Most
		s.lists = append(s.lists, nil)
	}
	s.lists[s.list[b]] = append(s.lists[s.list[b]], n)
}

func block(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// A Found is which texts stand in a line.
type Found [4]uint64

// Most is how many texts a Set has room for.
const Most = 64*len(Found{}) - 1

// Each calls f with the number of each text found, in order, until it says no.
func (f *Found) Each(yes func(n int) bool) {
	for i, word := range f {
		for ; word != 0; word &= word - 1 {
			if !yes(64*i + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// In reports which of the texts stand in line, and whether any does.
func (s *Set) In(line []byte) (found Found, any bool) {
	for i := s.width - 1; i < len(line); {
		b := block(line[i-1], line[i])
		if shift := int(s.shift[b]); shift > 0 {
			i += shift
			continue
		}
		at := i - s.width + 1
		for _, n := range s.lists[s.list[b]] {
			if t := s.texts[n]; len(line)-at >= len(t) && string(line[at:at+len(t)]) == t {
				found[n/64] |= 1 << (n % 64)
				any = true
			}
		}
		i++
	}
	return found, any
}
