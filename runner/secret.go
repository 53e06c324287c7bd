package runner

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// A Secret is a value that never shows itself: every way to print it masks it.
// Only the wire reveals it. The zero Secret is the empty one.
type Secret struct {
	value string
	tag   string // keyed digest, so that two mentions can be matched
}

// Reveal is the secret itself. Only what sends it to its own server, or writes
// it into the file it belongs to, may ask.
func (s Secret) Reveal() string { return s.value }

// Empty reports whether there is no secret.
func (s Secret) Empty() bool { return s.value == "" }

// String is the masked form: "****" and a short keyed digest.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return "****" + s.tag
}

// GoString masks %#v.
func (s Secret) GoString() string { return fmt.Sprintf("Secret(%q)", s.String()) }

// Format masks every verb.
func (s Secret) Format(f fmt.State, verb rune) { fmt.Fprint(f, s.String()) }

// MarshalJSON masks the secret in JSON.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// Secrets knows all secrets met so far, and takes them out of any text.
// It is safe for concurrent use.
type Secrets struct {
	key   []byte
	mu    sync.Mutex
	known map[string]string // every spelling -> masked form
}

// NewSecrets starts an empty collection. The key makes digests that cannot be
// compared with those of another run; it should be random.
func NewSecrets(key []byte) *Secrets { return &Secrets{key: key, known: map[string]string{}} }

// New makes value a secret and remembers it.
func (c *Secrets) New(value string) Secret {
	if value == "" {
		return Secret{}
	}
	mac := hmac.New(sha256.New, c.key)
	mac.Write([]byte(value))
	s := Secret{value, hex.EncodeToString(mac.Sum(nil))[:6]}
	if trimmed := strings.TrimSpace(value); len(trimmed) >= minSecret {
		c.learn(trimmed, s.String())
	}
	return s
}

// minSecret is the least length, in bytes, that is searched for in texts:
// masking every "a" would leave nothing to read. A registration token this
// short is reported as weak anyway.
const minSecret = 6

func (c *Secrets) learn(value, masked string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	quoted, _ := json.Marshal(value)
	for _, spelling := range []string{
		value, strings.Trim(string(quoted), `"`), url.QueryEscape(value), url.PathEscape(value),
		base64.StdEncoding.EncodeToString([]byte(value)),
	} {
		c.known[spelling] = masked
	}
}

// Redact masks every known secret in text, however it is spelt there: plain,
// JSON, URL or base64 encoded.
func (c *Secrets) Redact(text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, spelling := range c.longestFirst() {
		text = strings.ReplaceAll(text, spelling, c.known[spelling])
	}
	return text
}

// longestFirst keeps a short secret inside a long one from leaving its rest.
func (c *Secrets) longestFirst() []string {
	all := make([]string, 0, len(c.known))
	for s := range c.known {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return all
}
