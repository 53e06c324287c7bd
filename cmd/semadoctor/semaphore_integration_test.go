//go:build integration && linux

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
)

// semaphoreEnv names a real Semaphore release to test against.
const semaphoreEnv = "SEMADOCTOR_SEMAPHORE"

// What a real server is given.
const (
	realToken    = "reg-token-0123456789abcdef"
	realPassword = "changeme-0123"
)

// TestRealSemaphore breaks a runner of a real release as in
// semaphoreui/semaphore#1766, and has it diagnosed, repaired and accepted by a
// real server of the same release.
func TestRealSemaphore(t *testing.T) {
	t.Parallel()
	r := newRelease(t)
	r.serve("")
	r.write()
	before := r.read()
	r.doctor(report.ExitFindings, "check", "-o", "json")
	if roots := r.roots(); len(roots) != 1 || roots[0] != "path-collision" {
		t.Fatalf("root causes %v, want path-collision alone", roots)
	}
	r.repair()
	r.start()
	r.doctor(report.ExitOK, "check", "-o", "json")
	r.doctor(report.ExitOK, "fix", "--undo")
	if r.version.Era == runner.E4a { // the registration was a repair of its own
		r.doctor(report.ExitOK, "fix", "--undo")
	}
	if got := r.read(); got != before {
		t.Errorf("after undo the config is\n%s\nwant\n%s", got, before)
	}
}

// release is one real Semaphore with a server, a runner and a machine.
type release struct {
	*testing.T
	binary  string
	version runner.Version
	dir     string
	url     string
	told    []string     // to every semadoctor: the version of a build that has none
	server  *exec.Cmd    // the server's process
	out     bytes.Buffer // of the last command
}

func newRelease(t *testing.T) *release {
	t.Helper()
	binary := os.Getenv(semaphoreEnv)
	if binary == "" {
		t.Skipf("%s is not set: it names the program of a Semaphore release", semaphoreEnv)
	}
	in := &runner.Installation{Env: runner.Environment{}, Dir: "/", As: host.Self()}
	in.Env.Set("PATH", filepath.Dir(binary), runner.Origin{})
	v, err := runner.AskBinary(t.Context(), host.RealExec, host.OS{}, in) // a build of no release is asked what it can do
	if err != nil || !v.Era.Known() {
		t.Fatalf("%s is of no era that is known: %v, %v", binary, v, err)
	}
	t.Logf("Semaphore %s (%s)", v.Text, v.Era)
	r := &release{T: t, binary: binary, version: v, dir: t.TempDir()}
	if v.Guessed() {
		r.told = []string{"--runner-version", string(v.Era)}
	}
	return r
}

func (r *release) config() string { return filepath.Join(r.dir, "config.json") }

func (r *release) read() string {
	b, err := os.ReadFile(r.config())
	if err != nil {
		r.Fatal(err)
	}
	return string(b)
}

// serve starts a server on loopback, below a path or at the root, with an
// administrator and nothing else in its database.
func (r *release) serve(path string) {
	port := tcpPort(r.T)
	addr := "127.0.0.1:" + port
	file := filepath.Join(r.dir, "server.json")
	settings, _ := json.Marshal(map[string]any{
		"dialect": "bolt", "bolt": map[string]string{"host": filepath.Join(r.dir, "database.boltdb")},
		"interface": "127.0.0.1", "port": ":" + port, "tmp_path": filepath.Join(r.dir, "server-tmp"),
		"git_client": "cmd_git", "max_parallel_tasks": 10, "use_remote_runner": true,
		"cookie_hash": key(), "cookie_encryption": key(), "access_key_encryption": key(),
		"runner_registration_token": realToken, "web_host": "http://" + addr + path,
	})
	if err := os.WriteFile(file, settings, 0o600); err != nil {
		r.Fatal(err)
	}
	r.do("user", "add", "--admin", "--login", "admin", "--name", "admin", "--email", "admin@example.test", "--password", realPassword, "--config", file)
	r.server = r.background("server", "--config", file)
	r.url = "http://" + addr + path
	r.await()
}

