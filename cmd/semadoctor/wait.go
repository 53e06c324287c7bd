package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// The pauses between two looks of "check --wait": each is twice the one before.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 10 * time.Second
)

// A vigil looks at runners again and again until they are well, the time is over,
// or one of them has what waiting does not cure: the verdict on all of them cannot
// be good then.
type vigil struct {
	*app
	lang   say.Lang
	start  time.Time
	until  time.Time
	least  checks.Status  // findings below it need not pass
	jitter func() float64 // from 0 to 1

	enough context.Context // ends when nothing is worth waiting for any more
	giveUp context.CancelFunc

	mu sync.Mutex // on stderr
}

// vigil is what --wait asks for; nil without it.
func (p *printer) vigil(ctx context.Context, c *cli.Context) *vigil {
	if c.Duration("wait") == 0 {
		return nil
	}
	v := &vigil{
		app: p.app, lang: p.lang, start: p.start, until: p.start.Add(c.Duration("wait")),
		least: checks.Fail, jitter: rand.Float64,
	}
	if report.FailOn(c.String("fail-on")) != report.FailOnFail {
		v.least = checks.Warn
	}
	v.enough, v.giveUp = context.WithCancel(ctx)
	return v
}

// keep waits with one runner, at which look looks once. A look that ctx cuts
// short is not reported: the one before it was whole.
func (v *vigil) keep(ctx context.Context, d checks.Diagnosis, look func(*checks.Target) checks.Diagnosis) checks.Diagnosis {
	if v == nil {
		return d
	}
	said := ""
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		outlook := d.Outlook(v.least)
		left := v.until.Sub(v.now())
		said = v.tell(d, outlook, left, said)
		if outlook == checks.Hopeless {
			v.giveUp()
		}
		if outlook != checks.Passing || left <= 0 {
			return d
		}
		v.Sleep(v.enough, min(v.vary(pause), left))
		if v.enough.Err() != nil {
			return d
		}
		next := look(d.Target.Later())
		if ctx.Err() != nil {
			return d
		}
		d = next
	}
}

func (v *vigil) now() time.Time { return v.Net.Now() }

// vary keeps many who wait for one server from asking it all at once.
func (v *vigil) vary(pause time.Duration) time.Duration {
	return time.Duration(float64(pause) * (0.75 + v.jitter()/2))
}

// tell says on stderr how it stands with a runner, when that has changed.
func (v *vigil) tell(d checks.Diagnosis, outlook checks.Outlook, left time.Duration, said string) string {
	ids, what := obstacles(d, outlook, v.least)
	name, waited := d.Target.Name, v.now().Sub(v.start).Round(100*time.Millisecond)
	var line say.Text
	switch {
	case outlook == checks.Settled && said == "", outlook == checks.Passing && left > 0 && ids == said:
		return said
	case outlook == checks.Settled:
		line = say.Textf("waited %s for %s", waited, name)
	case outlook == checks.Hopeless:
		line = say.Textf("not waiting for %s: %s", name, say.List(what))
	case left <= 0:
		line = say.Textf("waited %s for %s in vain: %s", waited, name, say.List(what))
	default:
		line = say.Textf("waiting for %s: %s", name, say.List(what))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	fmt.Fprintln(v.Stderr, "semadoctor: "+report.Clean(d.Target.Secrets.Redact(line.In(v.lang))))
	return ids
}

// obstacles is what keeps the verdict from being good, or, when it is hopeless,
// what will not pass; ids are the same without what changes from look to look.
func obstacles(d checks.Diagnosis, outlook checks.Outlook, least checks.Status) (ids string, what []say.Text) {
	var all []string
	for _, r := range d.Results {
		if r.Status == checks.Unknown && r.Check.Needs&checks.Network != 0 && outlook == checks.Passing {
			all, what = append(all, r.Check.ID), append(what, say.Textf("%s: %s", r.Check.ID, r.Because))
		}
		for _, f := range r.Findings {
			if f.Status >= least && len(d.Causes.By[f.Problem]) == 0 && f.Outlook() == outlook {
				all, what = append(all, f.Problem.ID), append(what, say.Textf("%s: %s", f.Problem.ID, f.Summary))
			}
		}
	}
	return strings.Join(all, " "), what
}

// sleep waits, or not as long when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
