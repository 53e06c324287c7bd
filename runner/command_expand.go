package runner

import (
	"maps"
	"strings"

	"github.com/semadoctor/semadoctor/host"
)

// expand fills in what a shell would; false where that cannot be told.
func (s *shellScope) expand(text string) (string, bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, expands)
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		length := expansionLength(rest)
		value, ok := s.value(rest[:length])
		if !ok {
			return "", false
		}
		b.WriteString(value)
		text = rest[length:]
	}
}

// expansionLength is how much of a text belongs to the expansion that it begins with.
func expansionLength(text string) int {
	if strings.HasPrefix(text, "(") || strings.HasPrefix(text, "{") {
		return max(closing(text), 0)
	}
	n := 0
	for n < len(text) && envName(text[:n+1]) {
		n++
	}
	return n
}

// value is what one expansion comes to: NAME, {NAME}, {NAME:-WORD}, (cat FILE).
func (s *shellScope) value(what string) (string, bool) {
	switch {
	case strings.HasPrefix(what, "("):
		return s.printed(what[1 : len(what)-1])
	case !strings.HasPrefix(what, "{"):
		return s.variable(what)
	}
	inner := what[1 : len(what)-1]
	n := expansionLength(inner)
	name, rest := inner[:n], inner[n:]
	value, ok := s.variable(name)
	word, otherwise := strings.CutPrefix(strings.TrimPrefix(rest, ":"), "-")
	if !otherwise {
		word, otherwise = strings.CutPrefix(strings.TrimPrefix(rest, ":"), "=")
	}
	switch {
	case name == "" || !ok:
		return "", false
	case rest == "", strings.HasPrefix(strings.TrimPrefix(rest, ":"), "?"):
		return value, true
	case !otherwise || strings.ContainsAny(word, "$`\"'\\"):
		return "", false
	case value == "":
		return word, true
	}
	return value, true
}

func (s *shellScope) variable(name string) (string, bool) {
	if value, ok := s.own[name]; ok || s.dark[name] {
		return value, !s.dark[name]
	}
	return s.in.Env[name].V, name != "" // one that is not set is nothing
}

// printed is what "cat FILE" prints, without the line ends behind it, and where "which
// PROGRAM" and "command -v PROGRAM" find that.
func (s *shellScope) printed(command string) (string, bool) {
	commands, ok := shellCommands(command)
	if !ok || len(commands) != 1 || len(commands[0].words) < 2 {
		return "", false
	}
	switch words := commands[0].words; {
	case len(words) == 2 && words[0] == "cat":
		return s.content(words[1])
	case len(words) == 2 && words[0] == "which", len(words) == 3 && words[0] == "command" && words[1] == "-v":
		return s.found(words[len(words)-1])
	}
	return "", false
}

func (s *shellScope) found(program string) (string, bool) {
	name, known := s.expand(program)
	dirs, same := s.variable("PATH")
	file, err := host.LookPath(s.files, dirs, s.in.Dir, name)
	return file, known && same && err == nil
}

func (s *shellScope) content(word string) (string, bool) {
	file, ok := s.expand(word)
	data, err := host.ReadThrough(s.files, s.in.Abs(file))
	if !ok || err != nil {
		return "", false
	}
	return strings.TrimRight(string(data), "\n"), true
}

// fillIn puts what a shell would in the place of the program and its verbs, where that is
// known. The others stay in c.Blank.
func (in *Installation) fillIn(c *Command, files host.Files) {
	if c.Blank == "" {
		return
	}
	trial := *in
	trial.Env, trial.Unseen = maps.Clone(in.Env), nil
	shell := trial.prepared(c, files)
	if len(trial.Unseen) > 0 { // a variable may be another by then
		return
	}
	var words []string
	for _, w := range (&Command{}).unwrap(c.begin()) {
		of := len(words) > 0 && (words[len(words)-1] == "--config" || valued(words[len(words)-1]))
		words = append(words, shell.filled(w, of)...)
	}
	if len(words) > 0 {
		c.Verbs, c.Blank = nil, ""
		c.parse(words)
	}
}

// filled is what comes in the place of a word: of a variable that stands alone, and is no
// flag's value, the words that are in it, which may be none. Quotes around it are not known
// of; with them no runner would start by several words.
func (s *shellScope) filled(word string, ofFlag bool) []string {
	value, known := s.expand(word)
	switch {
	case !known, strings.ContainsAny(value, "*?["):
		return []string{word}
	case strings.HasPrefix(word, expands) && !ofFlag:
		return strings.Fields(value)
	case value == "" || strings.ContainsAny(value, " \t\n"):
		return []string{word}
	}
	return []string{value}
}
