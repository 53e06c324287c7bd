package checks_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/checks/checktest"
	"github.com/semadoctor/semadoctor/runner"
)

// rounds is how many patients each mutation of each era gets.
const rounds = 3

// TestHealthyPatients: whatever chance makes of a healthy runner of any era,
// nothing is found.
func TestHealthyPatients(t *testing.T) {
	t.Parallel()
	for _, era := range runner.Eras() {
		t.Run(string(era), func(t *testing.T) {
			t.Parallel()
			for round := range 4 * rounds {
				p := healthy(era, chance(string(era), round))
				if got := examine(t, p); len(got) > 0 {
					t.Errorf("round %d: found %v on\n%s", round, got, p.text())
				}
			}
		})
	}
}

// TestOneCauseOneRootCause: a healthy runner of any era with one thing broken
// has exactly that root cause; one with one thing doubtful exactly that warning.
func TestOneCauseOneRootCause(t *testing.T) {
	t.Parallel()
	for _, m := range mutations() {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			done := 0
			for _, era := range runner.Eras() {
				for round := range rounds {
					if p := m.patient(era, round); p != nil {
						done++
						if got := examine(t, p); !slices.Equal(got, []string{m.problem}) {
							t.Errorf("%s, round %d: found %v, want only %s, on\n%s", era, round, got, m.problem, p.text())
						}
					}
				}
			}
			if done == 0 {
				t.Error("no era has a patient for this")
			}
		})
	}
}

// A mutation breaks one thing.
type mutation struct {
	name    string // the problem and, after a slash, the way to it
	problem string
	apply   func(p *patient) bool // false: this patient cannot have it
}

// patient is one who has it; nil when no patient of the era can.
func (m mutation) patient(era runner.Era, round int) *patient {
	for try := range 8 {
		p := healthy(era, chance(m.name+string(era), round*8+try))
		if m.apply(p) {
			return p
		}
	}
	return nil
}

// chance is the same at every run.
func chance(what string, round int) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(what))
	return rand.New(rand.NewPCG(h.Sum64(), uint64(round)))
}

// examine returns the root causes, or when there are none the warnings, or what
// could not be found out.
func examine(t *testing.T, p *patient) []string {
	c, err := checktest.Parse("patient", txtar.Parse([]byte(p.text())))
	if err != nil {
		t.Fatalf("%v in\n%s", err, p.text())
	}
	target, _ := c.Target(t)
	d := checks.Diagnose(context.Background(), target, checks.Builtin())
	var roots, doubts []string
	for _, r := range d.Causes.Roots {
		roots = append(roots, r.ID)
	}
	for _, r := range d.Results {
		if r.Status == checks.Unknown {
			doubts = append(doubts, fmt.Sprintf("%s: %s", r.Check, r.Because))
		}
		for _, f := range r.Findings {
			alone := p.era == runner.E4b && f.Problem == checks.KnownBadVersion // an era of one release, which is one
			if f.Status == checks.Warn && len(d.Causes.By[f.Problem]) == 0 && !alone {
				doubts = append(doubts, f.Problem.ID)
			}
		}
	}
	return append(roots, doubts...)
}

// family is what a mutation's name begins with.
func family(name string) string {
	id, _, _ := strings.Cut(name, "/")
	return id
}
