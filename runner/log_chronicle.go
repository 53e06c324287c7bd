package runner

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
	key          int  // in the middle of a private key: so many lines more at most
	installing   bool // the image's wrapper is at it
	tasks        taskBook
}

// startState is what is known since the last start.
type startState struct {
	pending  bool  // it has asked for an identity, and nothing bad was said since
	asked    int64 // the line that says so
	topic    Topic // of the last trouble
	launched bool  // by the image's wrapper; the runner itself has said nothing yet
	undated  bool  // it did not say when it was, and nothing has since
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
	c.life.Known++
	if !c.wanted(e.at) {
		c.life.Outside++
		if !e.at.Dated() {
			c.life.Undated++
		}
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
		c.start.undated = c.start.undated || undated && e.sig != nil && begins(e.sig.Deed)
		return true
	}
	return c.trouble(e)
}

// begins reports whether a process starts with that.
func begins(d Deed) bool { return d == DeedStarts || d == DeedLaunches }

// dateStart gives a start its time: "Loading config" has none, and what comes next
// is nearer to it than what was before.
func (c *chronicle) dateStart(at LogTime) {
	if !c.start.undated {
		return
	}
	c.start.undated = false
	c.life.LastStart = at
	if l := c.newest(); l != nil && begins(l.Deed) {
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
	launched := c.start.launched
	c.start.launched = false
	switch e.sig.Deed {
	case DeedInstalls:
		if c.installing { // and nothing was started since
			c.troubleOf(LogSetupFails).count(e.at, e.line, c.life.Starts)
		}
		c.installing = true
	case DeedLaunches:
		c.begin(e.at)
		c.start.launched = true
	case DeedStarts:
		if launched {
			return
		}
		c.begin(e.at)
	case DeedRegisters:
		c.settle()
		c.start.pending, c.start.asked = true, e.line
	case DeedWorks, DeedConnected:
		c.settle()
	case DeedEnds:
		c.start.pending = false
	}
	c.moment(Moment{From: e.at, Until: e.at, N: 1, Deed: e.sig.Deed})
}

// begin is a start: what was before it has nothing to do with what comes.
func (c *chronicle) begin(at LogTime) {
	c.settle()
	c.life.Starts++
	c.life.LastStart = at
	c.start, c.installing = startState{}, false
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
		c.troubleOf(LogRegistersAgain).count(c.last, c.start.asked, c.life.Starts)
	}
}

// trouble is a line that something is wrong. A panic that only repeats what the
// line before has said is none of its own.
func (c *chronicle) trouble(e *logEvent) bool {
	if c.echo(e) || c.inKey(e) {
		return false
	}
	c.start.pending, c.start.launched = false, false
	c.start.topic = e.topic
	c.tally(e)
	if e.topic != LogUnknownError {
		c.moment(Moment{From: e.at, Until: e.at, N: 1, Topic: e.topic, Code: e.code, Text: e.text})
	}
	return true
}

// keyLines is how many lines a private key has at most: one of 16,384 bits has 200.
// What goes on for longer is none.
const keyLines = 250

// inKey reports whether a line is one of a private key, none of which is kept.
func (c *chronicle) inKey(e *logEvent) bool {
	inside := c.key > 0
	switch c.key = max(c.key-1, 0); e.key {
	case keyBegins:
		c.key = keyLines
	case keyEnds:
		c.key = 0
	}
	if inside && e.topic == LogUnknownError {
		c.life.Untold++
		return true
	}
	return false
}

// echo reports whether a panic is the end of what was said before it: the config
// could not be decoded, the registration was refused, level=panic.
func (c *chronicle) echo(e *logEvent) bool {
	if e.level != noLevel || e.sig == nil && e.topic != LogRunnerPanics {
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
			t.count(c.last, c.start.asked, 0)
		}
		if t.Topic = topic; t.N > 0 {
			l.Troubles = append(l.Troubles, t)
		}
	}
	l.Tasks = c.tasks.sum()
	return &l
}
