package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// managed is this machine as one that systemd runs.
type managed struct{ host.OS }

func (m managed) Lstat(name string) (host.Info, error) {
	switch name {
	case "/run/systemd", "/run/systemd/system":
		return host.Info{Mode: fs.ModeDir | 0o755}, nil
	case "/usr/bin/systemctl", "/usr/bin/journalctl":
		return host.Info{Mode: 0o755}, nil
	case "/run/user", "/run/user/1001", "/run/user/1001/systemd":
		return host.Info{Mode: fs.ModeDir | 0o755}, nil
	}
	return m.OS.Lstat(name)
}

// A fakeSystemd runs one unit. It says what it is told to say.
type fakeSystemd struct {
	states []string // what "systemctl show" says, one after the other; the last for ever
	log    string   // the unit's journal
	asked  []string // what was done, but for show
	fails  bool     // a restart does not work
	why    string   // what systemctl says then; "" is what it always says
}

func (f *fakeSystemd) exec(_ context.Context, c host.Command) (host.Output, error) {
	if path.Base(c.Path) == "journalctl" {
		return host.Output{Stdout: []byte(f.log)}, nil
	}
	if !slices.Contains(c.Args, "show") {
		f.asked = append(f.asked, strings.Join(c.Args, " "))
		if f.fails && c.Args[0] == "restart" {
			return host.Output{Code: 1, Stderr: []byte(cmp.Or(f.why, "Job for x.service failed.\nSee more.\n"))}, nil
		}
		return host.Output{}, nil
	}
	state := f.states[0]
	if len(f.states) > 1 {
		f.states = f.states[1:]
	}
	return host.Output{Stdout: []byte(strings.ReplaceAll(state, " ", "\n"))}, nil
}

// connected makes this process hold a connection, as a runner does that polls.
func connected(t *testing.T) (pid int, to string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return os.Getpid(), l.Addr().String()
}

func TestRestart(t *testing.T) {
	t.Parallel()
	pid, to := connected(t)
	up := "ActiveState=active SubState=running MainPID=" + strconv.Itoa(pid)
	tests := []struct {
		name    string
		systemd fakeSystemd
		asked   string
		said    string

		elsewhere bool // the server is not where the connection leads
	}{
		{"polls", fakeSystemd{states: []string{"NeedDaemonReload=no", up}}, "restart -- x.service", "works: x.service runs, and polls: process ", false},
		{"drop-ins are read first", fakeSystemd{states: []string{"NeedDaemonReload=yes", up}}, "daemon-reload, restart -- x.service", "and polls", false},
		{"not at once", fakeSystemd{states: []string{"", "ActiveState=activating MainPID=0", up}}, "restart -- x.service", "and polls", false},
		{"does not start", fakeSystemd{states: []string{""}, fails: true}, "restart -- x.service", "fault: restart x.service: exit status 1: Job for x.service failed.", false},
		{
			"ends again and again",
			fakeSystemd{states: []string{"", "ActiveState=activating SubState=auto-restart Result=exit-code"}, log: "Loading config\npanic: registration token cannot be empty\n\ngoroutine 1 [running]:\n"},
			"restart -- x.service", "it said: panic: registration token cannot be empty", false,
		},
		{
			"complains",
			fakeSystemd{states: []string{"", up}, log: `time="2026-11-23T12:00:00Z" level=error msg="Checking new jobs error, server returns code 401"` + "\n"},
			"restart -- x.service", "fault: x.service runs, and complains: ", false,
		},
		{"nobody can tell", fakeSystemd{states: []string{"", "ActiveState=active MainPID=999999999"}}, "restart -- x.service", "; unseen: x.service runs as process ", false},
		{"asks somebody else", fakeSystemd{states: []string{"", up}}, "restart -- x.service", "; unseen: x.service runs as process ", true},
		{"no process", fakeSystemd{states: []string{"", "ActiveState=inactive MainPID=0"}}, "restart -- x.service", "has no process after 30s", false},
	}
	for _, tt := range tests {
		w, said := restarting(&tt.systemd)
		if w.server = []string{to}; tt.elsewhere {
			w.server = []string{"192.0.2.1:3000"}
		}
		r := w.run(t.Context())
		told := fmt.Sprintf("%s; works: %s; fault: %s, it said: %s; unseen: %s", said, r.Works, r.Fault, r.Said, r.Unseen)
		if got := strings.Join(tt.systemd.asked, ", "); got != tt.asked || !strings.Contains(told, tt.said) {
			t.Errorf("%s: after %q, want %q\n%s\nwant %q in it", tt.name, got, tt.asked, told, tt.said)
		}
	}
}

