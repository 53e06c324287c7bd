package fakeserver

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// semaphore runs a whole command line.
func semaphore(t *testing.T, env []string, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	env = append(env, "FAKE_SEMAPHORE_POLLS=2", "FAKE_SEMAPHORE_INTERVAL=1ms")
	code = SemaphoreMain(args, env, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func TestVersionCommand(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"":                           "2.9.58\n",
		"2.9.37":                     "2.9.37\n",
		"2.10.22":                    "2.10.22-e44910d-1721658299\n",
		"v2.10.32":                   "v2.10.32-f33944e0-1795434763\n",
		"2.9.75":                     "2.9.75\n",
		"v2.10.7-6bcf476-1718821016": "v2.10.7-6bcf476-1718821016\n",
	} {
		var env []string
		if version != "" {
			env = []string{"FAKE_SEMAPHORE_VERSION=" + version}
		}
		code, got, _ := semaphore(t, env, "", "version")
		if code != 0 || got != want {
			t.Errorf("version of %q = %q (exit %d), want %q", version, got, code, want)
		}
	}
}

func TestEraOfVersion(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"2.9.0": "", "2.9.1": "E1", "2.9.37": "E1", "v2.9.40": "E1", "2.9.40-beta": "E2a", "v2.9.41-beta": "E2b",
		"2.9.58": "E2b", "2.9.60": "E2b", "2.9.64": "E3", "2.9.91-beta": "E3", "2.10.22-e44910d-1721658299": "E3",
		"2.10.25-beta": "E3", "2.10.26-beta": "", "2.10.27": "", "2.10.28": "E4c", "v2.10.32": "E4c", "2.10.43": "E4c",
		"2.11.0": "", "2.8.91": "", "develop": "", "2.9": "", "2.9.x": "",
	} {
		if got := eraOf(version); got != want {
			t.Errorf("eraOf(%q) = %q, want %q", version, got, want)
		}
	}
}

// TestCommands is which words start a runner in which era, and which print help.
func TestCommands(t *testing.T) {
	t.Parallel()
	const help, running, registered = "help", "running", "registered"
	tests := []struct {
		version, args, want string
		code                int
	}{
		{"2.9.37", "runner", running, 0},
		{"2.9.58", "runner", running, 0},
		{"2.9.58", "runner start", running, 0}, // E2 ignores further words
		{"2.10.22", "runner", help, 0},
		{"2.10.22", "runner start", running, 0},
		{"2.10.22", "runner register", help, 0}, // semaphoreui/semaphore#2422
		{"2.10.32", "runner", help, 0},
		{"2.10.32", "runner register", registered, 0},
		{"2.10.32", "runner start", running, 0},
		{"2.10.32", "runner start --log-level DEBUG", running, 0},
		{"2.10.32", "runner start --help", help, 0},
		{"2.10.32", "", help, 0},
		{"2.10.32", "runner start --nosuchflag", "unknown flag: --nosuchflag", 1},
		{"2.9.58", "runner --no-config", "unknown flag: --no-config", 1},
		{"2.9.58", "runner --log-level DEBUG", "unknown flag: --log-level", 1},
		{"2.9.58", "nosuch", `unknown command "nosuch" for "semaphore"`, 1},
		{"2.10.27", "runner start", "no fake of version", 70},
	}
	for _, tt := range tests {
		t.Run(tt.version+" "+tt.args, func(t *testing.T) {
			t.Parallel()
			era := eraOf(tt.version)
			if era == "" {
				era = "E4c"
			}
			m := newMachine(t, era, era)
			if !m.legacy() {
				m.credential("valid")
			}
			env := []string{"FAKE_SEMAPHORE_VERSION=" + tt.version, "SEMAPHORE_RUNNER_REGISTRATION_TOKEN=" + registrationToken}
			args := append(strings.Fields(tt.args), "--config="+m.configPath())
			code, stdout, stderr := semaphore(t, env, "", args...)
			if got := outcome(m, stdout+stderr); code != tt.code || !strings.Contains(got, tt.want) {
				t.Errorf("= %s, exit %d, want %s, exit %d; output:\n%s%s", got, code, tt.want, tt.code, stdout, stderr)
			}
		})
	}
}

