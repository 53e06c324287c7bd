package runner

import "slices"

// tally counts a line of trouble.
func (c *chronicle) tally(e *logEvent) {
	t := c.troubles[e.rank]
	if t == nil {
		t = c.troubleOf(e.topic)
	}
	t.count(e.at, e.line, c.life.Starts)
	told := findTold(t.Told, e)
	if told == nil {
		if len(t.Told) == keptTold || e.text == "" {
			c.life.Untold++
			return
		}
		t.Told = append(t.Told, Told{Signature: e.sig, Code: e.code, Text: e.text, shape: e.shape})
		told = &t.Told[len(t.Told)-1]
	}
	told.count(e.at, e.line, c.life.Starts)
}

// troubleOf is the tally of a topic.
func (c *chronicle) troubleOf(t Topic) *Trouble {
	rank := slices.Index(LogTopics(), t)
	if c.troubles[rank] == nil {
		c.troubles[rank] = &Trouble{Topic: t}
	}
	return c.troubles[rank]
}

// count counts one more line, after so many starts.
func (c *Count) count(at LogTime, line, starts int64) {
	if c.N == 0 {
		c.First, c.Line = at, line
	}
	if c.starts != starts {
		c.starts, c.Lately = starts, 0
	}
	c.Last = at
	c.N++
	c.Lately++
}

// after is the count when there were so many starts.
func (c Count) after(starts int64) Count {
	if c.starts != starts {
		c.Lately = 0
	}
	c.starts = 0
	return c
}

func findTold(all []Told, e *logEvent) *Told {
	for i := range all {
		if all[i].Signature == e.sig && all[i].Code == e.code && all[i].shape == e.shape {
			return &all[i]
		}
	}
	return nil
}

func (t *Trouble) clone(starts int64) Trouble {
	if t == nil {
		return Trouble{}
	}
	copied := Trouble{Topic: t.Topic, Count: t.Count.after(starts)}
	for _, told := range t.Told {
		copied.Told = append(copied.Told, told.after(starts))
	}
	return copied
}

func (t Told) after(starts int64) Told {
	t.Count, t.shape = t.Count.after(starts), ""
	return t
}
