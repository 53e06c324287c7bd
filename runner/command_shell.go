package runner

import (
	"path"
	"slices"
	"strings"
)

// shell is what a text of a shell comes to: of several commands the last that has to do
// with Semaphore, for what goes before it prepares it, as cd and export do. args are the
// shell's own, for "$@". It is nil where there is none but in a loop or behind a
// condition: what those come to cannot be told from their words.
func (c *Command) shell(text string, args []string) (best []string) {
	commands, ok := shellCommands(text)
	if !ok {
		return nil
	}
	var dirs []string
	var last shellCommand        // that best is of
	all, perhaps := false, false // set -a: every variable is exported; a runner behind a condition
	for _, cmd := range commands {
		words := withArgs(cmd.words, args)
		args = argsAfter(words, cmd.maybe, args)
		c.Register = c.Register || slices.ContainsFunc(words, isSemaphore) && slices.Contains(words, "register")
		switch took := c.assigned(cmd, &all); {
		case took || len(words) == 0:
		case len(words) == 2 && words[0] == "cd" && !cmd.maybe:
			dirs = append(dirs, words[1])
		case cmd.maybe:
			c.makes(cmd)
			perhaps = perhaps || startsRunner(words)
		case best == nil, startsRunner(words):
			c.makes(last)
			best, last = words, cmd
			for _, dir := range dirs {
				c.goTo(dir)
			}
			dirs = nil
		default:
			c.makes(cmd)
		}
	}
	if perhaps && !startsRunner(best) {
		return nil
	}
	return best
}

// makes notes which paths a command is about, that is not the runner's. What only looks
// at them makes nothing.
func (c *Command) makes(cmd shellCommand) {
	if len(cmd.words) == 0 {
		return
	}
	about := cmd.words[1:]
	if slices.Contains(strings.Fields("[ [[ test cat grep head ls stat chmod chown semaphore tee"), path.Base(cmd.words[0])) {
		about = nil
	}
	for _, w := range slices.Concat(about, cmd.writes) {
		if strings.HasPrefix(w, "/") && !strings.Contains(w, expands) {
			c.Makes = append(c.Makes, w)
		}
	}
}

// startsRunner reports whether a word of a command is Semaphore's program, or the script
// of its image, or may be: what a shell fills in before "runner".
func startsRunner(words []string) bool {
	for i, w := range words {
		filled := w == "runner" && i > 0 && (i == 1 || words[0] == "exec") && strings.Contains(words[i-1], expands)
		if filled || isSemaphore(w) || strings.HasSuffix(w, wrapperPath) {
			return true
		}
	}
	return false
}

// withArgs puts the arguments of a shell in the place of "$@" and "$*".
func withArgs(words, args []string) (all []string) {
	for _, w := range words {
		if w == expands+"@" || w == expands+"*" {
			all = append(all, args...)
			continue
		}
		all = append(all, w)
	}
	return all
}

// argsAfter are the arguments of a shell behind a command: "set" gives it others, and
// "shift" takes the first away. "$@" stands for those that are not known.
func argsAfter(words []string, maybe bool, args []string) []string {
	if len(words) == 0 || words[0] != "set" && words[0] != "shift" {
		return args
	}
	at := slices.Index(words, "--")
	switch {
	case words[0] == "set" && at < 0 && (len(words) == 1 || strings.ContainsAny(words[1][:min(1, len(words[1]))], "-+")):
		return args // options
	case maybe, words[0] == "shift" && (len(words) > 1 || slices.Contains(args, expands+"@")):
		return []string{expands + "@"}
	case words[0] == "shift":
		return args[min(1, len(args)):]
	}
	return words[max(at, 0)+1:]
}
