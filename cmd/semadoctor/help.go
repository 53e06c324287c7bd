package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/say"
)

// inLanguage says what commands and flags are for in lang: cli/v2 takes finished
// strings.
func inLanguage(c *cli.App, lang say.Lang) {
	if lang == say.English {
		return
	}
	c.Usage = said(c.Usage, lang)
	flagsIn(c.Flags, nil, lang)
	for _, cmd := range c.Commands {
		cmd.Usage = said(cmd.Usage, lang)
		flagsIn(cmd.Flags, formatsOf(cmd.Name), lang)
	}
}

func said(words string, lang say.Lang) string { return say.Sentence(words).In(lang) }

func flagsIn(flags []cli.Flag, formats []string, lang say.Lang) {
	for _, f := range flags {
		switch f := f.(type) {
		case *cli.BoolFlag:
			f.Usage = said(f.Usage, lang)
		case *cli.StringFlag:
			f.Usage, f.DefaultText = said(f.Usage, lang), said(f.DefaultText, lang)
		case *cli.DurationFlag:
			f.Usage, f.DefaultText = said(f.Usage, lang), said(f.DefaultText, lang)
		case *cli.GenericFlag:
			f.Usage = said(f.Usage, lang)
			if f.Name == "output" {
				f.Usage = outputUsage(formats).In(lang)
			}
		}
	}
}

// cliWords says a line of a help in lang as far as it is cli/v2's own.
func cliWords(line string, lang say.Lang) string {
	if lang == say.English {
		return line
	}
	for _, w := range []say.Text{
		say.Sentence("NAME:"), say.Sentence("USAGE:"), say.Sentence("COMMANDS:"), say.Sentence("GLOBAL OPTIONS:"), say.Sentence("OPTIONS:"),
	} {
		if line == w.String() {
			return w.In(lang)
		}
	}
	for _, w := range []say.Text{
		say.Sentence("[global options] command [command options]"), say.Sentence("[command options]"), say.Sentence("  show help"),
	} {
		line = strings.Replace(line, w.String(), w.In(lang), 1)
	}
	return line
}

// byDefault says the default that cli/v2 puts behind a flag. That a switch is off goes
// without saying.
func byDefault(usage string, lang say.Lang) string {
	usage = strings.TrimSuffix(usage, " (default: false)")
	words, value, found := strings.Cut(usage, " (default: ")
	if !found {
		return usage
	}
	return words + say.Textf(" (default: %s)", strings.TrimSuffix(value, ")")).In(lang)
}

// commandNames are those of the commands that are not hidden.
func commandNames(commands []*cli.Command) (names []string) {
	for _, c := range commands {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return names
}
