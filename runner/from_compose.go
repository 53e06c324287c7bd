package runner

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ComposeSetups are the runners of a compose file: FILE#SERVICE names one,
// whatever it looks like, FILE alone means every service that is a Semaphore
// runner. env is the environment docker compose would be called with.
func ComposeSetups(files host.Files, ref string, env map[string]string) ([]Setup, error) {
	file, name, _ := strings.Cut(ref, "#")
	c, err := host.LoadCompose(files, file, env)
	if err != nil {
		return nil, err
	}
	if name != "" && c.Service(name) == nil {
		return nil, say.Errorf("there is no service %s in %s: it has %s", name, c.File, strings.Join(c.Names(), ", "))
	}
	var all []Setup
	for _, s := range c.Services {
		if s.Name != name && (name != "" || !isRunnerService(s)) {
			continue
		}
		one, err := composeSetup(files, s)
		if err != nil {
			return nil, err
		}
		one.Again = func(files host.Files) (Setup, error) {
			again, err := ComposeSetups(files, file+"#"+s.Name, env)
			if err != nil {
				return Setup{}, err
			}
			return again[0], nil
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return nil, noRunner{c}
	}
	return all, nil
}

// noRunner is a compose file without a runner that could be told.
type noRunner struct{ in *host.Compose }

// Error implements error.
func (e noRunner) Error() string {
	return fmt.Sprintf("no service in %s looks like a Semaphore runner: name it, as %s#%s", e.in.File, e.in.File, e.in.Names()[0])
}

// isRunnerService is isRunnerContainer for a service, which may be built.
func isRunnerService(s *host.Service) bool {
	if i := imageOf(s); s.Dockerfile != nil && i.Own && !containerCommand(&s.Container).Runs() {
		return i.Ours
	}
	return isRunnerContainer(&s.Container)
}

// isRunnerContainer tells a runner from the server beside it: by image, by
// command, or for an image of one's own by what its environment sets.
func isRunnerContainer(s *host.Container) bool {
	switch {
	case ParseImage(s.Image.Text).Ours || containerCommand(s).Runs():
		return true
	case strings.Contains(s.Image.Text, "semaphoreui/semaphore"):
		return false
	}
	return slices.ContainsFunc(s.Variables(), runnersOwn)
}

// runnersOwn are variables that only a runner's environment has.
func runnersOwn(name string) bool {
	return strings.HasPrefix(name, "SEMAPHORE_RUNNER_") && name != "SEMAPHORE_RUNNER_REGISTRATION_TOKEN"
}

// addedTo reports whether a command is a script that a Dockerfile starts its containers
// with, and that is not the image's below.
func (c *Command) addedTo(d *host.Dockerfile) bool {
	return c != nil && d != nil && c.From.File == d.File && !c.Runs() && path.Base(c.Program) != path.Base(wrapperPath)
}

// containerCommand is what the description says to start; nil when it leaves that to
// the image.
func containerCommand(s *host.Container) *Command {
	words, at := slices.Concat(s.Entrypoint, s.Command), s.CommandAt
	if len(s.Command) == 0 {
		at = s.EntrypointAt
	}
	c := ParseCommand(words, Origin{File: at.File, Line: at.Line})
	if c.Program == "" {
		return nil
	}
	return c
}

func composeSetup(files host.Files, s *host.Service) (Setup, error) {
	image := imageOf(s)
	view, err := s.View(files, imageFiles(image))
	if err != nil {
		return Setup{}, err
	}
	in := &Installation{
		Service: s, Container: &s.Container, Env: imageEnvironment(), Dir: "/home/semaphore", Version: image.Version,
		AsSource: say.Textf("compose service %s", s.Name), Withheld: map[string]say.Text{},
	}
	if s.WorkingDir != "" {
		in.Dir = path.Join("/", s.WorkingDir)
	}
	in.Foreign = image.foreign()
	in.As = containerUser(view, &s.Container)
	for _, v := range s.Env {
		from := Origin{Env: v.Name, File: v.At.File, Line: v.At.Line}
		if v.Set {
			in.Env.Set(v.Name, v.Value, from)
		}
	}
	c := containerCommand(&s.Container)
	if image.Own && c.addedTo(s.Dockerfile) {
		c, in.Foreign = nil, s.Dockerfile.File // presumably it comes to the script of the image below
	}
	in.startAs(c, view)
	return Setup{Name: s.Compose.File + "#" + s.Name, Install: in, Files: view}, nil
}

// startAs takes the command a container is told to run, or the image's own script,
// which such a command may come to.
func (in *Installation) startAs(c *Command, files host.Files) {
	if c == nil {
		wrapperOf(in.Version).start(in, files)
		return
	}
	c = in.throughScripts(c, files)
	if path.Base(c.Program) == path.Base(wrapperPath) {
		in.prepared(c, files)
		wrapperOf(in.Version).start(in, files)
		return
	}
	if in.StartedBy(c, files); !c.plain() {
		in.Unseen = append(in.Unseen, unseen{Text: say.Textf("%s starts %s, and what that does cannot be told (%s)", in.AsSource, c.Program, host.Place{File: c.From.File, Line: c.From.Line})})
	}
}

func imageEnvironment() Environment {
	e := Environment{}
	e.Set("PATH", imagePath, Origin{})
	e.Set("HOME", "/home/semaphore", Origin{})
	return e
}

// wholeUser is a container's user with what Docker puts in the place of an empty part:
// root, and the group that goes with the user. "${UID}:${GID}" comes to ":" where the
// shell has them and does not export them (semaphoreui/semaphore#1885).
func wholeUser(spec string) string {
	user, group, _ := strings.Cut(spec, ":")
	if user == "" {
		user = "0"
	}
	if group == "" {
		return user
	}
	return user + ":" + group
}

// containerUser is who a container runs as: user and group_add, or the image's own
// user. Names are looked up in the image; of one that is not found there, as one that a
// Dockerfile makes is not, the numbers are not known.
func containerUser(view host.Files, s *host.Container) host.Identity {
	as := imageUser()
	if s.User.Text != "" {
		var err error
		if as, err = host.LookupUser(view, wholeUser(s.User.Text)); err != nil {
			return host.Identity{Name: s.User.Text, UID: -1, GID: -1, Unknown: say.Errorf("%s: %w", s.User.At, err)}
		}
	}
	for _, g := range s.Groups {
		if id, err := host.LookupUser(view, "0:"+g); err == nil {
			as.Groups = append(as.Groups, id.GID)
		}
	}
	if as.UID == 0 {
		as.Caps = s.Caps()
	}
	return as
}
