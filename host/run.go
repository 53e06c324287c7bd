package host

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A Run is a container that a command makes: "docker run …", "podman run …".
type Run struct {
	Container
	Detached, Interactive, TTY bool
	Removed                    bool   // --rm or --replace: its name is free when it is made again
	Ready                      string // --sdnotify: who tells systemd that it is ready; "" unless said
	Refused                    []Refusal
	Hidden                     []HiddenVar
	// Unseen is what the command takes from elsewhere and that is not known here.
	Unseen []say.Text
}

// A Refusal is something with which the engine makes no container.
type Refusal struct {
	Why  say.Text
	At   Place
	Make say.Text // what is to be done; zero when the line is wrong
}

// A HiddenVar is a variable that the container has from where nobody can look.
type HiddenVar struct {
	Name   string
	Source say.Text // who knows its value
	At     Place
}

// A Caller is who calls an engine: as whom, from where, with what environment.
type Caller struct {
	As    Identity
	Home  string
	Dir   string // working directory
	Look  func(name string) (string, bool)
	Files Files // as the engine's command sees them
}

// runCommand tells the words of a command that makes a container and starts it from
// other commands of the engine: nil for those. words begin with the program.
func runCommand(words []RunWord) []RunWord {
	if len(words) == 0 || engineOf(words[0].Text) == "" {
		return nil
	}
	rest := words[1:]
	for len(rest) > 0 && strings.HasPrefix(rest[0].Text, "-") { // of the engine: --log-level info
		flag := rest[0].Text
		if rest = rest[1:]; len(rest) > 0 && valuedGlobal(flag) {
			rest = rest[1:]
		}
	}
	if len(rest) > 0 && rest[0].Text == "container" {
		rest = rest[1:]
	}
	if len(rest) == 0 || rest[0].Text != "run" {
		return nil
	}
	return rest[1:]
}

// valuedGlobal are the flags before "run" that take the next word.
func valuedGlobal(flag string) bool {
	return slices.Contains([]string{"-c", "--context", "-H", "--host", "--config", "-l", "--log-level", "--root", "--runroot", "--storage-driver", "--cgroup-manager", "--connection", "--url", "--tmpdir", "--events-backend"}, flag)
}

func engineOf(program string) Engine {
	switch e := Engine(path.Base(program)); e {
	case Docker, Podman:
		return e
	}
	return ""
}

// LoadRun reads a command that makes a container; words begin with the program.
func LoadRun(by Caller, words []RunWord) (*Run, bool) {
	behind := runCommand(words)
	flags, rest := runFlags(behind)
	if behind == nil || len(rest) == 0 {
		return nil, false
	}
	l := &runLoader{by: by, r: &Run{}}
	l.r.By, l.r.At = engineOf(words[0].Text), words[0].At
	l.r.Image = Written{rest[0].Text, rest[0].At}
	l.r.CommandAt, l.r.EntrypointAt = rest[0].At, rest[0].At
	for _, w := range rest[1:] {
		l.r.Command = append(l.r.Command, w.Text)
	}
	if l.r.By == Podman && by.As.UID != 0 {
		l.r.ids = rootlessIDs(by.Files, by.As, nil)
		l.r.volumes = path.Join(by.Home, ".local/share/containers/storage/volumes")
	} else if l.r.By == Podman {
		l.r.volumes = "/var/lib/containers/storage/volumes"
	} else {
		l.r.dockers(dockerOf(by.Files), "")
	}
	for _, f := range flags { // files go before what is said one by one
		if f.name == "env-file" {
			l.envFile(f)
		}
	}
	for _, f := range flags {
		l.flag(f)
	}
	l.settle()
	return l.r, true
}

type runLoader struct {
	by   Caller
	r    *Run
	bare bool // --read-only-tmpfs=false: a read-only container has nothing to write to
}

