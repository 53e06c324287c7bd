package checks

import (
	"context"
	"net/http"
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
	p, err := t.asked(ctx)
	if err != nil {
		return nil, err
	}
	if !p.Ping.Answered() {
		return nil, NotApplicable("the server gave no answer: see server/tls")
	}
	offset, bound, ok := serverOffset(p.Ping)
	if !ok {
		return nil, NotApplicable("the server's answer carries no time")
	}
	if offset.Abs()-bound < serverSkew {
		return nil, nil
	}
	f := Finding{
		Problem:  ServerClockDiffers,
		Summary:  say.Textf("the server's clock is %s %s this host's (±%s)", seconds(offset.Abs()), side(offset), seconds(bound)),
		Detail:   say.Textf("This causes no 401 and no 404. It shifts the times in task logs, and one-time registration tokens live by the server's clock."),
		Evidence: []Evidence{{What: say.Textf("Date: %s", p.Ping.Header.Get("Date")), From: p.Server.Given.From}},
		Advice:   []say.Text{say.Textf("see which of the two clocks is right: timedatectl, on both")},
	}
	if sum, ok := t.trueTime(ctx); ok {
		blame(&f, sum, offset, bound)
	}
	return one(f)
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

// serverOffset is the server's clock against ours, from its Date header and the
// middle of the exchange, and how far that may be off.
func serverOffset(x *runner.Exchange) (offset, bound time.Duration, ok bool) {
	if !x.Answered() {
		return 0, 0, false
	}
	date, err := http.ParseTime(x.Header.Get("Date"))
	if err != nil {
		return 0, 0, false
	}
	middle := x.Sent.Add(x.Took / 2)
	return date.Add(time.Second / 2).Sub(middle), time.Second/2 + x.Took/2, true
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