func outcome(m *machine, output string) string {
	polls, posts := 0, 0
	for _, r := range m.server.Requests() {
		switch r.Method {
		case "GET":
			polls++
		case "POST":
			posts++
		}
	}
	switch {
	case polls == 2:
		return "running"
	case posts == 1:
		return "registered"
	case strings.Contains(output, "Error:"), strings.Contains(output, "no fake"):
		return output
	case strings.Contains(output, "Usage:"):
		return "help"
	}
	return fmt.Sprintf("%d polls, %d posts", polls, posts)
}

func TestStdinRegistrationToken(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "E4c", "E4c")
	env := []string{"FAKE_SEMAPHORE_VERSION=2.10.32"}
	args := []string{"runner", "register", "--stdin-registration-token", "--config", m.configPath()}
	code, _, stderr := semaphore(t, env, registrationToken, args...)
	if code != 2 || !strings.Contains(stderr, "registration token cannot be empty") {
		t.Errorf("token from stdin: exit %d, %s; want the bug of v2.10.32", code, stderr)
	}
	code, _, stderr = semaphore(t, env, "", args...)
	if code != 2 || !strings.HasPrefix(stderr, "panic: Empty token\n") {
		t.Errorf("empty stdin: exit %d, %s", code, stderr)
	}
}

func TestNoConfig(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "E4c", "E4c")
	m.credential("valid")
	env := []string{"FAKE_SEMAPHORE_VERSION=2.10.32", "SEMAPHORE_WEB_ROOT=" + m.base, "SEMAPHORE_RUNNER_TOKEN=valid"}
	code, _, stderr := semaphore(t, env, "", "runner", "start", "--no-config")
	if code != 0 || stderr != "" || len(m.server.Requests()) != 4 {
		t.Errorf("exit %d, %d requests, %s; want two silent polls", code, len(m.server.Requests()), stderr)
	}
}

// TestUnsuccessfulPollsCount: FAKE_SEMAPHORE_POLLS ends a runner that gets 404s.
func TestUnsuccessfulPollsCount(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "E2b", "E2b")
	m.store("stale")
	code, stdout, stderr := semaphore(t, nil, "", "runner", "--config", m.configPath())
	if code != 0 || strings.Count(stderr, "server returns code 404") != 2 || stdout != "Loading config\nValidating config\n" {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestBadFakeSettings(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"FAKE_SEMAPHORE_POLLS=many", "FAKE_SEMAPHORE_INTERVAL=soon", "FAKE_SEMAPHORE_INTERVAL=-1s"} {
		var stderr bytes.Buffer
		code := SemaphoreMain([]string{"runner"}, []string{env}, nil, nil, &stderr)
		name, _, _ := strings.Cut(env, "=")
		if code != 70 || !strings.Contains(stderr.String(), name) {
			t.Errorf("%s: exit %d, %q, want 70 and the name", env, code, &stderr)
		}
	}
}

// TestExecutable shows the fake at work as a child process, the way tests of
// the whole command line use it.
func TestExecutable(t *testing.T) {
	t.Parallel()
	if os.Getenv("FAKE_SEMAPHORE_CHILD") != "" {
		os.Exit(SemaphoreMain([]string{"version"}, os.Environ(), os.Stdin, os.Stdout, os.Stderr))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run=^TestExecutable$")
	child.Env = append(os.Environ(), "FAKE_SEMAPHORE_CHILD=1", "FAKE_SEMAPHORE_VERSION=2.9.40")
	out, err := child.Output()
	if err != nil || string(out) != "2.9.40\n" {
		t.Errorf("child said %q, %v", out, err)
	}
}
