package checks

import (
	"slices"

	"github.com/semadoctor/semadoctor/say"
)

// wanted leaves out the findings that the target's user does not want to hear
// of. What they keep from being looked at stays so: it is left out of the
// report, not of the world.
func (t *Target) wanted(rs []Result, cs []*Check) []Result {
	if t.Wanted == nil {
		return rs
	}
	for i, r := range rs {
		if slices.Contains(cs, r.Check) { // the others are there because of what they kept from being looked at
			rs[i] = r.without(func(p *Problem) bool { return !t.Wanted(p) })
		}
	}
	return rs
}

// without is the result without some findings.
func (r Result) without(unwanted func(*Problem) bool) Result {
	var kept []Finding
	status := Pass
	for _, f := range r.Findings {
		if f.Problem == nil || !unwanted(f.Problem) {
			kept, status = append(kept, f), max(status, f.Status)
		}
	}
	if len(kept) == len(r.Findings) {
		return r
	}
	r.Findings = kept
	switch {
	case r.Status == Unknown:
	case len(kept) == 0:
		r.Status, r.Because = Skip, say.Textf("what it found was not asked for")
	default:
		r.Status = status
	}
	return r
}
