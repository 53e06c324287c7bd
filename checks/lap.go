package checks

import (
	"context"
	"sync"
	"time"
)

// A lap is the context of a check that may ask somebody: it ends some time after it
// began, and sets a timer only when it is asked about that. Most such checks find
// that the server has been asked already.
type lap struct {
	context.Context // of the lane
	until           time.Time
	now             func() time.Time

	mu    sync.Mutex
	timed context.Context // nil: nobody has asked
	free  context.CancelFunc
	over  bool
}

func (l *lap) Deadline() (time.Time, bool) { return l.watched().Deadline() }
func (l *lap) Done() <-chan struct{}       { return l.watched().Done() }
func (l *lap) Err() error                  { return l.watched().Err() }

// Value lets package context find what really ends, which it asks for after Done.
func (l *lap) Value(key any) any {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timed != nil {
		return l.timed.Value(key)
	}
	return l.Context.Value(key)
}

// watched is a context with a timer for what is left.
func (l *lap) watched() context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timed == nil {
		l.timed, l.free = context.WithTimeout(l.Context, l.until.Sub(l.now()))
		if l.over {
			l.free()
		}
	}
	return l.timed
}

// end ends it, as the check has.
func (l *lap) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over = true; l.timed != nil {
		l.free()
	}
}
