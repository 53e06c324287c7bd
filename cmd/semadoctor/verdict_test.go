//go:build linux

package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
)

// A rememberer is a runner that is well, its server, and a place for its verdict.
type rememberer struct {
	*testing.T
	dir    string
	server *fakeserver.Server
	env    []string
	args   []string
}

func newRememberer(t *testing.T) *rememberer {
	t.Helper()
	m := &rememberer{T: t, dir: t.TempDir(), server: fakeserver.New(fakeserver.Options{Era: "E2b"})}
	m.server.AddRunner(1, wardToken)
	web := httptest.NewServer(m.server)
	t.Cleanup(web.Close)
	m.write("config.json", fmt.Sprintf(`{"runner": {"api_url": "%s/api", "config_file": "%s/state"}, "tmp_path": "%s/tmp"}`, web.URL, m.dir, m.dir))
	m.write("state", `{"runner_id":1,"token":"`+wardToken+`"}`)
	m.env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "XDG_CACHE_HOME=" + m.dir + "/cache", stateEnv + "=" + m.dir + "/journal"}
	m.args = []string{"--cache", "5m"}
	return m
}

func (m *rememberer) write(name, text string) {
	if err := os.WriteFile(filepath.Join(m.dir, name), []byte(text), 0o600); err != nil {
		m.Fatal(err)
	}
}

// runs starts it and returns how often the server was asked; the runner must have
// been started, or not.
func (m *rememberer) runs(started bool) int {
	m.Helper()
	before := len(m.server.Requests())
	args := append([]string{"run", "--config", m.dir + "/config.json", "--runner-version", "2.9.58"}, m.args...)
	cmd := exec.Command("semadoctor", append(args, "--", "echo", "started")...)
	cmd.Env, cmd.Dir = m.env, m.dir
	out, err := cmd.CombinedOutput()
	if got := strings.Contains(string(out), "started\n"); got != started {
		m.Fatalf("started %t, want %t: %v\n%s", got, started, err, out)
	}
	return len(m.server.Requests()) - before
}

// kept is the file with the verdict.
func (m *rememberer) kept() string {
	m.Helper()
	files, _ := filepath.Glob(m.dir + "/cache/semadoctor/verdict-*")
	if len(files) != 1 {
		m.Fatalf("kept in %v, want one file", files)
	}
	return files[0]
}

// TestVerdict: what was well is not asked again, until anything that it stands on has
// changed; what is not as it was written counts for nothing.
func TestVerdict(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*rememberer)
		again  bool // the server is asked again
	}{
		{"nothing", func(*rememberer) {}, false},
		{"what systemd sets anew", func(m *rememberer) { m.env = append(m.env, "INVOCATION_ID=1") }, false},
		{"a variable", func(m *rememberer) { m.env = append(m.env, "HTTP_PROXY_X=1") }, true},
		{"a flag", func(m *rememberer) { m.args = append(m.args, "--gate", "strict") }, true},
		{"the time is over", func(m *rememberer) { m.args = []string{"--cache", "1ns"} }, true},
		{"the state", func(m *rememberer) { m.write("state", `{"runner_id":1,"token":"`+wardToken+`"} `) }, true},
		{"an ignore file that was not there", func(m *rememberer) { m.write(".semadoctor.yaml", "# nothing") }, true},
		{"what was not there", func(m *rememberer) { m.mkdir("tmp") }, true},
		{"garbage", func(m *rememberer) { m.spoil(`{"Key":`) }, true},
		{"another's words", func(m *rememberer) { m.spoil(`{"Key":"x","At":"2026-11-30T00:00:00Z","Stamps":{"/":"0"}}`) }, true},
		{"nothing looked at", func(m *rememberer) { m.spoil(strings.Split(m.read(), `"Stamps"`)[0] + `"Stamps":{}}`) }, true},
		{"open to others", func(m *rememberer) { m.chmod(m.kept(), 0o644) }, true},
		{"a directory of others", func(m *rememberer) { m.chmod(m.dir+"/cache/semadoctor", 0o777) }, true},
		{"a link", func(m *rememberer) { m.link() }, true},
		{"from the future", func(m *rememberer) { m.spoil(m.later(time.Hour)) }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := newRememberer(t)
			if m.runs(true) == 0 {
				t.Fatal("the first start has asked nobody")
			}
			if strings.Contains(m.read(), wardToken) {
				t.Errorf("the token is kept:\n%s", m.read())
			}
			tt.change(m)
			if got := m.runs(true) > 0; got != tt.again {
				t.Errorf("the server was asked again: %t, want %t", got, tt.again)
			}
		})
	}
}

