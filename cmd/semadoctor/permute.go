package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// permute moves flags in front of positional arguments: cli/v2 stops at the
// first positional and ignores in silence what follows (urfave/cli#1177). What
// stands behind "--" is taken as it is.
func permute(app *cli.App, args []string) ([]string, error) {
	at := slices.IndexFunc(args, func(a string) bool { return app.Command(a) != nil })
	if at < 1 {
		return args, nil
	}
	cmd := app.Command(args[at])
	if cmd.SkipFlagParsing {
		return args, nil
	}
	flags, rest, err := splitFlags(takesValue(cmd), args[at+1:])
	out := append(slices.Clone(args[:at+1]), flags...)
	return append(append(out, "--"), rest...), err
}

// takesValue tells for each flag of a command whether a word follows it.
func takesValue(cmd *cli.Command) map[string]bool {
	takes := map[string]bool{}
	for _, f := range cmd.Flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, n := range f.Names() {
			takes[n] = !isBool
		}
	}
	return takes
}

func splitFlags(takes map[string]bool, args []string) (flags, rest []string, err error) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			return flags, append(rest, args[i+1:]...), nil
		case len(a) < 2 || a[0] != '-':
			rest = append(rest, a)
			continue
		}
		name := strings.TrimLeft(a, "-")
		if name == "h" || name == "help" { // of the command: what else there is would be taken for another
			return []string{a}, nil, nil
		}
		flags = append(flags, a)
		if takes[name] {
			if i++; i == len(args) {
				return nil, nil, usagef("%s needs a value", a)
			}
			flags = append(flags, args[i])
		}
	}
	return flags, rest, nil
}
