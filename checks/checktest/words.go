package checktest

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// findings is what was found, as case files say it: every result that is no
// plain pass, root causes marked, with the repair that is offered.
func (c *Case) findings(d checks.Diagnosis) string {
	var b strings.Builder
	for _, r := range d.Results {
		r.Findings = c.telling(r)
		if r.Status == checks.Pass && len(r.Findings) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s %s", r.Status, r.Check)
		if !r.Because.IsZero() {
			fmt.Fprintf(&b, ": %s", steady(r.Because.String()))
		}
		b.WriteByte('\n')
		for _, f := range r.Findings {
			c.finding(&b, d, f)
		}
	}
	return b.String()
}

// telling leaves out how far it is to a server that is simply there, which each
// case would have to say; "way: yes" lets a case say it.
func (c *Case) telling(r checks.Result) []checks.Finding {
	if c.Way || r.Check != checks.ServerReachable || len(r.Findings) == 0 || r.Findings[0].Problem != nil {
		return r.Findings
	}
	return r.Findings[1:]
}

func (c *Case) finding(b *strings.Builder, d checks.Diagnosis, f checks.Finding) {
	role := "note"
	if f.Problem != nil {
		role = f.Status.String() + " " + f.Problem.ID
		if by := d.Causes.By[f.Problem]; len(by) > 0 {
			role += fmt.Sprintf(" because of %v", by)
		} else if f.Status == checks.Fail {
			role = "root cause " + f.Problem.ID
		}
	}
	fmt.Fprintf(b, "\t%s: %s\n", role, steady(f.Summary.String()))
	for _, e := range f.Evidence {
		fmt.Fprintf(b, "\t\tseen: %s (%s)\n", steady(e.What.String()), e.From)
	}
	if len(d.Causes.By[f.Problem]) > 0 {
		return // nothing is done about a symptom
	}
	if c.Details && !f.Detail.IsZero() {
		fmt.Fprintf(b, "\t\tso: %s\n", steady(f.Detail.String()))
	}
	if f.Fix != nil && f.Fix.Safety == repair.Unsafe {
		fmt.Fprintf(b, "\t\tfix --unsafe: %s\n\t\t\tand then %s\n", f.Fix.Title, f.Fix.Final)
	} else if f.Fix != nil {
		fmt.Fprintf(b, "\t\tfix: %s\n", f.Fix.Title)
	}
	for _, a := range f.Advice {
		fmt.Fprintf(b, "\t\tto do: %s\n", steady(a.String()))
	}
}

var (
	ports   = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	moments = regexp.MustCompile(`\d+(\.\d+)? m?s\b`)
	dates   = regexp.MustCompile(`[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT`)
)

// steady takes out what differs from run to run.
func steady(s string) string {
	s = ports.ReplaceAllString(s, "127.0.0.1:PORT")
	s = dates.ReplaceAllString(s, "DATE")
	return moments.ReplaceAllString(s, "N s")
}

// planText is the repair as case files say it.
func planText(p *repair.Plan, mask func(string, []byte) []byte) string {
	var b strings.Builder
	for i, f := range p.Fixes {
		fmt.Fprintf(&b, "%d. %s\n", i+1, f.Title)
	}
	return b.String() + repair.Diff(say.English, p, mask)
}

// Seen is what all cases together have shown.
type Seen struct {
	All      bool // no case was left out by -run
	mu       sync.Mutex
	Found    map[string]bool                // problems found in some case
	Passed   map[string]bool                // checks that passed in some case
	Repaired map[string]map[runner.Era]bool // problems repaired, proven and taken back in some case, by the runner's era
}

func newSeen() *Seen {
	return &Seen{Found: map[string]bool{}, Passed: map[string]bool{}, Repaired: map[string]map[runner.Era]bool{}}
}

// repaired notes what a repair has mended that asked for no --unsafe.
func (s *Seen) repaired(fs []checks.Finding, era runner.Era) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range fs {
		if f.Fix.Safety != repair.Safe {
			continue
		}
		if s.Repaired[f.Problem.ID] == nil {
			s.Repaired[f.Problem.ID] = map[runner.Era]bool{}
		}
		s.Repaired[f.Problem.ID][era] = true
	}
}

func (s *Seen) add(d checks.Diagnosis) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range d.Results {
		if r.Status == checks.Pass {
			s.Passed[r.Check.ID] = true
		}
		for _, f := range r.Findings {
			if f.Problem != nil {
				s.Found[f.Problem.ID] = true
			}
		}
	}
}

// harmless demands that the server was asked nothing that changes or reveals
// anything: ping, the poll path without a token, and an empty report.
func harmless(t *testing.T, c *Case, n *network) {
	t.Helper()
	n.recorder.harmless(t, c)
	if n.server == nil {
		return
	}
	if n.server.Dropped() > 0 {
		t.Error("the server was asked more than it can remember")
	}
	for _, r := range n.server.Requests() {
		if c.Unsafe != "" && ordered(r.Method, r.Path) {
			continue // the recorder looks at those
		}
		token := r.Header.Get("X-Runner-Token") + r.Header.Get("X-API-Token")
		bearer := r.Header.Get("Authorization")
		if c.API != "" && bearer == "Bearer "+c.API && r.Method == "GET" && apiPath(r.Path) {
			continue
		}
		ok := r.Method == "GET" && token == "" || r.Method == "HEAD" && c.Poll || r.Method == "PUT" && (r.Body == "{}" || n.lossy)
		if !ok || r.Header.Get("X-Runner-Started-At") != "" || bearer != "" {
			t.Errorf("a check must not send %s %s %q", r.Method, r.Path, r.Body)
		}
		if r.Method == "GET" && strings.Contains(r.Path, "/runners/") && !strings.HasSuffix(r.Path, "/0") {
			t.Errorf("GET %s is a full poll on a server up to 2.9.40", r.Path)
		}
	}
}

// apiPath reports a path of the API that may be asked with an API token.
func apiPath(path string) bool {
	return strings.HasSuffix(path, "/api/info") || strings.HasSuffix(path, "/api/runners")
}
