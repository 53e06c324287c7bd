package runner

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// SecretKey reports whether a JSON key or variable name says that its value is
// secret. Names of files and settings about secrets are not.
func SecretKey(name string) bool {
	n := strings.ToLower(name)
	for _, harmless := range []string{"_file", "_path", "_url", "_id", "use_", "_interval"} {
		if strings.Contains(n, harmless) {
			return false
		}
	}
	for _, telling := range []string{"token", "password", "pass", "secret", "cookie_hash", "cookie_encryption", "encryption", "private_key", "auth_key", "webhook"} {
		if strings.Contains(n, telling) {
			return true
		}
	}
	return false
}

// member is a key with a text for a value, in JSON or in what only looks like
// it: a diff is shown of broken files too.
var member = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"(\s*:\s*)"((?:[^"\\]|\\.)*)"`)

var (
	pem      = regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`)
	userinfo = regexp.MustCompile(`(://[^/\s:@"]*:)[^/\s@"]+@`)
)

// Mask hides the secrets in the content of a file: values whose key names them,
// private keys, passwords in URLs, a file that is nothing but a token, and
// every secret met before. Lines stay lines.
func (c *Secrets) Mask(data []byte) []byte {
	if s := strings.TrimSpace(string(data)); TokenShape(s) {
		c.New(s)
	}
	data = member.ReplaceAllFunc(data, func(m []byte) []byte {
		p := member.FindSubmatch(m)
		if len(p[3]) == 0 || !SecretKey(string(p[1])) {
			return m
		}
		return []byte(`"` + string(p[1]) + `"` + string(p[2]) + `"` + c.New(unquoted(p[3])).String() + `"`)
	})
	data = pem.ReplaceAllFunc(data, func(m []byte) []byte {
		return append([]byte(c.New(string(m)).String()), bytes.Repeat([]byte("\n"), bytes.Count(m, []byte("\n")))...)
	})
	data = userinfo.ReplaceAll(data, []byte("${1}****@"))
	return []byte(c.Redact(string(data)))
}

// unquoted is a JSON string's content decoded, or as it stands when it is none.
func unquoted(b []byte) string {
	if v, err := jsondoc.Parse([]byte(`"` + string(b) + `"`)); err == nil {
		return v.Text
	}
	return string(b)
}
