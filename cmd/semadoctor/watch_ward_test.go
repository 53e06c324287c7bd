//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// A ward is a server of an era and a watched runner of that era.
type ward struct {
	*watched
	server *fakeserver.Server
	web    *httptest.Server
	dir    string
	asked  string // URL of --listen
	notes  *notes
	hang   atomic.Bool   // the server answers nobody
	hung   chan struct{} // somebody waits for an answer
	away   atomic.Bool   // the server hangs up
}

// ServeHTTP is the server, while it answers.
func (d *ward) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	switch {
	case d.away.Load():
		if c, _, err := rw.(http.Hijacker).Hijack(); err == nil {
			c.Close()
		}
		return
	case !d.hang.Load():
		d.server.ServeHTTP(rw, r)
		return
	}
	select {
	case d.hung <- struct{}{}:
	default:
	}
	<-r.Context().Done()
}

// releases are those that the fake runner can be.
func fakeReleases() map[string]string {
	return map[string]string{"E1": "2.9.37", "E2a": "2.9.40-beta", "E2b": "2.9.58", "E3": "2.10.22", "E4c": "2.10.32"}
}

const wardToken = "S3CR3Tabcdef"

// newWard starts semadoctor with the runner of an era that is as it should be.
func newWard(t *testing.T, era string, args ...string) *ward {
	t.Helper()
	d := &ward{dir: t.TempDir(), notes: listenForNotes(t), hung: make(chan struct{}, 1)}
	d.server = fakeserver.New(fakeserver.Options{Era: era, RegistrationToken: "S3CR3T-registration"})
	d.server.AddRunner(1, wardToken)
	d.web = httptest.NewServer(d)
	t.Cleanup(func() { d.web.Close() })
	config, state := fmt.Sprintf(`{"web_host": %q, "runner": {"token_file": "%s/state"}, "tmp_path": "%s/tmp"}`, d.web.URL, d.dir, d.dir), wardToken
	if era != "E4c" {
		config = fmt.Sprintf(`{"runner": {"api_url": "%s/api", "config_file": "%s/state"}, "tmp_path": "%s/tmp", "dialect": "bolt"}`, d.web.URL, d.dir, d.dir)
		state = `{"runner_id":1,"token":"` + wardToken + `"}`
	}
	if err := errors.Join(os.WriteFile(d.config(), []byte(config), 0o600), os.WriteFile(d.dir+"/state", []byte(state), 0o600)); err != nil {
		t.Fatal(err)
	}
	env := []string{"FAKE_SEMAPHORE_VERSION=" + fakeReleases()[era], "FAKE_SEMAPHORE_INTERVAL=100ms", "NOTIFY_SOCKET=" + d.notes.path}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "@DIR@", d.dir)
	}
	d.watched = watchRun(t, env, append([]string{"--runner-version", fakeReleases()[era], "--listen", ":0", "--config", d.config()}, args...)...)
	d.findAddress()
	return d
}

func (d *ward) config() string { return filepath.Join(d.dir, "config.json") }

// findAddress waits until semadoctor says where it answers.
func (d *ward) findAddress() {
	d.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		_, after, found := strings.Cut(d.said(), "is told at ")
		if at, _, whole := strings.Cut(after, "/healthz\n"); found && whole {
			d.asked = at
			return
		}
		if time.Now().After(end) {
			d.Fatalf("semadoctor does not say where it answers:\n%s", d.said())
		}
	}
}

// get asks; the status is 0 when nobody answers.
func (d *ward) get(path string) (status int, body string) {
	resp, err := http.Get(d.asked + path)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b)
}

// becomes waits until a path is answered with a status, and words.
func (d *ward) becomes(path string, status int, words string) {
	d.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		got, body := d.get(path)
		if got == status && strings.Contains(body, words) {
			return
		}
		if time.Now().After(end) {
			d.Fatalf("GET %s: %d %q, want %d and %q\n%s", path, got, body, status, words, d.own())
		}
	}
}

// own is what semadoctor itself has said.
func (d *ward) own() string {
	var own strings.Builder
	for line := range strings.Lines(d.said()) {
		if strings.HasPrefix(line, "semadoctor: ") || strings.HasPrefix(line, "  | ") {
			own.WriteString(line)
		}
	}
	return own.String()
}

// notes is what a service manager is told.
type notes struct {
	path string
	mu   sync.Mutex
	all  []string
}

func listenForNotes(t *testing.T) *notes {
	t.Helper()
	n := &notes{path: "@" + strings.ReplaceAll(t.TempDir(), "/", "-")} // abstract: a path may not be that long
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: n.path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	go func() {
		b := make([]byte, 4096)
		for {
			k, err := c.Read(b)
			if err != nil {
				return
			}
			n.mu.Lock()
			n.all = append(n.all, string(b[:k]))
			n.mu.Unlock()
		}
	}()
	return n
}

func (n *notes) count(words string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Count(strings.Join(n.all, "\n")+"\n", words)
}

// isTold waits until the service manager is told something.
func (d *ward) isTold(words string) {
	d.Helper()
	for end := time.Now().Add(10 * time.Second); d.notes.count(words) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			d.Fatalf("the manager was not told %q", words)
		}
	}
}
