package checks

// accept notes that a problem is accepted, if it is.
func (found *findings) accept(p *Problem, a *Acceptance) {
	if a == nil {
		return
	}
	if found.accepted == nil {
		found.accepted = map[*Problem]*Acceptance{}
	}
	found.accepted[p] = a
}

// slighter reports whether c is accepted and less than p. Who lives with a warning
// has not accepted that the runner fails: it explains no failure then, and hides none.
func (found findings) slighter(c, p *Problem) bool {
	return found.accepted[c] != nil && found.worst[c] < found.worst[p]
}

// acceptSymptoms accepts what nothing but accepted problems explain, with them. What
// something else explains, too, counts: it would be there without them.
func (found *findings) acceptSymptoms(rs []Result) {
	for more := found.accepted != nil; more; {
		more = false
		for p := range found.worst {
			if a := found.acceptedWith(p); a != nil {
				found.accept(p, a)
				more = true
			}
		}
	}
	if found.accepted != nil {
		mark(rs, func(f *Finding) *Acceptance { return found.accepted[f.Problem] })
	}
}

// acceptedWith is the acceptance of the first cause of p, if p is a symptom of nothing
// but accepted problems and not accepted yet.
func (found findings) acceptedWith(p *Problem) *Acceptance {
	if found.accepted[p] != nil {
		return nil
	}
	var first *Acceptance
	for _, c := range found.causes(p) {
		a := found.accepted[c]
		if a == nil {
			return nil
		}
		if first == nil {
			first = a
		}
	}
	return first
}
