package host

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestConsensus(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	says := func(offset, bound time.Duration) NTPAnswer { return NTPAnswer{Offset: offset, Bound: bound} }
	liar := says(time.Hour, 20*ms)
	useless := []NTPAnswer{{Err: errAny, Offset: 1}, {Unsynchronised: true}, {Kiss: "RATE"}}
	tests := []struct {
		name     string
		answers  []NTPAnswer
		want     Agreement
		majority bool
	}{
		{"nobody", nil, Agreement{}, false},
		{"nobody good", useless, Agreement{}, false},
		{"one", append(useless, says(-5*ms, 20*ms)), Agreement{Offset: -5 * ms, Bound: 20 * ms, Good: 1, Agree: 1}, true},
		{"a liar", []NTPAnswer{liar, says(5*ms, 30*ms), says(7*ms, 40*ms)},
			Agreement{Offset: 7 * ms, Bound: 32 * ms, Good: 3, Agree: 2, Outliers: []NTPAnswer{liar}}, true},
		{"two that agree", []NTPAnswer{says(0, 20*ms), says(10*ms, 20*ms)},
			Agreement{Offset: 5 * ms, Bound: 25 * ms, Good: 2, Agree: 2}, true},
		{"two that do not: nothing is sure", []NTPAnswer{says(0, 20*ms), liar},
			Agreement{Offset: 30 * time.Minute, Bound: 30*time.Minute + 20*ms, Good: 2, Outliers: []NTPAnswer{says(0, 20*ms), liar}}, false},
		{"a sharp one among the vague", []NTPAnswer{says(100*time.Microsecond, 200*time.Microsecond), says(3*ms, 10*ms), says(8*ms, 12*ms)},
			Agreement{Offset: 3 * ms, Bound: 3100 * time.Microsecond, Good: 3, Agree: 3}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := Consensus(tt.answers)
			if diff := cmp.Diff(tt.want, got); diff != "" || got.Majority() != tt.majority {
				t.Errorf("Consensus: Majority %v, want %v (-want +got):\n%s", got.Majority(), tt.majority, diff)
			}
		})
	}
}
