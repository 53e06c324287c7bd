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
		c.Register = c.Register || slices.ContainsFunc(words, isSemaphore) && slices.Contains(words, "register")
		switch took := c.assigned(cmd, &all); {
		case took || len(words) == 0:
		case len(words) == 2 && words[0] == "cd" && !cmd.maybe:
			dirs = append(dirs, words[1])
		case cmd.maybe:
			c.makes(cmd)
			perhaps = perhaps || slices.ContainsFunc(words, startsRunner)
		case best == nil, slices.ContainsFunc(words, startsRunner):
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
	if perhaps && !slices.ContainsFunc(best, startsRunner) {
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
// of its image.
func startsRunner(word string) bool { return isSemaphore(word) || strings.HasSuffix(word, wrapperPath) }

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
