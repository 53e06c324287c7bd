//go:build integration && linux

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/runner"
)

// TestRealWatch has real runners of a release repaired, registered and watched: they
// end up accepted by the real server, that they lose it and get it back is noticed,
// and so is, within five seconds, that it does not know them any more.
func TestRealWatch(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]func(*release) string{
		"one file for both":  func(r *release) string { return r.layout(r.url, r.config()) },
		"no directory":       func(r *release) string { return r.layout(r.url, r.dir+"/state/identity") },
		"a slash at the end": func(r *release) string { return r.layout(r.url+"/", r.dir+"/identity") },
	} {
		t.Run(name, func(t *testing.T) { // one after the other: they would take each other's ports
			r := newRelease(t)
			r.serve("")
			r.stop()
			before := r.database()
			r.again()
			lay(t, r.config(), config(r))
			r.watched(before)
		})
	}
}

// layout is a config of the release's era.
func (r *release) layout(url, identity string) string {
	if r.version.Era.Legacy() {
		if before, slash := strings.CutSuffix(url, "/"); slash {
			return fmt.Sprintf(`{"runner": {"api_url": "%s/api/", "registration_token": %q, "config_file": %q}, "tmp_path": "%s/tmp", "dialect": "bolt"}`, before, realToken, identity, r.dir)
		}
		return fmt.Sprintf(`{"runner": {"api_url": "%s/api", "registration_token": %q, "config_file": %q}, "tmp_path": "%s/tmp", "dialect": "bolt"}`, url, realToken, identity, r.dir)
	}
	return fmt.Sprintf(`{"web_host": %q, "runner": {"token_file": %q}, "tmp_path": "%s/tmp"}`, url, identity, r.dir)
}

// stop kills the server, again starts it.
func (r *release) stop() {
	r.Helper()
	_ = r.server.Process.Kill()
	_ = r.server.Wait()
}

func (r *release) again() {
	r.Helper()
	r.server = r.background("server", "--config", filepath.Join(r.dir, "server.json"))
	r.await()
}

func (r *release) database() []byte {
	r.Helper()
	b, err := os.ReadFile(filepath.Join(r.dir, "database.boltdb"))
	if err != nil {
		r.Fatal(err)
	}
	return b
}

// watched is the whole story; before is the server's database without a runner.
func (r *release) watched(before []byte) {
	d := &ward{dir: r.dir, notes: listenForNotes(r.T)}
	env := []string{
		"PATH=" + filepath.Dir(r.binary) + ":" + os.Getenv("PATH"), "HOME=" + r.dir, "NOTIFY_SOCKET=" + d.notes.path,
		stateEnv + "=" + filepath.Join(r.dir, "journal"),
	}
	if !r.version.Era.Legacy() {
		env = append(env, registrationEnv+"="+realToken)
	}
	version := r.version.Text
	if r.version.Guessed() {
		version = string(r.version.Era)
	}
	d.watched = watchRun(r.T, env, "--runner-version", version, "--fix", "--register", "--restart", "failure", "--listen", ":0", "--config", r.config())
	d.findAddress()
	d.becomes("/readyz", http.StatusOK, "accepted")
	d.isTold("READY=1\n")
	r.stop()
	d.becomes("/readyz", http.StatusServiceUnavailable, "connection-refused")
	r.again()
	d.becomes("/readyz", http.StatusOK, "accepted")

	r.stop()
	if err := os.WriteFile(filepath.Join(r.dir, "database.boltdb"), before, 0o600); err != nil {
		r.Fatal(err)
	}
	r.again()
	forgotten := time.Now()
	d.becomes("/readyz", http.StatusServiceUnavailable, "state-stale")
	if took := time.Since(forgotten); took > 5*time.Second && r.version.Era != runner.E4b { // which dies without a server, and is started anew more and more slowly
		r.Errorf("that the server has forgotten the runner was noticed after %s, want within 5 s\n%s", took, d.own())
	}
	if got := d.notes.count("READY=1\n"); got != 1 {
		r.Errorf("the manager was told READY=1 %d times, want once", got)
	}
	d.send(syscall.SIGTERM)
	if got := d.ends(); got != 143 && got != 4 {
		r.Errorf("exit code %d, want 143\n%s", got, d.own())
	}
	if strings.Contains(d.said(), realToken) {
		r.Error("the registration token is shown")
	}
	r.Logf("semadoctor said:\n%s", d.own())
}
