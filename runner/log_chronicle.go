package runner

import "slices"

// A chronicle makes a Life of events, in their order.
type chronicle struct {
	since, until LogTime // zero: open
	life         Life
	last         LogTime // the last time that was said
	moments      []Moment
	tail         int        // index in moments of the oldest of the last half, when it is full
	troubles     []*Trouble // by the rank of their topic; nil: none
	eras         eraPlaces
	start        startState
	tasks        taskBook
}

// startState is what is known since the last start.
type startState struct {
	pending bool  // it has asked for an identity, and nothing bad was said since
	topic   Topic // of the last trouble
	undated bool  // it did not say when it was, and nothing has since
}

func newChronicle(since, until LogTime) *chronicle {
	return &chronicle{since: since, until: until, troubles: make([]*Trouble, len(LogTopics())), tasks: newTaskBook()}
}

// add takes the next event. A line that does not say when it was said was said
// when the one before it was. It reports whether the event counts.
func (c *chronicle) add(e *logEvent) bool {
	undated := e.at.IsZero()
	if undated {
		e.at = c.last
	} else {
		c.last = e.at
		c.dateStart(e.at)
	}
	if !c.wanted(e.at) {
		return false
	}
	if c.life.From.IsZero() {
		c.life.From = e.at
	}
	c.life.Until = e.at
	if e.said == nil {
		c.narrow(e.style)
		c.task(e)
		return true
	}
	c.narrow(e.said)
	if e.topic == "" {
		c.deed(e)
		c.start.undated = c.start.undated || undated && e.sig != nil && e.sig.Deed == DeedStarts
		return true
	}
	return c.trouble(e)
}

// dateStart gives a start its time: "Loading config" has none, and what comes next
// is nearer to it than what was before.
func (c *chronicle) dateStart(at LogTime) {
	if !c.start.undated {
		return
	}
	c.start.undated = false
	c.life.LastStart = at
	if l := c.newest(); l != nil && l.Deed == DeedStarts {
		l.From, l.Until = at, at
	}
}

// wanted reports whether a time lies between since and until. What was said before
// the first date is not after since, as far as anybody knows.
func (c *chronicle) wanted(t LogTime) bool {
	if !t.Dated() {
		return c.since.IsZero() && (c.until.IsZero() || t.IsZero())
	}
	return (c.since.IsZero() || t.sec >= c.since.sec) && (c.until.IsZero() || t.sec <= c.until.sec)
}

// deed is a step that is no trouble.
func (c *chronicle) deed(e *logEvent) {
	if e.sig == nil || e.sig.Deed == "" {
		return
	}
	switch e.sig.Deed {
	case DeedStarts:
		c.settle()
		c.life.Starts++
		c.life.LastStart = e.at
		c.start = startState{}
	case DeedRegisters:
		c.settle()
		c.start.pending = true
	case DeedWorks, DeedConnected:
		c.settle()
	case DeedEnds:
		c.start.pending = false
	}
	c.moment(Moment{From: e.at, Until: e.at, N: 1, Deed: e.sig.Deed})
}

// settle counts an identity that was asked for and not refused. 2.10.27 to
// 2.10.32 say nothing when they have one.
func (c *chronicle) settle() {
	if !c.start.pending {
		return
	}
	c.start.pending = false
	c.registered()
}

func (c *chronicle) registered() {
	if c.life.Registrations++; c.life.Registrations > 1 {
		c.troubleOf(LogRegistersAgain).count(c.last, c.life.Starts)
	}
}

// trouble is a line that something is wrong. A panic that only repeats what the
// line before has said is none of its own.
func (c *chronicle) trouble(e *logEvent) bool {
	if c.echo(e) {
		return false
	}
	c.start.pending = false
	c.start.topic = e.topic
	c.tally(e)
	if e.topic != LogUnknownError {
		c.moment(Moment{From: e.at, Until: e.at, N: 1, Topic: e.topic, Code: e.code, Text: e.text})
	}
	return true
}

// echo reports whether a panic is the end of what was said before it: the config
// could not be decoded, the registration was refused, level=panic.
func (c *chronicle) echo(e *logEvent) bool {
	if e.level != NoLevel || e.sig == nil && e.topic != LogRunnerPanics {
		return false
	}
	switch {
	case c.start.topic == "":
		return false
	case e.sig == nil, e.topic == LogRunnerPanics:
		return c.start.topic == LogConfigRefused || e.sig != nil && e.sig.ID == "panic-entry"
	}
	return e.sig.ID == "registration-failed"
}

// tally counts a line of trouble.
func (c *chronicle) tally(e *logEvent) {
	t := c.troubles[e.rank]
	if t == nil {
		t = c.troubleOf(e.topic)
	}
	t.count(e.at, c.life.Starts)
	told := findTold(t.Told, e)
	if told == nil {
		if len(t.Told) == keptTold || e.text == "" {
			c.life.Untold++
			return
		}
		t.Told = append(t.Told, Told{Signature: e.sig, Code: e.code, Level: e.level, Text: e.text, shape: e.shape})
		told = &t.Told[len(t.Told)-1]
	}
	told.count(e.at, c.life.Starts)
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
func (c *Count) count(at LogTime, starts int64) {
	if c.N == 0 {
		c.First = at
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

// moment adds to the story. What goes on is one moment.
func (c *chronicle) moment(m Moment) {
	if l := c.newest(); l != nil && m.Deed != DeedStarts && l.Deed == m.Deed && l.Topic == m.Topic && l.Code == m.Code {
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

// sum is the life so far. An identity that was asked for, and nothing since, was
// given: 2.10.27 to 2.10.32 say nothing when they have one.
func (c *chronicle) sum() *Life {
	l := c.life
	again := c.start.pending && l.Registrations > 0
	if c.start.pending {
		l.Registrations++
	}
	if c.eras.first > 0 {
		l.Eras.First, l.Eras.Last = Eras()[c.eras.first-1], Eras()[c.eras.last-1]
	}
	l.Moments = c.story()
	for i, topic := range LogTopics() {
		t := c.troubles[i].clone(c.life.Starts)
		if topic == LogRegistersAgain && again {
			t.count(c.last, 0)
		}
		if t.Topic = topic; t.N > 0 {
			l.Troubles = append(l.Troubles, t)
		}
	}
	l.Tasks = c.tasks.sum()
	return &l
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
