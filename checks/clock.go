package checks

import (
	"context"
	"errors"
	"net"
	"strconv"
	"syscall"
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
	Problems: []*Problem{ClockSkew, ClockUnsynchronised},
	Needs:    Network,
	Run:      clockNTP,
}

// poolServers are asked when neither the user nor this host names a server: the
// vendor-neutral time services that allow it, no bare pool.ntp.org name.
func poolServers() []string {
	return []string{"time.cloudflare.com", "time.google.com", "ntp.ubuntu.com"}
}

func clockNTP(ctx context.Context, t *Target) ([]Finding, error) {
	if t.Install.Pod != nil {
		return nil, NotApplicable("a pod has the clock of its node, which need not be this host")
	}
	answers, err := t.Clock(ctx)
	if err != nil {
		return nil, err
	}
	sum, kernel := host.Consensus(answers), t.kernelClock()
	switch {
	case sum.Good == 0:
		return t.untold(ctx, kernel), t.noTime(say.Textf("no NTP server told the time"), answers, kernel)
	case !sum.Majority():
		return t.untold(ctx, kernel), t.noTime(say.Textf("the NTP servers contradict each other"), answers, kernel)
	case t.sure(sum.Offset, sum.Bound) < orElse(t.SkewWarn, time.Second):
		return []Finding{right(sum, kernel, len(answers))}, nil
	}
	return append([]Finding{t.skew(ctx, sum, kernel, answers)}, kernel.unkept()...), nil
}

// noTime is what to say when nobody told the time: Unknown when the user named
// the servers, else only a note, because a host without NTP is no sick runner.
func (t *Target) noTime(what say.Text, answers []host.NTPAnswer, kernel kept) error {
	var why []say.Text
	for _, a := range answers {
		why = append(why, answerText(a))
	}
	if len(t.NTPServers) > 0 {
		return cannotTell{kernel.and(say.Textf("%s (%s)", what, say.List(why))), nil}
	}
	return notApplicable{kernel.and(say.Textf("%s, and none was named with --ntp (%s)", what, say.List(why)))}
}

// ntpFault is why an answer tells no time. A server that is not synchronised
// says so with a kiss, too, while it starts.
func ntpFault(a host.NTPAnswer) say.Text {
	var dns *net.DNSError
	switch {
	case a.Unsynchronised:
		return say.Textf("does not know the time itself")
	case a.Kiss == "RATE":
		return say.Textf("wants to be asked less often (%s)", a.Kiss)
	case a.Kiss == "DENY", a.Kiss == "RSTR":
		return say.Textf("does not serve this host (%s)", a.Kiss)
	case a.Kiss != "":
		return say.Textf("refuses to answer (%s)", a.Kiss)
	case errors.As(a.Err, &dns):
		return say.Textf("the name does not resolve")
	case errors.Is(a.Err, syscall.ECONNREFUSED):
		return say.Textf("nothing listens there")
	case timedOut(a.Err):
		return say.Textf("no answer")
	case errors.Is(a.Err, host.ErrNTPForeign):
		return say.Textf("what comes is no answer to the question")
	case errors.Is(a.Err, host.ErrNTPInvalid):
		return say.Textf("its own clock is not to be relied upon: %s", say.Error(errors.Unwrap(a.Err)))
	}
	return say.Error(a.Err)
}

// sure is by how much the clock is off at least: nothing is said inside the
// error bound.
func (t *Target) sure(offset, bound time.Duration) time.Duration { return max(offset.Abs()-bound, 0) }

// right is a clock that NTP has shown to be right, and who did not agree.
func right(sum host.Agreement, kernel kept, asked int) Finding {
	f := note("clock is right to %s, by %d of %d NTP servers", seconds(sum.Offset.Abs()+sum.Bound), sum.Agree, asked)
	if kernel.known && kernel.Unsynchronised {
		f.Summary = say.Textf("%s; the kernel says that nothing keeps it so", f.Summary)
	}
	for _, a := range sum.Outliers {
		f.Evidence = append(f.Evidence, Evidence{What: answerText(a)})
	}
	return f
}

func (t *Target) skew(ctx context.Context, sum host.Agreement, kernel kept, answers []host.NTPAnswer) Finding {
	off := sum.Offset.Abs()
	f := Finding{
		Problem: ClockSkew,
		Summary: say.Textf("clock is %s %s (±%s), by %d of %d NTP servers", seconds(off), ahead(sum.Offset), seconds(sum.Bound), sum.Agree, len(answers)),
		Detail:  t.harm(ctx, sum.Offset),
		Advice:  []say.Text{say.Textf("set the clock and keep it: timedatectl set-ntp true, or chronyc makestep")},
	}
	for _, a := range answers {
		f.Evidence = append(f.Evidence, Evidence{What: answerText(a), From: t.namedBy()})
	}
	if kernel.known && !kernel.Unsynchronised {
		f.Evidence = append(f.Evidence, kernel.evidence())
		f.Advice = append(f.Advice, say.Textf("see which source keeps it wrong: chronyc sources, or timedatectl timesync-status"))
	}
	if t.sure(sum.Offset, sum.Bound) >= orElse(t.SkewFail, 30*time.Second) {
		f.Status = Fail
	}
	return f
}

// harm is what a wrong clock does to this runner. From 2.19 on the runner tells
// the server when it was started, and the server fails the tasks that by its own
// clock began before that (read in source, 2026).
func (t *Target) harm(ctx context.Context, offset time.Duration) say.Text {
	v, err := t.Version(ctx)
	switch {
	case err != nil || !v.Era.Known():
		return say.Textf("No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid, the times in task logs, and from 2.19 on tasks that were running when the runner restarts.")
	case !v.Era.Before(runner.E6) && offset < 0:
		return say.Textf("No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid and the times in task logs. For %s after each start of the runner, the server fails the tasks that begin on it.", seconds(-offset))
	}
	return say.Textf("No version of Semaphore uses the time to tell runners apart: this causes no 401 and no 404. It breaks certificates that are only just valid, and the times in task logs.")
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
