package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// app is one run of the program.
type app struct {
	*world
	checks  []*checks.Check
	secrets *runner.Secrets // nil until the command line is understood
	code    int             // what to exit with
}

// safe makes a text fit to be shown: no secret, no control character.
func (a *app) safe(text string) string {
	if a.secrets != nil {
		text = a.secrets.Redact(text)
	}
	return report.Clean(text)
}

// usageError is a mistake in the command line: exit 2.
type usageError struct{ error }

// Unwrap is the mistake itself.
func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{say.Errorf(format, args...)} }

// Main is the program without the process around it.
func Main(w *world, cs []*checks.Check, args []string) int {
	if err := checks.Validate(cs); err != nil {
		fmt.Fprintf(w.Stderr, "semadoctor: %v\n", err)
		return report.ExitUsage
	}
	out := &faithful{w: w.Stdout}
	w.Stdout = out
	a := &app{world: w, checks: cs}
	help := &folded{w: out, style: helpStyle(w.width(), a.spoken(args))}
	c := a.cli(help)
	inLanguage(c, help.style.Lang)
	args, err := permute(c, args)
	if err == nil {
		err = errors.Join(c.Run(args), help.flush())
	}
	if out.err != nil && !errors.Is(err, out.err) {
		err = errors.Join(err, out.err)
	}
	if out.err != nil && a.code == report.ExitOK {
		a.code = report.ExitUnknown
	}
	return a.end(err, args)
}

// cli is the command line. What cli/v2 does by default and must not: print a
// usage error's help to stdout, exit from inside Run, take -v.
func (a *app) cli(help io.Writer) *cli.App {
	usage := func(c *cli.Context, err error, _ bool) error { return usageError{flagError(err, c.Command.Flags)} }
	c := &cli.App{
		Name:            "semadoctor",
		Usage:           "finds out why a Semaphore UI runner does not work, repairs it, and runs it",
		Version:         version,
		Writer:          help,
		ErrWriter:       a.Stderr,
		Reader:          a.Stdin,
		HideHelpCommand: true,
		HideVersion:     true, // its own flag would take -v
		Flags:           []cli.Flag{&cli.BoolFlag{Name: "version", Usage: "print the version", DisableDefaultText: true}},
		OnUsageError:    usage,
		ExitErrHandler:  func(*cli.Context, error) {},
		Commands:        a.commands(),
		Action: func(c *cli.Context) error {
			if c.Bool("version") {
				fmt.Fprintf(a.Stdout, "semadoctor version %s\n", version)
				return nil
			}
			if c.Args().Present() {
				return usagef("there is no command %q%s", c.Args().First(), meant(c.Args().First(), commandNames(c.App.Commands), say.Text{}))
			}
			return cli.ShowAppHelp(c)
		},
	}
	for _, cmd := range c.Commands {
		cmd.OnUsageError = usage
		cmd.HideHelpCommand = true
		cmd.Before = sane
	}
	return c
}

func (a *app) commands() []*cli.Command {
	return append([]*cli.Command{
		{Name: "check", Usage: "find every problem of a runner, say which are root causes; change nothing", ArgsUsage: "[-- semaphore runner start ...]", Flags: targetFlags(append(checkFlags(), ignoreFlag())), Action: a.check},
		{Name: "fix", Usage: "repair what can be repaired: plan, show, ask, apply, check again", ArgsUsage: "[ID, with --undo]", Flags: targetFlags(append(reportFlags(), append(fixFlags(), ignoreFlag())...)), Action: a.fix},
		{Name: "run", Usage: "check, and then become the runner", ArgsUsage: "[-- COMMAND ...]", Flags: targetFlags(append(runFlags(), ignoreFlag())), Action: a.run},
		{Name: "config", Usage: "the settings in effect, where each comes from, and what is set in vain", ArgsUsage: "[-- semaphore runner start ...]", Flags: append(whoseFlags(), outputFlags(settingsFormats())...), Action: a.config},
		{Name: "logs", Usage: "what a runner's log tells of its life: starts, registrations, what fails since when, tasks, and why", ArgsUsage: "[FILE ... | -]", Flags: targetFlags(logsFlags()), Action: a.logs},
		{Name: "explain", Usage: "what a problem means, how it is decided, what to do", ArgsUsage: "ID", Flags: []cli.Flag{langFlag()}, Action: a.explain},
		{Name: "checks", Usage: "list all checks and their problems", Flags: []cli.Flag{langFlag()}, Action: a.list},
		{Name: "schema", Usage: "print the JSON Schema of the report (-o json)", Action: a.schema},
	}, append(a.completionCommands(), a.demoCommands()...)...)
}
