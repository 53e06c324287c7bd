package runner

import (
	"slices"
	"strings"
)

// A shellCommand is one command of a text, its redirections left out.
type shellCommand struct {
	words  []string
	writes []string // where its output is redirected to
	maybe  bool     // in a loop or a condition, or behind && and ||
}

// shellCommands are the commands of a text; false where it has a subshell or a
// here-document in it.
func shellCommands(text string) (all []shellCommand, ok bool) {
	s := shellSplitter{text: text}
	for s.at < len(text) {
		if !s.take(text[s.at]) {
			return nil, false
		}
		s.at++
	}
	s.end(0)
	return s.commands, s.quote == 0 && !s.escaped && s.depth == 0
}

// A shellSplitter takes a text of a shell byte by byte.
type shellSplitter struct {
	text     string
	at       int
	commands []shellCommand
	words    []string
	writes   []string
	word     []byte
	inWord   bool
	quote    byte // the quote it is in; 0: in none
	escaped  bool // behind a backslash
	redirect byte // < or >: the next word is where that leads; 0: it is none
	depth    int  // of loops and conditions
	behind   bool // the command stands behind && or ||, and may not be run
}

// take is false at what cannot be told.
func (s *shellSplitter) take(b byte) bool {
	switch {
	case s.escaped:
		if s.escaped = false; b != '\n' {
			s.add(b)
		}
	case s.quote != '\'' && (b == '`' || b == '$'):
		return s.expansion(b)
	case s.quote == 0 && (b == '(' || b == ')'):
		return s.bracket(b)
	case s.quote != 0 && b == s.quote:
		s.quote = 0
	case b == '\\' && s.quote != '\'':
		s.escaped = true
	case s.quote != 0:
		s.add(b)
	case b == '"' || b == '\'':
		s.quote, s.inWord = b, true
	case b == '#' && !s.inWord:
		s.comment()
	case b == ' ' || b == '\t' || b == '\r':
		s.endWord()
	case b == ';' || b == '&' && s.redirect == 0 || b == '|' || b == '\n':
		s.operator(b)
	case b == '<' || b == '>':
		return s.toRedirection(b)
	default:
		s.add(b)
	}
	return true
}

// bracket is one behind the name of a function, whose body then is a loop like others, or
// behind a pattern of "case". False at a subshell.
func (s *shellSplitter) bracket(b byte) bool {
	switch {
	case b == '(' && s.inWord && len(s.words) == 0 && strings.HasPrefix(s.text[s.at+1:], ")"):
		s.at++
	case b == ')' && s.depth > 0:
		s.words = nil
	default:
		return false
	}
	s.word, s.inWord = nil, false
	return true
}

func (s *shellSplitter) add(b byte) { s.word, s.inWord = append(s.word, b), true }

// expansion keeps what a shell fills in, with a mark in the place of its $: the name of a
// variable, or a command whose output it is. False where a command does not end.
func (s *shellSplitter) expansion(b byte) bool {
	rest := s.text[s.at+1:]
	length := 0
	switch {
	case b == '`':
		if length = strings.IndexByte(rest, '`'); length < 0 {
			return false
		}
		s.word = append(append(s.word, expands+"("+rest[:length]...), ')')
		s.at, s.inWord = s.at+length+1, true
		return true
	case strings.HasPrefix(rest, "("), strings.HasPrefix(rest, "{"):
		if length = closing(rest); length < 0 {
			return false
		}
	}
	s.word, s.inWord = append(append(s.word, expands...), rest[:length]...), true
	s.at += length
	return true
}

// closing is how long a text is up to the bracket that closes its first; -1 when none
// does.
func closing(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '{':
			depth++
		case ')', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// comment passes over the rest of a line.
func (s *shellSplitter) comment() {
	if n := strings.IndexByte(s.text[s.at:], '\n'); n >= 0 {
		s.at += n - 1
		return
	}
	s.at = len(s.text)
}

// toRedirection begins one: a number before it belongs to it. False at a here-document.
func (s *shellSplitter) toRedirection(b byte) bool {
	if rest := s.text[s.at+1:]; b == '<' && strings.HasPrefix(rest, "<") && !strings.HasPrefix(rest, "<<") {
		return false
	}
	if strings.Trim(string(s.word), "0123456789") == "" {
		s.word, s.inWord = nil, false
	}
	s.endWord()
	s.redirect = b
	return true
}

func (s *shellSplitter) endWord() {
	if !s.inWord {
		return
	}
	word := string(s.word)
	s.word, s.inWord = nil, false
	switch {
	case s.redirect != 0:
		if s.redirect == '>' && strings.HasPrefix(word, "/") && !strings.HasPrefix(word, "/dev/") {
			s.writes = append(s.writes, word)
		}
		s.redirect = 0
	case len(s.words) == 0 && reserved(word):
		s.depth += deeper(word)
	default:
		s.words = append(s.words, word)
	}
}

// operator ends a command. What stands behind && is run if all goes well, but behind a
// test that may be meant to fail.
func (s *shellSplitter) operator(b byte) {
	s.endWord()
	double := (b == '&' || b == '|') && strings.HasPrefix(s.text[s.at+1:], string(b))
	if double {
		s.at++
	}
	tests := len(s.words) > 0 && slices.Contains([]string{"[", "[[", "test", "grep"}, s.words[0])
	behind := double && (b == '|' || tests || s.behind)
	s.end(b)
	s.behind = behind
}

func (s *shellSplitter) end(byte) {
	s.endWord()
	if len(s.words) > 0 {
		s.commands = append(s.commands, shellCommand{s.words, s.writes, s.depth > 0 || s.behind})
	}
	s.words, s.writes, s.redirect, s.behind = nil, nil, 0, false
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
