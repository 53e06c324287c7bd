package checks

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ClockUnsynchronised is a clock that nothing keeps right, and that nobody says
// is right.
var ClockUnsynchronised = &Problem{
	ID: "clock-unsynchronised", Title: "Nothing keeps this host's clock right", Status: Warn,
	Doc: pageClockUnsynchronised,
}

// kept is how the kernel says the clock is kept, if it says anything.
type kept struct {
	host.KernelClock
	known bool
}

// kernelClock is zero where the kernel is not that of the runner's machine, or
// does not tell: with --root, outside of Linux, in a sandbox.
func (t *Target) kernelClock() kept {
	if t.Net.Kernel == nil {
		return kept{}
	}
	k, err := t.Net.Kernel()
	return kept{k, err == nil}
}

// and adds to what time servers did not tell what the kernel says.
func (k kept) and(what say.Text) say.Text {
	if !k.known || k.Unsynchronised {
		return what
	}
	return say.Textf("%s; the kernel says that the clock is synchronised, to %s", what, seconds(k.Max))
}

func (k kept) evidence() Evidence {
	if k.Unsynchronised {
		return Evidence{What: say.Textf("the kernel: not synchronised, nobody has told it how good its clock is")}
	}
	return Evidence{What: say.Textf("the kernel: synchronised, to %s", seconds(k.Max))}
}

// unkept is the finding that nothing keeps the clock right.
func (k kept) unkept() []Finding {
	if !k.known || !k.Unsynchronised {
		return nil
	}
	return []Finding{{
		Problem:  ClockUnsynchronised,
		Summary:  say.Textf("nothing keeps this host's clock right: the kernel says that it is not synchronised"),
		Detail:   say.Textf("A clock that is left alone is off by seconds after days, and by anything after a virtual machine was suspended. What that does is in clock-skew."),
		Evidence: []Evidence{k.evidence()},
		Advice:   []say.Text{say.Textf("let a time service keep it: timedatectl set-ntp true, or install chrony; for a container, on its host")},
	}}
}

// untold is unkept where no time server has told the time. The server's Date will
// do instead, if it comes from another machine.
func (t *Target) untold(ctx context.Context, k kept) []Finding {
	found := k.unkept()
	if len(found) == 0 || t.vouched(ctx) {
		return nil
	}
	f := &found[0]
	f.Summary = say.Textf("nothing keeps this host's clock right, and nobody says that it is: the kernel says that it is not synchronised")
	f.Advice = append(f.Advice, say.Textf("or name a time server that may be asked: --ntp HOST"))
	return found
}

// vouched reports whether the server's clock agrees with this one, as nearly as
// its Date tells.
func (t *Target) vouched(ctx context.Context) bool {
	if at, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, at.Add(-t.reserve()/2))
		defer cancel()
	}
	p, err := t.asked(ctx)
	if err != nil || local(p.Server.URL.Hostname()) {
		return false
	}
	offset, bound, ok := serverOffset(p)
	return ok && t.sure(offset, bound) < orElse(t.SkewWarn, time.Second)
}
