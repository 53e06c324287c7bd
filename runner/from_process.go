package runner

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// unseen is why we may not look at something, for people.
type unseen struct {
	say.Text
	err error
}

// Error implements error.
func (u unseen) Error() string { return u.String() }

// Unwrap is what kept us from looking.
func (u unseen) Unwrap() error { return u.err }

// ProcessSetup is the runner that runs as process pid of this machine: what it
// was started with, the files as it sees them. What it has read and forgotten
// since, as 2.19 does with the variables that are secrets, is there all the same.
//
// A process that is no runner, or none any more, is an error. One that we may
// not look at has that in Installation.Unseen.
func ProcessSetup(files host.Files, pid int) (Setup, error) {
	name := "pid " + strconv.Itoa(pid)
	args, err := host.ProcessArgs(files, pid)
	if err != nil {
		return Setup{}, err
	}
	from := Origin{File: fmt.Sprintf("/proc/%d/cmdline", pid)}
	command := ParseCommand(args, from)
	if err := notARunner(pid, args, command); err != nil {
		return Setup{}, err
	}
	in := &Installation{Command: command, Env: Environment{}, Dir: "/", As: host.Identity{UID: -1, GID: -1}, AsSource: say.Verbatim(name)}
	p, err := host.ReadProcess(files, pid)
	var env []string
	if err == nil {
		env, err = host.ProcessEnviron(files, pid)
	}
	switch {
	case err == nil:
		in.started(files, p, env)
		return Setup{Name: name, Install: in, Files: p.Files(files)}, nil
	case errors.Is(err, fs.ErrPermission):
		in.Unseen = []error{unseen{say.Textf("only root and its own user may see how process %d was started", pid), err}}
	case errors.Is(err, host.ErrTooLarge):
		in.Unseen = []error{unseen{say.Textf("what process %d was started with is too much to read (%v)", pid, err), err}}
	default:
		return Setup{}, err
	}
	return Setup{Name: name, Install: in}, nil
}

// Polls reports whether the command is that of a runner at work, and not one
// that registers, or sets one up.
func (c *Command) Polls() bool {
	return c.Runs() && (len(c.Verbs) == 1 || c.Verbs[1] == "start")
}

// isRunner reports whether a process with these arguments is a runner at work,
// and not the shell around it.
func isRunner(args []string) bool {
	c := ParseCommand(args, Origin{})
	return len(args) > 0 && c.Program == args[0] && c.Polls()
}

func notARunner(pid int, args []string, c *Command) error {
	switch {
	case isRunner(args):
		return nil
	case len(args) == 0:
		return say.Errorf("process %d is no program, but the kernel's, or has ended", pid)
	case c.Polls():
		return say.Errorf("process %d is %q, which has started a runner: give the number of the runner itself (pgrep -f 'semaphore runner')", pid, path.Base(args[0]))
	case c.Runs():
		return say.Errorf("process %d is \"semaphore runner %s\", not a runner at work", pid, c.Verbs[1])
	case strings.HasPrefix(path.Base(c.Program), "semaphore") && len(c.Verbs) > 0:
		return say.Errorf("process %d is \"semaphore %s\", not a runner", pid, c.Verbs[0])
	}
	return say.Errorf("process %d is %q, not a Semaphore runner", pid, path.Base(args[0]))
}

// started fills in how the process was started.
func (in *Installation) started(files host.Files, p *host.Process, env []string) {
	in.Process, in.Dir, in.As = p, p.Dir, p.As
	in.Config, in.NoConfig = in.Command.Config, in.Command.NoConfig
	from := fmt.Sprintf("/proc/%d/environ", p.PID)
	for _, kv := range env {
		if name, value, ok := strings.Cut(kv, "="); ok {
			if _, again := in.Env[name]; !again { // of two, Go takes the first (syscall.copyenv)
				in.Env.Set(name, value, Origin{Env: name, File: from})
			}
		}
	}
	if in.As.Mapped == nil { // a name is known by the number it has inside
		if as, err := host.LookupUser(p.Files(files), strconv.Itoa(in.As.UID)); err == nil {
			in.As.Name = as.Name
		}
	}
	in.Program = programOf(files, p)
	in.Version = tagged(p.Docker.Image)
}

// programOf is the file to run when the process is to be asked for its version;
// "" when none may be. What a container brought along never leaves it. Outside
// of containers the link /proc/N/exe leads to the very program that runs, even
// if its file has been replaced; one in a sandbox of its own must be a file that
// is there for us, too.
func programOf(files host.Files, p *host.Process) string {
	switch {
	case p.Container != "":
		return ""
	case p.Root != "":
		theirs, err1 := host.Stat(p.Files(files), p.Program)
		ours, err2 := host.Stat(files, p.Program)
		if err1 != nil || err2 != nil || !ours.SameFile(theirs) {
			return ""
		}
	case p.Replaced:
		return fmt.Sprintf("/proc/%d/exe", p.PID)
	}
	return p.Program
}

// tagged is the version in an image's name, zero when it has none:
// "semaphoreui/runner:v2.10.32@sha256:…".
func tagged(image string) Version {
	image, _, _ = strings.Cut(image, "@")
	_, tag, ok := strings.Cut(path.Base(image), ":")
	v, err := ParseVersion(tag)
	if !ok || err != nil || !v.Era.Known() {
		return Version{}
	}
	v.Source = FromImage
	return v
}
