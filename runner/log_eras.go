package runner

// eraPlaces are the places of the first and the last of some eras; both 0: nothing
// is known.
type eraPlaces struct{ first, last int }

// placesOf are the eras whose runners say something; zero when all do.
func placesOf(s *Signature) eraPlaces {
	if s == nil || s.First == "" && s.Last == "" {
		return eraPlaces{}
	}
	p := eraPlaces{max(s.First.place(), 1), s.Last.place()}
	if p.last == 0 {
		p.last = len(Eras())
	}
	return p
}

// and is what two spans have in common; the first where they have nothing, or where
// the other says nothing.
func (p eraPlaces) and(q eraPlaces) eraPlaces {
	both := eraPlaces{max(p.first, q.first), min(p.last, q.last)}
	switch {
	case p.first == 0:
		return q
	case q.first == 0 || both.first > both.last:
		return p
	}
	return both
}

// narrow keeps the eras whose runners say these words. Words that do not fit are
// another version's.
func (c *chronicle) narrow(s *said) {
	p := s.eras
	switch {
	case p.first == 0 || p.first <= c.eras.first && c.eras.last <= p.last && c.eras.first > 0:
		return
	case c.eras.first == 0:
		c.eras = p
	case max(p.first, c.eras.first) > min(p.last, c.eras.last):
		c.eras, c.life.Eras.Changed = p, true
	default:
		c.eras = eraPlaces{max(p.first, c.eras.first), min(p.last, c.eras.last)}
	}
	c.life.Eras.Says = s.sig.Text
}
