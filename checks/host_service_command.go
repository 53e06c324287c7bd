package checks

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// unitCommand is about ExecStart= and what goes with it.
func (t *Target) unitCommand(ctx context.Context) (fs []Finding) {
	u := t.Install.Unit
	if len(u.Starts) == 0 {
		return []Finding{t.badCommand(runner.Origin{File: u.Path, Line: 1, Flag: "ExecStart="}, "", say.Textf("the unit has no ExecStart="),
			say.Textf("systemd refuses a service without a command."), t.goodStart(ctx, "")...)}
	}
	for _, s := range u.Starts {
		from := s.Command.From
		line := strings.Join(s.Line.Words, " ")
		switch err := s.Line.Err; {
		case errors.Is(err, host.ErrRelative):
			fs = append(fs, t.badCommand(from, line, say.Textf("systemd refuses ExecStart=: %s is neither an absolute path nor a plain name", s.Line.Words[0]),
				say.Textf("The unit is \"bad-setting\" and is never started."), t.goodStart(ctx, "")...))
		case err != nil:
			fs = append(fs, t.badCommand(from, line, say.Textf("systemd refuses ExecStart=: %v", err), say.Textf("The unit is \"bad-setting\" and is never started."), t.goodStart(ctx, "")...))
		case s.Command == t.Install.Command:
			fs = append(fs, t.runnerCommand(ctx, s)...)
		}
	}
	return append(append(fs, t.exported(ctx)...), t.misspelt(ctx)...)
}

// badCommand is a command that cannot work. lines are what the unit shall have
// instead.
func (t *Target) badCommand(from runner.Origin, line string, summary, detail say.Text, lines ...string) Finding {
	f := Finding{
		Problem: UnitCommand, Summary: summary, Detail: detail, Explains: []*Problem{UnitRestartLoop},
		Evidence: []Evidence{{What: say.Verbatim(line), From: from}},
	}
	if len(lines) > 0 {
		f.Advice = append(f.Advice, say.Textf("systemctl edit %s, and there these lines: %s", t.unitArgument(), say.List(append([]string{"[Service]"}, lines...))))
	}
	f.Advice = append(f.Advice, t.afterwards())
	return f
}

// goodStart are lines with a command that starts this runner.
func (t *Target) goodStart(ctx context.Context, config string) []string {
	if config == "" {
		config = t.Install.Config
	}
	if config == "" {
		config = "/etc/semaphore/config.json"
	}
	program := t.Install.Program
	if program == "" || !strings.HasPrefix(path.Base(program), "semaphore") {
		program = t.relativeProgram()
	}
	v, _ := t.Version(ctx) // not known: as most releases want it
	return []string{"ExecStart=", "ExecStart=" + strings.Join(append([]string{program}, v.Era.StartsWith(config)...), " ")}
}

// relativeProgram is what a relative ExecStart= means to people, where that is,
// or the place of the packages.
func (t *Target) relativeProgram() string {
	for _, s := range t.Install.Unit.Starts {
		if w := s.Line.Words; len(w) > 0 && strings.Contains(w[0], "/") && !path.IsAbs(w[0]) {
			program := path.Join(t.Install.Dir, w[0])
			if info, err := host.Stat(t.Files, program); err == nil && info.Mode.IsRegular() {
				return program
			}
		}
	}
	return "/usr/bin/semaphore"
}

// barredProgram is about a program that is there, and that the runner's user may not
// run; nil when it may, or when nobody can tell.
func (t *Target) barredProgram(s runner.Start) *Finding {
	in := t.Install
	a := host.CanExecute(t.Files, in.Program, in.As)
	advice := say.Textf("let %v through: chmod o+x %s", in.As, say.Shell(a.At))
	switch a.Verdict {
	case host.NoExec:
		advice = say.Textf("put the program where programs may be run, and name that place in ExecStart=")
	case host.Denied:
	default:
		return nil
	}
	f := t.badCommand(s.Command.From, strings.Join(s.Line.Words, " "), say.Textf("the unit's user cannot run %s: %s", in.Program, a.Why), say.Textf("systemctl status shows 203/EXEC."))
	f.Advice = append([]say.Text{advice}, f.Advice...)
	return &f
}

