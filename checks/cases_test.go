package checks_test

import (
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
)

// TestCases runs every case, and then demands that together they show each
// problem found, each check passing and each repair made and taken back.
func TestCases(t *testing.T) {
	t.Parallel()
	var seen *checktest.Seen
	t.Run("cases", func(t *testing.T) { seen = checktest.Run(t, checks.Builtin(), "../testdata/cases") })
	if seen == nil || !seen.All {
		t.Log("not all cases were run: what they show together is not looked at")
		return
	}
	everyRepair(t, seen)
	for _, c := range checks.Builtin() {
		if !seen.Passed[c.ID] {
			t.Errorf("no case in which %s passes", c.ID)
		}
		for _, p := range c.Problems {
			if !seen.Found[p.ID] {
				t.Errorf("no case in which %s is found", p.ID)
			}
		}
	}
}

func TestBuiltinIsValid(t *testing.T) {
	t.Parallel()
	if err := checks.Validate(checks.Builtin()); err != nil {
		t.Fatal(err)
	}
}
