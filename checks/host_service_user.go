package checks

import (
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// systemTarget is what most units are made part of; a user's own systemd has none
// of that name (systemd.special(7)).
const systemTarget = "multi-user.target"

// unitArgument names the unit to systemctl.
func (t *Target) unitArgument() say.Text {
	u := t.Install.Unit
	if u.Manager != nil {
		return say.Verbatim("--user " + say.Shell(u.Name))
	}
	return say.Verbatim(say.Shell(u.Name))
}

// enabling is how the unit comes to be started at boot.
func (t *Target) enabling() say.Text {
	u := t.Install.Unit
	if u.Manager != nil {
		return say.Textf("as %s: systemctl --user enable --now %s", u.Manager.As.Name, say.Shell(u.Name))
	}
	return say.Textf("systemctl enable --now %s", say.Shell(u.Name))
}

// enabled reports whether a link has the unit started with another. Where links
// cannot be looked for, it is taken to be.
func (t *Target) enabled() bool {
	u := t.Install.Unit
	pulls, err := u.EnabledUnits(t.machine())
	return err != nil || slices.ContainsFunc(pulls, func(p host.Pull) bool { return path.Base(p.Name) == u.Name })
}

// misplaced reports a unit of a user that is part of the system's target alone.
func (t *Target) misplaced(wantedBy host.UnitEntry) bool {
	return t.Install.Unit.Manager != nil && slices.Equal(strings.Fields(wantedBy.Value), []string{systemTarget})
}

func (t *Target) withoutTarget(e host.UnitEntry) Finding {
	u := t.Install.Unit
	return Finding{
		Problem:  UnitDisabled,
		Summary:  say.Textf("%s is part of %s, which %s's own systemd does not have: nothing starts the runner", u.Name, systemTarget, u.Manager.As.Name),
		Evidence: []Evidence{installed(e)},
		Advice: []say.Text{say.Textf("write WantedBy=default.target in line %d of %s; afterwards, as %s: systemctl --user daemon-reload && systemctl --user reenable %s",
			e.Line, e.File, u.Manager.As.Name, say.Shell(u.Name))},
	}
}

func installed(e host.UnitEntry) Evidence {
	return Evidence{What: say.Verbatim(e.Key + "=" + e.Value), From: runner.Origin{File: e.File, Line: e.Line, Flag: "[Install]"}}
}

// unitUser is about a unit of a user whose systemd goes when the user goes.
func (t *Target) unitUser() []Finding {
	u := t.Install.Unit
	if u.Manager == nil {
		return nil
	}
	lingers, err := u.Manager.Lingers(t.machine())
	if err != nil || lingers {
		return nil
	}
	name := u.Manager.As.Name
	return []Finding{{
		Problem:  UnitDisabled,
		Summary:  say.Textf("the runner ends when %s logs out, and does not start at boot: %s's own systemd does not linger", name, name),
		Detail:   say.Textf("A user's own systemd starts at the first login and ends with the last session, and so does all that it has started."),
		Evidence: []Evidence{{What: say.Textf("there is no /var/lib/systemd/linger/%s", name), From: runner.Origin{File: u.Path}}},
		Advice:   []say.Text{say.Textf("loginctl enable-linger %s", say.Shell(name))},
	}}
}
