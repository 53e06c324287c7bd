package runner

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// maxScript is the longest script that is looked into, and maxScripts how many start
// each other.
const (
	maxScript  = 64 << 10
	maxScripts = 3
)

// throughScripts looks into the script that a command runs, if it can be read and ends
// in starting something. Otherwise the command stays as it is.
func (in *Installation) throughScripts(c *Command, files host.Files) *Command {
	for range maxScripts {
		next := in.throughScript(c, files)
		if next == nil {
			break
		}
		c = next
	}
	in.fillIn(c, files)
	return c
}

func (in *Installation) throughScript(c *Command, files host.Files) *Command {
	if isSemaphore(c.Program) && c.Runs() || path.Base(c.Program) == path.Base(wrapperPath) {
		return nil
	}
	inner := &Command{Words: c.Words, From: c.From, Script: c.Script}
	if c.Script != nil {
		inner.Shell, inner.Dir = c.Shell, c.Dir
	}
	rest := inner.unwrap(c.begin())
	file, args, ofShell := scriptOf(rest)
	if file == "" {
		return nil
	}
	data, err := host.ReadThrough(files, in.scriptPath(inner, file, files, ofShell))
	if err != nil || len(data) > maxScript || !ofShell && !shellScript(data) {
		return nil
	}
	words := inner.shell(string(data), args)
	if len(words) == 0 {
		return nil
	}
	inner.Script = words
	inner.parse(inner.unwrap(words))
	return inner
}

// begin are the words that come to the program: of the last script looked into, or of
// the command itself.
func (c *Command) begin() []string {
	if c.Script != nil {
		return c.Script
	}
	return c.Words
}

// scriptOf is the script that words run, with its arguments.
func scriptOf(words []string) (file string, args []string, ofShell bool) {
	if len(words) == 0 {
		return "", nil, false
	}
	if !isShell(words[0]) {
		return words[0], words[1:], false
	}
	for i, w := range words[1:] {
		switch {
		case strings.HasPrefix(w, "-") && strings.Contains(w, "c"):
			return "", nil, true
		case !strings.HasPrefix(w, "-"):
			return w, words[i+2:], true
		}
	}
	return "", nil, true
}

// scriptPath is where a script is.
func (in *Installation) scriptPath(c *Command, file string, files host.Files, ofShell bool) string {
	dir := in.Dir
	if c.Dir != "" {
		dir = in.Abs(c.Dir)
	}
	if !ofShell && !strings.Contains(file, "/") {
		found, _ := host.LookPath(files, in.Env["PATH"].V, dir, file)
		return found
	}
	if path.IsAbs(file) {
		return file
	}
	return host.Join(dir, file)
}

func isShell(program string) bool {
	return slices.Contains([]string{"sh", "bash", "ash", "dash"}, path.Base(program))
}

// shellScript reports whether a file says that a shell is to run it.
func shellScript(data []byte) bool {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	words := strings.Fields(strings.TrimPrefix(string(line), "#!"))
	if !bytes.HasPrefix(line, []byte("#!")) || len(words) == 0 {
		return false
	}
	return isShell(words[0]) || path.Base(words[0]) == "env" && len(words) > 1 && isShell(words[1])
}
