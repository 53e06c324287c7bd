package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuantile(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		xs   []float64
		q    float64
		want float64
	}{
		{nil, 0.5, 0},
		{[]float64{4}, 0.9, 4},
		{[]float64{3, 1, 2}, 0.5, 2},
		{[]float64{3, 1, 2}, 0, 1},
		{[]float64{3, 1, 2}, 1, 3},
		{[]float64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, 0.1, 1},
	} {
		if got := quantile(tt.xs, tt.q); got != tt.want {
			t.Errorf("quantile(%v, %v) = %v, want %v", tt.xs, tt.q, got, tt.want)
		}
	}
}

// TestRatios is that rounds are compared before they are summed up: a machine
// that slows down slows both.
func TestRatios(t *testing.T) {
	t.Parallel()
	a := []time.Duration{20, 40, 200}
	b := []time.Duration{10, 20, 100}
	if diff := cmp.Diff([]float64{2, 2, 2}, ratios(a, b)); diff != "" {
		t.Error(diff)
	}
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	for got, want := range map[float64]string{4: "stretch", 5: "stretch", 6: "met", 8: "met", 8.1: "MISSED"} {
		if v := (row{got: got, bar: 8, stretch: 5}).verdict(); v != want {
			t.Errorf("verdict of %v = %q, want %q", got, v, want)
		}
	}
}
