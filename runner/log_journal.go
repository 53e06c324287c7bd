package runner

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// journalLines is how much of a unit's journal is looked at in passing: a runner
// in a loop says two lines a second, and host.MaxOutput holds about as many.
const journalLines = 120

// JournalCommand is how the journal of a unit is read, in a form that every
// systemd since 236 has: an object a line. lines is how many of the last ones; 0
// is all. What user managers have started is in the same journal.
func JournalCommand(files host.Files, u *host.Unit, lines int, more ...string) (host.Command, error) {
	journalctl, err := host.LookPath(files, unitPath, "/", "journalctl")
	if err != nil {
		return host.Command{}, fmt.Errorf("find journalctl: %w", ErrNoSystemd)
	}
	args := append(journalOf(u), "--output=json", "--output-fields=MESSAGE", "--no-pager", "--quiet")
	if lines > 0 {
		args = append(args, fmt.Sprintf("--lines=%d", lines))
	}
	return host.Command{Path: journalctl, Dir: "/", Args: append(args, more...), Env: []string{"LC_ALL=C", "TZ=UTC", "PATH=" + unitPath}}, nil
}

// journalOf picks what a unit has said.
func journalOf(u *host.Unit) []string {
	if u.Manager != nil {
		return []string{"--user-unit=" + u.Name, fmt.Sprintf("_UID=%d", u.Manager.As.UID)}
	}
	return []string{"--unit=" + u.Name}
}

// JournalName is what the journal of a unit is called.
func JournalName(u *host.Unit) string { return "journalctl " + strings.Join(journalOf(u), " ") }

// AskJournal reads the end of the journal of a unit.
func AskJournal(ctx context.Context, exec host.Exec, files host.Files, u *host.Unit, now time.Time) (*Life, error) {
	if exec == nil || !booted(files) {
		return nil, ErrNoSystemd
	}
	cmd, err := JournalCommand(files, u, journalLines)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, systemdPatience)
	defer cancel()
	out, err := exec(ctx, cmd)
	if err == nil && out.Code != 0 {
		err = fmt.Errorf("exit status %d: %s", out.Code, strings.TrimSpace(string(out.Stderr)))
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal of %s: %w", u.Name, err)
	}
	r := NewLogReader(LogOptions{Now: now})
	_, _ = r.Write(out.Stdout)
	r.Flush()
	return r.Life(), nil
}
