package runner

import (
	"path"
	"slices"
	"strings"
)

// unwrap takes off what stands before the runner's own program, and keeps the
// variables that are set for it on the way. Who goes on as somebody else, as
// gosu and sudo do, is not looked through: the runner is then not who it seems.
func (c *Command) unwrap(words []string) []string {
	for len(words) > 0 {
		base := path.Base(words[0])
		flags, wraps := prefixes()[base]
		switch {
		case assigns(words[0]):
			c.Sets, words = append(c.Sets, words[0]), words[1:]
		case slices.Contains([]string{"sh", "bash", "ash", "dash"}, base):
			if len(words) < 3 || words[1] != "-c" && words[1] != "-lc" && words[1] != "-ec" {
				return words
			}
			words = shellWords(words[2])
		case base == "semadoctor" && len(words) > 1 && words[1] == "run":
			words = supervised(words[2:])
		case wraps:
			words = afterFlags(words[1:], strings.Fields(flags))
		default:
			return words
		}
	}
	return words
}

// prefixes are programs that become the command behind them, with those of their
// flags that take a value as a word of its own.
func prefixes() map[string]string {
	return map[string]string{
		"exec": "-a", "nohup": "", "tini": "-p -e", "docker-init": "-p -e", "dumb-init": "-r --rewrite", "catatonit": "", "env": "-u --unset -C --chdir",
		"setsid": "", "nice": "-n --adjustment", "ionice": "-c --class -n --classdata", "stdbuf": "-i -o -e",
	}
}

// assigns reports whether a word before a program sets a variable.
func assigns(word string) bool {
	name, _, ok := strings.Cut(word, "=")
	return ok && envName(name)
}

// afterFlags is what is left behind flags and a double dash.
func afterFlags(words, valued []string) []string {
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		if slices.Contains(valued, words[0]) && len(words) > 1 {
			words = words[1:]
		}
		words = words[1:]
	}
	return words
}

// shellWords are the words of a shell's line: of several commands the last that
// has to do with Semaphore, for what goes before it prepares it.
func shellWords(line string) []string {
	var best, part []string
	for _, w := range append(strings.Fields(strings.ReplaceAll(line, ";", " ; ")), ";") {
		if w != ";" && w != "&&" && w != "||" {
			part = append(part, dequoted(w))
			continue
		}
		if best == nil || slices.ContainsFunc(part, isSemaphore) {
			best = part
		}
		part = nil
	}
	return best
}

func isSemaphore(word string) bool { return strings.HasPrefix(path.Base(word), "semaphore") }

// dequoted takes quotes off a word, or off the value that it sets.
func dequoted(word string) string {
	name, value, ok := strings.Cut(word, "=")
	if !ok {
		name, value = "", word
	}
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	if ok {
		return name + "=" + value
	}
	return value
}

// supervised is what "semadoctor run" becomes: the command behind the double
// dash, or that of the runner's version with the config that was checked.
func supervised(words []string) []string {
	if at := slices.Index(words, "--"); at >= 0 {
		return words[at+1:]
	}
	command := []string{"semaphore", "runner", "start"}
	for i, w := range words {
		name, value, inline := strings.Cut(w, "=")
		switch {
		case name != "--config" && name != "-c":
		case inline:
			command = append(command, "--config", value)
		case i+1 < len(words):
			command = append(command, "--config", words[i+1])
		}
	}
	return command
}

// StartedBy makes c what starts the runner. What it sets on the way to the
// program goes before what was set for it.
func (in *Installation) StartedBy(c *Command) {
	in.Command, in.Config, in.NoConfig = c, c.Config, c.NoConfig
	for _, set := range c.Sets {
		name, value, _ := strings.Cut(set, "=")
		in.Env.Set(name, value, Origin{Env: name, File: c.From.File, Line: c.From.Line})
	}
}
