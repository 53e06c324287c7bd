package checks

import "testing"

// What could not be looked at is not cured.
func TestCured(t *testing.T) {
	t.Parallel()
	check := &Check{ID: "area/thing", Problems: []*Problem{StateStale}}
	f := Finding{Problem: StateStale}
	tests := []struct {
		name          string
		res           Result
		cured, looked bool
	}{
		{"gone", Result{Check: check, Status: Pass}, true, true},
		{"still there", Result{Check: check, Status: Fail, Findings: []Finding{f}}, false, true},
		{"not looked", Result{Check: check, Status: Skip}, false, false},
		{"could not look", Result{Check: check, Status: Unknown}, false, false},
		{"found by another", Result{Check: &Check{ID: "a/b"}, Status: Fail, Findings: []Finding{f}}, false, true},
	}
	for _, tt := range tests {
		if cured, looked := Cured(f, []Result{tt.res}); cured != tt.cured || looked != tt.looked {
			t.Errorf("%s: Cured() = %t, %t, want %t, %t", tt.name, cured, looked, tt.cured, tt.looked)
		}
	}
}
