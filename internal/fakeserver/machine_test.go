package fakeserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A machine is a host with one runner on it and one server somewhere, both of
// an era. Its root directory stands for /.
type machine struct {
	t      *testing.T
	era    string // of the runner
	root   string
	server *Server
	base   string // URL of what listens, without a slash
	client *http.Client
	cycles int
	env    map[string]string
	out    bytes.Buffer // stdout and stderr, as in a log file

	mu   sync.Mutex
	seen []Request // what arrived at the listeners
}

const registrationToken = "0123456789abcdef0123456789abcdef"

// newMachine installs a runner of one era that knows a server of another.
func newMachine(t *testing.T, runnerEra, serverEra string) *machine {
	m := &machine{t: t, era: runnerEra, root: t.TempDir(), cycles: 4, env: map[string]string{}}
	m.server = New(Options{Era: serverEra, RegistrationToken: registrationToken})
	m.mkdir("etc/semaphore")
	m.mkdir("var/lib/semaphore")
	if m.legacy() {
		m.client = &http.Client{}
	} else {
		m.env["SEMAPHORE_RUNNER_REGISTRATION_TOKEN"] = registrationToken
	}
	m.listen(m.server)
	m.configure(m.base, m.statePath())
	return m
}

func (m *machine) legacy() bool { return m.era != "E4c" }

func (m *machine) mkdir(dir string) {
	if err := os.MkdirAll(filepath.Join(m.root, dir), 0o755); err != nil {
		m.t.Fatal(err)
	}
}

// listen starts a plain listener and makes it the base URL.
func (m *machine) listen(h http.Handler) {
	s := httptest.NewServer(m.watch(h))
	m.t.Cleanup(s.Close)
	m.base = s.URL
}

// listenTLS is listen with a self-signed certificate; trusting it is up to
// the returned client.
func (m *machine) listenTLS(h http.Handler) *http.Client {
	s := httptest.NewUnstartedServer(m.watch(h))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	m.t.Cleanup(s.Close)
	m.base = s.URL
	return s.Client()
}

func (m *machine) watch(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		m.mu.Lock()
		m.seen = append(m.seen, Request{Method: r.Method, Path: r.RequestURI, Header: r.Header.Clone(), Body: string(body)})
		m.mu.Unlock()
		h.ServeHTTP(w, r)
	})
}

func (m *machine) configPath() string { return filepath.Join(m.root, "etc/semaphore/config.json") }

func (m *machine) statePath() string {
	if m.legacy() {
		return filepath.Join(m.root, "var/lib/semaphore/runner_state.json")
	}
	return filepath.Join(m.root, "var/lib/semaphore/runner_token.txt")
}

// configure writes the config of the era: url without /api, and the path of
// the state or token file.
func (m *machine) configure(url, state string) {
	if m.legacy() {
		url += "/api"
	}
	m.configureURL(url, state)
}

func (m *machine) configureURL(url, state string) {
	config := map[string]any{"web_host": url, "runner": map[string]any{"token_file": state}}
	if m.legacy() {
		config = map[string]any{"dialect": "bolt", "runner": map[string]any{
			"api_url": url, "config_file": state, "registration_token": registrationToken,
		}}
	}
	data, err := json.MarshalIndent(config, "", "  ")
	if err != nil {
		m.t.Fatal(err)
	}
	m.write(m.configPath(), string(data))
}

func (m *machine) write(path, text string) {
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) read(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(data)
}

func (m *machine) remove(path string) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		m.t.Fatal(err)
	}
}

// credential puts a row on the server and its token on the disk.
func (m *machine) credential(token string) {
	m.server.AddRunner(1, token)
	m.store(token)
}

// store writes a state or token file.
func (m *machine) store(token string) {
	if m.legacy() {
		token = `{"runner_id":1,"token":"` + token + `"}`
	}
	m.write(m.statePath(), token)
}

func (m *machine) runner() Runner {
	return Runner{
		Era: m.era, Config: m.configPath(), HTTP: m.client, Cycles: m.cycles,
		Env:    func(k string) (string, bool) { v, ok := m.env[k]; return v, ok },
		Stdout: &m.out, Stderr: &m.out,
		Interval: time.Millisecond, RetryInterval: time.Millisecond,
	}
}

// start runs the runner until it stops by itself, which must be with code.
func (m *machine) start(code int) {
	m.t.Helper()
	m.run("start", code, m.runner().Run)
}

func (m *machine) startFor(cycles, code int) {
	m.t.Helper()
	r := m.runner()
	r.Cycles = cycles
	m.run("start", code, r.Run)
}

func (m *machine) register(code int) {
	m.t.Helper()
	m.run("register", code, m.runner().Register)
}

func (m *machine) run(what string, code int, run func(context.Context) int) {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(m.t.Context(), 5*time.Second)
	defer cancel()
	if got := run(ctx); got != code {
		m.t.Errorf("%s exited with %d, want %d; output so far:\n%s", what, got, code, m.out.String())
	}
}

// log is the output so far as if the machine's root were /.
func (m *machine) log() string { return strings.ReplaceAll(m.out.String(), m.root, "") }

// deafPort is a port nobody listens on: tcpmux, which nobody has.
const deafPort = "http://127.0.0.1:1"

// noSuchHost is a client whose resolver says what the recorder's said.
func noSuchHost() *http.Client {
	dial := func(_ context.Context, network, addr string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(addr)
		err := &net.DNSError{Err: "no such host", Name: host, Server: "192.0.2.53:53", IsNotFound: true}
		return nil, &net.OpError{Op: "dial", Net: network, Err: err}
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial}}
}
