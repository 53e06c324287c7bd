package runner

import (
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// An Origin says where a value came from. The zero Origin is Semaphore's own
// default.
type Origin struct {
	File    string // the file it stands in; with Env, the environment file
	Pointer string // RFC 6901, of a JSON value
	Line    int    // from 1; 0 where there is none
	Env     string // name of the environment variable
	Flag    string // name of the command line flag; with File it stands there: in a unit, or is one of its settings
}

// String says the origin in English: "SEMAPHORE_WEB_ROOT (line 3 of /etc/semaphore/env)".
func (o Origin) String() string { return o.Text().String() }

// In says the origin in a language, also as an argument of a sentence.
func (o Origin) In(lang say.Lang) string { return o.Text().In(lang) }

// Text is the origin for people.
func (o Origin) Text() say.Text {
	switch {
	case o.Env != "" && o.process() != "":
		return say.Textf("%s in the environment of process %s", o.Env, o.process())
	case o.Env != "" && o.File != "" && o.Line == 0: // what Docker has written down
		return say.Textf("%s in %s", o.Env, o.File)
	case o.Env != "" && o.File != "":
		return say.Textf("%s (line %d of %s)", o.Env, o.Line, o.File)
	case o.Flag != "" && o.process() != "":
		return say.Textf("%s of process %s", o.Flag, o.process())
	case o.Flag != "" && o.File != "" && o.Line == 0: // a script of an image
		return say.Textf("%s in %s", o.Flag, o.File)
	case o.Flag != "" && o.File != "":
		return say.Textf("%s (line %d of %s)", o.Flag, o.Line, o.File)
	case o.Env != "":
		return say.Textf("environment variable %s", o.Env)
	case o.Flag != "":
		return say.Verbatim(o.Flag)
	case o.Pointer != "" && o.Line == 0:
		return say.Textf("%s in %s", Dotted(o.Pointer), o.File)
	case o.Pointer != "":
		return say.Textf("%s, line %d of %s", Dotted(o.Pointer), o.Line, o.File)
	case o.File != "" && o.Line > 0:
		return say.Textf("line %d of %s", o.Line, o.File)
	case o.File != "":
		return say.Verbatim(o.File)
	}
	return say.Textf("default")
}

// process is the number of the process with whose environment or command line
// the value came.
func (o Origin) process() string {
	pid, name := path.Split(strings.TrimPrefix(o.File, "/proc/"))
	pid = strings.TrimSuffix(pid, "/")
	if name != "environ" && name != "cmdline" || strings.Trim(pid, "0123456789") != "" {
		return ""
	}
	return pid
}

// IsDefault reports whether nobody set the value.
func (o Origin) IsDefault() bool { return o == Origin{} }

// Dotted writes a pointer as Semaphore's documentation does: runner.config_file.
func Dotted(pointer string) string {
	return strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", ".")
}

// A Value is a setting together with where it came from.
type Value[T any] struct {
	V       T
	From    Origin
	Shadows []Origin // where else it was set, and lost; nearest first
}

// Set reports whether anybody set the value, even to nothing.
func (v Value[T]) Set() bool { return !v.From.IsDefault() }
