package runner

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// SecretKey reports whether a JSON key or variable name says that its value is
// secret. Names of files and settings about secrets are not; the addresses at
// which chats take messages are, because nobody asks for more than those.
func SecretKey(name string) bool {
	n := strings.ToLower(name)
	if strings.HasPrefix(n, "use_") || n == "public_key" || strings.HasSuffix(n, "_public_key") {
		return false
	}
	if chatURL(n) {
		return true
	}
	for _, harmless := range []string{"_file", "_path", "_url", "_id", "_interval", "_directory", "_dir"} {
		if strings.HasSuffix(n, harmless) {
			return false
		}
	}
	for _, telling := range []string{"token", "password", "pass", "secret", "cookie_hash", "cookie_encryption", "encryption", "private_key", "auth_key", "webhook", "apikey", "credential"} {
		if strings.Contains(n, telling) {
			return true
		}
	}
	return n == "key" || strings.HasSuffix(n, "_key") || n == "pw" || strings.HasSuffix(n, "_pw")
}

// chatURL reports whether Semaphore calls the address of a chat so (util/config.go,
// 2026), in lower case.
func chatURL(name string) bool {
	for _, chat := range []string{"slack", "teams", "rocketchat", "dingtalk", "gotify", "telegram", "webhook"} {
		if _, after, found := strings.Cut(name, chat); found && strings.Contains(after, "url") {
			return true
		}
	}
	return false
}

