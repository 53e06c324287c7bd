package main

import (
	"context"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// world is what the program is given by whoever starts it. Tests give another.
type world struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Env    map[string]string
	Dir    string // working directory
	Self   string // path of this program, for the demo
	Net    host.Net
	Exec   host.Exec
	Pipe   host.Pipe
	Sleep  func(context.Context, time.Duration) // ends early with the context
	Times  watchTimes                           // of run --watch
	TTY    struct{ In, Out, Err bool }
	Cells  int // width of the terminal on stdout; 0 when there is none
}

// faithful remembers that something could not be written: a report that was lost
// must not end in exit code 0.
type faithful struct {
	w   io.Writer
	err error
}

func (f *faithful) Write(b []byte) (int, error) {
	n, err := f.w.Write(b)
	if err == nil {
		return n, nil
	}
	if f.err == nil {
		f.err = say.Errorf("write to stdout: %w", err)
	}
	return n, f.err
}

// realWorld is the world of this process.
func realWorld() *world {
	w := &world{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: map[string]string{}, Net: host.RealNet(), Exec: host.RealExec, Pipe: host.RealPipe, Sleep: sleep, Times: usualTimes()}
	for _, kv := range os.Environ() {
		name, value, _ := strings.Cut(kv, "=")
		w.Env[name] = value
	}
	w.Dir, _ = os.Getwd()
	w.Self, _ = os.Executable()
	w.TTY.In, w.TTY.Out, w.TTY.Err = isTTY(os.Stdin), isTTY(os.Stdout), isTTY(os.Stderr)
	if w.TTY.Out {
		w.Cells, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	return w
}

func isTTY(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// width is the terminal's, else what COLUMNS says, else 0.
func (w *world) width() int {
	if w.Cells > 0 {
		return w.Cells
	}
	n, _ := strconv.Atoi(w.Env["COLUMNS"])
	return n
}

// lang is the language of the locale, LC_ALL before LC_MESSAGES before LANG.
func (w *world) lang() say.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := w.Env[name]; v != "" {
			return say.ParseLang(v)
		}
	}
	return say.English
}

// asciiOnly reports a locale that says so: C or POSIX. One that is not set says
// nothing; containers have none, and their terminals take UTF-8.
func (w *world) asciiOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := w.Env[name]; v != "" {
			return v == "C" || v == "POSIX"
		}
	}
	return false
}

// color follows https://no-color.org and https://bixense.com/clicolors.
func (w *world) color(wish string, tty bool) bool {
	force := w.Env["CLICOLOR_FORCE"]
	switch {
	case wish == "always":
		return true
	case wish == "never", w.Env["NO_COLOR"] != "":
		return false
	case force != "" && force != "0":
		return true
	}
	return tty && w.Env["TERM"] != "dumb" && w.Env["CLICOLOR"] != "0"
}
