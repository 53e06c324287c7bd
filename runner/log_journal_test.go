package runner

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

func TestAskJournal(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 15, 4, 10, 0, time.UTC)
	const line = `{"MESSAGE":"time=\"2026-01-02T15:04:05Z\" level=error msg=\"Checking new jobs error, server returns code 401\"","__REALTIME_TIMESTAMP":"1767366245000000"}` + "\n"
	var asked host.Command
	exec := func(_ context.Context, c host.Command) (host.Output, error) {
		asked = c
		return host.Output{Stdout: []byte(strings.Repeat(line, 3))}, nil
	}
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	m["/run/systemd/system/x"], m["/usr/bin/journalctl"] = plain(""), node{mode: 0o755}
	life, err := AskJournal(t.Context(), exec, m, &host.Unit{Name: "x.service"}, now)
	if err != nil || life.Trouble(LogLoop401) == nil || life.Trouble(LogLoop401).N != 3 {
		t.Fatalf("AskJournal = %+v, %v", life, err)
	}
	if !slices.Contains(asked.Args, "--unit=x.service") || !slices.Contains(asked.Args, "--lines=120") {
		t.Errorf("asked %q", asked.Args)
	}
	user := &host.Unit{Name: "x.service", Manager: &host.UserManager{As: host.Identity{UID: 1001}}}
	if _, err := AskJournal(t.Context(), exec, m, user, now); err != nil || !slices.Contains(asked.Args, "--user-unit=x.service") || !slices.Contains(asked.Args, "_UID=1001") {
		t.Errorf("of a user's unit asked %q, %v", asked.Args, err)
	}
}

// Where the last lines are too long to be kept, it is the newest that would be lost.
func TestAskJournalOfLongLines(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 15, 4, 10, 0, time.UTC)
	const line = `{"MESSAGE":"time=\"2026-01-02T15:04:05Z\" level=error msg=\"Checking new jobs error, server returns code 401\""}` + "\n"
	exec := func(_ context.Context, c host.Command) (host.Output, error) {
		if slices.Contains(c.Args, "--lines=30") {
			return host.Output{Stdout: []byte(line)}, nil
		}
		return host.Output{Stdout: []byte(`{"MESSAGE":"` + strings.Repeat("x", 4000)), Truncated: true}, nil
	}
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	m["/run/systemd/system/x"], m["/usr/bin/journalctl"] = plain(""), node{mode: 0o755}
	life, err := AskJournal(t.Context(), exec, m, &host.Unit{Name: "x.service"}, now)
	if err != nil || life.Trouble(LogLoop401) == nil {
		t.Errorf("AskJournal = %+v, %v: without what was said last", life, err)
	}
}

func TestAskJournalCannot(t *testing.T) {
	t.Parallel()
	u, now := &host.Unit{Name: "x.service"}, time.Time{}
	ok := func(context.Context, host.Command) (host.Output, error) { return host.Output{}, nil }
	m := unit("ExecStart=/usr/bin/semaphore runner start")
	m["/usr/bin/journalctl"] = node{mode: 0o755}
	if _, err := AskJournal(t.Context(), ok, m, u, now); !errors.Is(err, ErrNoSystemd) {
		t.Errorf("where systemd does not run: %v", err)
	}
	m["/run/systemd/system/x"] = plain("")
	denied := func(context.Context, host.Command) (host.Output, error) {
		return host.Output{Code: 1, Stderr: []byte("No journal files were opened due to insufficient permissions.\n")}, nil
	}
	if _, err := AskJournal(t.Context(), denied, m, u, now); err == nil || errors.Is(err, ErrNoSystemd) || !strings.Contains(err.Error(), "insufficient permissions") {
		t.Errorf("a journal that may not be read: %v", err)
	}
	delete(m, "/usr/bin/journalctl")
	if _, err := AskJournal(t.Context(), ok, m, u, now); !errors.Is(err, ErrNoSystemd) {
		t.Errorf("without journalctl: %v", err)
	}
}
