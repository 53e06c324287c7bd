//go:build integration && linux

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/report"
)

// TestRealFixes has runners of a real release in every disorder of its era that
// has a fix: each is diagnosed, repaired by "fix --yes", with --unsafe where the
// disorder says so, started by "run", and polls a real server of the same release,
// which accepts it.
func TestRealFixes(t *testing.T) {
	r := newRelease(t) // not parallel: semadoctor runs in this process
	r.serve("")
	s := &visited{release: r, base: r.url}
	s.login()
	for _, l := range disorders() {
		if !l.of(r.version.Era) {
			continue
		}
		t.Run(l.name, func(t *testing.T) {
			if l.asRoot {
				needsRoot(t, "files are given to somebody else")
			}
			site := newSite(t, s)
			if l.admin {
				l.args = append(l.args, "--server-token-file", s.api)
			}
			l.broken(site)
			site.doctor(report.ExitFindings, "check", append([]string{"-o", "json"}, l.args...)...)
			if roots := site.roots(); len(roots) != 1 || roots[0] != l.root {
				t.Fatalf("root causes %v, want %s alone\n%s", roots, l.root, site.text())
			}
			site.repaired(l)
			site.runs(l.args)
			site.doctor(report.ExitOK, "check", append([]string{"-o", "json"}, l.args...)...)
		})
	}
}

// A site is one runner of the release, whose polls are counted on their way to the
// server.
type site struct {
	*release
	server *visited
	polls  atomic.Int64 // that the server has answered 200
}

func newSite(t *testing.T, s *visited) *site {
	t.Helper()
	own := *s.release
	own.T, own.dir = t, t.TempDir()
	at := &site{release: &own, server: s}
	to, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	own.url = "http://" + serve(t, at.counted(httputil.NewSingleHostReverseProxy(to)))
	own.out = bytes.Buffer{}
	return at
}

// counted counts polls that are answered as those of a runner that is well. Ours
// show no token, and are not.
func (s *site) counted(h *httputil.ReverseProxy) http.Handler {
	h.ModifyResponse = func(resp *http.Response) error {
		where := resp.Request.URL.Path
		byID, byToken := strings.HasPrefix(where, "/api/runners/") && !strings.HasSuffix(where, "/0"), strings.HasSuffix(where, "/internal/runners")
		if resp.Request.Method == http.MethodGet && resp.StatusCode == http.StatusOK && (byID || byToken) {
			s.polls.Add(1)
		}
		return nil
	}
	return h
}

// legacy reports how this release is set up.
func (s *site) legacy() bool { return s.version.Era.Legacy() }

func (s *site) text() string {
	data, _ := os.ReadFile(s.config())
	return string(data)
}

// in is a path in the site's directory.
func (s *site) in(name string) string { return filepath.Join(s.dir, name) }

// put writes the config: the settings of a runner that is well, with some of them
// replaced. A value goes into the JSON as it is.
func (s *site) put(url, identity string, extra ...string) {
	s.Helper()
	text := fmt.Sprintf(`{
  "runner": {
    "api_url": %q,
    "registration_token": %q,
    "config_file": %q
  },
  "tmp_path": %q,
  "dialect": "bolt"%s
}
`, url, realToken, identity, s.in("tmp"), strings.Join(extra, ""))
	if !s.legacy() {
		text = fmt.Sprintf(`{
  "web_host": %q,
  "runner": {
    "token_file": %q
  },
  "tmp_path": %q%s
}
`, url, identity, s.in("tmp"), strings.Join(extra, ""))
	}
	writeIn(s.T, s.dir, "config.json", text)
}

// base is the server's URL as the era has it.
func (s *site) base() string { return s.based(s.url) }

func (s *site) based(url string) string {
	if s.legacy() {
		return url + "/api"
	}
	return url
}

// known gives the runner an identity that the server has.
func (s *site) known() string {
	s.Helper()
	own := *s.server
	own.T = s.T
	id, token := own.register()
	if s.legacy() {
		return fmt.Sprintf(`{"runner_id":%d,"token":%q}`, id, token)
	}
	return token
}

// repaired is "fix --yes". A second one has nothing to do.
func (s *site) repaired(l disorder) {
	s.Helper()
	args := append([]string{"--yes", "-o", "json"}, l.args...)
	if l.unsafe {
		args = append(args, "--unsafe", "--registration-token-file", writeIn(s.T, s.dir, "registration", realToken))
	}
	s.doctor(report.ExitOK, "fix", args...)
	before := s.text()
	s.doctor(report.ExitOK, "fix", args...)
	if s.text() != before {
		s.Errorf("a second fix has changed the config:\n%s\nwas\n%s", s.text(), before)
	}
}

// runs has semadoctor become the runner, and waits until the server has accepted two
// of its polls and it is still there.
func (s *site) runs(args []string) {
	s.Helper()
	self, err := os.Executable()
	if err != nil {
		s.Fatal(err)
	}
	program := s.in("semadoctor")
	if err := os.Symlink(self, program); err != nil {
		s.Fatal(err)
	}
	var said overheard
	cmd := exec.Command(program, append([]string{"run", "--config", s.config(), "--skip", "clock/ntp"}, slices.Concat(s.told, args)...)...)
	cmd.Env = []string{"PATH=" + filepath.Dir(s.binary) + ":" + os.Getenv("PATH"), "HOME=" + s.dir, stateEnv + "=" + s.in("journal"), "LC_ALL=C"}
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	s.polls.Store(0)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }()
	tick, late := time.NewTicker(50*time.Millisecond), time.After(patience)
	defer tick.Stop()
	for s.polls.Load() < 2 {
		select {
		case <-tick.C:
		case err := <-ended:
			s.Fatalf("the runner ended: %v\n%s\n%s", err, said.String(), s.text())
		case <-late:
			s.Fatalf("the server has accepted %d polls of the runner\n%s\n%s", s.polls.Load(), said.String(), s.text())
		}
	}
	if text := said.String(); strings.Contains(text, "rror") || strings.Contains(text, "panic") {
		s.Errorf("the runner complains:\n%s", text)
	}
}

// overheard is a buffer that a process writes to while a test reads it.
type overheard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (g *overheard) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.Write(p)
}

func (g *overheard) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.String()
}

// redirected is an address of the same host that redirects to the server.
func (s *site) redirected() string {
	return "http://" + serve(s.T, fakeserver.Redirect(http.StatusMovedPermanently, s.url))
}
