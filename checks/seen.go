package checks

import (
	"context"
	"net"
	"slices"
	"time"
)

// A Sighting is when a server has last noted a poll of this runner (2.14+). The
// zero Sighting is that nobody knows.
type Sighting struct {
	Row int       // number of the runner on the server; 0: nobody knows
	At  time.Time // by the server's clock; zero: never
}

// After reports whether the same runner was seen again.
func (s Sighting) After(before Sighting) bool {
	return s.Row != 0 && s.Row == before.Row && s.At.After(before.At)
}

// Seen asks the server, with the API token, when it has seen this runner, without
// being taken for it. It is known where one row alone can be the runner's.
func (t *Target) Seen(ctx context.Context) Sighting {
	if t.APIToken.Empty() || t.Offline {
		return Sighting{}
	}
	other := t.Later()
	other.Poll = false
	p, err := other.asked(ctx)
	if err != nil {
		return Sighting{}
	}
	r, err := other.Record(ctx)
	if err != nil {
		return Sighting{}
	}
	rs, _ := other.rows(ctx, p, r) // whether it is active is not asked
	if len(rs.all) != 1 || !rs.all[0].Tells {
		return Sighting{}
	}
	seen := Sighting{Row: rs.all[0].ID}
	if at := rs.all[0].Touched; at != nil {
		seen.At = *at
	}
	return seen
}

// ServerAddrs are the addresses, with their port, at which the runner's server can be
// reached, or what stands before it: the one that answered, and those that its name has
// besides.
func (t *Target) ServerAddrs(ctx context.Context) []string {
	p, err := t.asked(ctx)
	if err != nil || !p.Ping.Answered() {
		return nil
	}
	all := []string{p.Ping.Addr}
	_, port, _ := net.SplitHostPort(p.Ping.Addr)
	for _, ip := range p.Ping.Way.Addresses() {
		if at := net.JoinHostPort(ip, port); !slices.Contains(all, at) {
			all = append(all, at)
		}
	}
	return all
}
