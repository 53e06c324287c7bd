package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/checks"
)

// A typing is a command line that is not whole yet.
type typing struct {
	app    *cli.App
	checks []*checks.Check
	words  []string // behind the program; the last is being typed, and may be empty
}

// What is left to the shell.
const (
	someFile = ":files"
	someDir  = ":dirs"
)

// suggestions are what the last word may become.
func (t *typing) suggestions() []string {
	if len(t.words) == 0 {
		return nil
	}
	before, last := t.words[:len(t.words)-1], t.words[len(t.words)-1]
	i := slices.IndexFunc(before, func(w string) bool { return !strings.HasPrefix(w, "-") })
	if i < 0 {
		return beginning(append(t.commands(), flagsOf(t.app.Flags)...), last)
	}
	cmd := t.app.Command(before[i])
	if cmd == nil || cmd.Hidden {
		return nil
	}
	return t.behind(cmd, before[i+1:], last)
}

// behind are the suggestions behind a command.
func (t *typing) behind(cmd *cli.Command, before []string, last string) []string {
	takes := takesValue(cmd)
	for i := 0; i < len(before); i++ {
		w := before[i]
		switch name := strings.TrimLeft(w, "-"); {
		case w == "--":
			return []string{someFile} // of a command, which is another's
		case !strings.HasPrefix(w, "-") || !takes[name]:
		case i+1 == len(before):
			return t.valuesOf(flagOf(cmd, name), "", last)
		default:
			i++
		}
	}
	name, value, inline := strings.Cut(last, "=")
	switch {
	case inline && strings.HasPrefix(last, "-"):
		return t.valuesOf(flagOf(cmd, strings.TrimLeft(name, "-")), name+"=", value)
	case strings.HasPrefix(last, "-"):
		return beginning(flagsOf(cmd.Flags), last)
	}
	return t.arguments(cmd, last)
}

// arguments are the suggestions for what is no flag.
func (t *typing) arguments(cmd *cli.Command, last string) []string {
	switch cmd.Name {
	case "explain":
		return beginning(t.ids(false), last)
	case "completion":
		return beginning(shells(), last)
	case "logs":
		return []string{someFile}
	}
	return beginning(flagsOf(cmd.Flags), last)
}

// commands are those that are not hidden.
func (t *typing) commands() []string {
	var all []string
	for _, c := range t.app.Commands {
		if !c.Hidden {
			all = append(all, described(c.Name, c.Usage))
		}
	}
	return all
}

// ids are those of checks and problems, and the areas, if they may be named, too.
func (t *typing) ids(areas bool) []string {
	var all []string
	for _, c := range t.checks {
		if a := described(area(c), "all about it"); areas && !slices.Contains(all, a) {
			all = append(all, a)
		}
		all = append(all, described(c.ID, c.Title))
		for _, p := range c.Problems {
			all = append(all, described(p.ID, p.Title))
		}
	}
	return all
}

func flagOf(cmd *cli.Command, name string) cli.Flag {
	for _, f := range cmd.Flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

// flagsOf are the flags as they are typed, and --help.
func flagsOf(flags []cli.Flag) []string {
	var all []string
	for _, f := range flags {
		if v, ok := f.(cli.VisibleFlag); ok && !v.IsVisible() {
			continue
		}
		for _, n := range f.Names() {
			dashes := "--"
			if len(n) == 1 {
				dashes = "-"
			}
			all = append(all, described(dashes+n, usageOf(f)))
		}
	}
	return append(all, described("--help", "how it is used"))
}

func usageOf(f cli.Flag) string {
	if d, ok := f.(cli.DocGenerationFlag); ok {
		return d.GetUsage()
	}
	return ""
}

// valuesOf are the suggestions for a flag's value, by what its help says it is. What
// stands before the value in the same word is put before each.
func (t *typing) valuesOf(f cli.Flag, before, value string) []string {
	if f == nil {
		return nil
	}
	placeholder, rest := placeholderOf(usageOf(f))
	switch name := f.Names()[0]; {
	case name == "only" || name == "skip":
		done := value[:strings.LastIndexByte(value, ',')+1]
		return beginning(prefixed(before+done, t.ids(true)), before+value)
	case name == "output" && strings.Contains(value, "="):
		return []string{someFile}
	case name == "output":
		formats, _, _ := strings.Cut(strings.TrimPrefix(rest, ": "), " (")
		return beginning(prefixed(before, strings.Split(formats, ", ")), before+value)
	case enumeration.MatchString(placeholder):
		return beginning(prefixed(before, strings.Split(placeholder, "|")), before+value)
	case strings.Contains(placeholder, "FILE"):
		return []string{someFile}
	case strings.Contains(placeholder, "DIR"):
		return []string{someDir}
	}
	return nil
}

// enumeration is a placeholder that names all values.
var enumeration = regexp.MustCompile(`^[a-z]+(\|[a-z]+)+$`)

// placeholderOf is what a help calls a flag's value, and what it says behind that.
func placeholderOf(usage string) (placeholder, rest string) {
	_, usage, _ = strings.Cut(usage, "`")
	placeholder, rest, _ = strings.Cut(usage, "`")
	return placeholder, rest
}

// described is a suggestion with what it is.
func described(word, what string) string {
	return word + "\t" + strings.ReplaceAll(what, "`", "")
}

func prefixed(prefix string, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = prefix + s
	}
	return out
}

// beginning are those that begin as what is typed does.
func beginning(all []string, typed string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return !strings.HasPrefix(s, typed) })
}
