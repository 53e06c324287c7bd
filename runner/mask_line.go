package runner

import (
	"bytes"
	"regexp"
	"unicode"
)

// What a line of a log has for secrets. Its sentences have colons in them, behind
// paths above all: what stands there is what the operating system says, and is
// what the line is about.
var (
	// field is NAME=VALUE as logrus writes it.
	field = pattern(`()([A-Za-z_][\w.-]*)(=)("(?:[^"\\]|\\.)*(?:"|$)|[^\s"]+)()`)
	// named is "NAME: WORD", where NAME is not the end of a path.
	named = pattern(`(^|[^\w./-])([A-Za-z_][\w-]*)(["']?[ \t]*:[ \t]*["']?)([^\s"',{}\[\]]+)()`)
	// scheme is what a header Authorization holds.
	scheme = pattern(`\b(Bearer|Basic) +[A-Za-z0-9+/=._~-]{6,}`)
	// piece is a long run of base64: a token, or a line of a key whose beginning and
	// end are in other lines.
	piece = pattern(`[A-Za-z0-9+/]{40,}={0,2}`)
)

// MaskLine hides the secrets in a line of a log, which holds no file: what is named
// like one, private keys, passwords in URLs, one-time tokens, every secret met
// before, and what could be a piece of a key.
func (c *Secrets) MaskLine(line []byte) []byte {
	for _, m := range oneTime().FindAll(line, -1) {
		c.New(string(m))
	}
	line = pem().ReplaceAllFunc(line, c.maskAll)
	for _, form := range [...]func() *regexp.Regexp{field, member, named} {
		line = form().ReplaceAllFunc(line, func(m []byte) []byte { return c.maskValue(form().FindSubmatch(m)) })
	}
	line = scheme().ReplaceAllFunc(line, func(m []byte) []byte {
		name, value, _ := bytes.Cut(m, []byte(" "))
		return append(append(bytes.Clone(name), ' '), c.maskAll(bytes.TrimLeft(value, " "))...)
	})
	line = userinfo().ReplaceAll(line, []byte("${1}****@"))
	line = piece().ReplaceAllFunc(line, func(m []byte) []byte {
		if !random(m) {
			return m
		}
		return c.maskAll(m)
	})
	return []byte(c.Redact(string(line)))
}

func (c *Secrets) maskAll(m []byte) []byte { return []byte(c.New(string(m)).String()) }

// random reports whether a run of letters can be a key or a token: paths are
// seldom made of capitals, small letters and digits without a dot or a dash.
func random(b []byte) bool {
	return bytes.ContainsFunc(b, unicode.IsUpper) && bytes.ContainsFunc(b, unicode.IsLower) && bytes.ContainsFunc(b, unicode.IsDigit)
}