// TestVerdictOfIgnored: what is accepted belongs to the verdict.
func TestVerdictOfIgnored(t *testing.T) {
	t.Parallel()
	m := newRememberer(t)
	const entry = "ignore:\n- {id: tls-expired, reason: it is old, until: 2999-12-31}\n"
	m.write("ignore.yaml", entry)
	m.args = append(m.args, "--ignore", m.dir+"/ignore.yaml")
	if m.runs(true) == 0 || m.runs(true) > 0 {
		t.Error("of two starts the second has asked the server, or the first has not")
	}
	m.write("ignore.yaml", strings.Replace(entry, "2999", "2998", 1))
	if m.runs(true) == 0 {
		t.Error("another day, and the server is not asked again")
	}
}

func (m *rememberer) read() string {
	m.Helper()
	b, err := os.ReadFile(m.kept())
	if err != nil {
		m.Fatal(err)
	}
	return string(b)
}

func (m *rememberer) spoil(text string) {
	m.Helper()
	if err := os.WriteFile(m.kept(), []byte(text), 0o600); err != nil {
		m.Fatal(err)
	}
}

func (m *rememberer) chmod(name string, mode os.FileMode) {
	m.Helper()
	if err := os.Chmod(name, mode); err != nil {
		m.Fatal(err)
	}
}

func (m *rememberer) mkdir(name string) {
	m.Helper()
	if err := os.Mkdir(filepath.Join(m.dir, name), 0o700); err != nil {
		m.Fatal(err)
	}
}

func (m *rememberer) link() {
	m.Helper()
	kept := m.kept()
	m.write("elsewhere", m.read())
	if err := os.Remove(kept); err != nil {
		m.Fatal(err)
	}
	if err := os.Symlink(m.dir+"/elsewhere", kept); err != nil {
		m.Fatal(err)
	}
}

// later is what was kept as if it had been found at another time.
func (m *rememberer) later(by time.Duration) string {
	before, rest, _ := strings.Cut(m.read(), `"At":"`)
	_, after, _ := strings.Cut(rest, `"`)
	return before + `"At":"` + time.Now().Add(by).UTC().Format(time.RFC3339) + `"` + after
}

// TestVerdictBad: what is not good is not remembered, and a good one before it is
// forgotten.
func TestVerdictBad(t *testing.T) {
	t.Parallel()
	m := newRememberer(t)
	m.runs(true)
	m.kept()
	m.server.DeleteRunner(1)
	m.write("state", `{"runner_id":1, "token":"`+wardToken+`"}`)
	m.runs(false)
	if files, _ := filepath.Glob(m.dir + "/cache/semadoctor/*"); len(files) != 0 {
		t.Errorf("kept: %v", files)
	}
	m.server.AddRunner(1, wardToken)
	if m.runs(true) == 0 {
		t.Error("nobody was asked after a bad verdict")
	}
}

// TestVerdictStrict: a gate that has shut for a warning stays shut.
func TestVerdictStrict(t *testing.T) {
	t.Parallel()
	m := newRememberer(t)
	m.write("config.json", strings.Replace(m.text("config.json"), `"runner": {`, `"runner": {"one_of": true, `, 1))
	m.runs(true)
	m.args = append(m.args, "--gate", "strict")
	m.runs(false)
	m.runs(false)
}

// TestVerdictOld: what was kept with other flags goes when its time is over.
func TestVerdictOld(t *testing.T) {
	t.Parallel()
	m := newRememberer(t)
	m.runs(true)
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(m.kept(), old, old); err != nil {
		t.Fatal(err)
	}
	m.args = append(m.args, "--skip", "clock")
	m.runs(true)
	m.kept() // one
}

func (m *rememberer) text(name string) string {
	m.Helper()
	b, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil {
		m.Fatal(err)
	}
	return string(b)
}

// TestVerdictFix: with --fix, too, what needed no repair is remembered.
func TestVerdictFix(t *testing.T) {
	t.Parallel()
	m := newRememberer(t)
	m.args = append(m.args, "--fix")
	m.runs(true)
	if got := m.runs(true); got != 0 {
		t.Errorf("the server was asked %d times, want never", got)
	}
}