// A diff is shown of files that are broken, and of files that are not JSON. A
// quote that is missing must not cost more than its own line.
var (
	// member is a key with a text for a value, as in JSON.
	member = pattern(`(")((?:[^"\\\n]|\\.)*)("\s*:\s*")((?:[^"\\\n]|\\.)*)(")`)
	// line is NAME=value or name: value, quoted or not, alone on a line: an
	// environment file, a unit, YAML, or JSON that member did not understand.
	line = pattern(`(?m)^([ \t]*(?:export[ \t]+|-[ \t]+|Environment=)?["']?)([A-Za-z_][\w.-]*)(["']?[ \t]*[:=][ \t]*["']?)([^\n]*?)(["']?,?[ \t\r]*)$`)
	// inline is the same within a line, up to what could be its end.
	inline = pattern(`()([A-Za-z_][\w.-]*)(["']?[ \t]*[:=][ \t]*["']?)([^\s"',{}\[\]][^\n"',}]*)()`)

	pem      = pattern(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`)
	userinfo = pattern(`(:(?:/|\\/){2}[^/\s:@"]*:)[^/\s"]+@`)
	// bare is a token alone on a line, quotes and a byte order mark forgiven.
	bare = pattern(`(?m)^["'\x{feff}]*([A-Za-z0-9+/]{43}=)["']*\r?$|^([A-Za-z0-9]{12})\r?$`)
	// oneTime is a registration token of 2.18.7 and later.
	oneTime = pattern(`smrs_[A-Za-z0-9_-]+`)
	// word is a file that is nothing but one word, and then most likely a token.
	word = pattern(`^[A-Za-z0-9+_.-][A-Za-z0-9+/=_.-]{5,}$`)
)

// Mask hides the secrets in the content of a file: values whose key names them,
// private keys, passwords in URLs, a line that is nothing but a token, and
// every secret met before. Lines stay lines.
func (c *Secrets) Mask(data []byte) []byte {
	c.learnBare(data)
	data = pem().ReplaceAllFunc(data, func(m []byte) []byte {
		return append([]byte(c.New(string(m)).String()), bytes.Repeat([]byte("\n"), bytes.Count(m, []byte("\n")))...)
	})
	data = c.maskLong(data)
	for _, form := range []*regexp.Regexp{member(), line(), inline()} {
		data = form.ReplaceAllFunc(data, func(m []byte) []byte { return c.maskValue(form.FindSubmatch(m)) })
	}
	data = c.maskVariables(data)
	data = userinfo().ReplaceAll(data, []byte("${1}****@"))
	return []byte(c.Redact(string(data)))
}

// variables is where the variables of all tasks begin, of which nobody knows
// which are secret: as JSON, in a variable too, and as YAML.
var (
	variables     = pattern(`(?i)(?:^|[^a-z_])(?:semaphore_)?env_vars\\?["']?[ \t]*[:=]\s*["']?\{`)
	variablesYAML = pattern(`(?mi)^([ \t]*)env_vars:[ \t\r]*\n((?:[ \t]*(?:[^ \t\n].*)?\n?)*)`)
	quoted        = pattern(`(")((?:[^"\\\n]|\\.)*)("?[ \t]*)`)
	entry         = pattern(`^([ \t]*["']?[\w.-]+["']?:[ \t]+["']?)([^\n]*?)(["']?[ \t\r]*)$`)
)

// maskVariables masks every text in the object env_vars that is no key.
func (c *Secrets) maskVariables(data []byte) []byte {
	var out []byte
	for {
		at := variables().FindIndex(data)
		if at == nil {
			break
		}
		n := at[1] + objectEnd(data[at[1]:])
		out = append(append(out, data[:at[1]]...), c.maskTexts(data[at[1]:n])...)
		data = data[n:]
	}
	return variablesYAML().ReplaceAllFunc(append(out, data...), c.maskBlock)
}

// objectEnd is how far an object goes whose brace is open already: to the brace
// that closes it, or to the end of a file in which there is none.
func objectEnd(data []byte) int {
	depth, text := 1, false
	for i := 0; i < len(data); i++ {
		switch b := data[i]; {
		case b == '\\':
			i++
		case b == '"':
			text = !text
		case b == '\n':
			text = false
		case text:
		case b == '{':
			depth++
		case b == '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(data)
}

// maskTexts masks the texts behind which no colon stands.
func (c *Secrets) maskTexts(data []byte) []byte {
	var out []byte
	for {
		m := quoted().FindSubmatchIndex(data)
		if m == nil {
			return append(out, data...)
		}
		value := data[m[4]:m[5]]
		if key := m[1] < len(data) && data[m[1]] == ':'; !key && telling(string(value)) {
			value = []byte(c.New(unquoted(value)).String())
		}
		out = append(append(append(out, data[:m[4]]...), value...), data[m[6]:m[1]]...)
		data = data[m[1]:]
	}
}

// maskBlock masks the values of the lines that are further in than the first.
func (c *Secrets) maskBlock(block []byte) []byte {
	lines := bytes.SplitAfter(block, []byte("\n"))
	for i, l := range lines[1:] {
		if len(bytes.TrimSpace(l)) > 0 && indent(l) <= indent(lines[0]) {
			break
		}
		if m := entry().FindSubmatch(bytes.TrimSuffix(l, []byte("\n"))); m != nil && telling(string(m[2])) {
			masked := append(append(bytes.Clone(m[1]), c.New(string(m[2])).String()...), m[3]...)
			lines[i+1] = append(masked, l[len(bytes.TrimSuffix(l, []byte("\n"))):]...)
		}
	}
	return bytes.Join(lines, nil)
}

func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t")) }

// learnBare remembers what stands in data without a name.
func (c *Secrets) learnBare(data []byte) {
	if s := bytes.TrimSpace(data); word().Match(s) {
		c.New(string(s))
	}
	for _, m := range bare().FindAllSubmatch(data, -1) {
		c.New(string(m[1]) + string(m[2]))
	}
	for _, m := range oneTime().FindAll(data, -1) {
		c.New(string(m))
	}
}

// maskValue puts the masked form in place of the fourth part of a match, if the
// second names a secret.
func (c *Secrets) maskValue(part [][]byte) []byte {
	if value := string(part[4]); SecretKey(string(part[2])) && telling(value) {
		part[4] = []byte(c.New(unquoted(part[4])).String())
	}
	return bytes.Join(part[1:], nil)
}

// telling reports whether a value can be a secret: it is not masked already,
// nor what JSON and YAML have in place of a text.
func telling(value string) bool {
	switch value {
	case "", "{", "[", "{}", "[]", "|", ">", "|-", ">-", "true", "false", "null", "null,", "{},", "[],", "true,", "false,":
		return false
	}
	return !strings.HasPrefix(value, "****")
}

// unquoted is a JSON string's content decoded, or as it stands when it is none.
func unquoted(b []byte) string {
	if v, err := jsondoc.Parse([]byte(`"` + string(b) + `"`)); err == nil {
		return v.Text
	}
	return string(b)
}