func key() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}

// do runs the release's program to its end.
func (r *release) do(args ...string) {
	cmd := exec.Command(r.binary, args...)
	cmd.Env, cmd.Dir = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir}, r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// background starts the release's program, without our environment, and ends it
// with the test.
func (r *release) background(args ...string) *exec.Cmd {
	cmd := exec.Command(r.binary, args...)
	cmd.Env, cmd.Dir = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir}, r.dir
	if err := cmd.Start(); err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}

// await waits until the server answers.
func (r *release) await() {
	ctx, cancel := context.WithTimeout(r.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if resp, err := http.Get(r.url + "/api/ping"); err == nil {
			resp.Body.Close()
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			r.Fatal("the server does not answer")
		}
	}
}

// write makes a config that is its own state or token file.
func (r *release) write() {
	text := fmt.Sprintf(`{
  "runner": {"api_url": "%s/api", "registration_token": "%s", "config_file": "%s"},
  "tmp_path": "%s/tmp", "dialect": "bolt"
}
`, r.url, realToken, r.config(), r.dir)
	if !r.version.Era.Legacy() {
		text = fmt.Sprintf(`{
  "web_host": "%s",
  "runner": {"token_file": "%s"},
  "tmp_path": "%s/tmp"
}
`, r.url, r.config(), r.dir)
	}
	if err := os.WriteFile(r.config(), []byte(text), 0o600); err != nil {
		r.Fatal(err)
	}
}

// doctor is semadoctor, in this process, with the release's program on its PATH.
func (r *release) doctor(code int, command string, args ...string) {
	r.Helper()
	r.out.Reset()
	var notes bytes.Buffer
	w := &world{Stdin: strings.NewReader(""), Stdout: &r.out, Stderr: &notes, Dir: r.dir, Net: host.RealNet(), Exec: host.RealExec}
	w.Env = map[string]string{"PATH": filepath.Dir(r.binary) + ":" + os.Getenv("PATH"), stateEnv: filepath.Join(r.dir, "journal")}
	line := append([]string{"semadoctor", command, "--config", r.config(), "--skip", "clock/ntp"}, slices.Concat(r.told, args)...)
	if got := Main(w, checks.Builtin(), line); got != code {
		r.Fatalf("%v: exit code %d, want %d\n%s%s", line, got, code, &r.out, &notes)
	}
}

func (r *release) roots() []string {
	var doc report.Report
	if err := json.Unmarshal(r.out.Bytes(), &doc); err != nil {
		r.Fatal(err)
	}
	return doc.Targets[0].RootCauses
}

// repair separates the files. From 2.10.26 on the runner must be registered by
// hand, and a missing token is all that is left.
func (r *release) repair() {
	if r.version.Era.Legacy() {
		r.doctor(report.ExitOK, "fix", "--yes", "-o", "json")
		return
	}
	r.doctor(report.ExitFindings, "fix", "--yes", "-o", "json")
	if roots := r.roots(); len(roots) != 1 || roots[0] != "state-missing" {
		r.Fatalf("after the repair the root causes are %v, want state-missing alone", roots)
	}
	if r.version.Era == runner.E4a { // whose own command always panics
		r.doctor(report.ExitOK, "fix", "--yes", "--unsafe", "--registration-token-file", writeIn(r.T, r.dir, "registration", realToken))
		return
	}
	cmd := exec.Command(r.binary, "runner", "register", "--config", r.config())
	cmd.Env, cmd.Dir = []string{"SEMAPHORE_RUNNER_REGISTRATION_TOKEN=" + realToken, "HOME=" + r.dir}, r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("register: %v\n%s", err, out)
	}
}

// start runs the runner until it has written its identity.
func (r *release) start() {
	args := r.version.Era.StartsWith(r.config())
	r.background(args...)
	ctx, cancel := context.WithTimeout(r.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if found, _ := filepath.Glob(filepath.Join(r.dir, "state", "*")); len(found) > 0 {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			r.Fatal("the runner has not written its identity")
		}
	}
}
