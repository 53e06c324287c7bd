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
		case isShell(base):
			if len(words) < 3 || !strings.HasPrefix(words[1], "-") || !strings.HasSuffix(words[1], "c") {
				return words
			}
			inner := c.shell(words[2], words[min(4, len(words)):])
			if inner == nil {
				return words // a script: what it starts cannot be told
			}
			words = inner
		case base == "semadoctor" && len(words) > 1 && words[1] == "run":
			words = supervised(words[2:])
		case wraps:
			set, rest := flagsOf(words[1:], strings.Fields(flags))
			if base == "env" {
				c.goTo(cmp.Or(set["-C"], set["--chdir"]))
				c.Sets = append(c.Sets, takenOut(words[1:len(words)-len(rest)])...)
			}
			words = rest[min(positional(base), len(rest)):]
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
		"flock": "-w --wait --timeout -E --conflict-exit-code", "chrt": "-T -P -D", "taskset": "", "prlimit": "", "systemd-cat": "-t --identifier -p --priority",
	}
}

// takenOut are the variables that flags of env's take out (env(1)).
func takenOut(flags []string) (names []string) {
	for i, f := range flags {
		name, long := strings.CutPrefix(f, "--unset=")
		if !long {
			name, _ = strings.CutPrefix(f, "-u")
		}
		if (f == "-u" || f == "--unset") && i+1 < len(flags) {
			name = flags[i+1]
		}
		if name != f && envName(name) {
			names = append(names, name)
		}
	}
	return names
}

// positional is how many words of its own such a program has before the command: a
// file to lock, a priority, a mask.
func positional(program string) int {
	switch program {
	case "flock", "chrt", "taskset":
		return 1
	}
	return 0
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

// goTo changes the directory, as seen from where the command is by then. What a
// shell makes of a variable or of ~ is not known.
func (c *Command) goTo(dir string) {
	switch {
	case dir == "", strings.ContainsAny(dir, expands+"$`~"):
	case c.Dir == "" || path.IsAbs(dir):
		c.Dir = dir
	default:
		c.Dir = host.Join(c.Dir, dir)
	}
}

func isSemaphore(word string) bool { return strings.HasPrefix(path.Base(word), "semaphore") }

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
