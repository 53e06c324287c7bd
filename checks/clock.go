package checks

import (
	"context"
	"errors"
	"net"
	"strconv"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// ClockSkew is a clock that NTP servers contradict.
var ClockSkew = &Problem{
	ID: "clock-skew", Title: "This host's clock is wrong", Status: Warn,
	Doc: pageClockSkew,
}

// ServerClockDiffers is a server whose clock is not this host's.
var ServerClockDiffers = &Problem{
	ID: "server-clock-differs", Title: "The server's clock differs from this host's", Status: Warn,
	Doc:      pageServerClockDiffers,
	CausedBy: []*Problem{ClockSkew},
}

// ClockNTP finds out whether this host's clock is right.
var ClockNTP = &Check{
	ID:       "clock/ntp",
	Title:    "This host's clock is right",
	Problems: []*Problem{ClockSkew},
	Needs:    Network,
	Run:      clockNTP,
}

// poolServers are asked when neither the user nor this host names a server: the
// vendor-neutral time services that allow it, no bare pool.ntp.org name.
func poolServers() []string {
	return []string{"time.cloudflare.com", "time.google.com", "ntp.ubuntu.com"}
}

func clockNTP(ctx context.Context, t *Target) ([]Finding, error) {
	answers, err := t.Clock(ctx)
	if err != nil {
		return nil, err
	}
	switch sum := host.Consensus(answers); {
	case sum.Good == 0:
		return nil, t.noTime(say.Textf("no NTP server told the time"), answers)
	case !sum.Majority():
		return nil, t.noTime(say.Textf("the NTP servers contradict each other"), answers)
	default:
		return t.skew(sum, answers)
	}
}

// noTime is what to say when nobody told the time: Unknown when the user named
// the servers, else only a note, because a host without NTP is no sick runner.
func (t *Target) noTime(what say.Text, answers []host.NTPAnswer) error {
	var why []say.Text
	for _, a := range answers {
		why = append(why, answerText(a))
	}
	if len(t.NTPServers) > 0 {
		return CannotTell(nil, "%s (%s)", what, say.List(why))
	}
	return NotApplicable("%s, and none was named with --ntp (%s)", what, say.List(why))
}

func ntpFault(a host.NTPAnswer) say.Text {
	var dns *net.DNSError
	switch {
	case a.Kiss != "":
		return say.Textf("refuses to answer (%s)", a.Kiss)
	case a.Unsynchronised:
		return say.Textf("does not know the time itself")
	case errors.As(a.Err, &dns):
		return say.Textf("the name does not resolve")
	case timedOut(a.Err):
		return say.Textf("no answer")
	}
	return say.Verbatim(a.Err.Error())
}

// skew never fails inside the error bound.
func (t *Target) skew(sum host.Agreement, answers []host.NTPAnswer) ([]Finding, error) {
	off := sum.Offset.Abs()
	sure := max(off-sum.Bound, 0)
	if sure < orElse(t.SkewWarn, time.Second) {
		return []Finding{note("clock is right to %s, by %d of %d NTP servers", seconds(off+sum.Bound), sum.Agree, len(answers))}, nil
	}
	f := Finding{
		Problem: ClockSkew,
		Summary: say.Textf("clock is %s %s (±%s), by %d of %d NTP servers", seconds(off), ahead(sum.Offset), seconds(sum.Bound), sum.Agree, len(answers)),
		Detail:  say.Textf("No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid, the times in task logs, and from 2.19 on tasks that were running when the runner restarts."),
		Advice:  []say.Text{say.Textf("set the clock and keep it: timedatectl set-ntp true, or chronyc makestep")},
	}
	for _, a := range answers {
		f.Evidence = append(f.Evidence, Evidence{What: answerText(a), From: t.namedBy()})
	}
	if sure >= orElse(t.SkewFail, 30*time.Second) {
		f.Status = Fail
	}
	return one(f)
}

// namedBy is who named the time servers; zero when nobody did.
func (t *Target) namedBy() runner.Origin {
	if len(t.NTPServers) > 0 {
		return runner.Origin{Flag: "--ntp"}
	}
	return runner.Origin{}
}

func answerText(a host.NTPAnswer) say.Text {
	if !a.Good() {
		return say.Textf("%s: %s", a.Server, ntpFault(a))
	}
	return say.Textf("%s: %s %s (±%s)", a.Server, seconds(a.Offset.Abs()), ahead(a.Offset), seconds(a.Bound))
}

// ahead says which way the clock is off: an offset is what must be added to it.
func ahead(offset time.Duration) say.Text {
	if offset < 0 {
		return say.Textf("ahead")
	}
	return say.Textf("behind")
}

func orElse(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// seconds says a duration as people do: "94 s", "1.3 s", "8 ms".
func seconds(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return itoa(int(d.Round(time.Second)/time.Second)) + " s"
	case d >= time.Second:
		return strconv.FormatFloat(d.Round(100*time.Millisecond).Seconds(), 'f', -1, 64) + " s"
	}
	return itoa(int(d.Round(time.Millisecond)/time.Millisecond)) + " ms"
}
