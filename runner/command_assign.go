package runner

import (
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// expands stands in words of a shell for the $ of something that the shell fills in:
// what follows is NAME, {NAME:-…} or (COMMAND). No word has a NUL of its own.
const expands = "\x00"

// An Assignment is what a shell does to a variable on the way to the runner.
type Assignment struct {
	Name, Value string // Value may have expands in it
	Exported    bool
	Named       bool   // export NAME: the value stays as it is
	Gone        bool   // unset NAME
	Maybe       bool   // in a loop or behind a condition
	Source      string // a file that is read for assignments: "." and "source"
}

// assigned notes what a command does to variables; false when it is none of that kind.
func (c *Command) assigned(cmd shellCommand, all *bool) bool {
	words := cmd.words
	switch words[0] {
	case "set":
		for _, w := range words[1:] {
			if w == "--" {
				break
			}
			*all = *all && w != "+a" || w == "-a" || w == "allexport" || strings.HasPrefix(w, "-") && !strings.HasPrefix(w, "--") && strings.Contains(w, "a")
		}
		return true
	case ".", "source":
		if len(words) > 1 {
			c.Shell = append(c.Shell, Assignment{Source: words[1], Exported: *all, Maybe: cmd.maybe})
		}
		return true
	case "unset":
		for _, w := range words[1:] {
			c.Shell = append(c.Shell, Assignment{Name: w, Gone: true, Maybe: cmd.maybe})
		}
		return true
	case "export":
		c.export(words[1:], cmd.maybe)
		return true
	}
	if slices.ContainsFunc(words, func(w string) bool { return !assigns(w) }) {
		return false
	}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		c.Shell = append(c.Shell, Assignment{Name: name, Value: value, Exported: *all, Maybe: cmd.maybe})
	}
	return true
}

// export notes what is exported: NAME=VALUE, or NAME.
func (c *Command) export(words []string, maybe bool) {
	for _, w := range words {
		if name, value, set := strings.Cut(w, "="); envName(name) {
			c.Shell = append(c.Shell, Assignment{Name: name, Value: value, Exported: true, Named: !set, Maybe: maybe})
		}
	}
}

// A shellScope is what a shell knows of variables.
type shellScope struct {
	in    *Installation
	files host.Files
	from  host.Place
	own   map[string]string // of the shell, exported or not
	dark  map[string]bool   // what their values are is not known
}

func newShellScope(in *Installation, files host.Files, from host.Place) *shellScope {
	return &shellScope{in: in, files: files, from: from, own: map[string]string{}, dark: map[string]bool{}}
}

// take does what one assignment says.
func (s *shellScope) take(a Assignment) {
	value, known := s.expand(a.Value)
	_, inEnv := s.in.Env[a.Name]
	switch {
	case a.Source != "":
		s.source(a)
		return
	case a.Gone && !a.Maybe:
		delete(s.own, a.Name)
		delete(s.in.Env, a.Name)
		return
	case a.Named:
		var ok bool
		if value, ok = s.own[a.Name]; !ok && !s.dark[a.Name] {
			return
		}
		known = !s.dark[a.Name]
	}
	s.dark[a.Name] = !known || a.Maybe
	s.own[a.Name] = value
	switch {
	case !a.Exported && !inEnv:
	case s.dark[a.Name]:
		s.hide(a.Name)
	default:
		s.set(a.Name, value)
	}
}

func (s *shellScope) set(name, value string) {
	s.in.Env.Set(name, value, Origin{Env: name, File: s.from.File, Line: s.from.Line})
}

// hide is a variable with a value that is not known.
func (s *shellScope) hide(name string) {
	s.in.hidden(host.HiddenVar{Name: name, Source: say.Textf("a command of a shell"), At: s.from})
}

// source reads the assignments of a file, as far as they are nothing else.
func (s *shellScope) source(a Assignment) {
	file, known := s.expand(a.Source)
	if !known {
		s.in.Unseen = append(s.in.Unseen, unseen{Text: say.Textf("a shell reads variables from a file (%s), and from which is not known", s.from)})
		return
	}
	data, err := host.ReadThrough(s.files, s.in.Abs(file))
	c := &Command{}
	if err == nil && !a.Maybe && c.assignments(string(data), a.Exported) {
		for _, one := range c.Shell {
			s.take(one)
		}
		return
	}
	if err == nil && !a.Maybe && s.virtualenv(s.in.Abs(file), string(data)) {
		return
	}
	s.in.Unseen = append(s.in.Unseen, unseen{say.Textf("a shell reads variables from %s (%s), and what comes of it is not known", file, s.from), err})
}

// virtualenv does what the bin/activate of a virtual environment of Python's does: the
// programs in there come before all others (CPython, Lib/venv/scripts/common/activate).
func (s *shellScope) virtualenv(file, text string) bool {
	dir, ok := strings.CutSuffix(file, "/bin/activate")
	if _, err := host.Stat(s.files, host.Join(dir, "pyvenv.cfg")); !ok || err != nil {
		return false
	}
	if !strings.Contains(text, "VIRTUAL_ENV="+dir) && !strings.Contains(text, `VIRTUAL_ENV="`+dir) {
		return false // it was made at another place
	}
	delete(s.in.Env, "PYTHONHOME")
	s.set("VIRTUAL_ENV", dir)
	s.set("PATH", dir+"/bin:"+s.in.Env["PATH"].V)
	return true
}

// assignments reads a text that has nothing but assignments in it.
func (c *Command) assignments(text string, all bool) bool {
	commands, ok := shellCommands(text)
	for _, cmd := range commands {
		if ok = ok && c.assigned(cmd, &all); !ok {
			return false
		}
	}
	return ok
}

// made notes that a file which counts is made by the shell itself at each start: what is
// there now says nothing.
func (s *shellScope) made(c *Command) {
	if slices.Contains([]string{"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "-"}, s.in.Config) && c.From.File != "" {
		s.in.Unseen = append(s.in.Unseen, unseen{Text: say.Textf("the runner reads its config from standard input (%s), and what comes there is not known", s.from)})
	}
	for _, name := range []string{c.Config, s.in.Env["SEMAPHORE_RUNNER_TOKEN_FILE"].V} {
		if name != "" && slices.Contains(c.Makes, name) {
			s.in.Unseen = append(s.in.Unseen, unseen{Text: say.Textf("a shell writes %s before it starts the runner (%s), and what is in it then is not known", name, s.from)})
		}
	}
}

// words are the variables before a program: NAME=VALUE each, or NAME that is taken out.
func (s *shellScope) words(sets []string) {
	for _, set := range sets {
		name, text, stays := strings.Cut(set, "=")
		if !stays {
			delete(s.in.Env, name)
		} else if value, known := s.expand(text); known {
			s.set(name, value)
		} else {
			s.hide(name)
		}
	}
}
