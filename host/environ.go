package host

import (
	"strings"
	"unicode/utf8"

	"github.com/semadoctor/semadoctor/say"
)

// EnvVar is one assignment of an environment file.
type EnvVar struct {
	Name, Value string
	Line        int // where it begins, from 1

	// Exported says that "export" stands before the name. It is the shell's
	// word: systemd takes it for a part of the name, and then ignores the line.
	Exported bool
}

// ParseEnvFile reads KEY=VALUE lines, as systemd's EnvironmentFile= and
// docker compose's env_file agree on them: comments from # or ; at the start of
// a line, an optional "export ", a value as it stands without the blanks
// around it, or in single quotes as it stands, or in double quotes where \ takes
// the meaning from \ " $ and `. A quoted value may go on over lines, and so may
// any other after a \ at the end of a line.
//
// Where the two disagree it sides with systemd (src/basic/env-file.c, v255): a #
// later in a line belongs to the value, and \n in double quotes is two
// characters. Nothing is expanded.
//
// A bad line does not hide the good ones: they are returned along with an error
// that names the first bad line, though never its content, which may be secret.
func ParseEnvFile(data []byte) ([]EnvVar, error) {
	if len(data) > MaxFile {
		return nil, say.Errorf("parse environment file: %w", ErrTooLarge)
	}
	p := envParser{text: strings.ReplaceAll(string(data), "\r\n", "\n"), line: 1}
	var vars []EnvVar
	var first error
	for p.text != "" {
		v, found, err := p.next()
		if err != nil && first == nil {
			first = say.Errorf("parse environment file: line %d: %w", v.Line, err)
		}
		if found && err == nil {
			vars = append(vars, v)
		}
	}
	return vars, first
}

type envParser struct {
	text string // what is left
	line int    // where text begins
}

// next takes one line, or several if a value goes on.
func (p *envParser) next() (v EnvVar, found bool, err error) {
	v.Line = p.line
	line, _, _ := strings.Cut(p.text, "\n")
	trimmed := strings.TrimLeft(line, " \t\r")
	if trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';' {
		p.take(len(line) + 1)
		return v, false, nil
	}
	name, _, ok := strings.Cut(line, "=")
	if !ok {
		p.take(len(line) + 1)
		return v, false, say.Errorf("no = in it")
	}
	p.take(len(name) + 1)
	v.Name, v.Exported = envName(name)
	if v.Value, err = p.value(); err == nil {
		err = v.check()
	}
	return v, true, err
}

// take drops n bytes, or all that is left.
func (p *envParser) take(n int) {
	n = min(n, len(p.text))
	p.line += strings.Count(p.text[:n], "\n")
	p.text = p.text[n:]
}

func envName(s string) (name string, exported bool) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "export"); ok && rest != strings.TrimLeft(rest, " \t") {
		return strings.TrimLeft(rest, " \t"), true
	}
	return s, false
}

// check allows the names a shell allows, and what can be in an environment.
func (v EnvVar) check() error {
	for i, c := range v.Name {
		if c != '_' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
			return say.Errorf("not a name before the =")
		}
	}
	switch {
	case v.Name == "":
		return say.Errorf("nothing before the =")
	case strings.ContainsRune(v.Value, 0):
		return say.Errorf("a NUL byte in the value")
	case !utf8.ValidString(v.Value):
		return say.Errorf("the value is not UTF-8")
	}
	return nil
}

// value takes the rest of the line: pieces in quotes and out of them, joined.
func (p *envParser) value() (string, error) {
	var value strings.Builder
	for {
		p.take(len(p.text) - len(strings.TrimLeft(p.text, " \t\r")))
		switch {
		case p.text == "":
			return value.String(), nil
		case p.text[0] == '\n':
			p.take(1)
			return value.String(), nil
		case p.text[0] == '\'' || p.text[0] == '"':
			if err := p.quoted(&value); err != nil {
				return "", err
			}
		default:
			p.plain(&value)
			return value.String(), nil
		}
	}
}

// quoted takes one piece in quotes. If they are not closed only the line that
// opens them is lost, not the rest of the file.
func (p *envParser) quoted(value *strings.Builder) error {
	quote := p.text[0]
	for i := 1; i < len(p.text); i++ {
		c := p.text[i]
		switch {
		case c == quote:
			p.take(i + 1)
			return nil
		case c == '\\' && quote == '"' && i+1 < len(p.text):
			i++
			value.WriteString(unescape(p.text[i]))
		default:
			value.WriteByte(c)
		}
	}
	line, _, _ := strings.Cut(p.text, "\n")
	p.take(len(line) + 1)
	return say.Errorf("the %c is not closed", quote)
}

// unescape is \c in double quotes: SHELL_NEED_ESCAPE of systemd.
func unescape(c byte) string {
	switch c {
	case '"', '\\', '`', '$':
		return string(c)
	case '\n':
		return ""
	}
	return string([]byte{'\\', c})
}

// plain takes what is not in quotes to the end of the line, where quotes are
// ordinary, \ makes the next character so, and trailing blanks are dropped.
func (p *envParser) plain(value *strings.Builder) {
	var text strings.Builder
	keep := 0 // bytes of text that are not trailing blanks
	i := 0
	for ; i < len(p.text) && p.text[i] != '\n'; i++ {
		escaped := p.text[i] == '\\' && i+1 < len(p.text)
		if escaped {
			i++
		}
		if c := p.text[i]; !escaped || c != '\n' {
			text.WriteByte(c)
		}
		if escaped || !strings.ContainsRune(" \t\r", rune(p.text[i])) {
			keep = text.Len()
		}
	}
	p.take(i + 1)
	value.WriteString(text.String()[:keep])
}
