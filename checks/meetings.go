package checks

import (
	"sync"

	"github.com/semadoctor/semadoctor/runner"
)

// meetings are what servers say to who shows no token, what they say to the API
// token, and the connections to them, for all targets of one run: thousands of
// runners may be of one server, and each then only shows its token, over a
// connection that is there already.
type meetings struct {
	mu      sync.Mutex
	met     map[string]*fact[*runner.Probe]
	records map[string]*fact[*runner.Record]
	wires   map[string][]*runner.Wire // that nobody uses now
}

// maxMet is how many servers are remembered. An answer may have 64 KiB, and of
// more servers hardly two runners in a row have the same.
const maxMet = 64

func newMeetings() *meetings {
	return &meetings{
		met:     map[string]*fact[*runner.Probe]{},
		records: map[string]*fact[*runner.Record]{},
		wires:   map[string][]*runner.Wire{},
	}
}

// with is what the server at the end of a way says.
func (m *meetings) with(way string) *fact[*runner.Probe] { return of(m, m.met, way) }

// record is what it says to the API token.
func (m *meetings) record(way string) *fact[*runner.Record] { return of(m, m.records, way) }

func of[T any](m *meetings, known map[string]*fact[T], way string) *fact[T] {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := known[way]
	if f == nil {
		if len(known) >= maxMet {
			clear(known)
		}
		f = &fact[T]{}
		known[way] = f
	}
	return f
}

// wire is one on this way that is used by nobody else, or what build builds.
func (m *meetings) wire(way string, build func() *runner.Wire) *runner.Wire {
	if w := m.idle(way); w != nil {
		return w
	}
	return build()
}

// idle takes a wire out of those that nobody uses; nil when there is none.
func (m *meetings) idle(way string) *runner.Wire {
	m.mu.Lock()
	defer m.mu.Unlock()
	idle := m.wires[way]
	if len(idle) == 0 {
		return nil
	}
	last := len(idle) - 1
	m.wires[way] = idle[:last]
	return idle[last]
}

// back keeps a wire for the next who goes that way. Those of a server that is no
// longer remembered are closed.
func (m *meetings) back(way string, w *runner.Wire) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wires[way] = append(m.wires[way], w)
	if len(m.wires) <= maxMet {
		return
	}
	for other, idle := range m.wires {
		if m.met[other] == nil {
			for _, w := range idle {
				w.Close()
			}
			delete(m.wires, other)
		}
	}
}