// runnerCommand is about the command that is the runner's.
func (t *Target) runnerCommand(ctx context.Context, s runner.Start) []Finding {
	in, c, from := t.Install, s.Command, s.Command.From
	if c.Blank != "" { // what is started is not known
		return nil
	}
	line := strings.Join(s.Line.Words, " ") // as it is written: a variable may hold a secret
	info, err := host.Stat(t.Files, in.Program)
	noSuch := in.Program == "" || errors.Is(err, fs.ErrNotExist)
	barred := t.barredProgram(s)
	switch {
	case noSuch || err == nil && (!info.Mode.IsRegular() || info.Mode&0o111 == 0):
		f := t.badCommand(from, line, say.Textf("there is no program %s that could be run", c.Program), say.Textf("systemctl status shows 203/EXEC."))
		f.Advice = append([]say.Text{say.Textf("command -v semaphore tells where it is: install it there, or name the right path in ExecStart=")}, f.Advice...)
		return []Finding{f}
	case barred != nil:
		return []Finding{*barred}
	case len(c.Verbs) > 0 && (c.Verbs[0] == "server" || c.Verbs[0] == "service"):
		return []Finding{t.badCommand(from, line, say.Textf("the unit starts Semaphore's server, not a runner"),
			say.Textf("A server has a database and web pages of its own and asks no other server for tasks."), t.goodStart(ctx, "")...)}
	case len(c.Verbs) > 0 && pathLike(c.Verbs[0]) && strings.HasPrefix(path.Base(c.Program), "semaphore"):
		f := t.badCommand(from, line, say.Textf("--config is missing before %s", c.Verbs[0]),
			say.Textf("semaphore says: unknown command %q for \"semaphore\", and exits 1.", c.Verbs[0]), t.goodStart(ctx, c.Verbs[0])...)
		f.Explains = []*Problem{ConfigMissing, UnitRestartLoop}
		return []Finding{f}
	}
	return append(t.configUnnamed(ctx, c, line), t.background(ctx, s, line)...)
}

func pathLike(word string) bool {
	return strings.Contains(word, "/") || slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(word))
}

// configUnnamed is a command that names no config where the runner's own search
// finds none, or another one than the command seems to name.
func (t *Target) configUnnamed(ctx context.Context, c *runner.Command, line string) []Finding {
	if t.blind() != nil || c.Config != "" || c.NoConfig || t.Install.Env[runner.ConfigPathEnv].V != "" || !c.Runs() {
		return nil
	}
	f, err := t.File(ctx)
	bare := slices.IndexFunc(c.Verbs, pathLike)
	switch {
	case bare >= 0 && (err != nil || f.Path != t.Install.Abs(c.Verbs[bare])):
		bad := t.badCommand(c.From, line, say.Textf("--config is missing before %s", c.Verbs[bare]),
			say.Textf("A word without --config is not read; the runner looks for its config in the usual places."), t.goodStart(ctx, c.Verbs[bare])...)
		bad.Explains = []*Problem{ConfigMissing, UnitRestartLoop}
		return []Finding{bad}
	case bare < 0 && errors.Is(err, runner.ErrNoConfig):
		bad := t.badCommand(c.From, line, say.Textf("the command names no config, and the runner finds none by itself"),
			say.Textf("The runner says \"Cannot Find configuration!\" and exits 1. The working directory of a unit is / unless WorkingDirectory= says otherwise."), t.goodStart(ctx, "")...)
		bad.Explains = []*Problem{ConfigMissing, UnitRestartLoop}
		return []Finding{bad}
	}
	return nil
}

