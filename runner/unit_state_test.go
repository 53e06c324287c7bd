package runner

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/semadoctor/semadoctor/host"
)

func TestAskSystemd(t *testing.T) {
	t.Parallel()
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	m["/usr/bin/systemctl"] = node{mode: 0o755}
	m["/run/systemd/system/x"] = plain("")
	said := "LoadState=loaded\nActiveState=activating\r\nSubState=auto-restart\nUnitFileState=enabled\nResult=exit-code\n" +
		"NRestarts=7\nNeedDaemonReload=yes\nDropInPaths=/a.conf /b.conf\nOther=x=y\nnonsense\n"
	exec := func(_ context.Context, c host.Command) (host.Output, error) {
		if c.Path != "/usr/bin/systemctl" || !slices.Contains(c.Args, "--no-pager") || c.Args[len(c.Args)-1] != "x.service" {
			t.Errorf("systemd is asked with %s %q", c.Path, c.Args)
		}
		return host.Output{Stdout: []byte(said)}, nil
	}
	got, err := AskSystemd(context.Background(), exec, m, &host.Unit{Name: "x.service"})
	want := UnitState{Active: "activating", Sub: "auto-restart", File: "enabled", Result: "exit-code",
		Restarts: 7, Reload: true, DropIns: []string{"/a.conf", "/b.conf"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("AskSystemd: %v (-want +got):\n%s", err, diff)
	}
	if unread := got.Unread(&host.Unit{DropIns: []string{"/b.conf"}}); len(unread) != 1 || unread[0] != "/a.conf" {
		t.Errorf("Unread = %v", unread)
	}
}

// A user's own systemd is told from the system's, and asked without what only a login
// sets.
func TestAskUserSystemd(t *testing.T) {
	t.Parallel()
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	m["/usr/bin/systemctl"], m["/run/systemd/system/x"] = node{mode: 0o755}, plain("")
	u := &host.Unit{Name: "x.service", Manager: &host.UserManager{As: host.Identity{Name: "anna", UID: 1001}}}
	exec := func(_ context.Context, c host.Command) (host.Output, error) {
		if c.Args[0] != "--user" || !slices.Contains(c.Env, "XDG_RUNTIME_DIR=/run/user/1001") || !slices.Contains(c.Env, "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1001/bus") {
			t.Errorf("systemd is asked with %q in %q", c.Args, c.Env)
		}
		return host.Output{Stdout: []byte("ActiveState=active\n")}, nil
	}
	if _, err := AskSystemd(context.Background(), exec, m, u); !errors.Is(err, ErrNoSystemd) || !strings.Contains(err.Error(), "loginctl enable-linger anna") {
		t.Errorf("where anna is not logged in: %v", err)
	}
	m["/run/user/1001/systemd/private"] = plain("")
	if got, err := AskSystemd(context.Background(), exec, m, u); err != nil || got.Active != "active" {
		t.Errorf("AskSystemd() = %+v, %v", got, err)
	}
	delete(m, "/run/systemd/system/x")
	if _, err := AskSystemd(context.Background(), exec, m, u); !errors.Is(err, ErrNoSystemd) {
		t.Errorf("where systemd does not run: %v", err)
	}
}

func TestAskSystemdCannot(t *testing.T) {
	t.Parallel()
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	ok := func(context.Context, host.Command) (host.Output, error) { return host.Output{}, nil }
	if _, err := AskSystemd(context.Background(), ok, m, &host.Unit{Name: "x"}); !errors.Is(err, ErrNoSystemd) {
		t.Errorf("where systemd does not run: %v", err)
	}
	m["/run/systemd/system/x"], m["/usr/bin/systemctl"] = plain(""), node{mode: 0o755}
	if _, err := AskSystemd(context.Background(), nil, m, &host.Unit{Name: "x"}); !errors.Is(err, ErrNoSystemd) {
		t.Errorf("with --root: %v", err)
	}
	for name, exec := range map[string]host.Exec{
		"a bus that refuses": func(context.Context, host.Command) (host.Output, error) { return host.Output{Code: 1}, nil },
		"no answer": func(context.Context, host.Command) (host.Output, error) {
			return host.Output{}, context.DeadlineExceeded
		},
	} {
		if _, err := AskSystemd(context.Background(), exec, m, &host.Unit{Name: "x"}); err == nil || errors.Is(err, ErrNoSystemd) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
