package checks

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// containerService is about a unit that makes a container for the runner. What is in
// the container is host/container's.
func (t *Target) containerService(ctx context.Context) []Finding {
	u := t.Install.Unit
	at := slices.IndexFunc(u.Starts, func(s runner.Start) bool { return s.Run != nil })
	if at < 0 {
		return nil
	}
	s := u.Starts[at]
	program := s.Command.Program
	switch {
	case s.Line.Err != nil:
		return t.unitCommand(ctx)
	case len(s.Run.Refused) > 0:
		return t.refused(s)
	case u.Quadlet: // the rest is what Podman makes of it
		return nil
	case s.Engine == "":
		return []Finding{t.badRun(s, say.Textf("there is no program %s that could be run", program), say.Textf("systemctl status shows 203/EXEC."),
			say.Textf("command -v %s tells where it is: install it, or name the right path in ExecStart=", path.Base(program)))}
	case s.Run.By == host.Docker && s.Run.Interactive && s.Run.TTY && !s.Run.Detached && !t.terminal():
		return []Finding{t.badRun(s, say.Textf("docker run with -i and -t wants a terminal, and a unit has none"),
			say.Textf("docker says \"the input device is not a TTY\" and exits 1: the container is not started."), say.Textf("take -i and -t out of ExecStart="))}
	}
	return append(t.runType(s), t.runName(s)...)
}

// refused is what the engine itself refuses.
func (t *Target) refused(s runner.Start) (found []Finding) {
	for _, r := range s.Run.Refused {
		f := t.badRun(s, say.Textf("%s cannot make the container: %s", s.Run.By, r.Why),
			say.Textf("%s run exits 125 before semaphore is run.", string(s.Run.By)), say.Textf("make what is missing, or mend the line"))
		f.Evidence = []Evidence{written(r.At, r.Why)}
		if !r.Make.IsZero() {
			f.Advice[0] = r.Make
		}
		found = append(found, f)
	}
	return found
}

// badRun is a command with which no container is kept at work.
func (t *Target) badRun(s runner.Start, summary, detail, advice say.Text) Finding {
	return Finding{
		Problem: UnitCommand, Summary: summary, Detail: detail, Explains: []*Problem{UnitRestartLoop},
		Evidence: []Evidence{{What: say.Verbatim(strings.Join(s.Line.Words[:min(2, len(s.Line.Words))], " ") + " …"), From: s.Command.From}},
		Advice:   []say.Text{advice, t.afterwards()},
	}
}

// runType is about a command that comes back, or that never says that it is ready.
func (t *Target) runType(s runner.Start) []Finding {
	u := t.Install.Unit
	typ, _ := u.Last("Service", "Type")
	restart, _ := u.Last("Service", "Restart")
	simple := slices.Contains([]string{"", "simple", "exec"}, typ.Value)
	stops := len(u.List("Service", "ExecStop")) > 0 || len(u.List("Service", "ExecStopPost")) > 0
	switch {
	case s.Run.Detached && simple && !u.Truth("Service", "RemainAfterExit") && (stops || restart.Value == "always"):
		return []Finding{t.badRun(s, say.Textf("%s run -d comes back at once, and systemd takes the unit for done", string(s.Run.By)),
			say.Textf("With Type=simple the unit lasts as long as its command: systemd then runs ExecStop=, or starts the command again while its container is still there."),
			say.Textf("take -d out of ExecStart="))}
	case strings.HasPrefix(typ.Value, "notify") && s.Run.Ready != "conmon" && s.Run.Ready != "healthy" && !t.mayNotify(containerWords(s.Run)):
		f := t.badRun(s, say.Textf("Type=%s waits for a sign that semaphore never gives", typ.Value),
			say.Textf("systemctl start hangs, and after TimeoutStartSec= (90 s) systemd ends the container. Type=exec is right; with Podman --sdnotify=conmon is, too."), say.Textf("systemctl edit %s, and there these lines: %s", t.unitArgument(), say.List([]string{"[Service]", "Type=exec"})))
		return []Finding{f}
	case typ.Value == "forking" && !s.Run.Detached:
		return []Finding{t.badRun(s, say.Textf("Type=%s waits for a sign that semaphore never gives", typ.Value),
			say.Textf("systemctl start hangs, and after TimeoutStartSec= (90 s) systemd ends the container. Type=exec is right."), say.Textf("systemctl edit %s, and there these lines: %s", t.unitArgument(), say.List([]string{"[Service]", "Type=exec"})))}
	}
	return nil
}

// containerWords are those with which a container begins; none where it is the image's
// own script.
func containerWords(run *host.Run) []string { return slices.Concat(run.Entrypoint, run.Command) }

// terminal reports whether the unit is given a terminal.
func (t *Target) terminal() bool {
	e, _ := t.Install.Unit.Last("Service", "StandardInput")
	return strings.HasPrefix(e.Value, "tty")
}

// runName is about a container that keeps its name when it has ended, so that no other
// can be made.
func (t *Target) runName(s runner.Start) []Finding {
	if s.Run.Name == "" || s.Run.Removed || t.removes() {
		return nil
	}
	f := t.badRun(s, say.Textf("the unit starts once only: its container keeps the name %s when it ends", s.Run.Name),
		say.Textf("%s says that the name is in use already, and exits 125, at each start after the first.", string(s.Run.By)), say.Textf("let the container be removed when it ends: --rm"))
	f.Status = Warn
	return []Finding{f}
}

// removes reports whether another command of the unit may remove the container.
func (t *Target) removes() bool {
	for _, key := range []string{"ExecStartPre", "ExecStop", "ExecStopPost"} {
		for _, e := range t.Install.Unit.List("Service", key) {
			if strings.Contains(e.Value, " rm") || strings.Contains(e.Value, "prune") || !strings.Contains(e.Value, "docker") && !strings.Contains(e.Value, "podman") {
				return true
			}
		}
	}
	return len(t.Install.Unit.Starts) > 1
}
