package checks

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/runner"
)

// Record is what the server says to the API token; nil without one. It is asked
// once, and only what the probe has found to be Semaphore.
func (t *Target) Record(ctx context.Context) (*runner.Record, error) {
	if t.APIToken.Empty() {
		return nil, nil
	}
	p, c, err := t.forAPI(ctx)
	if err != nil {
		return nil, err
	}
	s := runner.NewServer(c)
	way, trust := t.way(c, s)
	return t.live.meetings.Load().record(way).get(ctx, func(ctx context.Context) (*runner.Record, error) {
		ctx, cancel := context.WithTimeout(ctx, t.patience())
		defer cancel()
		w := t.live.meetings.Load().wire(way, func() *runner.Wire { return t.wire(c, trust) })
		defer t.live.meetings.Load().back(way, w)
		return runner.AskRecord(ctx, w, p, t.APIToken), nil
	})
}

// forAPI is what is known of the server, and the config that names it, for who shows
// the API token: an error where that must not be.
func (t *Target) forAPI(ctx context.Context) (*runner.Probe, *runner.Config, error) {
	p, err := t.asked(ctx)
	if err != nil {
		return nil, nil, err
	}
	c, err := t.Config(ctx)
	if err != nil {
		return nil, nil, err
	}
	return p, c, t.ours(c)
}

// ours is why the API token may not be shown to the server of a config; nil when it
// may.
func (t *Target) ours(c *runner.Config) error {
	switch s := runner.NewServer(c); {
	case s.Origin() != t.APIOrigin || t.APIOrigin == "":
		return CannotTell(nil, "the API token is not sent to %s: no config named that server when semadoctor began", s)
	case c.Truth(runner.SkipTLSVerify):
		return CannotTell(nil, "the API token is not sent: the config has verification of the server switched off, so anybody may answer in its place")
	}
	return nil
}

// told is when the server says it answered; ours where it does not say.
func (t *Target) told(x *runner.Exchange) time.Time {
	if x.Date.IsZero() {
		return t.Net.Now()
	}
	return x.Date
}
