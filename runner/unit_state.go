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
	Load, Active, Sub string // "loaded", "active", "running"
	File              string // "enabled", "disabled", "static"; "" when systemd does not say
	Result            string // "success", "exit-code", "start-limit-hit"
	Restarts          int
	Reload            bool // its files have changed since systemd has read them
	DropIns           []string
}

// AskSystemd asks systemd what it does with a unit: "systemctl show", whose form
// is NAME=VALUE on every version.
func AskSystemd(ctx context.Context, exec host.Exec, files host.Files, name string) (UnitState, error) {
	if exec == nil || !booted(files) {
		return UnitState{}, ErrNoSystemd
	}
	systemctl, err := host.LookPath(files, unitPath, "/", "systemctl")
	if err != nil {
		return UnitState{}, fmt.Errorf("find systemctl: %w", ErrNoSystemd)
	}
	ctx, cancel := context.WithTimeout(ctx, systemdPatience)
	defer cancel()
	out, err := exec(ctx, host.Command{Path: systemctl, Dir: "/", Env: []string{"LC_ALL=C", "SYSTEMD_PAGER=", "PATH=" + unitPath},
		Args: []string{"show", "--no-pager", "--property=LoadState,ActiveState,SubState,UnitFileState,Result,NRestarts,NeedDaemonReload,DropInPaths", "--", name}})
	if err == nil && out.Code != 0 {
		err = fmt.Errorf("exit status %d", out.Code)
	}
	if err != nil {
		return UnitState{}, fmt.Errorf("ask systemd for %s: %w", name, err)
	}
	return parseUnitState(string(out.Stdout)), nil
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
		case "LoadState":
			s.Load = value
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
