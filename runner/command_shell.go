package runner

import (
	"slices"
	"strings"
)

// shell is what a line of a shell comes to: of several commands the last that has
// to do with Semaphore, for what goes before it prepares it, as cd does. It is nil
// where there is none but in a loop or behind a condition: what those come to cannot
// be told from their words.
func (c *Command) shell(line string) (best []string) {
	commands, ok := shellCommands(line)
	if !ok {
		return nil
	}
	var dirs []string
	for _, words := range commands {
		switch {
		case len(words) == 2 && words[0] == "cd":
			dirs = append(dirs, words[1])
		case best == nil, slices.ContainsFunc(words, isSemaphore):
			best = words
			for _, dir := range dirs {
				c.goTo(dir)
			}
			dirs = nil
		}
	}
	return best
}

// shellCommands are the commands of a line that are always run, their redirections
// left out; false where the line has a subshell in it, or what a command prints.
func shellCommands(line string) (all [][]string, ok bool) {
	s := shellSplitter{}
	for i := 0; i < len(line); i++ {
		if !s.take(line[i]) {
			return nil, false
		}
	}
	s.end()
	return s.commands, s.quote == 0 && !s.escaped && s.depth == 0
}

// A shellSplitter takes a line of a shell byte by byte.
type shellSplitter struct {
	commands [][]string
	words    []string
	word     []byte
	inWord   bool
	quote    byte // the quote it is in; 0: in none
	escaped  bool // behind a backslash
	redirect bool // the next word is where a redirection leads
	depth    int  // of loops and conditions
}

// take is false at what cannot be told.
func (s *shellSplitter) take(b byte) bool {
	switch {
	case s.escaped:
		s.escaped = false
		s.add(b)
	case b == '`', s.quote != '\'' && b == '(', b == ')' && s.quote == 0:
		return false // $( and ` are run in double quotes, too
	case s.quote != 0 && b == s.quote:
		s.quote = 0
	case b == '\\' && s.quote != '\'':
		s.escaped = true
	case s.quote != 0:
		s.add(b)
	case b == '"' || b == '\'':
		s.quote, s.inWord = b, true
	case b == ' ' || b == '\t':
		s.endWord()
	case b == ';' || b == '&' && !s.redirect || b == '|' || b == '\n':
		s.end()
	case b == '<' || b == '>':
		s.toRedirection()
	default:
		s.add(b)
	}
	return true
}

func (s *shellSplitter) add(b byte) { s.word, s.inWord = append(s.word, b), true }

// toRedirection begins one: a number before it belongs to it.
func (s *shellSplitter) toRedirection() {
	if strings.Trim(string(s.word), "0123456789") == "" {
		s.word, s.inWord = nil, false
	}
	s.endWord()
	s.redirect = true
}

func (s *shellSplitter) endWord() {
	if !s.inWord {
		return
	}
	word := string(s.word)
	s.word, s.inWord = nil, false
	switch {
	case s.redirect:
		s.redirect = false
	case len(s.words) == 0 && reserved(word):
		s.depth += deeper(word)
	default:
		s.words = append(s.words, word)
	}
}

func (s *shellSplitter) end() {
	s.endWord()
	if len(s.words) > 0 && s.depth == 0 {
		s.commands = append(s.commands, s.words)
	}
	s.words, s.redirect = nil, false
}

// reserved are the words with which a shell parts commands from each other (POSIX, 2.4).
func reserved(word string) bool {
	return deeper(word) != 0 || slices.Contains([]string{"then", "elif", "else", "do", "!"}, word)
}

// deeper is how many loops and conditions a word begins, or ends: -1.
func deeper(word string) int {
	switch word {
	case "if", "for", "while", "until", "case", "{", "select", "function":
		return 1
	case "fi", "done", "esac", "}":
		return -1
	}
	return 0
}
