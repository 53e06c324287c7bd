package checks

import (
	"context"
	"sync"
)

// fact is a value loaded at most once and shared by all checks. It keeps its
// error as well. The load goes on when a caller gives up, so that one caller's
// ended context does not spoil it for the others.
type fact[T any] struct {
	once sync.Once
	done chan struct{}
	v    T
	err  error
}

func (f *fact[T]) get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
	f.once.Do(func() {
		f.done = make(chan struct{})
		go f.fill(context.WithoutCancel(ctx), load)
	})
	select {
	case <-f.done:
		return f.v, f.err
	case <-ctx.Done():
		var zero T
		return zero, context.Cause(ctx)
	}
}

func (f *fact[T]) fill(ctx context.Context, load func(context.Context) (T, error)) {
	defer close(f.done)
	defer func() {
		if p := recover(); p != nil {
			f.err = panicked(p)
		}
	}()
	f.v, f.err = load(ctx)
}
