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

// before reads ExecStartPre=: what is made there, or given to another, is so when the
// runner starts.
func (r *unitReader) before() {
	sandbox := len(r.u.Box)
	defer func() { r.prior = r.u.Box[sandbox:] }()
	for _, e := range r.u.List("Service", "ExecStartPre") {
		for _, line := range host.ParseExec(e) {
			for i, w := range line.Words {
				line.Words[i] = r.expand(e, w)
			}
			words := line.Fill(func(name string) (string, bool) { v, ok := r.in.Env[name]; return v.V, ok })
			r.runs(words, e, r.privileged(line))
		}
	}
}

// privileged reports whether a command is run by root, whoever the unit's user is.
func (r *unitReader) privileged(line host.ExecLine) bool {
	return r.in.As.UID == 0 || r.u.Manager == nil && (strings.ContainsAny(line.Prefixes, "+!") || r.u.Truth("Service", "PermissionsStartOnly"))
}

// runs is one command before the runner. A shell's are taken one by one, also those
// behind a condition, which is there for what is made already.
func (r *unitReader) runs(words []string, e host.UnitEntry, root bool) {
	if len(words) == 0 {
		return
	}
	switch program := path.Base(words[0]); {
	case isShell(program) && len(words) > 2 && strings.HasSuffix(words[1], "c"):
		r.runsShell(words[2], e, root)
	default:
		r.prepares(program, words, e, root)
	}
}

func (r *unitReader) runsShell(text string, e host.UnitEntry, root bool) {
	commands, ok := shellCommands(text)
	for _, c := range commands {
		r.runs(c.words, e, root)
	}
	if !ok {
		r.opaque = &e
	}
}

// prepares is what a program does to the files that the runner will find.
func (r *unitReader) prepares(program string, words []string, e host.UnitEntry, root bool) {
	switch program {
	case "mkdir":
		flags, dirs := flagsOf(words[1:], []string{"-m", "--mode"})
		r.makes(dirs, root, flags["-m"]+flags["--mode"], "")
	case "install":
		flags, dirs := flagsOf(words[1:], strings.Fields("-m --mode -o --owner -g --group"))
		if _, ok := flags["-d"]; !ok {
			r.opaque = &e
			return
		}
		r.makes(dirs, root, flags["-m"]+flags["--mode"], flags["-o"]+flags["--owner"]+":"+flags["-g"]+flags["--group"])
	case "chown":
		if names := afterFlags(words[1:], nil); len(names) > 1 && root {
			r.gives(names[1:], names[0])
		}
	case "chmod":
		if names := afterFlags(words[1:], nil); len(names) > 1 {
			r.opens(names[1:], names[0])
		}
	default:
		r.opaquely(words, e)
	}
}

// opaquely is a command of which it is not known what it makes.
func (r *unitReader) opaquely(words []string, e host.UnitEntry) {
	switch {
	case slices.ContainsFunc(words, isSemaphore) && slices.Contains(words, "register"):
		r.registers = true
	case !slices.Contains(strings.Fields("sleep true test [ [[ docker podman echo semaphore git curl wget ping systemctl nc cd set exit rm"), path.Base(words[0])):
		r.opaque = &e
	}
}

// makes lays directories that are not there yet, as they will be.
func (r *unitReader) makes(dirs []string, root bool, octal, owner string) {
	for _, dir := range dirs {
		switch {
		case !path.IsAbs(dir):
			continue
		case r.there(dir):
		case root || host.CanCreate(r.seen(), path.Clean(dir), r.in.As).OK():
			whose := r.in.As.Owner()
			if root {
				whose = host.Owner{}
			}
			r.lay(dir, host.Layer{Kind: host.Empty, Root: host.Info{Mode: modeOf(octal, 0o755), Owner: whose}})
		}
		if root && strings.Trim(owner, ":") != "" {
			r.gives([]string{dir}, owner)
		}
		if octal != "" {
			r.opens([]string{dir}, octal)
		}
	}
}

// gives lets paths belong to somebody, with all that is in them.
func (r *unitReader) gives(names []string, owner string) {
	user, group, _ := strings.Cut(owner, ":")
	if user == "" {
		user = "0"
	}
	ref := user
	if group != "" {
		ref += ":" + group
	}
	as, err := host.LookupUser(r.seen(), ref)
	if err != nil {
		return
	}
	whose := as.Owner()
	for _, name := range names {
		if l := r.made(name); l != nil {
			l.Root.Owner = whose
		} else if path.IsAbs(name) && r.there(name) {
			r.lay(name, host.Layer{Kind: host.Same, Owner: &whose, ReadOnly: r.readOnly(name)})
		}
	}
}

// opens gives paths a mode.
func (r *unitReader) opens(names []string, octal string) {
	mode := modeOf(strings.TrimPrefix(octal, "0"), 0)
	for _, name := range names {
		if l := r.made(name); l != nil && mode != 0 {
			l.Root.Mode = mode
		} else if path.IsAbs(name) && mode != 0 && r.there(name) {
			r.lay(name, host.Layer{Kind: host.Same, Root: host.Info{Mode: mode}, ReadOnly: r.readOnly(name)})
		}
	}
}

// made is the layer of a directory that a command before has made.
func (r *unitReader) made(name string) *host.Layer {
	for i := range r.u.Box {
		if l := &r.u.Box[i]; l.At == path.Clean(name) && l.Kind == host.Empty {
			return l
		}
	}
	return nil
}

// readOnly reports whether the sandbox lets a path be changed: a layer over it is to
// leave that as it is.
func (r *unitReader) readOnly(name string) bool {
	m, err := r.seen().Mount(path.Clean(name))
	return err == nil && m.ReadOnly
}

// unprepared notes what a command before the runner may make, of what is not there.
func (r *unitReader) unprepared() {
	if r.registers && r.in.Command != nil {
		r.in.Command.Register = true
	}
	if r.opaque == nil || r.view != nil {
		return
	}
	for _, name := range []string{r.in.Config, r.in.Env["SEMAPHORE_RUNNER_TOKEN_FILE"].V} {
		if name == "" {
			continue
		}
		if _, err := host.Stat(r.seen(), r.in.Abs(name)); errors.Is(err, fs.ErrNotExist) {
			r.unseen(say.Textf("%s is not there, and ExecStartPre= of unit %s may make it (line %d of %s)", r.in.Abs(name), r.u.Name, r.opaque.Line, r.opaque.File))
			return
		}
	}
}
