package main

import (
	"bytes"
	"fmt"
	"testing"
)

func TestSpill(t *testing.T) {
	t.Parallel()
	for _, writes := range []int{0, 1, 3000} { // 3000 are more than are kept
		s := &spill{}
		var want, got bytes.Buffer
		for i := range writes {
			line := fmt.Appendf(nil, "%d %01000d\n", i, 0)
			want.Write(line)
			if _, err := s.Write(line); err != nil {
				t.Fatal(err)
			}
			if s.kept.Len() > maxKept {
				t.Fatalf("%d bytes are kept in memory, %d are allowed", s.kept.Len(), maxKept)
			}
		}
		if onDisk := s.file != nil; onDisk != (writes > 1000) {
			t.Errorf("%d writes: on the disk is %v", writes, onDisk)
		}
		n, err := s.WriteTo(&got)
		if err != nil || n != int64(want.Len()) || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%d writes: %d bytes came back (%v), %d were written", writes, n, err, want.Len())
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
