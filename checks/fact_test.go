package checks

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestFactIsLoadedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var f fact[int]
		var loads atomic.Int32
		load := func(context.Context) (int, error) { return int(loads.Add(1)), nil }
		for range 10 {
			go func() {
				if v, err := f.get(t.Context(), load); v != 1 || err != nil {
					t.Errorf("get() = %d, %v, want 1, nil", v, err)
				}
			}()
		}
		synctest.Wait()
	})
}

func TestFactKeepsItsError(t *testing.T) {
	t.Parallel()
	var f fact[int]
	sad := errors.New("no such luck")
	loads := 0
	for range 2 {
		v, err := f.get(t.Context(), func(context.Context) (int, error) { loads++; return 7, sad })
		if v != 7 || !errors.Is(err, sad) || loads != 1 {
			t.Errorf("get() = %d, %v after %d loads, want 7, %v after 1", v, err, loads, sad)
		}
	}
}

// One caller that gives up does not spoil the fact for the others.
func TestFactOutlivesItsFirstCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var f fact[string]
		release := make(chan struct{})
		load := func(ctx context.Context) (string, error) {
			<-release
			return "known", ctx.Err()
		}
		impatient, cancel := context.WithCancel(t.Context())
		first := make(chan error)
		go func() {
			_, err := f.get(impatient, load)
			first <- err
		}()
		synctest.Wait() // it has begun to load
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) {
			t.Errorf("get() of the one who gave up = %v, want %v", err, context.Canceled)
		}
		close(release)
		if v, err := f.get(t.Context(), nil); v != "known" || err != nil {
			t.Errorf("get() of the next = %q, %v, want known, nil", v, err)
		}
	})
}

func TestFactSaysWhyItsCallerGaveUp(t *testing.T) {
	t.Parallel()
	var f fact[int]
	ctx, cancel := context.WithCancelCause(t.Context())
	deadline := errors.New("the deadline of the whole")
	cancel(deadline)
	never := make(chan struct{})
	defer close(never)
	_, err := f.get(ctx, func(context.Context) (int, error) { <-never; return 0, nil })
	if !errors.Is(err, deadline) {
		t.Errorf("get() = %v, want %v", err, deadline)
	}
}

func TestFactSurvivesPanic(t *testing.T) {
	t.Parallel()
	var f fact[int]
	for range 2 {
		_, err := f.get(t.Context(), func(context.Context) (int, error) { panic("oh no") })
		if err == nil || !strings.Contains(err.Error(), "oh no") {
			t.Errorf("get() = %v, want the panic as an error", err)
		}
	}
}
