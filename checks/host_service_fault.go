package checks

import (
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// unitFaults are what systemd itself refuses; what is about the sandbox is
// unit-sandbox.
func (t *Target) unitFaults() (fs []Finding) {
	for _, fault := range t.Install.Unit.Faults {
		f := Finding{
			Problem:  UnitCommand,
			Summary:  say.Textf("systemd cannot start the unit: %s", fault.Why),
			Detail:   say.Textf("The unit fails before semaphore is run; systemctl status shows %s.", fault.Exit),
			Evidence: []Evidence{{What: say.Verbatim(fault.Exit), From: fault.From}},
			Explains: []*Problem{UnitRestartLoop},
		}
		if fault.Missing != "" {
			f.Problem, f.Explains = UnitSandbox, nil
			t.missingPath(fault, &f)
		} else {
			f.Advice = []say.Text{say.Textf("if the line is wrong: systemctl edit --full %s", t.unitArgument())}
			if t.Install.Unit.Quadlet {
				f.Advice = []say.Text{say.Textf("write Image=semaphoreui/runner:vX.Y.Z below [Container]"), t.afterwards()}
			}
			if first := t.making(fault); !first.IsZero() {
				f.Advice = append([]say.Text{first}, f.Advice...)
			}
		}
		fs = append(fs, f)
	}
	return fs
}

// making is the command for what a unit names and that is not there.
func (t *Target) making(fault runner.Fault) say.Text {
	u := t.Install.Unit
	switch fault.Exit {
	case "217/USER":
		if u.Manager != nil {
			return say.Textf("take User= out (line %d of %s)", fault.From.Line, fault.From.File)
		}
		return say.Textf("make the user: useradd --system --home-dir %s --shell /usr/sbin/nologin %s", stateHome, say.Shell(t.Install.As.Name))
	case "216/GROUP":
		e, _ := u.Last("Service", "Group")
		return say.Textf("make the group: groupadd --system %s", say.Shell(e.Value))
	case "200/CHDIR":
		return t.installDir(t.Install.Dir)
	case "bad-setting":
		return say.Text{}
	case "243/CREDENTIALS":
		return say.Textf("make the file, closed to others: it is a secret")
	}
	return say.Textf("make the file, or let it be missing with a minus: EnvironmentFile=-PATH")
}
