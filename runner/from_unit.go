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

// A Unit is a systemd unit that starts a runner, or is meant to.
type Unit struct {
	*host.Unit
	Starts []Start      // of ExecStart=, in their order
	Faults []Fault      // what keeps systemd from starting it
	Box    []host.Layer // its sandbox, over the files of the machine

	// Exported are lines of environment files that begin with "export", which
	// systemd ignores.
	Exported []Origin
}

// A Start is one command of ExecStart=.
type Start struct {
	Line    host.ExecLine
	Command *Command
	Run     *host.Run // the container that it makes; nil: none, or it is not the runner's
	Engine  string    // of Run: the program that makes it; "" when it is not there
}

// A Fault is something in a unit that keeps systemd from starting it.
type Fault struct {
	Why  say.Text
	Exit string // the status that systemd shows for it: "226/NAMESPACE"
	From Origin

	Missing string // a path of the sandbox that is not there
}

// UnitSetup is the runner that a systemd unit starts: ref is its name, or the
// path of its file. It has systemd's environment for services, the unit's user,
// and sees the files through the unit's sandbox (systemd.exec(5), v252).
//
// What semadoctor itself may not read of the unit is in Installation.Unseen.
func UnitSetup(files host.Files, ref string) (Setup, error) {
	u, err := host.LoadUnit(files, ref)
	if err != nil {
		return Setup{}, err
	}
	return unitSetup(files, u, ref), nil
}

func unitSetup(files host.Files, u *host.Unit, ref string) Setup {
	if u.Manager == nil && (strings.Contains(u.Path, "/systemd/user/") || u.Quadlet && strings.Contains(u.Path, "/systemd/users/")) {
		why := say.Textf("%s is a unit of a user's own systemd, and whose is not known: link it into the user's ~/.config/systemd/user", u.Path)
		if u.Quadlet {
			why = say.Textf("%s is a Quadlet of each user's, and whose runs is not known: put it into the user's ~/.config/containers/systemd", u.Path)
		}
		return Setup{Name: u.Name, Install: unknown(say.Textf("unit %s", u.Name), unseen{Text: why})}
	}
	r := &unitReader{files: files, u: &Unit{Unit: u}}
	r.in = &Installation{Dir: "/", Env: Environment{}, AsSource: say.Textf("unit %s", u.Name), Unit: r.u, Unseen: u.Unseen}
	if u.Manager != nil { // which reads what the unit names as that user
		r.in.Author, r.files = &u.Manager.As, host.Guard{Files: files, As: u.Manager.As}
	}

	r.identity()
	r.environment()
	r.box()
	r.directory()
	r.before()
	r.commands()
	r.unprepared()
	s := Setup{Name: r.u.Called(), Install: r.in}
	s.Again = func(other host.Files) (Setup, error) { return UnitSetup(other, ref) }
	switch {
	case r.view != nil:
		s.Files = r.view
	case len(r.u.Box) > 0:
		s.Files = &host.View{Base: files, Layers: r.u.Box}
	}
	return s
}

// A unitReader makes an Installation of a unit.
type unitReader struct {
	files     host.Files
	u         *Unit
	in        *Installation
	home      string          // of the user; "" when there is none to speak of
	opaque    *host.UnitEntry // of ExecStartPre=: what it makes is not known; nil: none is
	registers bool            // ExecStartPre= registers the runner
	prior     []host.Layer    // what ExecStartPre= makes of the machine's files
	view      host.Files      // of the container that the unit makes; nil: it makes none
}

// Mentions reports whether a command of the unit has a variable in it, by which
// it may be of use whatever Semaphore reads.
func (u *Unit) Mentions(name string) bool {
	if u == nil {
		return false
	}
	for _, s := range u.Starts {
		for _, w := range s.Line.Words {
			if w == "$"+name || strings.Contains(w, "${"+name+"}") {
				return true
			}
		}
	}
	return false
}

// at is where an assignment stands.
func at(e host.UnitEntry) Origin { return Origin{File: e.File, Line: e.Line, Flag: e.Key + "="} }

