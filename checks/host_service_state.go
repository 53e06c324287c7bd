package checks

import (
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// unitLoop is what systemd says of a unit that does not stay up, or does not run.
func (t *Target) unitLoop(s runner.UnitState) (fs []Finding) {
	name := t.Install.Unit.Name
	loop := Finding{
		Problem: UnitRestartLoop,
		Detail:  say.Textf("Why it ends stands in the journal; a config that the runner cannot use, and help instead of a start, end it at once."),
		Advice:  []say.Text{t.journalAdvice()},
	}
	seen := strings.Trim(s.Active+"/"+s.Sub+" "+s.Result, " /")
	loop.Evidence = []Evidence{{What: say.Verbatim(seen), From: runner.Origin{Flag: "systemctl show " + name}}}
	switch {
	case s.Sub == "auto-restart":
		loop.Summary = say.Textf("the runner ends again and again: systemd has started it %d times", s.Restarts)
		fs = append(fs, loop)
	case s.Active == "failed":
		loop.Summary = say.Textf("systemd has given up on the unit: %s", s.Result)
		fs = append(fs, loop)
	case s.Active == "inactive":
		fs = append(fs, note("the unit does not run at the moment"))
	}
	if s.Reload {
		fs = append(fs, note("systemd has not read the unit's files since they were changed: systemctl daemon-reload"))
	}
	return fs
}

// unitDisabled is about a unit that is to be started at boot and is not.
func (t *Target) unitDisabled(s runner.UnitState) []Finding {
	u := t.Install.Unit
	e, installable := u.Last("Install", "WantedBy")
	if f, ok := u.Last("Install", "RequiredBy"); ok {
		e, installable = f, true
	}
	if t.misplaced(e) {
		return []Finding{t.withoutTarget(e)}
	}
	if u.Quadlet { // whose [Install] counts by itself
		return nil
	}
	if !u.Known || !installable || s.File != "" && s.File != "disabled" || s.File == "" && t.enabled() {
		return nil
	}
	return []Finding{{
		Problem:  UnitDisabled,
		Summary:  say.Textf("%s is not enabled: nothing starts the runner at boot", u.Name),
		Detail:   say.Textf("It runs until the machine is next started. Another unit may start it all the same."),
		Evidence: []Evidence{installed(e)},
		Advice:   []say.Text{t.enabling()},
	}}
}
