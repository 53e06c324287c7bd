package checks

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ClockServer compares this host's clock with the server's.
var ClockServer = &Check{
	ID:       "clock/server",
	Title:    "The server's clock agrees with this host's",
	Problems: []*Problem{ServerClockDiffers},
	Requires: []*Check{ServerReachable},
	Needs:    Network,
	Run:      clockServer,
}

// serverSkew is the difference that is worth a word. The Date header has whole
// seconds only.
const serverSkew = 5 * time.Second

func clockServer(ctx context.Context, t *Target) ([]Finding, error) {
	if t.Install.Pod != nil {
		return nil, NotApplicable("a pod has the clock of its node, which need not be this host")
	}
	p, err := t.asked(ctx)
	if err != nil {
		return nil, err
	}
	x := clocked(p)
	switch {
	case !p.Ping.Answered():
		return nil, NotApplicable("the server gave no answer: see server/tls")
	case x == nil && cached(p.Ping):
		return nil, NotApplicable("the server's answer comes from a cache, and tells an old time")
	case x == nil:
		return nil, NotApplicable("the server's answer carries no time")
	}
	offset, bound, _ := serverOffset(p)
	if offset.Abs()-bound < serverSkew {
		return nil, nil
	}
	f := Finding{
		Problem:  ServerClockDiffers,
		Summary:  say.Textf("the server's clock is %s %s this host's (±%s)", seconds(offset.Abs()), side(offset), seconds(bound)),
		Detail:   t.apart(ctx, offset),
		Evidence: []Evidence{{What: say.Textf("Date: %s", x.Header.Get("Date")), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("see which of the two clocks is right: timedatectl, on both")},
	}
	if sum, ok := t.trueTime(ctx); ok {
		blame(&f, sum, offset, bound)
	} else if k := t.kernelClock(); k.known {
		f.Evidence = append(f.Evidence, k.evidence())
	}
	return one(f)
}

// apart is what two clocks that differ do to this runner.
func (t *Target) apart(ctx context.Context, offset time.Duration) say.Text {
	v, err := t.Version(ctx)
	switch {
	case err != nil || v.Era.Before(runner.E5b):
		return say.Textf("This causes no 401 and no 404. It shifts the times in task logs.")
	case !v.Era.Before(runner.E6) && offset < 0:
		return say.Textf("This causes no 401 and no 404. For %s after each start of the runner, the server fails the tasks that begin on it. One-time registration tokens live by the server's clock.", seconds(-offset))
	}
	return say.Textf("This causes no 401 and no 404. It shifts the times in task logs, and one-time registration tokens live by the server's clock.")
}

// blame says which clock is wrong, by NTP.
func blame(f *Finding, sum host.Agreement, offset, bound time.Duration) {
	const agree = time.Second
	switch {
	case (offset-sum.Offset).Abs()-bound-sum.Bound < agree:
		f.Advice = []say.Text{say.Textf("set this host's clock: NTP agrees with the server")}
	case sum.Offset.Abs()-sum.Bound < agree:
		f.Alone = true
		f.Summary = say.Textf("the server's clock is wrong: %s %s this host's, which NTP says is right", seconds(offset.Abs()), side(offset))
		f.Advice = []say.Text{say.Textf("set the server's clock: timedatectl set-ntp true, or chronyc makestep")}
	default:
		f.Alone = true
		f.Advice = []say.Text{say.Textf("set both clocks: NTP agrees with neither")}
	}
}

// clocked is the answer that tells the server's time best: that of the shortest
// exchange, in which no name was looked up and no handshake made. One from a
// cache tells what the time was. It is nil when none tells.
func clocked(p *runner.Probe) (best *runner.Exchange) {
	for _, x := range []*runner.Exchange{p.Ping, p.Bare, p.Token} {
		if !x.Answered() || cached(x) || x.Date.IsZero() {
			continue
		}
		if best == nil || x.Took < best.Took {
			best = x
		}
	}
	return best
}

// cached reports an answer that is older than its exchange.
func cached(x *runner.Exchange) bool {
	age := x.Header.Get("Age")
	return age != "" && age != "0"
}

// serverOffset is the server's clock against ours, from a Date header, which has
// whole seconds, and the middle of the exchange; and how far that may be off.
func serverOffset(p *runner.Probe) (offset, bound time.Duration, ok bool) {
	x := clocked(p)
	if x == nil {
		return 0, 0, false
	}
	middle := x.Sent.Add(x.Took / 2)
	return x.Date.Add(time.Second / 2).Sub(middle), time.Second/2 + x.Took/2, true
}

func side(offset time.Duration) say.Text {
	if offset < 0 {
		return say.Textf("behind")
	}
	return say.Textf("ahead of")
}

// trueTime is what NTP says, if it may be asked.
func (t *Target) trueTime(ctx context.Context) (host.Agreement, bool) {
	if t.NoNTP {
		return host.Agreement{}, false
	}
	answers, err := t.Clock(ctx)
	sum := host.Consensus(answers)
	return sum, err == nil && sum.Majority()
}