// text is a setting that has one value, its specifiers filled in.
func (r *unitReader) text(key string) (string, host.UnitEntry) {
	e, ok := r.u.Last("Service", key)
	if !ok {
		return "", e
	}
	return r.expand(e, e.Value), e
}

// expand fills in specifiers. One that is not known leaves it open what the
// unit says.
func (r *unitReader) expand(e host.UnitEntry, s string) string {
	s, unknown := r.u.Expand(r.files, s)
	if len(unknown) > 0 {
		r.unseen(say.Textf("%s of unit %s (line %d of %s) cannot be told from files", strings.Join(unknown, ", "), r.u.Name, e.Line, e.File))
	}
	return s
}

// words are all words of a setting that is a list of them.
func (r *unitReader) words(key string) (all []unitWord) {
	for _, e := range r.u.List("Service", key) {
		ws, err := host.SplitWords(e.Value)
		if err != nil {
			continue // systemd ignores the line
		}
		for _, w := range ws {
			all = append(all, unitWord{r.expand(e, w), e})
		}
	}
	return all
}

type unitWord struct {
	text string
	from host.UnitEntry
}

func (r *unitReader) fault(e host.UnitEntry, exit string, why say.Text) {
	r.u.Faults = append(r.u.Faults, Fault{Why: why, Exit: exit, From: at(e)})
}

// commands reads ExecStart=. The runner is the command of a program called
// semaphore, or the first.
func (r *unitReader) commands() {
	if r.u.Quadlet {
		r.quadlet()
		return
	}
	for _, e := range r.u.List("Service", "ExecStart") {
		for _, line := range host.ParseExec(e) {
			for i, w := range line.Words {
				line.Words[i] = r.expand(e, w)
			}
			words := line.Fill(func(name string) (string, bool) { v, ok := r.in.Env[name]; return v.V, ok })
			r.u.Starts = append(r.u.Starts, Start{Line: line, Command: r.in.throughScripts(ParseCommand(words, at(e)), r.seen())})
		}
	}
	if len(r.u.Starts) > 0 {
		at := slices.IndexFunc(r.u.Starts, func(s Start) bool { return isSemaphore(s.Command.Program) })
		if at < 0 && r.contained() {
			return
		}
		r.start(r.u.Starts[max(at, 0)].Command)
	}
	if c := r.in.Command; c != nil && !c.plain() && r.u.Starts[0].Line.Err == nil {
		r.unseen(r.unclear(c))
	}
}

// start takes a command for the runner's.
func (r *unitReader) start(c *Command) {
	r.in.StartedBy(c, r.seen())
	if r.in.Program = c.Program; !path.IsAbs(c.Program) && c.Program != "" {
		r.in.Program, _ = host.LookPath(r.seen(), r.in.Env["PATH"].V, r.in.Dir, c.Program)
	}
}

// seen are the files as the unit sees them, as far as is known by now.
func (r *unitReader) seen() host.Files {
	if len(r.u.Box) == 0 {
		return r.files
	}
	return &host.View{Base: r.files, Layers: r.u.Box}
}

// directory reads WorkingDirectory=. systemd goes there as the unit's user.
func (r *unitReader) directory() {
	dir, e := r.text("WorkingDirectory")
	dir, optional := strings.CutPrefix(dir, "-")
	switch {
	case dir == "~", dir == "" && r.u.Manager != nil:
		dir = r.home
		if dir == "" {
			dir = "/"
		}
	case dir == "":
		return
	case !path.IsAbs(dir):
		r.fault(e, "bad-setting", say.Textf("WorkingDirectory=%s is not an absolute path", dir))
		return
	}
	r.in.Dir = path.Clean(dir)
	info, err := host.Stat(r.seen(), r.in.Dir)
	switch {
	case err == nil && info.Mode.IsDir(), errors.Is(err, fs.ErrPermission):
	case optional:
		r.in.Dir = "/"
	default:
		r.fault(e, "200/CHDIR", say.Textf("the working directory %s is not there", r.in.Dir))
	}
}
