package runner

import (
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// A Command is a command line that starts a runner, or is meant to.
type Command struct {
	Words []string // program first
	From  Origin   // where it is written

	Program  string       // as written: "/usr/bin/semaphore", "semaphore"
	Verbs    []string     // "runner", "start"; what is not a flag, in order
	Config   string       // of --config; "" when there is none
	NoConfig bool         // --no-config, from 2.10.26 on
	Register bool         // --register or --auto-register, from 2.15 on
	Sets     []string     // NAME=VALUE of env and shells on the way to the program: secrets may be among them; NAME alone: env -u takes it out
	Dir      string       // where cd and env -C go on the way; "" means nowhere else
	Switch   *Switch      // who it goes on as; nil: as who starts it
	Shell    []Assignment // what shells on the way do to variables, in this order
	Makes    []string     // absolute paths that other commands of a shell are given, or write to
	Script   []string     // what the script comes to that was looked into; nil: none was
	Blank    string       // as written, the first of the program and its verbs that a shell fills in; "": none
}

// ParseCommand reads a command line as Semaphore's own (cobra) does. Shells and
// wrappers around it are looked through: sh -c "exec semaphore runner …", tini,
// dumb-init, env, nohup, gosu, sudo, semadoctor run.
func ParseCommand(words []string, from Origin) *Command {
	c := &Command{Words: words, From: from}
	c.parse(c.unwrap(words))
	return c
}

// parse reads the words of the program itself.
func (c *Command) parse(words []string) {
	if len(words) == 0 {
		return
	}
	c.Program = c.written(words[0])
	for i := 1; i < len(words); i++ {
		name, value, inline := strings.Cut(words[i], "=")
		switch {
		case name == "--config":
			if !inline && i+1 < len(words) {
				i++
				value = words[i]
			}
			c.Config = value
		case name == "--no-config":
			c.NoConfig = !inline || value != "false"
		case name == "--register", name == "--auto-register":
			c.Register = !inline || value != "false"
		case valued(name) && !inline:
			i++
		case !strings.HasPrefix(name, "-"):
			c.Verbs = append(c.Verbs, c.written(words[i]))
		}
	}
}

// written is a word as the shell's text has it. One that a shell fills in is noted.
func (c *Command) written(word string) string {
	text := strings.ReplaceAll(word, expands, "$")
	if text != word && c.Blank == "" {
		c.Blank = text
	}
	return text
}

// valued are the other flags of Semaphore's that take a value.
func valued(name string) bool {
	return slices.Contains([]string{"--log-level", "--name", "--tags", "--webhook", "--project-id", "--registration-token-file"}, name)
}

// Runs reports whether the command is one of a Semaphore runner, right or
// wrong: "semaphore runner …".
func (c *Command) Runs() bool {
	return c != nil && isSemaphore(c.Program) && len(c.Verbs) > 0 && c.Verbs[0] == "runner"
}

// Registers reports whether the runner registers by itself at a start without an
// identity: up to 2.10.25 always, later when it is told to.
func (c *Command) Registers(era Era) bool { return era.Legacy() || c != nil && c.Register }

// A Setup is one runner as it is set up here: how it is started, and the files
// as it will see them.
type Setup struct {
	Name    string // what people call it: "semaphore-runner.service", "compose.yaml#runner"
	Install *Installation
	Files   host.Files // nil: those of this machine

	// Again finds the same runner on other files of the machine: on those a
	// repair would leave. nil: nothing of the set-up stands in files.
	Again func(host.Files) (Setup, error)
}
