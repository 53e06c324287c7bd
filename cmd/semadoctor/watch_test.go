//go:build linux

package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWatchLife is a whole life in every era: accepted; deleted on the server, which
// is noticed within five seconds and said once; there again; the server away and back;
// asked to end.
func TestWatchLife(t *testing.T) {
	t.Parallel()
	for _, era := range triedEras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			d := newWard(t, era)
			d.becomes("/readyz", http.StatusOK, "accepted")
			d.isTold("READY=1\n")
			d.becomes("/healthz", http.StatusOK, `"status"`)
			d.server.DeleteRunner(1)
			deleted := time.Now()
			d.becomes("/readyz", http.StatusServiceUnavailable, "state-stale")
			if took := time.Since(deleted); took > 5*time.Second {
				t.Errorf("that was noticed after %s, want within 5 s", took)
			}
			d.becomes("/livez", http.StatusOK, "")
			d.becomes("/healthz?verbose", http.StatusServiceUnavailable, "state-stale")
			d.server.AddRunner(1, wardToken)
			d.becomes("/readyz", http.StatusOK, "accepted")
			d.comesAndGoes()
			d.send(syscall.SIGTERM)
			if got := d.ends(); got != 143 {
				t.Errorf("exit code %d, want 143", got)
			}
			if got := strings.Count(d.own(), "state-stale"); got != 1 {
				t.Errorf("state-stale is said %d times, want once:\n%s", got, d.own())
			}
			if strings.Contains(d.said(), wardToken) {
				t.Errorf("the token is shown:\n%s", d.said())
			}
			for _, once := range []string{"READY=1\n", "STOPPING=1\n"} {
				d.isTold(once)
				if got := d.notes.count(once); got != 1 {
					t.Errorf("the manager was told %q %d times, want once", once, got)
				}
			}
		})
	}
}

// comesAndGoes lets nobody at the server any more, and then again.
func (d *ward) comesAndGoes() {
	d.Helper()
	d.away.Store(true)
	d.becomes("/readyz", http.StatusServiceUnavailable, "connection-failed")
	d.away.Store(false)
	d.becomes("/readyz", http.StatusOK, "accepted")
}

// TestWatchListen: who asks gets what was promised, and nothing else.
func TestWatchListen(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E4c")
	d.becomes("/readyz", http.StatusOK, "accepted")
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
		req, _ := http.NewRequest(method, d.asked+"/livez", nil)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s, Allow %q", method, resp.Status, resp.Header.Get("Allow"))
		}
	}
	for _, path := range []string{"/livez", "/readyz", "/healthz", "/metrics"} {
		resp, err := http.Head(d.asked + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("HEAD %s: %s, Cache-Control %q", path, resp.Status, resp.Header.Get("Cache-Control"))
		}
	}
	if got, _ := d.get("/"); got != http.StatusNotFound {
		t.Errorf("GET /: %d, want 404", got)
	}
	var health struct {
		Status string
		Checks map[string][]struct{ Status string }
	}
	_, body := d.get("/healthz?verbose")
	if err := json.Unmarshal([]byte(body), &health); err != nil || health.Status == "fail" || len(health.Checks["runner:accepted"]) != 1 {
		t.Errorf("healthz: %v %+v", err, health)
	}
	_, metrics := d.get("/metrics")
	for _, want := range []string{"\nsemadoctor_runner_up 1\n", "\nsemadoctor_runner_accepted 1\n", "\nsemadoctor_runner_starts_total 1\n", `semadoctor_check_ok{check="server/token"`} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %q in\n%s", want, metrics)
		}
	}
	for _, said := range []string{body, metrics} {
		if strings.Contains(said, wardToken) {
			t.Errorf("the token is shown in %s", said)
		}
	}
}

// TestWatchSilentServer: a server that takes requests and answers none is noticed, and
// nobody waits for it at the end.
func TestWatchSilentServer(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E1", "--timeout", "60s", "--", "sh", "-c", "exec sleep 600")
	d.becomes("/readyz", http.StatusOK, "accepted")
	d.hang.Store(true)
	<-d.hung
	began := time.Now()
	d.send(syscall.SIGTERM)
	if got := d.ends(); got != 143 {
		t.Errorf("exit code %d, want 143\n%s", got, d.own())
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s to end", took)
	}
}

// TestWatchPollsOnce: with --poll the gate asks as the runner does, and no look after it.
func TestWatchPollsOnce(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E4c", "--poll")
	d.becomes("/readyz", http.StatusOK, "accepted")
	d.server.AddRunner(1, "another12345")
	d.becomes("/readyz", http.StatusServiceUnavailable, "state-stale")
	d.server.AddRunner(1, wardToken)
	d.becomes("/readyz", http.StatusOK, "accepted")
	polls := 0
	for _, r := range d.server.Requests() {
		if r.Method == http.MethodHead {
			polls++
		}
	}
	if polls != 1 {
		t.Errorf("semadoctor has polled %d times, want once", polls)
	}
}

// TestWatchConnected: a runner that says that it is accepted need not be waited for.
func TestWatchConnected(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E4c", "--", "sh", "-c", "echo start >> '@DIR@/starts'; echo Runner connected; exec sleep 600")
	d.becomes("/livez", http.StatusOK, "")
	d.isTold("READY=1\n")
	info, err := os.Stat(d.dir + "/starts")
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(info.ModTime()); took > usualTimes().settle {
		t.Errorf("it took %s, want less than a runner that says nothing", took)
	}
}

