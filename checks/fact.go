package checks

import (
	"context"
	"sync"
	"sync/atomic"
)

// fact is a value loaded at most once and shared by all checks. It keeps its
// error as well. The load goes on when a caller gives up, so that one caller's
// ended context does not spoil it for the others.
type fact[T any] struct {
	ready atomic.Bool // v and err are there
	mu    sync.Mutex
	done  chan struct{} // nil: nobody has asked yet
	v     T
	err   error
}

// of is get for what a target loads. Most who ask find that it is there.
func (f *fact[T]) of(ctx context.Context, t *Target, load func(*Target, context.Context) (T, error)) (T, error) {
	if f.ready.Load() {
		return f.v, f.err
	}
	return f.get(ctx, func(ctx context.Context) (T, error) { return load(t, ctx) })
}

func (f *fact[T]) get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
	if f.ready.Load() {
		return f.v, f.err
	}
	lane, alone := ctx.(*inLane)
	switch first := f.first(); {
	case first && alone: // who asks is left behind if this takes too long
		f.fill(lane.lasting, load)
		return f.v, f.err
	case first:
		go f.fill(context.WithoutCancel(ctx), load)
	}
	select {
	case <-f.done:
		return f.v, f.err
	case <-ctx.Done():
		var zero T
		return zero, context.Cause(ctx)
	}
}

// first reports whether nobody has asked before.
func (f *fact[T]) first() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done != nil {
		return false
	}
	f.done = make(chan struct{})
	return true
}

func (f *fact[T]) fill(ctx context.Context, load func(context.Context) (T, error)) {
	defer close(f.done)
	defer f.ready.Store(true)
	defer func() {
		if p := recover(); p != nil {
			f.err = panicked(p)
		}
	}()
	f.v, f.err = load(ctx)
}
