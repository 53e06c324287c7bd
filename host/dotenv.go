package host

import (
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A dotenvVar is one line of an env file of docker compose.
type dotenvVar struct {
	name, value string
	file        string
	line        int
	raw         string   // the value as written, before variables are filled in
	passed      bool     // a name alone: handed on from outside
	unset       []string // variables in the value that are not set
}

// parseDotenv reads an .env or env_file as docker compose does (compose-go,
// dotenv), which differs from systemd: " #" begins a comment behind a value
// without quotes, variables are filled in unless in single quotes, \n in double
// quotes is a new line, and a name alone is handed on. Lines see the variables
// above them.
func parseDotenv(file string, data []byte, outside lookup) ([]dotenvVar, error) {
	p := dotenv{text: strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\ufeff"), line: 1, own: map[string]string{}, outside: outside}
	var vars []dotenvVar
	for p.text != "" {
		v, found, err := p.next()
		if err != nil {
			return vars, Place{File: file, Line: v.line}.wrong("%w", err)
		}
		if v.file = file; found {
			vars = append(vars, v)
			p.own[v.name] = v.value
		}
	}
	return vars, nil
}

// parseRaw reads an env_file with "format: raw": values as they stand.
func parseRaw(data []byte) (vars []dotenvVar) {
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		name, value, ok := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); name == "" || name[0] == '#' {
			continue
		}
		vars = append(vars, dotenvVar{name: name, value: value, raw: value, line: n, passed: !ok})
	}
	return vars
}

type dotenv struct {
	text    string
	line    int
	own     map[string]string
	outside lookup
}

// look finds a variable: outside ones go before those of the file.
func (p *dotenv) look(name string) (string, bool) {
	if v, ok := p.outside(name); ok {
		return v, true
	}
	v, ok := p.own[name]
	return v, ok
}

func (p *dotenv) take(n int) string {
	n = min(n, len(p.text))
	s := p.text[:n]
	p.line += strings.Count(s, "\n")
	p.text = p.text[n:]
	return s
}

// next takes one line, or several if a quoted value goes on.
func (p *dotenv) next() (v dotenvVar, found bool, err error) {
	line, _, _ := strings.Cut(p.text, "\n")
	v.line = p.line
	trimmed := strings.TrimLeft(line, " \t")
	if trimmed == "" || trimmed[0] == '#' {
		p.take(len(line) + 1)
		return v, false, nil
	}
	at := strings.IndexAny(line, "=:")
	v.passed = at < 0
	if at < 0 {
		at = len(line)
	}
	v.name, _ = envName(line[:at])
	if v.name == "" || strings.ContainsAny(v.name, " \t\"'") {
		return v, false, say.Errorf("no name before the =")
	}
	p.take(at + 1)
	if v.passed {
		return v, true, nil
	}
	before := p.text
	v.value, v.unset, err = p.value()
	v.raw = strings.TrimSpace(before[:len(before)-len(p.text)])
	return v, true, err
}

func (p *dotenv) value() (string, []string, error) {
	p.take(len(p.text) - len(strings.TrimLeft(p.text, " \t")))
	if p.text != "" && (p.text[0] == '\'' || p.text[0] == '"') {
		return p.quoted(p.text[0])
	}
	line, _, _ := strings.Cut(p.text, "\n")
	p.take(len(line) + 1)
	if line, _, _ = strings.Cut(line, " #"); strings.HasPrefix(line, "#") {
		line = ""
	}
	return interpolate(strings.TrimSpace(line), p.look)
}

// quoted takes a value in quotes and drops what stands behind it.
func (p *dotenv) quoted(quote byte) (string, []string, error) {
	end := -1
	for i := 1; i < len(p.text) && end < 0; i++ {
		switch {
		case p.text[i] == '\\':
			i++
		case p.text[i] == quote:
			end = i
		}
	}
	if end < 0 {
		return "", nil, say.Errorf("a quote that is not closed")
	}
	value := p.take(end + 1)[1:end]
	rest, _, _ := strings.Cut(p.text, "\n")
	p.take(len(rest) + 1)
	if quote == '\'' {
		return strings.ReplaceAll(value, `\'`, `'`), nil, nil
	}
	value = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\"`, `"`, `\\`, `\`).Replace(value)
	return interpolate(value, p.look)
}