// background is about commands that go into the background, or are thought to.
func (t *Target) background(ctx context.Context, s runner.Start, line string) []Finding {
	u, from := t.Install.Unit, s.Command.From
	typ, _ := u.Last("Service", "Type")
	shell := len(s.Command.Words) > 2 && s.Command.Words[1] != "runner" && strings.HasSuffix(path.Base(s.Command.Words[0]), "sh")
	amp := shell && strings.HasSuffix(strings.TrimSpace(s.Command.Words[len(s.Command.Words)-1]), "&")
	typeFrom := runner.Origin{File: typ.File, Line: typ.Line, Flag: "Type="}
	switch {
	case amp && typ.Value != "forking" && typ.Value != "oneshot":
		return []Finding{t.badCommand(from, line, say.Textf("the command puts the runner into the background with &, and systemd ends it"),
			say.Textf("When the shell has ended, systemd takes the unit for done and kills what is left of it; with Restart= that goes on until \"start request repeated too quickly\"."), t.goodStart(ctx, "")...)}
	case strings.HasPrefix(typ.Value, "notify") && !t.mayNotify(s.Line.Words, "ExecStart"):
		return []Finding{t.badCommand(typeFrom, "Type="+typ.Value, say.Textf("Type=%s waits for a sign that semaphore never gives", typ.Value),
			say.Textf("systemctl start hangs, and after TimeoutStartSec= (90 s) systemd kills the runner: no release from 2.9.37 to 2.10.32 says READY=1, and no later one is known to. Type=simple is right; with semadoctor run --watch before the command Type=notify is, too."), "Type=simple")}
	case typ.Value == "forking" && !amp, typ.Value == "dbus":
		return []Finding{t.badCommand(typeFrom, "Type="+typ.Value, say.Textf("Type=%s waits for a sign that semaphore never gives", typ.Value),
			say.Textf("systemctl start hangs, and after TimeoutStartSec= (90 s) systemd kills the runner. Type=simple is right."), "Type=simple")}
	case !shell && slices.ContainsFunc(s.Command.Words, shellWord):
		f := t.badCommand(from, line, say.Textf("ExecStart= is not a shell's: semaphore is handed %s as arguments", say.List(shellWords(s.Command.Words))),
			say.Textf("The runner ignores them. systemd keeps services in the background, and their output in the journal, by itself."), t.goodStart(ctx, "")...)
		f.Status = Warn
		return []Finding{f}
	}
	return nil
}

// mayNotify reports whether something tells systemd that the service is ready, or may.
// The runner does not: programs and sources of 2.9.37 to 2.10.32 do not know
// NOTIFY_SOCKET (2.9.58, 2.10.22 and 2.10.32 were watched), and later ones need no
// library for it (go.mod). What starts the runner may: semadoctor with --watch, a
// script that nobody has looked into, or a shell or another line of the unit that
// calls systemd-notify.
func (t *Target) mayNotify(words []string, lines ...string) bool {
	for _, key := range append(lines, "ExecStartPre", "ExecStartPost") {
		for _, e := range t.Install.Unit.List("Service", key) {
			if strings.Contains(e.Value, "notify") {
				return true
			}
		}
	}
	if len(words) == 0 {
		return false
	}
	base := path.Base(words[0])
	if base == "semadoctor" {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "--watch") })
	}
	shell := strings.HasSuffix(base, "sh") && len(words) > 1 && words[1] == "-c"
	return !shell && !strings.HasPrefix(base, "semaphore")
}

func shellWord(w string) bool {
	return slices.Contains([]string{"&", "&&", "|", "||", ">", ">>", "2>&1", "<"}, w)
}

func shellWords(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !shellWord(w) })
}

// exported are the lines that only a shell would understand.
func (t *Target) exported(ctx context.Context) []Finding {
	lines := t.Install.Unit.Exported
	if len(lines) == 0 {
		return nil
	}
	var names []string
	var unset []*Problem
	for _, o := range lines {
		names, unset = append(names, o.Env), append(unset, t.missed(ctx, o.Env)...)
	}
	f := Finding{
		Problem: UnitCommand, Status: Warn, Explains: unset, Harmless: unset == nil,
		Summary: say.Textf("systemd ignores %s in %s: the lines begin with export", say.List(names), lines[0].File),
		Detail:  say.Textf("An environment file of a unit is not a shell script: \"export\" is taken for a part of the name, which then is none. The journal says \"Ignoring invalid environment assignment\"."),
		Advice:  []say.Text{say.Textf("take the word away: sed -i 's/^[[:space:]]*export[[:space:]]*//' %s", say.Shell(lines[0].File)), t.afterwards()},
	}
	for _, o := range lines {
		f.Evidence = append(f.Evidence, Evidence{What: say.Textf("the line begins with export"), From: o})
	}
	return []Finding{f}
}

// missed lists the problems as which it shows that a variable is not set.
func (t *Target) missed(ctx context.Context, name string) []*Problem {
	if t.Install.Unit.Mentions(name) {
		return []*Problem{ConfigMissing}
	}
	c, cr, err := t.identity(ctx)
	if err != nil {
		return nil
	}
	for _, s := range runner.SettingsOf(c.Era) {
		if s.Env == name {
			return wants(c, cr, s.Name)
		}
	}
	return nil
}
