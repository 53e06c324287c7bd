package checks

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/semadoctor/semadoctor/runner"
)

// Peers are the runners of one host that are looked at together, so that a check
// of one can see that it is another's double. Who builds the targets decides
// which of them are installations: a config and its backup are not two runners.
type Peers struct {
	targets []*Target

	mu  sync.Mutex
	ids map[*live]*fact[string] // who each of them is; a target and its rehearsals share their live
}

// maxPeers is how many targets are compared: more are no runners of one host.
const maxPeers = 64

// Meet makes targets each other's peers, before the first check runs.
func Meet(ts ...*Target) {
	p := &Peers{targets: ts[:min(len(ts), maxPeers)], ids: map[*live]*fact[string]{}}
	for _, t := range p.targets {
		t.Peers = p
	}
}

// MeetAtWork lets a target that is about to be started know of the runners at work on its
// host, of which none can be itself: not even one with the same config.
func (t *Target) MeetAtWork(atWork ...*Target) {
	t.Peers = &Peers{targets: atWork[:min(len(atWork), maxPeers)], ids: map[*live]*fact[string]{}}
}

// doubles are the other targets with the identity id.
func (p *Peers) doubles(ctx context.Context, t *Target, id string) (others []*Target, err error) {
	if p == nil {
		return nil, nil
	}
	for _, other := range p.targets {
		if other.live == t.live || p.twice(t, other) {
			continue
		}
		theirs, err := p.fact(other).get(ctx, other.who)
		if err != nil && ctx.Err() != nil {
			return nil, err
		}
		if theirs != "" && theirs == id {
			others = append(others, other)
		}
	}
	return others, nil
}

// named reports whether another runner of this host would register with a name.
func (p *Peers) named(ctx context.Context, t *Target, name string) bool {
	if p == nil {
		return false
	}
	return slices.ContainsFunc(p.targets, func(other *Target) bool {
		if other.live == t.live || p.twice(t, other) {
			return false
		}
		c, err := other.Config(ctx)
		return err == nil && c.Text(runner.RunnerName).V == name
	})
}

// twice reports whether other is the same runner as t, named once more: the same
// config of the same files, read by the same user.
func (p *Peers) twice(t, other *Target) bool {
	i := slices.IndexFunc(p.targets, func(q *Target) bool { return q.live == t.live })
	if i < 0 {
		return false
	}
	own, config := p.targets[i], other.Install.Config
	return config != "" && own.Install.Config == config && own.Files == other.Files && own.Install.As.SameAs(other.Install.As)
}

func (p *Peers) fact(t *Target) *fact[string] {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.ids[t.live]
	if f == nil {
		f = &fact[string]{}
		p.ids[t.live] = f
	}
	return f
}

// forget lets t be looked at again: it was repaired.
func (p *Peers) forget(t *Target) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.ids, t.live)
}

// who is the identity that a runner shows its server, as far as it shows one;
// "" is nobody. It looks at the files as they are now.
func (t *Target) who(ctx context.Context) (string, error) {
	now := t.on(t.machine())
	c, cr, err := now.identity(ctx)
	if err != nil {
		return "", err
	}
	return now.whoIs(c, cr), nil
}

// whoIs tells servers apart by their address, in whatever way it is written: one
// database may have been copied to two.
func (t *Target) whoIs(c *runner.Config, cr *runner.Credential) string {
	s := runner.NewServer(c)
	if cr.Next != runner.Polls || cr.Token.Empty() || s.URL == nil {
		return ""
	}
	base := strings.ToLower(s.URL.Host) + strings.TrimSuffix(strings.TrimRight(s.URL.Path, "/"), "/api")
	id := ""
	if c.Era.Legacy() {
		id = strconv.Itoa(cr.ID)
	}
	return base + " " + id + " " + t.tokenOf(cr)
}

// tokenOf is the token, or what it is known by where a manifest does not hold
// it: two workloads of one file may be given one Secret.
func (t *Target) tokenOf(cr *runner.Credential) string {
	if from, ok := t.Install.Withheld[cr.TokenFrom.Env]; ok && t.Install.Pod != nil {
		return t.Install.Pod.At.File + " " + t.Install.Pod.Namespace + " " + from.String()
	}
	return cr.Token.Reveal()
}
