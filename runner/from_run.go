package runner

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// contained makes the runner the one in the container that a command of the unit
// makes and starts; false where none does.
func (r *unitReader) contained() bool {
	for i := range r.u.Starts {
		s := &r.u.Starts[i]
		run, ok := host.LoadRun(r.caller(s.Command), s.run())
		if !ok {
			run, ok = r.startedAgain(s)
		}
		if !ok {
			continue
		}
		s.Run, s.Engine = run, r.engine(s.Command.Program)
		r.containedIn(s)
		return true
	}
	return false
}

// startedAgain is the container that Docker has made already, and that "docker start"
// starts.
func (r *unitReader) startedAgain(s *Start) (*host.Run, bool) {
	words := (&Command{}).unwrap(s.Command.begin())
	if engineVerb(words) != "start" || path.Base(words[0]) != string(host.Docker) || strings.HasPrefix(words[len(words)-1], "-") {
		return nil, false
	}
	d := host.FindContainer(r.files, words[len(words)-1])
	if d == nil {
		return nil, false
	}
	d.Run.Detached = !slices.ContainsFunc(words, func(w string) bool {
		return strings.HasPrefix(w, "--attach") || strings.HasPrefix(w, "-") && !strings.HasPrefix(w, "--") && strings.ContainsAny(w, "ai")
	})
	return &d.Run, true
}

// plain reports whether what a command does can be told from its words: it is
// Semaphore's, and no script that is called after it.
func (c *Command) plain() bool {
	base := path.Base(c.Program)
	return base == "semaphore" || isSemaphore(base) && len(c.Verbs) > 0
}

// unclear is a command of which it cannot be told what it starts.
func (r *unitReader) unclear(c *Command) say.Text {
	words := (&Command{}).unwrap(c.begin())
	switch what := engineVerb(words); {
	case what == "start":
		return say.Textf("unit %s starts a container that something else has made: %s (line %d of %s); while it runs, semadoctor check --all tells what is in it", r.u.Name, strings.Join(words, " "), c.From.Line, c.From.File)
	case what == "compose" && r.composeFile(words) != "":
		return say.Textf("unit %s starts what a compose file describes (line %d of %s): semadoctor check --compose %s looks at it", r.u.Name, c.From.Line, c.From.File, say.Shell(r.composeFile(words)))
	}
	return say.Textf("unit %s starts %s, and what that does cannot be told (line %d of %s)", r.u.Name, c.Program, c.From.Line, c.From.File)
}

// engineVerb is what an engine is told to do; "" where no engine is.
func engineVerb(words []string) string {
	if len(words) < 2 {
		return ""
	}
	switch path.Base(words[0]) {
	case "docker-compose", "podman-compose":
		return "compose"
	case "docker", "podman":
		rest := words[1:]
		if rest[0] == "container" && len(rest) > 1 {
			rest = rest[1:]
		}
		return rest[0]
	}
	return ""
}

// composeFile is the file of "docker compose -f FILE up", or the directory in which it
// is looked for.
func (r *unitReader) composeFile(words []string) string {
	at, dir := "", r.in.Dir
	for i, w := range words {
		name, value, inline := strings.Cut(w, "=")
		if !inline && i+1 < len(words) {
			value = words[i+1]
		}
		switch name {
		case "-f", "--file":
			if at == "" {
				at = value
			}
		case "--project-directory":
			dir = value
		}
	}
	switch {
	case at == "-" || !path.IsAbs(dir):
		return ""
	case at == "":
		return dir
	}
	return host.Join(dir, at)
}

// quadlet is the container of a Quadlet.
func (r *unitReader) quadlet() {
	words := r.u.RunWords(r.files)
	var plain []string
	for i, w := range words {
		words[i].Text = r.expand(host.UnitEntry{File: w.At.File, Line: w.At.Line}, w.Text)
		plain = append(plain, words[i].Text)
	}
	at := Origin{File: r.u.Path, Flag: "[Container]"}
	r.u.Starts = []Start{{Command: ParseCommand(plain, at)}}
	s := &r.u.Starts[0]
	if run, ok := host.LoadRun(r.caller(s.Command), words); ok && run.Image.Text != "" {
		s.Run = run
		r.containedIn(s)
		return
	}
	r.u.Faults = append(r.u.Faults, Fault{Why: say.Textf("%s names no image: Podman makes no unit of it", r.u.Path), Exit: "bad-setting", From: at})
	r.unseen(say.Textf("%s names no image: Podman makes no unit of it", r.u.Path))
}

// run are the words of the command, with what goes before its program left out.
func (s *Start) run() (words []host.RunWord) {
	at := host.Place{File: s.Line.From.File, Line: s.Line.From.Line}
	for _, w := range (&Command{}).unwrap(s.Command.begin()) {
		words = append(words, host.RunWord{Text: w, At: at})
	}
	return words
}

// engine is the engine's program, "" when it is not there. Where that cannot be told it
// is taken to be.
func (r *unitReader) engine(program string) string {
	real, err := host.LookPath(r.files, r.in.Env["PATH"].V, r.in.Dir, program)
	if errors.Is(err, fs.ErrPermission) {
		return program
	}
	return real
}

// caller is who calls the engine.
func (r *unitReader) caller(c *Command) host.Caller {
	env := r.in.Env
	return host.Caller{
		As: r.in.As, Home: r.callersHome(), Dir: r.in.Dir, Files: r.outside(r.engineOf(c)),
		Look: func(name string) (string, bool) {
			for _, set := range slices.Backward(c.Sets) {
				if n, v, stays := strings.Cut(set, "="); n == name {
					return v, stays
				}
			}
			v, ok := env[name]
			return v.V, ok
		},
	}
}

// engineOf is the engine that a command calls.
func (r *unitReader) engineOf(c *Command) host.Engine {
	if path.Base(c.Program) == string(host.Podman) {
		return host.Podman
	}
	return host.Docker
}

// callersHome is the home of who calls the engine.
func (r *unitReader) callersHome() string {
	if r.u.Manager != nil {
		return r.u.Manager.Home
	}
	return r.home
}

// containedIn lays the container over the installation. With what the engine refuses
// the unit does not start.
func (r *unitReader) containedIn(s *Start) {
	run, in := s.Run, r.in
	for _, why := range run.Unseen {
		r.unseen(why)
	}
	if len(run.Refused) > 0 && r.opaque != nil {
		r.unseen(say.Textf("%s, and ExecStartPre= of unit %s may make it (line %d of %s)", run.Refused[0].Why, r.u.Name, r.opaque.Line, r.opaque.File))
		run.Refused = nil
	}
	if len(run.Refused) > 0 {
		r.unseen(say.Textf("%s makes no container for unit %s as it is", run.By, r.u.Name))
	}
	if !isRunnerContainer(&run.Container) {
		in.Command, in.Container = s.Command, &run.Container
		r.unseen(say.Textf("unit %s starts a container of %s, and whether a runner is in it cannot be told (%s)", r.u.Name, run.Image.Text, run.Image.At))
		return
	}
	r.view = in.enter(run, r.outside(run.By))
}

// outside are the machine's files as the engine sees them: Podman in the unit's sandbox,
// Docker's daemon outside of it, both behind what ExecStartPre= has made.
func (r *unitReader) outside(by host.Engine) host.Files {
	switch {
	case len(r.prior) == 0 && (by == host.Docker || len(r.u.Box) == 0):
		return r.files
	case by == host.Docker:
		return &host.View{Base: r.files, Layers: r.prior}
	}
	return r.seen()
}
