package runner

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// unwrap takes off what stands before the runner's own program, and keeps what
// is set for it on the way: variables, the directory, who it goes on as.
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
			words = c.shell(words[2])
		case base == "semadoctor" && len(words) > 1 && words[1] == "run":
			words = supervised(words[2:])
		case wraps:
			set, rest := flagsOf(words[1:], strings.Fields(flags))
			if base == "env" {
				c.goTo(cmp.Or(set["-C"], set["--chdir"]))
			}
			words = rest
		default:
			rest, ok := c.becomes(base, words[1:])
			if !ok {
				return words
			}
			words = rest
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

// afterFlags is what is left behind flags and a double dash; valued are the flags
// that take a value as a word of its own.
func afterFlags(words, valued []string) []string {
	_, rest := flagsOf(words, valued)
	return rest
}

// flagsOf are the flags before the first other word, with their values.
func flagsOf(words, valued []string) (flags map[string]string, rest []string) {
	flags = map[string]string{}
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		name, value, inline := strings.Cut(words[0], "=")
		words = words[1:]
		if name == "--" {
			break
		}
		if !inline && slices.Contains(valued, name) && len(words) > 0 {
			value, words = words[0], words[1:]
		}
		flags[name] = value
	}
	return flags, words
}

// shell is what a line of a shell comes to: of several commands the last that has
// to do with Semaphore, for what goes before it prepares it, as cd does.
func (c *Command) shell(line string) (best []string) {
	var part, dirs []string
	for _, w := range append(strings.Fields(strings.ReplaceAll(line, ";", " ; ")), ";") {
		if w != ";" && w != "&&" && w != "||" {
			part = append(part, dequoted(w))
			continue
		}
		switch {
		case len(part) == 2 && part[0] == "cd":
			dirs = append(dirs, part[1])
		case best == nil, slices.ContainsFunc(part, isSemaphore):
			best = part
			for _, dir := range dirs {
				c.goTo(dir)
			}
			dirs = nil
		}
		part = nil
	}
	return best
}

// goTo changes the directory, as seen from where the command is by then. What a
// shell makes of a variable or of ~ is not known.
func (c *Command) goTo(dir string) {
	switch {
	case dir == "", strings.ContainsAny(dir, "$`~"):
	case c.Dir == "" || path.IsAbs(dir):
		c.Dir = dir
	default:
		c.Dir = host.Join(c.Dir, dir)
	}
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
