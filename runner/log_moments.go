package runner

import "slices"

// moment adds to the story. What goes on is one moment.
func (c *chronicle) moment(m Moment) {
	if l := c.newest(); l != nil && !begins(m.Deed) && l.Deed == m.Deed && l.Topic == m.Topic && l.Code == m.Code {
		l.Until = m.Until
		l.N++
		return
	}
	if len(c.moments) < keptMoments {
		c.moments = append(c.moments, m)
		return
	}
	c.moments[keptMoments/2+c.tail] = m
	c.tail = (c.tail + 1) % (keptMoments / 2)
	c.life.Left++
}

// newest is the last moment; nil when there is none.
func (c *chronicle) newest() *Moment {
	const half = keptMoments / 2
	switch n := len(c.moments); n {
	case 0:
		return nil
	case keptMoments:
		return &c.moments[half+(c.tail+half-1)%half]
	default:
		return &c.moments[n-1]
	}
}

// story is the moments in their order.
func (c *chronicle) story() []Moment {
	if len(c.moments) < keptMoments {
		return slices.Clone(c.moments)
	}
	half := keptMoments / 2
	out := slices.Clone(c.moments[:half])
	out = append(out, c.moments[half+c.tail:]...)
	return append(out, c.moments[half:half+c.tail]...)
}
