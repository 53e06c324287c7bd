package checks

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// live is what was learned from the outside and does not change when a fix is
// drawn: a rehearsal asks the same server with the same token only once.
type live struct {
	watch    *watch
	meetings atomic.Pointer[meetings]
	told     *fact[runner.Version] // what the runner's own program says

	own atomic.Int64 // the row that the server made when this runner was registered; 0: we did not see it

	mu     sync.Mutex
	probes map[string]*fact[*runner.Probe]
	unit   *fact[runner.UnitState]
	said   *fact[*runner.Life] // the end of the unit's journal
}

func newLive() *live {
	l := &live{watch: &watch{}, told: &fact[runner.Version]{}}
	l.meetings.Store(newMeetings())
	l.forget()
	return l
}

// beside is for another runner of the same program on the same host.
func (l *live) beside() *live {
	other := &live{watch: l.watch, told: l.told}
	other.meetings.Store(l.meetings.Load())
	other.forget()
	return other
}

// forget has the server and the service manager asked again.
func (l *live) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.probes, l.unit, l.said = map[string]*fact[*runner.Probe]{}, &fact[runner.UnitState]{}, &fact[*runner.Life]{}
}

func (l *live) probe(key string) *fact[*runner.Probe] {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.probes[key]
	if f == nil {
		f = &fact[*runner.Probe]{}
		l.probes[key] = f
	}
	return f
}

func (l *live) unitState() *fact[runner.UnitState] {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.unit
}

func (l *live) journal() *fact[*runner.Life] {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.said
}

// watch is what the time servers say, asked once for all runners of a host.
type watch struct {
	mu      sync.Mutex
	answers *fact[[]host.NTPAnswer] // nil: nobody has asked
	asked   time.Time
}

// seldom is the least time between two questions to a time server: it is the
// shortest interval that NTP knows (RFC 5905, MINPOLL), and who asks more often
// gets a kiss of death.
const seldom = 16 * time.Second

// at is what was asked last; what is older than seldom may be asked again.
func (w *watch) at(now time.Time) *fact[[]host.NTPAnswer] {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answers == nil {
		w.answers, w.asked = &fact[[]host.NTPAnswer]{}, now
	}
	return w.answers
}

// forget has the time servers asked again, unless that was not long ago.
func (w *watch) forget(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now.Sub(w.asked) >= seldom {
		w.answers = nil
	}
}

// AskOnce has the targets of one host share what time servers say. What servers
// say to who shows no token, and the connections to them, those share that read the
// same files as the same user: what they trust is the same then, too.
func AskOnce(ts ...*Target) {
	for i, t := range ts {
		t.live.watch = ts[0].live.watch
		if n := slices.IndexFunc(ts[:i], t.trustsAlike); n >= 0 {
			t.live.meetings.Store(ts[n].live.meetings.Load())
		}
	}
}

func (t *Target) trustsAlike(other *Target) bool {
	a, b := t.Install, other.Install
	return t.Files == other.Files && a.As.SameAs(b.As) && a.Dir == b.Dir
}

// askAhead has the time servers asked while the first checks are run: of all that
// is waited for they alone need no config.
func (t *Target) askAhead(ctx context.Context, cs []*Check) {
	if !t.Offline && t.Install.Pod == nil && slices.Contains(cs, ClockNTP) {
		go func() { _, _ = t.Clock(ctx) }() // the check says what went wrong
	}
}

// Later is the same target some time later, with nothing remembered but its
// program's version: who waits for a server looks again.
func (t *Target) Later() *Target {
	t.live.forget()
	t.live.meetings.Store(newMeetings()) // a check that was given up may still read the old ones
	t.live.watch.forget(t.Net.Now())
	return t.Again()
}

// TimeServers are the NTP servers to ask: those the user named, those this host
// is configured with, or public ones.
func (t *Target) TimeServers() []string {
	if len(t.NTPServers) > 0 {
		return t.NTPServers
	}
	if own := host.NTPServers(t.machine()); len(own) > 0 {
		return own
	}
	return poolServers()
}

// unnamedPatience is how long time servers may take that nobody named: behind a
// firewall that drops NTP every check would wait for them.
const unnamedPatience = 1500 * time.Millisecond

// Clock is what the NTP servers said; the error is about the whole, not about
// one of them.
func (t *Target) Clock(ctx context.Context) ([]host.NTPAnswer, error) {
	return t.live.watch.at(t.Net.Now()).get(ctx, func(ctx context.Context) ([]host.NTPAnswer, error) {
		patience := t.patience()
		if len(t.NTPServers) == 0 {
			patience = min(patience, unnamedPatience)
		}
		return host.AskNTP(ctx, t.TimeServers(), host.NTPOptions{Timeout: patience, Dial: t.Net.Dial}), nil
	})
}
