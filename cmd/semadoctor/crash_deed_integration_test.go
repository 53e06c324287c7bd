//go:build integration && linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// TestKilledRegistering kills a registration at every system call that changes a
// file, and has the next one put things right. Once the journal has what the server
// has given, it is not lost, and the server is not asked again.
func TestKilledRegistering(t *testing.T) {
	needsRoot(t, "it needs mounts")
	base := ownThread(t)
	s := newRegistry(t)
	p := s.make(t, base)
	whole := p.whole("register")
	if rows := s.rows(); rows != 1 {
		t.Fatalf("a whole registration makes %d rows", rows)
	}
	points, twice := 0, 0
	for at := 1; at <= whole.seen; at++ {
		p := s.make(t, base)
		r := &tracer{T: t, at: at, do: kill}
		if !r.run(p.traced("register")).Signaled() {
			continue
		}
		points++
		begun, done := p.journalSays(`"deed": "begun"`), p.journalSays(`"deed": "done"`)
		half := s.rows()
		out, err := p.plain("register").CombinedOutput()
		if err != nil || !s.has(p.token("token")) || p.token("token.stale") != stale {
			t.Errorf("killed at point %d (%s): %v\n%s\ntoken %q", at, r.last, err, out, p.token("token"))
		}
		lost := half == 1 && begun && !done // the answer was in memory alone
		if want := map[bool]int{false: 1, true: 2}[lost]; s.rows() != want {
			t.Errorf("killed at point %d (%s): the server has %d rows, want %d\n%s", at, r.last, s.rows(), want, out)
		}
		if lost {
			twice++
		}
		if left := p.leftInJournal(); len(left) > 0 {
			t.Errorf("killed at point %d (%s): in the journal there is %q", at, r.last, left)
		}
	}
	t.Logf("killed at %d points; at %d of them the server had answered and nothing was written down yet", points, twice)
	if points < whole.seen/2 {
		t.Errorf("killed at %d of %d points", points, whole.seen)
	}
}

// stale is a token that the server does not know.
const stale = "S3CR3TstalefghijklmnopqrstuvwxyzABCDEFGHIJK="

// A registry is a server that registers runners, a new one for each machine.
type registry struct {
	*testing.T
	server *fakeserver.Server
	addr   string
}

func newRegistry(t *testing.T) *registry { return &registry{T: t} }

// make makes a server without runners, and a machine with a token of another.
func (s *registry) make(t *testing.T, base string) *patientDir {
	t.Helper()
	s.server = fakeserver.New(fakeserver.Options{Era: "E4c", RegistrationToken: "S3CR3T-registration"})
	s.addr = serve(t, s.server)
	m := crashing{"registering", "2.10.32", map[string]string{
		"config.json": `{"web_host": "http://` + s.addr + `", "tmp_path": "DIR/tmp", "runner": {"token_file": "DIR/token"}}`,
		"token":       stale,
	}}
	p := m.make(t, base, renamed())
	p.write(filepath.Join(base, "registration"), []byte("S3CR3T-registration\n"), 0o600, ages())
	return p
}

func (s *registry) rows() int { return len(s.server.Runners()) }

func (s *registry) has(token string) bool {
	for _, row := range s.server.Runners() {
		if row.Token == token {
			return true
		}
	}
	return false
}

func (p *patientDir) token(name string) string {
	data, _ := os.ReadFile(filepath.Join(p.dir, name))
	return string(data)
}

// journalSays reports whether an entry of the journal has a text in it.
func (p *patientDir) journalSays(text string) bool {
	names, _ := filepath.Glob(filepath.Join(p.journal, "[0-9]*.json"))
	for _, name := range names {
		data, _ := os.ReadFile(name)
		if strings.Contains(string(data), text) {
			return true
		}
	}
	return false
}
