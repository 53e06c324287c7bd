package checks

import (
	"sync"
	"testing"

	"github.com/semadoctor/semadoctor/runner"
)

// TestWireIsOnes: a connection that is taken is nobody else's until it is given
// back, however many runners of one server are looked at at once.
func TestWireIsOnes(t *testing.T) {
	t.Parallel()
	m := newMeetings()
	var busy sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 2000 {
				w := m.wire("way", func() *runner.Wire { return new(runner.Wire) })
				if _, taken := busy.LoadOrStore(w, true); taken {
					t.Errorf("a connection is used by two at once")
					return
				}
				busy.Delete(w)
				m.back("way", w)
			}
		})
	}
	all.Wait()
}
