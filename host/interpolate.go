package host

import (
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A lookup says what a variable is, and whether it is set.
type lookup func(name string) (value string, set bool)

// interpolate fills the variables into a text as docker compose does: $VAR,
// ${VAR}, ${VAR:-x}, ${VAR-x}, ${VAR:+x}, ${VAR+x}, ${VAR:?x}, ${VAR?x}, and $$
// for a dollar; what stands for x is filled in, too (compose-go, template). unset
// are the variables that are not set, or set to nothing, without an x instead.
func interpolate(s string, vars lookup) (out string, unset []string, err error) {
	f := filler{vars: vars}
	out, err = f.fill(s, 0)
	return out, f.unset, err
}

type filler struct {
	vars  lookup
	unset []string
}

var errDollar = say.Errorf("a $ that is no variable: write $$ for a dollar")

func (f *filler) fill(s string, depth int) (string, error) {
	if depth > maxDepth {
		return "", ErrTooDeep
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '$')
		if i < 0 || b.Len() > MaxFile {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		value, rest, err := f.variable(s[i+1:], depth)
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		s = rest
	}
	if b.Len() > MaxFile {
		return "", ErrTooLarge
	}
	return b.String(), nil
}

// variable takes what follows a dollar.
func (f *filler) variable(s string, depth int) (value, rest string, err error) {
	switch {
	case strings.HasPrefix(s, "$"):
		return "$", s[1:], nil
	case strings.HasPrefix(s, "{"):
		inner, rest, ok := braced(s[1:])
		if !ok {
			return "", "", say.Errorf("a ${ that is not closed")
		}
		value, err = f.expression(inner, depth)
		return value, rest, err
	}
	name := varName(s)
	if name == "" {
		return "", "", errDollar
	}
	value, _ = f.vars(name)
	f.note(name, value)
	return value, s[len(name):], nil
}

// braced cuts s at the brace that closes it.
func braced(s string) (inner, rest string, ok bool) {
	depth := 0
	for i := range len(s) {
		switch {
		case s[i] == '{' && i > 0 && s[i-1] == '$':
			depth++
		case s[i] == '}' && depth > 0:
			depth--
		case s[i] == '}':
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

// expression is what stands between the braces.
func (f *filler) expression(s string, depth int) (string, error) {
	name := varName(s)
	op := strings.TrimPrefix(s[len(name):], ":")
	orEmpty := len(op) < len(s)-len(name)
	if name == "" || op == "" && orEmpty || op != "" && !strings.ContainsRune("-+?", rune(op[0])) {
		return "", say.Errorf("${%s} is no variable", name)
	}
	value, set := f.vars(name)
	there := set && (!orEmpty || value != "")
	switch {
	case op == "":
		f.note(name, value)
		return value, nil
	case op[0] == '+' && !there, op[0] != '+' && there:
		if op[0] == '+' {
			return "", nil
		}
		return value, nil
	case op[0] == '?':
		return "", say.Errorf("the variable %s is required and not set: %s", name, op[1:])
	}
	return f.fill(op[1:], depth+1)
}

func (f *filler) note(name, value string) {
	if value == "" {
		f.unset = append(f.unset, name)
	}
}

// varName is the name a text begins with.
func varName(s string) string {
	for i := range len(s) {
		c := s[i] | 0x20
		if s[i] != '_' && (c < 'a' || c > 'z') && (i == 0 || s[i] < '0' || s[i] > '9') {
			return s[:i]
		}
	}
	return s
}
