package repair

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/say"
)

// ErrEnvFile reports an environment file in which a variable cannot be changed
// without a change to something else: it goes on over lines, or others are put
// together with it.
var ErrEnvFile = say.Errorf("is written in a way that only a person can edit")

// setVariable gives a variable another value and leaves every other byte as it was.
// The last assignment of a name is the one that counts. The result is read again, as
// the program that reads the file does, and proven before it is returned.
func setVariable(data []byte, form host.EnvForm, name, value string) ([]byte, error) {
	return renameVariable(data, form, name, name, value)
}

// renameVariable is setVariable, with another name for the variable.
func renameVariable(data []byte, form host.EnvForm, name, to, value string) ([]byte, error) {
	vars, err := form.Parse(data)
	if err != nil {
		return nil, say.Errorf("set %s: %w", name, err)
	}
	at := -1
	for i, v := range vars {
		switch {
		case v.Name == name:
			at = i
		case v.Name == to:
			return nil, say.Errorf("set %s: it is in the file already", to)
		}
	}
	if at < 0 {
		return nil, say.Errorf("set %s: it is not in the file", name)
	}
	if name == to && vars[at].Value == value {
		return data, nil
	}
	vars[at].Name, vars[at].Value = to, value
	start, end := lineOf(data, vars[at].Line)
	from, till, ok := valueIn(data[start:end], form, name)
	if !ok {
		return nil, say.Errorf("set %s: the line %w", name, ErrEnvFile)
	}
	key := start + bytes.Index(data[start:end], []byte(name))
	for _, text := range spellings(data[start+from:start+till], form, value) {
		out := spliced(data, splice{key, key + len(name), to}, splice{start + from, start + till, text})
		if now, err := form.Parse(out); err == nil && slices.Equal(now, vars) {
			return out, nil
		}
	}
	return nil, say.Errorf("set %s: the file %w", name, ErrEnvFile)
}

// dropVariable takes the lines of a variable out.
func dropVariable(data []byte, form host.EnvForm, name string) ([]byte, error) {
	vars, err := form.Parse(data)
	if err != nil {
		return nil, say.Errorf("drop %s: %w", name, err)
	}
	var cuts []splice
	var left []string
	for _, v := range vars {
		if v.Name != name {
			left = append(left, v.Name+"="+v.Value)
			continue
		}
		start, end := lineOf(data, v.Line)
		if _, _, ok := valueIn(data[start:end], form, name); !ok {
			return nil, say.Errorf("drop %s: the line %w", name, ErrEnvFile)
		}
		cuts = append(cuts, splice{start, end, ""})
	}
	out := spliced(data, cuts...)
	now, err := form.Parse(out)
	if err != nil || !slices.EqualFunc(now, left, func(v host.EnvVar, s string) bool { return v.Name+"="+v.Value == s }) {
		return nil, say.Errorf("drop %s: the file %w", name, ErrEnvFile)
	}
	return out, nil
}

// lineOf is where a line, from 1, begins, and where the next one does.
func lineOf(data []byte, line int) (start, end int) {
	for ; line > 1; line-- {
		start += bytes.IndexByte(data[start:], '\n') + 1
	}
	if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
		return start, start + i + 1
	}
	return start, len(data)
}

// valueIn is where the value stands in a line that sets a variable, quotes included.
func valueIn(line []byte, form host.EnvForm, name string) (from, to int, ok bool) {
	m := regexp.MustCompile(`^[\x{feff} \t]*(?:export[ \t]+)?` + regexp.QuoteMeta(name) + `[ \t]*[=:][ \t]*(.*?)[ \t]*\r?\n?$`).FindSubmatchIndex(line)
	if m == nil {
		return 0, 0, false
	}
	from, to = m[2], m[3]
	value := line[from:to]
	comment := bytes.Index(value, []byte(" #"))
	switch quote := bytes.IndexAny(value, `"'`) == 0; {
	case form == host.Dotenv && quote:
		if i := bytes.LastIndexByte(value, value[0]); i > 0 {
			to = from + i + 1
		}
	case form == host.Dotenv && comment >= 0:
		to = from + len(bytes.TrimRight(value[:comment], " \t"))
	}
	return from, to, !bytes.HasSuffix(value, []byte(`\`))
}

// spellings are the ways to write a value, the one most like the old first.
func spellings(old []byte, form host.EnvForm, value string) []string {
	if strings.ContainsAny(value, "\r\n\x00") {
		return nil
	}
	single, double := "'"+value+"'", `"`+value+`"`
	switch {
	case form == host.RawEnv:
		return []string{value}
	case bytes.HasPrefix(old, []byte(`"`)):
		return []string{double, single}
	case bytes.HasPrefix(old, []byte("'")):
		return []string{single, double}
	}
	return []string{value, single, double}
}
