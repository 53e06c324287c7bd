package runner

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// What is secret may go on over lines, or be several texts: a list, a block of YAML, a
// value in quotes that is closed later, a line that ends in a backslash.
var (
	// opening is a name with all that stands behind it on its line.
	opening = pattern(`^([ \t]*)(?:-[ \t]+)?(?:export[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*([:=])[ \t]*(.*?)[ \t\r]*$`)
	// several are the texts of a name on one line, in brackets.
	several = pattern(`(["']?)([A-Za-z_][\w.-]*)(["']?[ \t]*[:=][ \t]*)(\[[^\]\n]*\]?|\{[^}\n]*\}?)()`)
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

// maskBrackets looks into brackets whose name is not secret, too.
func (c *Secrets) maskBrackets(data []byte) (out []byte) {
	for {
		at := several().FindSubmatchIndex(data)
		if at == nil {
			return append(out, data...)
		}
		m := several().FindSubmatch(data)
		end := at[8] + 1 // behind the bracket that opens
		text := data[at[0]:end]
		if many(string(m[2])) {
			end, text = at[1], c.maskSeveral(m)
		}
		out = append(append(out, data[:at[0]]...), text...)
		data = data[end:]
	}
}

// many reports whether all that a name holds is secret. "secrets:" of a compose file
// holds the names of secrets.
func many(name string) bool { return SecretKey(name) && !strings.EqualFold(name, "secrets") }

func (c *Secrets) maskSeveral(m [][]byte) []byte {
	if inner := bytes.Trim(m[4], "[]{} \t"); many(string(m[2])) && len(inner) > 0 {
		for text := range bytes.SplitSeq(inner, []byte(",")) {
			c.New(string(bytes.Trim(text, " \t\"'")))
		}
		m[4] = slices.Concat(m[4][:1], []byte(c.New(string(inner)).String()), m[4][len(m[4])-1:])
	}
	return bytes.Join(m[1:], nil)
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
