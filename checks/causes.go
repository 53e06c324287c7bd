package checks

import "slices"

// Causes ties findings together: which are root causes, and what explains the
// others. It is read once, after all checks have run.
type Causes struct {
	Roots []*Problem              // failing problems that nothing found explains, in report order
	By    map[*Problem][]*Problem // for each symptom, the problems found that explain it
}

// Explain reads the graph of causes over what was found. A warning that
// explains a failure which no other failure explains is raised to one: a broken
// runner always has a root cause. What only accepted problems explain is accepted
// with them. The results are changed in place.
func Explain(rs []Result) Causes {
	if healthy(rs) {
		return Causes{}
	}
	found := gather(rs)
	found.acceptSymptoms(rs)
	raised := map[*Problem]bool{}
	for more := true; more; {
		more = false
		for p, status := range found.worst {
			if found.accepted[p] != nil || status != Fail && !raised[p] {
				continue
			}
			for _, cause := range found.suspects(p) {
				more = more || !raised[cause]
				raised[cause] = true
			}
		}
	}
	raise(rs, raised)
	return found.explain(rs)
}

// healthy reports whether no problem was found.
func healthy(rs []Result) bool {
	return !slices.ContainsFunc(rs, func(r Result) bool {
		return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Problem != nil })
	})
}

// suspects are the warnings among the causes of p, if only warnings are. What is
// accepted is no suspect.
func (found findings) suspects(p *Problem) []*Problem {
	by := slices.DeleteFunc(found.causes(p), func(c *Problem) bool { return found.accepted[c] != nil })
	if slices.ContainsFunc(by, func(c *Problem) bool { return found.worst[c] == Fail }) {
		return nil
	}
	return slices.DeleteFunc(by, func(c *Problem) bool { return found.worst[c] != Warn })
}

// findings is what was found, problem by problem.
type findings struct {
	worst map[*Problem]Status // the worst status it was found with
	alone map[*Problem]bool   // what usually explains it does not, this time
	by    map[*Problem]reach  // what may explain it, where that is not all that usually does
	reach map[*Problem]reach  // what it may explain, as far as it was not harmless each time it was found

	accepted map[*Problem]*Acceptance // what somebody lives with; nil when there is none
}

// reach is what the findings of one problem may explain, or be explained by.
type reach struct {
	all  bool // whatever the graph of causes says
	some []*Problem
}

func (r reach) to(p *Problem) bool { return r.all || slices.Contains(r.some, p) }

// and adds what one more finding says: some problems, nil for all, or none.
func (r reach) and(some []*Problem, none bool) reach {
	switch {
	case none:
	case some == nil:
		r.all = true
	default:
		r.some = append(r.some, some...)
	}
	return r
}

func gather(rs []Result) findings {
	found := findings{worst: map[*Problem]Status{}, alone: map[*Problem]bool{}, by: map[*Problem]reach{}, reach: map[*Problem]reach{}}
	for _, r := range rs {
		for _, f := range r.Findings {
			if f.Problem != nil {
				found.worst[f.Problem] = max(found.worst[f.Problem], f.weight())
				found.alone[f.Problem] = found.alone[f.Problem] || f.Alone
				found.reach[f.Problem] = found.reach[f.Problem].and(f.Explains, f.Harmless)
				found.by[f.Problem] = found.by[f.Problem].and(f.By, false)
				found.accept(f.Problem, f.Accepted)
			}
		}
	}
	return found
}

// causes are the problems found that explain p.
func (found findings) causes(p *Problem) []*Problem {
	var by []*Problem
	for _, c := range p.CausedBy {
		if found.worst[c] >= Warn && found.reach[c].to(p) && found.by[p].to(c) && !found.alone[p] && !found.slighter(c, p) {
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

func (found findings) explain(rs []Result) Causes {
	c := Causes{By: map[*Problem][]*Problem{}}
	for _, r := range rs {
		for _, f := range r.Findings {
			if f.Problem == nil {
				continue
			}
			by := found.causes(f.Problem)
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
