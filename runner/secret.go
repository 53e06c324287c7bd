package runner

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// A Secret is a value that never shows itself: every way to print it masks it.
// Only the wire reveals it. The zero Secret is the empty one.
type Secret struct {
	_     [0]func() // not comparable with ==, which would compare pointers: Equal does it
	value *string   // nil is ""; fmt looks into strings where it cannot ask Format (unexported fields, %p), into pointers never
	tag   string    // keyed digest, so that two mentions can be matched
}

// Reveal is the secret itself. Only what sends it to its own server, or writes
// it into the file it belongs to, may ask.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty reports whether there is no secret.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Equal reports whether two secrets are the same, whoever made them.
func (s Secret) Equal(t Secret) bool { return s.Reveal() == t.Reveal() }

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

// Content is what a file holds, which may be secrets. Like a Secret it does not
// show itself; what shows it to people goes through Mask.
type Content []byte

// String is the length alone.
func (c Content) String() string { return fmt.Sprintf("(%d bytes)", len(c)) }

// Format hides the content from every verb.
func (c Content) Format(f fmt.State, verb rune) { fmt.Fprint(f, c.String()) }

// MarshalText hides the content from JSON, where it would be base64, and logs.
func (c Content) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// Secrets knows all secrets met so far, and takes them out of any text.
// It is safe for concurrent use.
type Secrets struct {
	digests *digests
	mu      sync.Mutex
	known   map[string]string // every spelling -> masked form
	usual   []string          // names of users, and paths; their parts mean something else, too
	masks   *masks            // of known; nil when it has changed
}

// NewSecrets starts an empty collection. The key makes digests that cannot be
// compared with those of another run; it should be random.
func NewSecrets(key []byte) *Secrets {
	return &Secrets{digests: &digests{mac: hmac.New(sha256.New, key)}, known: map[string]string{}, usual: []string{"semaphore", "localhost"}}
}

// Fork is a collection of its own that knows what c knows by now, with the same
// digests: for one runner of many, whose secrets are in nobody else's texts.
func (c *Secrets) Fork() *Secrets {
	c.mu.Lock()
	defer c.mu.Unlock()
	return &Secrets{digests: c.digests, known: maps.Clone(c.known), usual: slices.Clip(c.usual)}
}

// New makes value a secret and remembers it.
func (c *Secrets) New(value string) Secret {
	s := c.hide(value)
	if trimmed := strings.TrimSpace(value); len(trimmed) >= minSecret {
		c.learn(trimmed, s.String())
	}
	return s
}

// hide makes value a secret that is not searched for in texts: a whole config, say,
// that is to be shown with only its secrets masked.
func (c *Secrets) hide(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{value: &value, tag: c.digests.of(value)}
}

// digests makes the tags of all forks of a collection: what a key needs to get ready
// is more work than a digest.
type digests struct {
	mu  sync.Mutex
	mac hash.Hash
}

func (d *digests) of(value string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mac.Reset()
	d.mac.Write([]byte(value))
	return hex.EncodeToString(d.mac.Sum(nil)[:3])
}

// minSecret is the least length, in bytes, that is searched for in texts:
// masking every "a" would leave nothing to read. A registration token this
// short is reported as weak anyway.
const minSecret = 6

// maxSpelt is the longest secret, in bytes, that is searched for in every
// spelling. An RSA key has 3 KiB; a megabyte in a token's place is not worth
// seven more.
const maxSpelt = 64 << 10

func (c *Secrets) learn(value, masked string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[value] == masked {
		return
	}
	c.masks = nil
	if c.known[value] = masked; len(value) > maxSpelt {
		return
	}
	for _, spelling := range []string{base64.StdEncoding.EncodeToString([]byte(value)), base64.URLEncoding.EncodeToString([]byte(value))} {
		c.known[spelling] = masked
	}
	if madeOf(value, alphanum+"-._~") {
		return // most tokens: spelt like this in JSON and in URLs, too (RFC 3986, 2.3)
	}
	for _, spelling := range []string{jsonSpelling(value, true), jsonSpelling(value, false), url.QueryEscape(value), url.PathEscape(value)} {
		c.known[spelling] = masked
	}
}

// jsonSpelling is value inside a JSON string, with < > and & escaped or not.
func jsonSpelling(value string, html bool) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(html)
	_ = e.Encode(value) // a string: cannot go wrong
	return strings.TrimSuffix(b.String(), "\"\n")[1:]
}

// Redact masks every known secret in text, however it is spelt there: plain,
// JSON, URL or base64 encoded. A secret that is an ordinary word is masked only
// where it stands as a value: who chose "semaphore" for a password still has to
// read the paths and commands with that word in them.
func (c *Secrets) Redact(text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.masks == nil {
		c.masks = c.newMasks()
	}
	return c.masks.replace(text)
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
