package runner

import (
	"bytes"
	"strings"
	"unicode"
)

// quoteSign is a quotation mark, however often it was escaped on its way into a
// line: JSON in a message in JSON.
const quoteSign = `(?:\\*(?:"|u0022)|')`

// What a line of a log has for secrets. Its sentences have colons in them, behind
// paths above all: what stands there is what the operating system says, and is
// what the line is about.
var (
	// pair is NAME=VALUE, NAME: VALUE or "NAME":"VALUE", where NAME is not the end of
	// a path. Its parts: what is before, name, sign, quote, quoted value, bare value.
	pair = pattern(`(^|[^\w./-])-{0,2}([A-Za-z_][\w.-]*)(` + quoteSign + `?[ \t]*[:=]>?[ \t]*)(?:(` + quoteSign + `)(.*?)(?:` + quoteSign + `(?:\W|$)|$)|([^\s"\\&]+))`)
	// option is a flag of a command with its value behind it.
	option = pattern(`(^|[\s"'\\])--?([A-Za-z][\w-]*)([ \t]+` + quoteSign + `?)([^\s"'\\-][^\s"'\\]*)`)
	// commandSecret are commands that have one of their own: sshpass -p X, curl -u N:X.
	commandSecret = pattern(`(sshpass[ \t]+-p[ \t]*|[ \t]-u[ \t]+[\w.-]+:)(` + quoteSign + `?)([^\s"'\\]+)`)
	// bareUserinfo is a token in the place of a user in a URL.
	bareUserinfo = pattern(`(:(?:/|\\/){2})[^/\s:@"'\\]+@`)
	// source is the address of a database: NAME:SECRET@tcp(…), NAME:SECRET@host:5432.
	source = pattern(`([\w.-]+:)[^\s@/:"'\\]+(@[\w.-]*[(:/])`)
	// scheme is what a header Authorization holds.
	scheme = pattern(`\b((?:Bearer|Basic) +)[A-Za-z0-9+/=._~-]{6,}`)
	// alone is a line that is nothing but a token of 12 characters, as BoltDB servers
	// up to 2.10.26-beta made them; one of only letters is a word.
	alone = pattern(`^[A-Za-z]*\d[A-Za-z0-9]*$`)
	// piece is a long run of base64: a token, or a line of a key whose beginning and
	// end are in other lines.
	piece = pattern(`[A-Za-z0-9+/]{40,}={0,2}`)
)

// MaskLine hides the secrets in a line of a log, which holds no file: what is named
// like one, also inside of what is quoted, private keys, passwords in addresses and
// commands, one-time tokens, every secret met before, and what could be a piece of
// a key.
func (c *Secrets) MaskLine(line []byte) []byte {
	for _, m := range oneTime().FindAll(line, -1) {
		c.New(string(m))
	}
	if word := bytes.TrimSpace(line); len(word) == 12 && alone().Match(word) {
		return c.maskAll(word)
	}
	line = pem().ReplaceAllFunc(line, c.maskAll)
	line = scheme().ReplaceAll(line, []byte("${1}****"))
	line = userinfo().ReplaceAll(line, []byte("${1}****@"))
	line = bareUserinfo().ReplaceAll(line, []byte("${1}****@"))
	line = source().ReplaceAll(line, []byte("${1}****${2}"))
	line = c.maskPairs(line)
	line = c.maskOptions(line)
	line = commandSecret().ReplaceAll(line, []byte("${1}${2}****"))
	line = piece().ReplaceAllFunc(line, func(m []byte) []byte {
		if !random(m) {
			return m
		}
		return c.maskAll(m)
	})
	return []byte(c.Redact(string(line)))
}

func (c *Secrets) maskAll(m []byte) []byte { return []byte(c.New(string(m)).String()) }

// maskPairs masks the values of secret names. What is quoted under another name is
// looked into.
func (c *Secrets) maskPairs(line []byte) []byte {
	var out []byte
	for {
		m := pair().FindSubmatchIndex(line)
		if m == nil {
			return append(out, line...)
		}
		name, sign := string(line[m[4]:m[5]]), string(line[m[6]:m[7]])
		from, to := m[12], m[13] // bare
		quoted := m[8] >= 0
		if quoted {
			from, to = m[10], m[11]
		}
		value := string(line[from:to])
		prose := !quoted && strings.HasSuffix(sign, ": ")
		bare := strings.TrimRight(value, "=:")
		next := !quoted && bare != value && secretName(bare) // token= token=X
		out = append(out, line[:from]...)
		if line = line[from:]; secretName(name) && telling(value) && !next && (!prose || likeSecret(name, value)) {
			if quoted && strings.ContainsAny(value, `"'\`) { // nobody knows where it ends
				value, to = string(line), from+len(line)
			}
			out = append(out, c.New(value).String()...)
			line = line[to-from:]
		}
	}
}

// maskOptions masks what stands behind --token and the like.
func (c *Secrets) maskOptions(line []byte) []byte {
	return option().ReplaceAllFunc(line, func(m []byte) []byte {
		p := option().FindSubmatchIndex(m)
		if !secretName(string(m[p[4]:p[5]])) || !telling(string(m[p[8]:p[9]])) {
			return m
		}
		return append(bytes.Clone(m[:p[8]]), c.maskAll(m[p[8]:p[9]])...)
	})
}

// secretName is SecretKey for names as commands and headers have them.
func secretName(name string) bool {
	return SecretKey(strings.ReplaceAll(name, "-", "_")) || strings.EqualFold(name, "authorization")
}

// likeSecret tells "password: hunter2" from "private key: no such file".
func likeSecret(name, value string) bool {
	if n := strings.ToLower(name); strings.Contains(n, "passw") || strings.Contains(n, "secret") {
		return true
	}
	return len(value) >= minSecret && (strings.ContainsFunc(value, unicode.IsDigit) || strings.ContainsFunc(value[1:], unicode.IsUpper))
}

// random reports whether a run of letters can be a key or a token: paths are
// seldom made of capitals, small letters and digits without a dot or a dash.
func random(b []byte) bool {
	return bytes.ContainsFunc(b, unicode.IsUpper) && bytes.ContainsFunc(b, unicode.IsLower) && bytes.ContainsFunc(b, unicode.IsDigit)
}
