package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// ErrNoSystemd reports that this machine is not run by a systemd that could be
// asked.
var ErrNoSystemd = errors.New("systemd does not run here")

// systemdPatience bounds "systemctl show", which takes 10 ms.
const systemdPatience = 2 * time.Second

// A UnitState is what systemd says of a unit that its files do not tell.
type UnitState struct {
	Active, Sub string   // "active", "running"
	File        string   // "enabled", "disabled", "static"; "" when systemd does not say
	Result      string   // "success", "exit-code", "start-limit-hit"
	Restarts    int      // by systemd itself, since somebody has started the unit
	PID         int      // of the main process; 0 when there is none
	Reload      bool     // its files have changed since systemd has read them
	DropIns     []string // paths of those it has read
}

// AskSystemd asks systemd what it does with a unit: "systemctl show", whose form
// is NAME=VALUE on every version. A user's own systemd answers that user alone.
func AskSystemd(ctx context.Context, exec host.Exec, files host.Files, u *host.Unit) (UnitState, error) {
	ctx, cancel := context.WithTimeout(ctx, systemdPatience)
	defer cancel()
	out, err := systemctl(ctx, exec, files, u, "show", "--no-pager", "--property=ActiveState,SubState,UnitFileState,Result,NRestarts,MainPID,NeedDaemonReload,DropInPaths", "--", u.Name)
	if err != nil {
		return UnitState{}, fmt.Errorf("ask systemd for %s: %w", u.Name, err)
	}
	return parseUnitState(string(out.Stdout)), nil
}

// systemctl has a word with the systemd that a unit is of.
func systemctl(ctx context.Context, exec host.Exec, files host.Files, u *host.Unit, args ...string) (host.Output, error) {
	m := u.Manager
	switch {
	case m == nil:
		return systemd(ctx, exec, files, nil, "systemctl", args...)
	case booted(files) && !m.Runs(files):
		return host.Output{}, noUserSystemd{m.As.Name}
	}
	runtime := m.Runtime() // su and sudo set neither
	env := []string{"XDG_RUNTIME_DIR=" + runtime, "DBUS_SESSION_BUS_ADDRESS=unix:path=" + runtime + "/bus"}
	return systemd(ctx, exec, files, env, "systemctl", append([]string{"--user"}, args...)...)
}

// noUserSystemd is ErrNoSystemd of a user.
type noUserSystemd struct{ user string }

// Error implements error.
func (e noUserSystemd) Error() string {
	return fmt.Sprintf("%s's own systemd does not run: it does while %s is logged in, or always after loginctl enable-linger %s", e.user, e.user, e.user)
}

// Is implements errors.Is.
func (noUserSystemd) Is(target error) bool { return target == ErrNoSystemd }

// systemd runs one of its programs, if it runs here. more is what its environment has
// besides.
func systemd(ctx context.Context, exec host.Exec, files host.Files, more []string, program string, args ...string) (host.Output, error) {
	if exec == nil || !booted(files) {
		return host.Output{}, ErrNoSystemd
	}
	path, err := host.LookPath(files, unitPath, "/", program)
	if err != nil {
		return host.Output{}, fmt.Errorf("find %s: %w", program, ErrNoSystemd)
	}
	out, err := exec(ctx, host.Command{Path: path, Args: args, Dir: "/", Env: append([]string{"LC_ALL=C", "SYSTEMD_PAGER=", "PATH=" + unitPath}, more...)})
	if err == nil && out.Code != 0 {
		err = exitStatus(out)
	}
	return out, err
}

// exitStatus is what a program of systemd has said at its end.
func exitStatus(out host.Output) error {
	said, _, _ := strings.Cut(strings.TrimSpace(string(out.Stderr)), "\n")
	if said == "" {
		return fmt.Errorf("exit status %d", out.Code)
	}
	return fmt.Errorf("exit status %d: %s", out.Code, clipped(said))
}

// restartPatience bounds a restart: systemd gives a unit 90 s to end
// (DefaultTimeoutStopSec=) and 90 s to begin.
const restartPatience = 3 * time.Minute

// RestartUnit has systemd read the unit's files, if they have changed, and start it
// anew. It comes back when systemd has.
func RestartUnit(ctx context.Context, exec host.Exec, files host.Files, u *host.Unit) error {
	before, err := AskSystemd(ctx, exec, files, u)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, restartPatience)
	defer cancel()
	if before.Reload {
		if _, err := systemctl(ctx, exec, files, u, "daemon-reload"); err != nil {
			return fmt.Errorf("have systemd read its units: %w", err)
		}
	}
	if _, err := systemctl(ctx, exec, files, u, "restart", "--", u.Name); err != nil {
		return fmt.Errorf("restart %s: %w", u.Name, err)
	}
	return nil
}

// UnitLog is what a unit has said since a moment, by the journal, without what the
// journal adds: the lines of one process, or of all with 0.
func UnitLog(ctx context.Context, exec host.Exec, files host.Files, u *host.Unit, since time.Time, pid int) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, systemdPatience)
	defer cancel()
	at := fmt.Sprintf("@%d.%06d", since.Unix(), since.Nanosecond()/int(time.Microsecond))
	args := append(journalOf(u), "--no-pager", "--quiet", "--output=cat", "--since="+at)
	if pid > 0 {
		args = append(args, "_PID="+strconv.Itoa(pid))
	}
	out, err := systemd(ctx, exec, files, nil, "journalctl", args...)
	if err != nil {
		return nil, fmt.Errorf("read the journal of %s: %w", u.Name, err)
	}
	return out.Stdout, nil
}

// booted is sd_booted(3).
func booted(files host.Files) bool {
	info, err := host.Stat(files, "/run/systemd/system")
	return err == nil && info.Mode.IsDir()
}

func parseUnitState(text string) (s UnitState) {
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "=")
		switch name {
		case "ActiveState":
			s.Active = value
		case "SubState":
			s.Sub = value
		case "UnitFileState":
			s.File = value
		case "Result":
			s.Result = value
		case "NRestarts":
			s.Restarts, _ = strconv.Atoi(value)
		case "MainPID":
			s.PID, _ = strconv.Atoi(value)
		case "NeedDaemonReload":
			s.Reload = value == "yes"
		case "DropInPaths":
			s.DropIns = strings.Fields(value)
		}
	}
	return s
}

// Unread lists drop-ins that systemd has read and that are not among ours.
func (s UnitState) Unread(u *host.Unit) []string {
	return slices.DeleteFunc(slices.Clone(s.DropIns), func(d string) bool { return slices.Contains(u.DropIns, d) })
}
