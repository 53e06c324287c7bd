package host

import (
	"path"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// An ExecLine is one command of ExecStart= and its like.
type ExecLine struct {
	Prefixes string   // of -@:+!|, as written
	Words    []string // the program first; specifiers and variables not filled in
	From     UnitEntry
	Err      error // systemd refuses it, and with it the unit
}

var (
	// ErrRelative reports a program that is neither an absolute path nor a plain name.
	ErrRelative = say.Errorf("the program is neither an absolute path nor a plain name")
	// ErrNoProgram reports a command of prefixes alone.
	ErrNoProgram = say.Errorf("there is no program")
)

// ParseExec reads the commands of one assignment; " ; " stands between two.
func ParseExec(e UnitEntry) (all []ExecLine) {
	rest := e.Value
	for strings.TrimLeft(rest, unitBlanks) != "" {
		line := ExecLine{From: e}
		rest = line.take(rest)
		all = append(all, line)
	}
	return all
}

// take reads one command and returns what is left.
func (l *ExecLine) take(s string) string {
	for {
		s = strings.TrimLeft(s, unitBlanks)
		if end := s == ";" || strings.HasPrefix(s, ";") && strings.IndexByte(unitBlanks, s[1]) >= 0; end && len(l.Words) > 0 {
			l.unprefix()
			return s[1:]
		}
		if rest, ok := strings.CutPrefix(s, `\;`); ok && (rest == "" || strings.IndexByte(unitBlanks, rest[0]) >= 0) {
			l.Words, s = append(l.Words, ";"), rest
			continue
		}
		word, rest, ok, err := firstWord(s, false)
		if err != nil {
			l.Err = err
			return ""
		}
		if !ok {
			l.unprefix()
			return ""
		}
		l.Words, s = append(l.Words, word), rest
	}
}

// unprefix takes the prefixes off the program, and argv[0] out of the words.
func (l *ExecLine) unprefix() {
	program := strings.TrimLeft(l.Words[0], "-@:+!|")
	l.Prefixes = l.Words[0][:len(l.Words[0])-len(program)]
	l.Words[0] = program
	switch {
	case program == "":
		l.Err = ErrNoProgram
	case !path.IsAbs(program) && strings.Contains(program, "/"):
		l.Err = ErrRelative
	case strings.Contains(l.Prefixes, "@") && len(l.Words) > 1:
		l.Words = append(l.Words[:1:1], l.Words[2:]...)
	}
}

// Fill puts variables into the words of the command as systemd does
// (replace_env_argv): $NAME alone becomes as many words as its value has, ${NAME}
// in a word the value, $$ a dollar. The program is left as it is, and with the
// prefix : everything is.
func (l *ExecLine) Fill(value func(name string) (string, bool)) []string {
	if strings.Contains(l.Prefixes, ":") || len(l.Words) == 0 {
		return l.Words
	}
	words := l.Words[:1:1]
	for _, w := range l.Words[1:] {
		if name, ok := strings.CutPrefix(w, "$"); ok && name != "" && name[0] != '{' && name[0] != '$' {
			v, _ := value(name)
			more, err := SplitWords(v)
			if err != nil {
				more = strings.Fields(v)
			}
			words = append(words, more...)
			continue
		}
		words = append(words, fill(w, value))
	}
	return words
}

// fill is replace_env.
func fill(s string, value func(string) (string, bool)) string {
	var b strings.Builder
	for s != "" {
		before, rest, ok := strings.Cut(s, "$")
		b.WriteString(before)
		name, after, closed := strings.Cut(strings.TrimPrefix(rest, "{"), "}")
		switch {
		case !ok:
			return b.String()
		case strings.HasPrefix(rest, "$"):
			b.WriteByte('$')
			s = rest[1:]
		case strings.HasPrefix(rest, "{") && closed && !strings.ContainsAny(name, "${:"):
			v, _ := value(name)
			b.WriteString(v)
			s = after
		default:
			b.WriteByte('$')
			s = rest
		}
	}
	return b.String()
}
