package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/report"
)

// A fleet is many runners that are checked side by side and reported in order.
// How many are looked at ahead of the one whose turn it is has a bound, so that a
// slow one makes the others wait and not the memory grow.
type fleet struct {
	*printer
	patients *patients
	checks   []*checks.Check
	workers  int    // to begin with
	most     int    // while they wait for a network
	batch    int    // runners that a worker takes at once
	vigil    *vigil // nil: each is looked at once
}

// How many runners are looked at side by side when a network is to be waited for:
// as many as keep the processors busy, and twice as many whenever all of them have
// waited for so long, up to a number that the memory bears.
const (
	asking    = 16
	mostAsked = 128
	waited    = 20 * time.Millisecond
)

func (p *printer) fleet(ps *patients, cs []*checks.Check) *fleet {
	f := &fleet{printer: p, patients: ps, checks: cs, workers: asking, most: mostAsked, batch: 1}
	if ps.like != nil {
		ps.like.Files = host.NewGround(ps.like.Files)
	}
	if ps.at(0).Offline {
		f.workers = runtime.GOMAXPROCS(0)
		f.most = f.workers
		f.batch = min(16, 1+ps.count()/(8*f.workers))
	}
	return f
}

// rarelyCollect has garbage collected half as often as usual while many
// runners are checked: what is alive is so little that collecting is a fifth of
// the time. It costs some 4 MiB. The result sets it back.
func (f *fleet) rarelyCollect() (back func()) {
	if f.patients.count() < 100 {
		return func() {}
	}
	before := debug.SetGCPercent(200)
	return func() { debug.SetGCPercent(before) }
}

// batch is some runners in a row.
type batch struct {
	from, to int
	made     []made
	done     chan struct{}
}

// made is a runner ready for the press, or one that waits for what is known of those
// before it.
type made struct {
	report.Made
	late *checks.Diagnosis
	at   int // of late: which runner it is
}

// run checks all runners. What ctx cuts short is reported too: each runner, with
// what is known of it.
func (f *fleet) run(ctx context.Context) {
	defer f.rarelyCollect()()
	turn := make(chan *batch, 2*f.most) // in order; its capacity is the look-ahead
	crew := f.crew(ctx)
	go func() {
		for i := 0; i < f.patients.count(); i += f.batch {
			b := &batch{from: i, to: min(i+f.batch, f.patients.count()), done: make(chan struct{})}
			turn <- b
			crew.do(b)
		}
		close(turn)
		close(crew.todo)
	}()
	meter := f.meter(f.patients.count())
	for b := range turn {
		<-b.done
		for _, m := range b.made {
			f.add(ctx, m)
		}
		meter.at(b.to)
	}
	meter.clear()
	crew.Wait()
}

// add has a runner reported; all those before it are known.
func (f *fleet) add(ctx context.Context, m made) {
	if m.late != nil {
		f.patients.conclude(m.at, m.late, ctx.Err() == nil)
		m.Made = f.press.Make(*m.late, m.late.Target.Secrets.Redact)
	}
	f.press.Add(m.Made)
}

// A crew looks at runners side by side.
type crew struct {
	sync.WaitGroup
	todo    chan *batch
	look    func(*batch)
	workers int
	most    int
}

func (f *fleet) crew(ctx context.Context) *crew {
	c := &crew{todo: make(chan *batch), look: func(b *batch) { f.look(ctx, b) }, most: f.most}
	c.grow(min(f.workers, f.patients.count()))
	return c
}

func (c *crew) grow(by int) {
	c.workers += by
	for range by {
		c.Go(func() {
			for b := range c.todo {
				c.look(b)
			}
		})
	}
}

// do hands a batch to whoever is free. When nobody becomes so for a while, all
// wait for something, and others can look meanwhile.
func (c *crew) do(b *batch) {
	for c.workers < c.most {
		timer := time.NewTimer(waited)
		select {
		case c.todo <- b:
			timer.Stop()
			return
		case <-timer.C:
			c.grow(min(c.workers, c.most-c.workers))
		}
	}
	c.todo <- b
}

// look checks the runners of a batch.
func (f *fleet) look(ctx context.Context, b *batch) {
	defer close(b.done)
	for i := b.from; i < b.to; i++ {
		t := f.patients.at(i)
		look := func(t *checks.Target) checks.Diagnosis { return checks.Diagnose(ctx, t, f.checks) }
		d := f.vigil.keep(ctx, look(t), look)
		if f.patients.lastOf(i, d.Ignored) || len(d.Overdue()) > 0 {
			late := d // only such a one is kept
			b.made = append(b.made, made{late: &late, at: i})
			continue
		}
		b.made = append(b.made, made{Made: f.press.Make(d, t.Secrets.Redact)})
	}
}
