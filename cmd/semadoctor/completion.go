package main

import (
	_ "embed" // the scripts
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/say"
)

// The scripts hand the words that are typed to "semadoctor __complete" as they are.
// Those of cli/v2 have the shell evaluate them, with whatever stands in them.
var (
	//go:embed completion/semadoctor.bash
	bashScript string
	//go:embed completion/semadoctor.zsh
	zshScript string
	//go:embed completion/semadoctor.fish
	fishScript string
)

func completionScripts() map[string]string {
	return map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}
}

// shells are those that can be completed for.
func shells() []string { return slices.Sorted(maps.Keys(completionScripts())) }

// completion is "semadoctor completion SHELL": the script that completes for it.
func (a *app) completion(c *cli.Context) error {
	script, ok := completionScripts()[c.Args().First()]
	if !ok || c.Args().Len() != 1 {
		return usagef("completion takes the name of a shell: %s", say.List(shells()))
	}
	_, err := io.WriteString(a.Stdout, script)
	return err
}

// complete is "semadoctor __complete WORD ...": what the last word may become, each
// with what it is behind a tab; ":files" and ":dirs" are for the shell to complete.
func (a *app) complete(c *cli.Context) error {
	typed := &typing{app: c.App, checks: a.checks, words: c.Args().Slice()}
	for _, s := range typed.suggestions() {
		fmt.Fprintln(a.Stdout, s)
	}
	return nil
}

func (a *app) completionCommands() []*cli.Command {
	return []*cli.Command{
		{Name: "completion", Usage: "print a script that completes commands and flags: source <(semadoctor completion bash)", ArgsUsage: "bash|fish|zsh", Action: a.completion},
		{Name: "__complete", Hidden: true, SkipFlagParsing: true, HideHelp: true, Action: a.complete},
	}
}
