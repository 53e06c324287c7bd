package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/semadoctor/semadoctor/say"
)

// stopError is why everything ends early.
type stopError struct{ by say.Text }

func (e stopError) Error() string { return e.In(say.English) }

// In says it in lang.
func (e stopError) In(lang say.Lang) string { return say.Textf("stopped by %s", e.by).In(lang) }

// until is a context that ends with the deadline, if there is one, or with the
// first SIGINT or SIGTERM; what is known by then is still reported.
func until(deadline time.Duration) (context.Context, context.CancelFunc) {
	begun := time.Now()
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var timer <-chan time.Time
	if deadline > 0 {
		timer = time.After(deadline)
	}
	late := stopError{say.Sentence("the deadline")}
	if deadline > 0 && time.Since(begun) >= deadline { // nobody waits for a goroutine to say so
		cancel(late)
	}
	go func() {
		select {
		case s := <-signals:
			cancel(stopError{say.Verbatim(s.String())})
		case <-timer:
			cancel(late)
		case <-ctx.Done():
		}
		signal.Stop(signals)
	}()
	return ctx, func() { cancel(nil) }
}

// stopped is what ended the context early, or "": in English, and as a Sentence in
// the catalogue.
func stopped(ctx context.Context) string {
	var stop stopError
	if errors.As(context.Cause(ctx), &stop) {
		return stop.by.String()
	}
	return ""
}
