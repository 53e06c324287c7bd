package checks

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/repair"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// UnitWithoutStart is a command that only prints help.
var UnitWithoutStart = &Problem{
	ID: "unit-without-start", Title: "The command prints help instead of starting the runner", Status: Fail,
	Doc: pageUnitWithoutStart,
}

// UnitCommand is a unit that systemd refuses, or whose command cannot work.
var UnitCommand = &Problem{
	ID: "unit-command", Title: "The unit cannot start the runner as it is written", Status: Fail,
	Doc: pageUnitCommand,
}

// UnitSandbox is a sandbox that keeps the runner from its own files.
var UnitSandbox = &Problem{
	ID: "unit-sandbox", Title: "The unit's sandbox keeps the runner from its files", Status: Fail,
	Doc: pageUnitSandbox,
}

// UnitReloadKills is a reload that ends the runner.
var UnitReloadKills = &Problem{
	ID: "unit-reload-kills", Title: "\"systemctl reload\" ends the runner", Status: Warn,
	Doc: pageUnitReloadKills,
}

// UnitDisabled is a unit that the next boot does not start.
var UnitDisabled = &Problem{
	ID: "unit-disabled", Title: "The unit is not started at boot", Status: Warn,
	Doc: pageUnitDisabled,
}

// UnitRestartLoop is a unit that systemd starts again and again, or has given up.
var UnitRestartLoop = &Problem{
	ID: "unit-restart-loop", Title: "The unit does not stay up", Status: Fail,
	Doc: pageUnitRestartLoop,
	CausedBy: []*Problem{
		UnitWithoutStart, UnitCommand, UnitSandbox, ConfigMissing, ConfigUnreadable, ConfigNotAFile, ConfigSyntax, ConfigClobbered,
		BadValue, PathCollision, TokenAndTokenFile, NotAFile, StateCorrupt, StateWrongFormat, StateMissing, StateEmpty, StateUnreadable,
		TokenMissing, RegistrationTokenMissing,
	},
}

// HostService finds out whether the unit that starts the runner can.
var HostService = &Check{
	ID:       "host/service",
	Title:    "The unit starts the runner, and lets it work",
	Problems: []*Problem{UnitWithoutStart, UnitCommand, UnitSandbox, UnitRestartLoop, UnitReloadKills, UnitDisabled},
	About:    func(t *Target) bool { return t.Install.Unit != nil || t.startless() },
	Run:      hostService,
}

func hostService(ctx context.Context, t *Target) ([]Finding, error) {
	if t.Install.Unit == nil {
		if found := t.withoutStart(ctx); found != nil {
			return found, nil
		}
		return nil, NotApplicable("no unit starts the runner")
	}
	fs := t.unitFaults()
	if t.Install.Container != nil {
		fs = append(fs, t.containerService(ctx)...)
		fs = append(fs, t.withoutStart(ctx)...)
	} else {
		fs = append(fs, t.unitCommand(ctx)...)
		fs = append(fs, t.withoutStart(ctx)...)
		fs = append(fs, t.unitSandbox(ctx)...)
		fs = append(fs, t.unitReload()...)
	}
	state, err := t.unitState(ctx)
	if err == nil {
		fs = append(fs, t.unitLoop(state)...)
	}
	fs = append(fs, t.unitUser()...)
	fs = append(fs, t.unitDisabled(state)...)
	switch {
	case t.blind() != nil:
		return fs, t.blind()
	case err == nil && !state.Reload && len(state.Unread(t.Install.Unit.Unit)) > 0:
		return fs, CannotTell(nil, "systemd has read %s for this unit, and semadoctor has not", say.List(state.Unread(t.Install.Unit.Unit)))
	case err != nil && !errors.Is(err, runner.ErrNoSystemd):
		return fs, CannotTell(err, "systemd cannot be asked about the unit: %v", err)
	}
	return fs, nil
}

// unitState is what systemd says of the unit.
func (t *Target) unitState(ctx context.Context) (runner.UnitState, error) {
	u := t.Install.Unit
	if !u.Known || u.Manager != nil { // a user's own systemd answers that user alone
		return runner.UnitState{}, runner.ErrNoSystemd
	}
	return t.live.unitState().get(ctx, func(ctx context.Context) (runner.UnitState, error) {
		return runner.AskSystemd(ctx, t.Exec, t.machine(), u.Unit)
	})
}

// afterwards is how systemd comes to read what was changed.
func (t *Target) afterwards() say.Text {
	u := t.Install.Unit
	if u.Manager != nil {
		return say.Textf("afterwards, as %s: systemctl --user daemon-reload && systemctl --user restart %s", u.Manager.As.Name, say.Shell(u.Name))
	}
	return say.Textf("afterwards: systemctl daemon-reload && systemctl restart %s", say.Shell(u.Name))
}

// dropIn lets the unit have other settings without touching its file, which a
// package may own. It is only for units that systemd knows.
func (t *Target) dropIn(f *Finding, title say.Text, name string, lines ...string) {
	u := t.Install.Unit
	file, edits := t.dropInOf(name, lines...)
	if !u.Known {
		f.Advice = append(f.Advice, say.Textf("write in %s: %s", u.Path, say.Verbatim(strings.Join(lines, ", "))))
		return
	}
	if _, err := host.Stat(t.machine(), file); errors.Is(err, fs.ErrNotExist) {
		f.Fix = &repair.Fix{Title: title, Safety: repair.Safe, Edits: edits}
	} else {
		f.Advice = append(f.Advice, say.Textf("in %s, or in a drop-in that is read after it, set: %s", file, say.Verbatim(strings.Join(lines, ", "))))
	}
	f.Advice = append(f.Advice, t.afterwards())
}