// flag takes one flag.
func (l *runLoader) flag(f runFlag) {
	r := l.r
	switch f.name {
	case "name":
		r.Name = f.value
	case "user":
		r.User = Written{f.value, f.at}
	case "group-add":
		if f.value != "keep-groups" {
			r.Groups = append(r.Groups, f.value)
		}
	case "network":
		r.Network = f.value
	case "pod":
		r.Network = "pod:" + f.value
	case "workdir":
		r.WorkingDir = f.value
	case "entrypoint":
		r.Entrypoint, r.EntrypointAt = l.entrypoint(f.value), f.at
	case "cap-add":
		r.CapAdd = append(r.CapAdd, strings.Split(f.value, ",")...)
	case "cap-drop":
		r.CapDrop = append(r.CapDrop, strings.Split(f.value, ",")...)
	case "env":
		l.env(f)
	case "volume":
		l.volume(f)
	case "mount":
		l.mount(f)
	case "tmpfs":
		r.Mounts = append(r.Mounts, tmpfsMount(f.at, f.value))
	case "secret":
		l.secret(f)
	case "userns":
		l.userns(f)
	case "sdnotify":
		r.Ready = f.value
	case "volumes-from", "env-host", "uidmap", "gidmap", "subuidname", "subgidname", "rootfs":
		if f.name != "env-host" || f.on() {
			r.Unseen = append(r.Unseen, say.Textf("--%s (%s): what comes of it is not looked into", f.name, f.at))
		}
	default:
		l.turn(f)
	}
}

// turn takes a flag that is on or off.
func (l *runLoader) turn(f runFlag) {
	switch r := l.r; f.name {
	case "detach":
		r.Detached = f.on()
	case "interactive":
		r.Interactive = f.on()
	case "tty":
		r.TTY = f.on()
	case "rm", "replace":
		r.Removed = r.Removed || f.on()
	case "read-only":
		r.ReadOnly = f.on()
	case "read-only-tmpfs":
		l.bare = !f.on()
	case "privileged":
		r.privileged = f.on()
	}
}

// entrypoint is one program for Docker; for Podman a list in JSON as well.
func (l *runLoader) entrypoint(value string) []string {
	if list, ok := jsonWords(value); ok && l.r.By == Podman {
		return list
	}
	if value == "" {
		return []string{}
	}
	return []string{value}
}

// settle is what is known when all flags are.
func (l *runLoader) settle() {
	r := l.r
	if r.Entrypoint != nil && r.Command == nil {
		r.Command = []string{} // that of the image goes with its entrypoint
	}
	if r.By == Podman && r.ReadOnly && !l.bare {
		for _, at := range []string{"/tmp", "/var/tmp", "/run"} {
			if m, ok := r.MountAt(at); !ok || m.Target != at {
				r.Mounts = append(r.Mounts, ServiceMount{Kind: TmpfsMount, Target: at, At: r.At, Mode: 0o1777})
			}
		}
	}
}

func (l *runLoader) env(f runFlag) {
	name, value, set := strings.Cut(f.value, "=")
	v := ServiceVar{Name: name, Value: value, At: f.at, Set: set, Raw: value}
	if !set {
		v.Passed = true
		v.Value, v.Set = l.by.Look(name)
	}
	l.r.Env = append(l.r.Env, v)
}

// envFile is one of --env-file: values as they stand, quotes and all.
func (l *runLoader) envFile(f runFlag) {
	file := f.value
	if !path.IsAbs(file) {
		file = Join(l.by.Dir, file)
	}
	data, err := ReadThrough(l.by.Files, file)
	switch {
	case gone(err):
		l.r.Refused = append(l.r.Refused, Refusal{Why: say.Textf("the environment file %s is not there", file), At: f.at, Make: say.Textf("make the file %s, closed to others (mode 0600): there may be a token in it", file)})
		return
	case errors.Is(err, ErrNotRegular):
		l.r.Refused = append(l.r.Refused, Refusal{Why: say.Textf("the environment file %s is no file", file), At: f.at})
		return
	case err != nil:
		l.r.Unseen = append(l.r.Unseen, say.Textf("the environment file %s cannot be read: %v", file, bare(err)))
		return
	}
	for _, v := range parseRaw(data) {
		sv := ServiceVar{Name: v.name, Value: v.value, At: Place{File: file, Line: v.line}, Set: true, Passed: v.passed, Raw: v.raw, Form: RawEnv}
		if v.passed {
			sv.Value, sv.Set = l.by.Look(v.name)
		}
		l.r.Env = append(l.r.Env, sv)
	}
}
