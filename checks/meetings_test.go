package checks_test

import (
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/fakeserver"
	"github.com/semadoctor/semadoctor/runner"
)

// fleet is n runners of the server at url, as those of one directory are.
func fleet(t *testing.T, url string, n int, network host.Net) []*checks.Target {
	dir := t.TempDir()
	version, err := runner.ParseVersion("2.9.58")
	if err != nil {
		t.Fatal(err)
	}
	version.Source = runner.FromFlag
	like := checks.NewTarget("", &runner.Installation{Dir: "/", Env: runner.Environment{}, As: host.Self(), Version: version})
	like.Files, like.Net, like.Secrets = host.OS{}, network, runner.NewSecrets([]byte("key"))
	var all []*checks.Target
	for i := range n {
		config, state := filepath.Join(dir, fmt.Sprintf("%d.json", i)), filepath.Join(dir, fmt.Sprintf("%d.state", i))
		for name, text := range map[string]string{
			config: fmt.Sprintf(`{"runner": {"api_url": "%s/api", "config_file": %q}, "tmp_path": %q}`, url, state, dir),
			state:  fmt.Sprintf(`{"runner_id":%d,"token":"S3CR3Tabcde%d"}`, i+1, i),
		} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, like.Beside(config, config))
	}
	return all
}

func withoutNTP() (cs []*checks.Check) {
	for _, c := range checks.Builtin() {
		if c != checks.ClockNTP {
			cs = append(cs, c)
		}
	}
	return cs
}

// TestMeetOnce: of many runners of one server each shows its token, over one
// connection, and only the first asks who is there.
func TestMeetOnce(t *testing.T) {
	t.Parallel()
	server := fakeserver.New(fakeserver.Options{Era: "E2b"})
	for i := range 5 {
		server.AddRunner(i+1, fmt.Sprintf("S3CR3Tabcde%d", i))
	}
	web := httptest.NewServer(server)
	t.Cleanup(web.Close)
	network, dialled := host.RealNet(), new(atomic.Int64)
	network.Dial = func(ctx context.Context, proto, addr string) (net.Conn, error) {
		dialled.Add(1)
		return (&net.Dialer{}).DialContext(ctx, proto, addr)
	}
	targets := fleet(t, web.URL, 5, network)
	for _, target := range targets {
		target.NoNTP = true
		if d := checks.Diagnose(t.Context(), target, withoutNTP()); d.Failed() {
			t.Errorf("%s: %v", target.Name, d.Causes.Roots)
		}
	}
	var asked []string
	for _, r := range server.Requests() {
		asked = append(asked, r.Method+" "+r.Path)
	}
	want := "GET /api/ping, GET /api/runners/0, PUT /api/runners/1, PUT /api/runners/2, PUT /api/runners/3, PUT /api/runners/4, PUT /api/runners/5"
	if got := strings.Join(asked, ", "); got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	if dialled.Load() != 1 {
		t.Errorf("%d connections, want 1", dialled.Load())
	}
	checks.Diagnose(t.Context(), targets[0].Later(), withoutNTP())
	if got := len(server.Requests()); got != 7+3 {
		t.Errorf("%d requests after a second look, want 10", got)
	}
}

// silence is a network in which nothing ever answers. A deaf one does not even
// listen to the end of a context.
func silence(t *testing.T, deaf bool) host.Net {
	end := make(chan struct{})
	t.Cleanup(func() { close(end) })
	return host.Net{Now: time.Now, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		if deaf {
			ctx = context.Background()
		}
		select {
		case <-end:
		case <-ctx.Done():
		}
		return nil, os.ErrDeadlineExceeded
	}}
}

// TestDeadServerCostsOneTimeout, however many checks and runners ask for it.
func TestDeadServerCostsOneTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		for _, target := range fleet(t, "http://192.0.2.1", 3, silence(t, false)) {
			target.Timeout = 4 * time.Second
			if d := checks.Diagnose(t.Context(), target, checks.Builtin()); !d.Failed() || d.Causes.Roots[0] != checks.ConnectionTimeout {
				t.Errorf("root causes %v, want connection-timeout", d.Causes.Roots)
			}
		}
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("took %v, want at most the timeout of one check", took)
		}
	})
}

// TestDeadlineIsKept: the context ends everything, and every check has a result.
func TestDeadlineIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		target := fleet(t, "https://192.0.2.1", 1, silence(t, true))[0]
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start := time.Now()
		d := checks.Diagnose(ctx, target, checks.Builtin())
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v, want 2 s", took)
		}
		unknown := 0
		for _, r := range d.Results {
			if r.Status == checks.Unknown {
				unknown++
			}
		}
		if unknown == 0 || d.Failed() {
			t.Errorf("%d checks unknown, failed %v: what was cut short accuses nobody", unknown, d.Failed())
		}
	})
}
