package checks_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/semadoctor/semadoctor/runner"
)

// An encounter is a runner that shows its token to a server, some way.
type encounter struct {
	runner, server runner.Era
	token          tokenState
	way            passage
}

// A tokenState is what a server has to a runner's token.
type tokenState string

// The states. From 2.10.26 on the server finds the row by the token alone, so that
// the second and the third are one to it.
const (
	known   tokenState = "the row's own"
	foreign tokenState = "another row's"
	deleted tokenState = "of no row"
	absent  tokenState = "the runner has none"
)

func tokenStates() []tokenState { return []tokenState{known, foreign, deleted, absent} }

// A passage is what lies between a runner and a server.
type passage struct {
	name   string
	server string // what stands in the server's place
	front  string // or before it, as in a case
	path   string // of the runner's URL
	https  bool
	cause  string // the root cause, whoever meets; "": it depends on them
	passes bool   // runners up to 2.19 get through all the same, and the token is not sent after a redirect
}

func passages() []passage {
	return []passage{
		{name: "straight"},
		{name: "over https, by an authority of one's own that the runner trusts", front: "https", https: true},
		{name: "to a server below a path", front: "base=/semaphore", path: "/semaphore"},
		{name: "through a proxy that loses the runner's header", front: "strip=HEADER"},
		{name: "to a server below a path, and the URL has none", front: "base=/semaphore", cause: "wrong-base-path"},
		{name: "with a path in the URL, and the server has none", path: "/semaphore", cause: "wrong-base-path"},
		{name: "redirected with 301", front: "redirect=https://semaphore.test", cause: "redirects"},
		{name: "redirected with 308", front: "redirect308=https://semaphore.test", cause: "redirects", passes: true},
		{name: "through a proxy that wants a login", server: "login", cause: "auth-proxy"},
		{name: "through a proxy that answers 502", server: "502", cause: "server-error"},
		{name: "to a web site", server: "html", cause: "not-semaphore"},
		{name: "to a port that nobody listens on", server: "refused", cause: "connection-refused"},
	}
}

// want is what must be found: the root causes, by the facts of each era and not by
// what the checks say.
func (e encounter) want() []string {
	var roots []string
	if e.token == absent {
		roots = append(roots, "state-missing")
	}
	switch cause := e.meets(); {
	case e.way.passes && e.token != absent && e.runner != runner.E7:
		roots = append(roots, e.way.cause, "server/token: the server redirects the runner, and the token is not sent after it: see server/semaphore")
	case e.way.cause != "":
		roots = append(roots, e.way.cause)
	case cause != "":
		roots = append(roots, cause)
	}
	return roots
}

// meets is what is wrong between the two where the way is none of it.
func (e encounter) meets() string {
	lost := strings.HasPrefix(e.way.front, "strip")
	switch old, oldServer := e.runner.Legacy(), e.server.Legacy(); {
	case old != oldServer:
		return "version-mismatch"
	case !old:
		return e.meetsNew(lost)
	case e.runner == runner.E1:
		return e.withoutHeader()
	case e.token == absent, e.token == known && !lost:
		return ""
	case e.server == runner.E1: // looks at the number alone
		return map[tokenState]string{deleted: "state-stale"}[e.token]
	case lost && e.server == runner.E2a && e.token == deleted: // looks for the row first when the token is empty
		return "state-stale"
	case lost:
		return "task-endpoint-401"
	}
	return "state-stale"
}

func (e encounter) meetsNew(lost bool) string {
	switch {
	case e.token == absent:
		return ""
	case lost:
		return "task-endpoint-401"
	case e.token != known:
		return "state-stale"
	}
	return ""
}

// withoutHeader is a runner up to 2.9.40, which never sends its token.
func (e encounter) withoutHeader() string {
	switch {
	case e.server == runner.E2b, e.server == runner.E3: // want one before they say anything
		return "version-mismatch"
	case e.token == deleted:
		return "state-stale"
	case e.token == absent, e.server == runner.E1:
		return ""
	}
	return "version-mismatch"
}

// patient is the machine of the encounter.
func (e encounter) patient() *patient {
	p := healthy(e.runner, chance(fmt.Sprint(e), 0))
	p.inFile()
	p.reach(e.way)
	p.server = string(e.server)
	if e.way.server != "" {
		p.server = e.way.server
	}
	header := e.runner.TokenHeader()
	if header == "" { // of the servers: the runner has none that could be lost
		header = runner.E2b.TokenHeader()
	}
	p.server += " " + strings.ReplaceAll(e.way.front, "HEADER", header)
	switch e.token {
	case foreign:
		p.row = "7 S3CR3T-of-another-runner"
	case deleted:
		p.row = "8 S3CR3T-of-another-runner"
	case absent:
		p.gone[p.identity] = true
	}
	if e.way.server != "" {
		p.row = ""
	}
	return p
}

// inFile moves the token into a file, wherever chance has put it.
func (p *patient) inFile() {
	if p.identity != "" {
		return
	}
	delete(p.env, "SEMAPHORE_RUNNER_TOKEN")
	delete(p.inner(), "token")
	p.identity = p.home + "/token"
	p.inner()["token_file"] = p.identity
	p.files[p.identity] = p.own(p.token)
}

// reach gives the runner the URL of a passage.
func (p *patient) reach(w passage) {
	base := "http://semaphore.test:3000" + w.path
	if w.https {
		base = "https://semaphore.test:3443" + w.path
		p.env["SSL_CERT_FILE"] = "/etc/ssl/semaphore-ca.pem"
		p.files["/etc/ssl/semaphore-ca.pem"] = file{"644", 0, 0, "@CA@"}
	}
	if p.era.Legacy() {
		p.inner()["api_url"] = base + "/api"
		return
	}
	p.doc["web_host"] = base
}

// TestMatrix has every runner meet every server, with every token, every way.
func TestMatrix(t *testing.T) {
	t.Parallel()
	for _, w := range passages() {
		for _, era := range runner.Eras() {
			t.Run(w.name+"/"+string(era), func(t *testing.T) {
				t.Parallel()
				for i, server := range runner.Eras() {
					for j, token := range tokenStates() {
						if raceEnabled && (i+j)%8 != 0 {
							continue
						}
						e := encounter{era, server, token, w}
						p := e.patient()
						if got := examine(t, p); !slices.Equal(got, e.want()) {
							t.Errorf("server %s, token %s: found %q, want %q, on\n%s", server, token, got, e.want(), p.text())
						}
					}
				}
			})
		}
	}
}
