package runner

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// An act is what a runner does first. Its numbers are what it shows the server,
// if it polls.
type act struct {
	Next  Next
	ID    string
	Token string
}

// A start is one machine a runner is started on.
type start struct {
	era   Era
	state string // of the state or token file; "-": there is none; "=": it is the config
	env   []string
}

// TestCredentialAgreesWithRunner starts the emulated runner of each era on many
// machines, and compares what it does with what NewCredential foretells.
func TestCredentialAgreesWithRunner(t *testing.T) {
	t.Parallel()
	for _, era := range []Era{E1, E2a, E2b, E3, E4c} {
		t.Run(string(era), func(t *testing.T) {
			t.Parallel()
			server := fakeserver.New(fakeserver.Options{Era: string(era), RegistrationToken: "regtoken"})
			web := httptest.NewServer(server)
			defer web.Close()
			parent := t.TempDir()
			for i, s := range starts(era) {
				dir := filepath.Join(parent, strconv.Itoa(i))
				s.write(t, dir, web.URL)
				foretold := s.foretell(t, dir) // first: a runner may write
				if diff := cmp.Diff(s.run(t, dir, server), foretold); diff != "" {
					t.Errorf("state %q, environment %q (-runner +NewCredential):\n%s", s.state, s.env, diff)
				}
			}
		})
	}
}

// starts is every state with a few environments, and a few states with every
// environment that can matter to them.
func starts(era Era) []start {
	const state = `{"runner_id":3,"token":"tok"}`
	states := []string{
		"-", "=", "", "\n", "garbage", "{}", "null", "[]", `{"runner_id":3}`, `{"token":"tok"}`, state, state + "\n",
		`{"runner_id":"3","token":"tok"}`, `{"runner_id":3,"token":"to\nk"}`, `{"runner_id":-1,"token":" tok "}`, "\ufeff" + state,
		longToken, longToken + "\r\n", longToken + "\n" + longToken, `"` + longToken + `"`, "\ufeff" + longToken,
		"a\x00b", "a\tb", "a\x7fb", "\u00a0tok\u00a0",
	}
	const id, token = "SEMAPHORE_RUNNER_ID=", "SEMAPHORE_RUNNER_TOKEN="
	var all []start
	for _, state := range states {
		for _, env := range [][]string{
			nil, {id + "7", token + "env"}, {token + "env"}, {"SEMAPHORE_RUNNER_REGISTRATION_TOKEN="},
			{"SEMAPHORE_RUNNER_CONFIG_FILE=", "SEMAPHORE_RUNNER_TOKEN_FILE="},
		} {
			all = append(all, start{era, state, env})
		}
	}
	ids := []string{"", id, id + "0", id + "7", id + "x"}
	if !era.Legacy() {
		ids = ids[:1]
	}
	for _, state := range []string{"-", "{}", state} {
		for _, id := range ids {
			for _, token := range []string{"", token, token + "env", token + "e\nv", token + " "} {
				all = append(all, start{era, state, []string{id, token}})
			}
		}
	}
	return all
}

func (s start) write(t *testing.T, dir, url string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := "id"
	if s.state == "=" {
		file = "config.json"
	}
	config := `{"dialect":"bolt","web_host":"` + url + `","runner":{"api_url":"` + url + `/api","registration_token":"regtoken",` +
		`"config_file":"` + file + `","token_file":"` + file + `"}}`
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if s.state == "-" || s.state == "=" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, "id"), []byte(s.state), 0o600); err != nil {
		t.Fatal(err)
	}
}

// environment leaves out what is no assignment.
func (s start) environment() Environment {
	return environ(slices.DeleteFunc(slices.Clone(s.env), func(word string) bool { return word == "" })...)
}

func (s start) run(t *testing.T, dir string, server *fakeserver.Server) act {
	t.Helper()
	env, before := s.environment(), len(server.Requests())
	code := fakeserver.Runner{
		Era: string(s.era), Dir: dir, Interval: time.Millisecond, RetryInterval: time.Millisecond, Cycles: 1,
		Env: func(name string) (string, bool) { v, ok := env[name]; return v.V, ok },
	}.Run(t.Context())
	return s.firstAct(code, server.Requests()[before:])
}

func (s start) foretell(t *testing.T, dir string) act {
	t.Helper()
	in := &Installation{Dir: dir, Env: s.environment(), As: host.Identity{UID: os.Getuid(), GID: os.Getgid()}}
	f, err := Open(host.OS{}, in, s.era)
	if err != nil || f.Err != nil {
		t.Fatal(err, f)
	}
	secrets := newSecrets()
	cr := NewCredential(host.OS{}, Resolve(f, in, Version{Era: s.era}, secrets), secrets)
	if cr.Next != Polls {
		return act{Next: cr.Next}
	}
	a := act{Next: Polls, ID: strconv.Itoa(cr.ID), Token: strings.Trim(cr.Token.Reveal(), " \t")} // as net/http does
	if s.era == E1 {
		a.Token = "" // none is sent
	}
	if !s.era.Legacy() {
		a.ID = "runners"
	}
	return a
}

// firstAct reads off the exit status and the first request what a runner did.
func (s start) firstAct(code int, sent []fakeserver.Request) act {
	switch {
	case len(sent) == 0 && code == 2:
		return act{Next: Dies}
	case len(sent) == 0 && code == 0:
		return act{Next: Chokes}
	case len(sent) > 0 && sent[0].Method == http.MethodPost:
		return act{Next: Registers}
	case len(sent) > 0 && sent[0].Method == http.MethodPut:
		return act{Next: Polls, ID: filepath.Base(sent[0].Path), Token: sent[0].Header.Get(s.era.TokenHeader())}
	}
	return act{Next: Next("exit status " + strconv.Itoa(code))}
}
