package checks

import "slices"

// A Cause ties findings together: which are root causes, and what explains the
// others. It is read once, after all checks have run.
type Causes struct {
	Roots []*Problem              // failing problems that nothing found explains, in report order
	By    map[*Problem][]*Problem // for each symptom, the problems found that explain it
}

// Explain reads the graph of causes over what was found. A warning that
// explains a failure is raised to a failure: a broken runner always has a root
// cause. The results are changed in place.
func Explain(rs []Result) Causes {
	found := worst(rs)
	raised := map[*Problem]bool{}
	for more := true; more; {
		more = false
		for p, status := range found {
			for _, cause := range causesOf(p, found) {
				if status == Fail && found[cause] == Warn {
					found[cause], raised[cause], more = Fail, true, true
				}
			}
		}
	}
	raise(rs, raised)
	return explain(rs, found)
}

// worst is the worst status each problem was found with.
func worst(rs []Result) map[*Problem]Status {
	found := map[*Problem]Status{}
	for _, r := range rs {
		for _, f := range r.Findings {
			if f.Problem != nil {
				found[f.Problem] = max(found[f.Problem], f.Status)
			}
		}
	}
	return found
}

func causesOf(p *Problem, found map[*Problem]Status) []*Problem {
	var by []*Problem
	for _, c := range p.CausedBy {
		if found[c] >= Warn {
			by = append(by, c)
		}
	}
	return by
}

func raise(rs []Result, raised map[*Problem]bool) {
	for i := range rs {
		for j := range rs[i].Findings {
			if f := &rs[i].Findings[j]; f.Problem != nil && raised[f.Problem] {
				f.Status, rs[i].Status = Fail, Fail
			}
		}
	}
}

func explain(rs []Result, found map[*Problem]Status) Causes {
	c := Causes{By: map[*Problem][]*Problem{}}
	for _, r := range rs {
		for _, f := range r.Findings {
			if f.Problem == nil {
				continue
			}
			by := causesOf(f.Problem, found)
			switch {
			case len(by) > 0:
				c.By[f.Problem] = by
			case f.Status == Fail && !slices.Contains(c.Roots, f.Problem):
				c.Roots = append(c.Roots, f.Problem)
			}
		}
	}
	return c
}

// unexplained makes the twin of a problem that nothing else found explains: an
// expired certificate that no clock would make good. Twins are compared by their
// address, as problems are: make one for each, once.
func unexplained(p *Problem) *Problem {
	alone := *p
	alone.CausedBy = nil
	return &alone
}
