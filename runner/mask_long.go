package runner

import (
	"bytes"
	"regexp"
	"strings"
)

// What is secret may go on over lines, or be several texts: a list, a block of YAML, a
// value in quotes that is closed later, a line that ends in a backslash.
var (
	// opening is a name with all that stands behind it on its line.
	opening = pattern(`^([ \t]*)(?:-[ \t]+)?(?:export[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*([:=])[ \t]*(.*?)[ \t\r]*$`)
	// several is a name with the bracket that opens behind it.
	several = pattern(`([A-Za-z_][\w.-]*)["']?[ \t]*[:=][ \t]*[\[{]`)
	// part is what of a line in a block can be secret: what stands behind a dash, a key
	// and a quote.
	part = pattern(`^([ \t]*(?:-[ \t]+)*(?:["']?[\w. -]+["']?[ \t]*:[ \t]+)?["']?)([^\n]*?)(["']?,?[ \t\r]*)$`)
	// whole is a line without its indentation.
	whole = pattern(`^([ \t]*)([^\n]*?)([ \t\r]*)$`)
	// header begins a text in block style.
	header = pattern(`^[|>][-+0-9]*(?:[ \t]+#.*)?$`)
)

// maskLong masks what goes on behind the first line, and what stands in brackets.
func (c *Secrets) maskLong(data []byte) []byte {
	lines := strings.SplitAfter(string(data), "\n")
	for i := 0; i < len(lines); {
		m := opening().FindStringSubmatch(strings.TrimSuffix(lines[i], "\n"))
		if i++; m == nil || !many(m[2]) {
			continue
		}
		i = c.maskRest(lines, i, m)
	}
	return c.maskBrackets([]byte(strings.Join(lines, "")))
}

// maskBrackets masks what stands in brackets, up to the one that closes or the end of
// the line, and looks into those whose name is not secret.
func (c *Secrets) maskBrackets(data []byte) (out []byte) {
	for {
		at := several().FindSubmatchIndex(data)
		if at == nil {
			return append(out, data...)
		}
		name := string(data[at[2]:at[3]])
		out, data = append(out, data[:at[1]]...), data[at[1]:]
		if many(name) {
			n := bytes.IndexAny(data, "]}\n")
			if n < 0 {
				n = len(data)
			}
			out, data = append(out, c.maskSeveral(data[:n])...), data[n:]
		}
	}
}

// many reports whether all that a name holds is secret. "secrets:" of a compose file
// holds the names of secrets.
func many(name string) bool { return SecretKey(name) && !strings.EqualFold(name, "secrets") }

// maskSeveral masks what stands between brackets, and remembers each text of it.
func (c *Secrets) maskSeveral(inner []byte) []byte {
	trimmed := bytes.Trim(inner, "[]{} \t\r")
	if len(trimmed) == 0 {
		return inner
	}
	for text := range bytes.SplitSeq(trimmed, []byte(",")) {
		c.New(string(bytes.Trim(text, " \t\"'")))
	}
	return []byte(c.New(string(trimmed)).String())
}

// maskRest masks the lines from i on that belong to the value which m begins, and says
// which is the next that does not.
func (c *Secrets) maskRest(lines []string, i int, m []string) int {
	value := m[4]
	switch {
	case value != "" && strings.ContainsAny(value[:1], `"'`) && !closes(value[1:], value[0]):
		if m[3] == ":" { // in JSON a quote is missing, and the next key stands as far in
			return c.maskIndented(lines, i, m, whole())
		}
		return c.maskUntil(lines, i, func(l string) bool { return closes(l, value[0]) })
	case m[3] == "=" && strings.HasSuffix(value, `\`):
		return c.maskUntil(lines, i, func(l string) bool { return !strings.HasSuffix(l, `\`) })
	case m[3] == ":" && header().MatchString(value):
		return c.maskIndented(lines, i, m, whole())
	case m[3] == ":" && (value == "" || value == "[" || value == "{"):
		return c.maskIndented(lines, i, m, part())
	}
	return i
}

// closes reports whether a quote is in a text that no backslash takes the meaning from.
func closes(text string, quote byte) bool {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] == quote:
			return true
		}
	}
	return false
}

// maskUntil masks whole lines, the last one with them.
func (c *Secrets) maskUntil(lines []string, i int, last func(string) bool) int {
	for ; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], "\r\n")
		c.maskLine(lines, i, whole())
		if last(line) {
			return i + 1
		}
	}
	return i
}

// maskIndented masks the lines that are further in than the name, or begin with a dash
// as far in as it.
func (c *Secrets) maskIndented(lines []string, i int, m []string, what *regexp.Regexp) int {
	for ; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i])
		in := len(lines[i]) - len(strings.TrimLeft(lines[i], " \t"))
		if text != "" && in <= len(m[1]) && (in < len(m[1]) || m[4] != "" || !strings.HasPrefix(text, "- ")) {
			return i
		}
		c.maskLine(lines, i, what)
	}
	return i
}

// maskLine masks the second part of a line. Lines stay lines.
func (c *Secrets) maskLine(lines []string, i int, what *regexp.Regexp) {
	body := strings.TrimSuffix(lines[i], "\n")
	if m := what.FindStringSubmatch(body); m != nil && strings.Trim(m[2], " \t[]{},") != "" && telling(m[2]) {
		lines[i] = m[1] + c.New(m[2]).String() + m[3] + lines[i][len(body):]
	}
}