// What a user has in an own systemd is restarted there, and called so.
func TestRestartOfAUser(t *testing.T) {
	t.Parallel()
	pid, to := connected(t)
	f := &fakeSystemd{states: []string{"NeedDaemonReload=yes", "ActiveState=active SubState=running MainPID=" + strconv.Itoa(pid)}}
	w, said := restarting(f)
	w.server, w.unit.Manager = []string{to}, &host.UserManager{As: host.Identity{Name: "anna", UID: 1001}}
	r := w.run(t.Context())
	if got := strings.Join(f.asked, ", "); got != "--user daemon-reload, --user restart -- x.service" {
		t.Errorf("after %q", got)
	}
	if told := fmt.Sprint(said, r.Works); !strings.Contains(told, "restarted x.service of anna; ") || !strings.Contains(told, "x.service of anna runs, and polls: ") {
		t.Errorf("it says\n%s", told)
	}
}

// restarting is a restart in a world whose clock stands but for pauses.
func restarting(f *fakeSystemd) (*restart, *bytes.Buffer) {
	var said bytes.Buffer
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	w := &world{Stderr: &said, Exec: f.exec, Sleep: func(_ context.Context, d time.Duration) { now = now.Add(d) }}
	w.Net.Now = func() time.Time { return now }
	s := &surgery{app: &app{world: w}, c: cli.NewContext(nil, nil, nil)}
	t := checks.NewTarget("x.service", &runner.Installation{})
	t.Secrets = runner.NewSecrets(nil)
	return &restart{surgery: s, t: t, unit: &runner.Unit{Unit: &host.Unit{Name: "x.service"}}, files: managed{host.OS{}}}, &said
}

// What a runner says, and what systemd says of it, may hold any secret.
func TestRestartTellsNoSecret(t *testing.T) {
	t.Parallel()
	const words = "panic: boom password=S3CR3T-j3 SEMAPHORE_RUNNER_TOKEN=S3CR3T-j4"
	pid, _ := connected(t)
	up := "ActiveState=active SubState=running MainPID=" + strconv.Itoa(pid)
	for name, f := range map[string]fakeSystemd{
		"does not start": {states: []string{""}, fails: true, why: words},
		"ends":           {states: []string{"", "ActiveState=failed Result=exit-code"}, log: words + "\n"},
		"complains":      {states: []string{"", up}, log: `time="2026-11-23T12:00:00Z" level=error msg="` + words + `"` + "\n"},
	} {
		w, said := restarting(&f)
		r := w.run(t.Context())
		if told := fmt.Sprint(said, r.Fault, r.Said); !strings.Contains(told, "boom") || strings.Contains(told, "S3CR3T") {
			t.Errorf("%s: it says\n%s", name, told)
		}
	}
}

// What is wrong with a unit that does not run yet is no reason not to restart it.
func TestCurable(t *testing.T) {
	t.Parallel()
	loop := checks.Diagnosis{Causes: checks.Causes{Roots: []*checks.Problem{checks.UnitRestartLoop}}}
	stale := checks.Diagnosis{Causes: checks.Causes{Roots: []*checks.Problem{checks.UnitRestartLoop, checks.StateStale}}}
	if !curable(checks.Diagnosis{}) || !curable(loop) || curable(stale) {
		t.Error("curable() is about what a restart does not end")
	}
}