// TestWatchDeath: a runner that dies is told of: its last words without secrets and
// escapes, the likely cause, what has come since its start.
func TestWatchDeath(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E2b", "--", "sh", "-c",
		`printf 'token=`+wardToken+`\n\033[31mred\n' >&2; printf '{' > '@DIR@/config.json'; echo Killed >&2; echo 'panic: of its own' >&2; exit 2`)
	if got := d.ends(); got != 2 {
		t.Errorf("exit code %d, want the runner's, 2", got)
	}
	for _, want := range []string{
		"semadoctor: the runner has ended by itself after ", ", with status 2\n",
		"semadoctor: its last words:\n  | token=****", "\n  | \\x1b[31mred\n", "\n  | Killed\n  | panic: of its own\n",
		"semadoctor: the most likely cause is config-syntax: ", "semadoctor: new since its start: config-syntax",
	} {
		if !strings.Contains(d.said(), want) {
			t.Errorf("no %q in\n%s", want, d.said())
		}
	}
	if strings.Contains(d.own(), wardToken) || strings.Contains(d.own(), "\x1b") {
		t.Errorf("semadoctor shows a secret or an escape:\n%s", d.own())
	}
}

// TestWatchRestart: again and again, more and more slowly, until asked to end, or
// until the runner ends well.
func TestWatchRestart(t *testing.T) {
	t.Parallel()
	tests := []struct {
		when, script string
		code, starts int
	}{
		{"never", "exit 7", 7, 1},
		{"failure", "exit 0", 0, 1},
		{"failure", "[ -e again ] && exit 0; touch again; exit 7", 0, 2},
		{"failure", "kill -TERM $$", 143, 1},
		{"failure", "[ -e again ] && exit 0; touch again; kill -SEGV $$", 0, 2},
		{"always", "[ -e again ] && kill -TERM $PPID && sleep 60; touch again; exit 0", 143, 2},
	}
	for _, tt := range tests {
		t.Run(tt.when+" "+tt.script, func(t *testing.T) {
			t.Parallel()
			d := newWard(t, "E2b", "--restart", tt.when, "--", "sh", "-c", "cd '@DIR@'; echo start >> starts; "+tt.script)
			if got := d.ends(); got != tt.code {
				t.Errorf("exit code %d, want %d\n%s", got, tt.code, d.said())
			}
			starts, _ := os.ReadFile(filepath.Join(d.dir, "starts"))
			if got := strings.Count(string(starts), "start\n"); got != tt.starts {
				t.Errorf("started %d times, want %d\n%s", got, tt.starts, d.said())
			}
		})
	}
}

// TestWatchEndsWhileWaiting: who asks it to end between two lives of the runner is
// answered as the runner would have answered.
func TestWatchEndsWhileWaiting(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E2b", "--restart", "always", "--", "sh", "-c", "exit 7")
	for end := time.Now().Add(20 * time.Second); strings.Count(d.own(), "is started again in") < 4; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("semadoctor says\n%s", d.own())
		}
	}
	d.send(syscall.SIGHUP)
	if got := d.ends(); got != 129 {
		t.Errorf("exit code %d, want 129\n%s", got, d.own())
	}
}

// TestWatchGateAgain: before each start the gate looks anew. While it is shut nothing is
// started, and that ends when it opens.
func TestWatchGateAgain(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E2b", "--restart", "always", "--", "sh", "-c", "cd '@DIR@'; echo start >> starts; [ -e again ] && exec sleep 600; cp config.json again; echo '{' > config.json; exit 7")
	d.becomes("/readyz", http.StatusServiceUnavailable, "refused: config-syntax")
	for end := time.Now().Add(10 * time.Second); !strings.Contains(d.own(), "it is looked at again\n"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("semadoctor says\n%s", d.own())
		}
	}
	again, err := os.ReadFile(d.dir + "/again")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.config(), again, 0o600); err != nil {
		t.Fatal(err)
	}
	d.becomes("/readyz", http.StatusOK, "accepted")
	d.send(syscall.SIGTERM)
	if got := d.ends(); got != 143 {
		t.Errorf("exit code %d, want 143", got)
	}
	starts, _ := os.ReadFile(d.dir + "/starts")
	if got := strings.Count(string(starts), "start\n"); got != 2 {
		t.Errorf("started %d times, want twice\n%s", got, d.own())
	}
}

// TestWatchOldSettings: a runner that is refused although what is on the disk would be
// accepted runs with something else, and then alone a restart helps.
func TestWatchOldSettings(t *testing.T) {
	t.Parallel()
	d := newWard(t, "E2b")
	d.becomes("/readyz", http.StatusOK, "accepted")
	d.server.AddRunner(1, "another12345")
	d.becomes("/readyz", http.StatusServiceUnavailable, "")
	d.becomes("/livez", http.StatusOK, "")
	if err := os.WriteFile(d.dir+"/state", []byte(`{"runner_id":1,"token":"another12345"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.becomes("/livez", http.StatusServiceUnavailable, "a restart helps")
	d.send(syscall.SIGTERM)
	if got := d.ends(); got != 143 {
		t.Errorf("exit code %d, want 143", got)
	}
}
