package main

import (
	"path"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/runner"
)

// commandWords are the runner's own command behind "--", of the commands that
// look at one. That of run is what is started, whatever it is: it is looked at when
// it is a runner's, and --config names no other.
func commandWords(c *cli.Context) []string {
	words := c.Args().Slice()
	switch c.Command.Name {
	case "check", "config":
		return words
	case "run":
		if len(listOf(c, "config")) == 0 && runner.ParseCommand(words, runner.Origin{}).Runs() {
			return words
		}
	}
	return nil
}

// commandOnly refuses words that start no runner, a config without its flag
// above all.
func commandOnly(c *cli.Context) error {
	words := commandWords(c)
	switch {
	case len(words) == 0:
		return nil
	case !runner.ParseCommand(words, runner.Origin{}).Runs():
		return usagef("%s takes no arguments but a runner's command, semaphore runner start ..., got %q: the config goes behind --config", c.Command.Name, harmless(words[0]))
	case len(listOf(c, "config")) > 0:
		return usagef("--config and a command behind -- are two runners: the command has a --config of its own")
	}
	return nil
}

// commandSetup is the runner that a command would start from this shell.
func (a *app) commandSetup(c *cli.Context, p *patients, words []string) ([]runner.Setup, error) {
	in, err := a.shell(c, p)
	if err != nil {
		return nil, err
	}
	in.StartedBy(runner.ParseCommand(words, runner.Origin{}), p.disk)
	in.Program = programOf(p.disk, in)
	return []runner.Setup{{Name: nameOf(in.Command), Install: in}}, nil
}

// programOf is where the program of a command lies; "" when it is nowhere, or
// what the runner's PATH has anyway.
func programOf(files host.Files, in *runner.Installation) string {
	name := in.Command.Program
	if strings.Contains(name, "/") {
		return in.Abs(name)
	}
	found, err := host.LookPath(files, in.Env["PATH"].V, in.Dir, name)
	if err != nil {
		return ""
	}
	return found
}

// nameOf is a command without anything that could be a secret.
func nameOf(c *runner.Command) string {
	words := append([]string{path.Base(c.Program)}, c.Verbs...)
	if c.Config != "" {
		words = append(words, "--config", c.Config)
	}
	if c.NoConfig {
		words = append(words, "--no-config")
	}
	return strings.Join(words, " ")
}
