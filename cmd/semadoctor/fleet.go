package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"

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
	workers  int
	batch    int    // runners that a worker takes at once
	vigil    *vigil // nil: each is looked at once
}

// asking is how many runners are looked at side by side when a network is to be
// waited for.
const asking = 16

func (p *printer) fleet(ps *patients, cs []*checks.Check) *fleet {
	f := &fleet{printer: p, patients: ps, checks: cs, workers: asking, batch: 1}
	if ps.like != nil {
		ps.like.Files = host.NewGround(ps.like.Files)
	}
	if ps.at(0).Offline {
		f.workers = runtime.GOMAXPROCS(0)
		f.batch = min(16, 1+ps.count()/(8*f.workers))
	}
	return f
}

// rarelyCollect has garbage collected half as often as usual while many
// runners are checked: what is alive is so little that collecting is a third of
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
	made     []report.Made
	done     chan struct{}
}

// run checks all runners. What ctx cuts short is reported too: each runner, with
// what is known of it.
func (f *fleet) run(ctx context.Context) {
	defer f.rarelyCollect()()
	todo := make(chan *batch)
	turn := make(chan *batch, 2*f.workers) // in order; its capacity is the look-ahead
	var work sync.WaitGroup
	for range f.workers {
		work.Go(func() {
			for b := range todo {
				f.look(ctx, b)
			}
		})
	}
	go func() {
		for i := 0; i < f.patients.count(); i += f.batch {
			b := &batch{from: i, to: min(i+f.batch, f.patients.count()), done: make(chan struct{})}
			turn <- b
			todo <- b
		}
		close(turn)
		close(todo)
	}()
	meter := f.meter(f.patients.count())
	for b := range turn {
		<-b.done
		for _, m := range b.made {
			f.press.Add(m)
		}
		meter.at(b.to)
	}
	meter.clear()
	work.Wait()
}

// look checks the runners of a batch.
func (f *fleet) look(ctx context.Context, b *batch) {
	defer close(b.done)
	for i := b.from; i < b.to; i++ {
		t := f.patients.at(i)
		look := func(t *checks.Target) checks.Diagnosis { return checks.Diagnose(ctx, t, f.checks) }
		b.made = append(b.made, f.press.Make(f.vigil.keep(ctx, look(t), look), t.Secrets.Redact))
	}
}
