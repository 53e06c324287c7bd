package runner

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// journalLines is how many lines of a unit's journal are looked at in passing: a runner
// in a loop says two a second, and host.MaxOutput holds about as many. Where they are
// long, and it does not, it is fewer: the last lines are what counts, and they are what
// would be cut off.
const journalLines = 120

// journalForm is one that every systemd since 236 has: an object a line.
func journalForm() []string {
	return []string{"--output=json", "--output-fields=MESSAGE", "--no-pager", "--quiet"}
}

// JournalCommand reads the whole journal of a unit. What user managers have started
// is in the same journal.
func JournalCommand(files host.Files, u *host.Unit, more ...string) (host.Command, error) {
	journalctl, err := host.LookPath(files, unitPath, "/", "journalctl")
	if err != nil {
		return host.Command{}, say.Errorf("find journalctl: %w", ErrNoSystemd)
	}
	args := append(append(journalOf(u), journalForm()...), more...)
	return host.Command{Path: journalctl, Dir: "/", Args: args, Env: []string{"LC_ALL=C", "PATH=" + unitPath}}, nil
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
	ctx, cancel := context.WithTimeout(ctx, systemdPatience)
	defer cancel()
	said := host.Output{Truncated: true}
	for lines := journalLines; said.Truncated && lines > 0; lines /= 4 {
		args := append(append(journalOf(u), journalForm()...), fmt.Sprintf("--lines=%d", lines))
		var err error
		if said, err = systemd(ctx, exec, files, nil, "journalctl", args...); err != nil {
			return nil, say.Errorf("read the journal of %s: %w", u.Name, err)
		}
	}
	r := NewLogReader(LogOptions{Now: now})
	_, _ = r.Write(said.Stdout) // never fails
	r.Flush()
	return r.Life(), nil
}
