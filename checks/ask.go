package checks

import (
	"context"
	"time"

	"github.com/semadoctor/semadoctor/runner"
)

// ask asks the server once for each address, credential and trust. What was
// answered is shared; where the address and the token come from is this
// target's own.
func (t *Target) ask(ctx context.Context, c *runner.Config, cr *runner.Credential) (*runner.Probe, error) {
	s := runner.NewServer(c)
	way, trust := t.way(c, s)
	p, err := t.live.probe(way+" "+cr.Key()).get(ctx, func(ctx context.Context) (*runner.Probe, error) {
		limited, cancel := context.WithTimeout(ctx, t.patience())
		defer cancel()
		w := t.live.meetings.Load().wire(way, func() *runner.Wire { return t.wire(c, trust) })
		defer t.live.meetings.Load().back(way, w)
		met, err := t.live.meetings.Load().with(way).get(ctx, func(ctx context.Context) (*runner.Probe, error) {
			ctx, cancel := context.WithTimeout(ctx, t.patience())
			defer cancel()
			return runner.Meet(ctx, w, s), nil
		})
		if err != nil {
			return nil, err
		}
		p := met.Present(limited, w, s, cr)
		if t.Poll {
			p.Try(limited, w)
		}
		return p, nil
	})
	if err != nil {
		return nil, err
	}
	return p.For(s, cr), nil
}

// way tells apart the servers that are asked, as which era, and how one gets there;
// the trust is nil where there are no certificates.
func (t *Target) way(c *runner.Config, s *runner.Server) (way string, trust *runner.Trust) {
	way = string(c.Era) + "\x00" + s.Given.V + "\x00" + runner.ProxyKey(c)
	if certified(c, s) {
		trust = runner.TrustOf(t.Files, c)
		way += "\x00" + trust.Key()
	}
	return way, trust
}

// certified reports whether there are certificates on the way: the server's, or that
// of a proxy. To read whom the runner trusts takes time.
func certified(c *runner.Config, s *runner.Server) bool {
	if s.URL == nil || s.URL.Scheme == "https" {
		return s.URL != nil
	}
	rule := runner.ProxyOf(c)
	if rule == nil {
		return false
	}
	proxy, err := rule(s.URL)
	return err == nil && proxy != nil && proxy.Scheme == "https"
}

func (t *Target) wire(c *runner.Config, trust *runner.Trust) *runner.Wire {
	return &runner.Wire{Net: t.Net, Proxy: runner.ProxyOf(c), Trust: trust, Connect: t.patience() - reserve(t.patience())}
}

// patience is how long the server may take: a little less than a check may, so
// that silence is a finding and not a check that ran out of time.
func (t *Target) patience() time.Duration { return t.timeout() - t.reserve() }

// reserve is what is left of a check's time when the server's is over.
func (t *Target) reserve() time.Duration { return reserve(t.timeout()) }

// reserve is the part of a time in which what it was for can still be looked at.
func reserve(d time.Duration) time.Duration {
	const least = 150 * time.Millisecond // a busy machine is late
	return min(max(d/8, least), d/2)
}

func (t *Target) timeout() time.Duration { return orElse(t.Timeout, DefaultTimeout) }
