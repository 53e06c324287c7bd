package runner

import (
	"slices"
	"strings"
)

// maxWord is the length, in bytes, from which a secret is no ordinary word any
// more, whatever it consists of.
const maxWord = 12

// maxName is the same for the names of users and directories.
const maxName = 20

// Usual tells names of users, and paths, whose components mean something else
// even if one of them is a secret as well.
func (c *Secrets) Usual(names ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range names {
		if !slices.Contains(c.usual, name) {
			c.usual, c.masks = append(c.usual, name), nil
		}
	}
}

// isUsual reports whether a secret is such a component as well.
func (c *Secrets) isUsual(secret string) bool {
	if len(secret) >= maxName || wordEnd(secret) < len(secret) {
		return false
	}
	return slices.ContainsFunc(c.usual, func(name string) bool {
		return strings.Contains(name, secret) && slices.Contains(strings.Split(name, "/"), secret)
	})
}

// masks are the secrets as they are looked for: those that nobody writes by
// chance, and ordinary words.
type masks struct {
	strong []string          // spellings, each with its mask behind it
	all    *strings.Replacer // of strong; nil until one of them is met
	words  map[string]wordMask
}

type wordMask struct {
	masked string
	usual  bool // stands in prose, paths and commands as well
}

func (c *Secrets) newMasks() *masks {
	m := &masks{words: map[string]wordMask{}}
	for _, spelling := range c.longestFirst() {
		switch usual := c.isUsual(spelling); {
		case usual, len(spelling) < maxWord && letters(spelling):
			m.words[spelling] = wordMask{c.known[spelling], usual}
		default:
			m.strong = append(m.strong, spelling, c.known[spelling])
		}
	}
	return m
}

// few is up to how many spellings are looked for one by one.
const few = 64

// replaceStrong masks what nobody writes by chance, in one pass: a hostile config
// can hold 40,000 secrets. To prepare for that takes longer than to see that a
// text has none of a few.
func (m *masks) replaceStrong(text string) string {
	if m.all == nil {
		if len(m.strong) <= 2*few && !m.meets(text) {
			return text
		}
		m.all = strings.NewReplacer(m.strong...)
	}
	return m.all.Replace(text)
}

func (m *masks) meets(text string) bool {
	for i := 0; i < len(m.strong); i += 2 {
		if strings.Contains(text, m.strong[i]) {
			return true
		}
	}
	return false
}

func letters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r|0x20 < 'a' || r|0x20 > 'z' }) < 0
}

func (m *masks) replace(text string) string {
	text = m.replaceStrong(text)
	if len(m.words) == 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i + wordEnd(text[i:])
		if end == i {
			b.WriteByte(text[i])
			i++
			continue
		}
		b.WriteString(m.word(text[:i], text[i:end], text[end:]))
		i = end
	}
	return b.String()
}

// word is what to show for a stretch of text in which nothing ends.
func (m *masks) word(before, stretch, after string) string {
	word := strings.TrimRight(stretch, ".") // the end of a sentence
	if strings.HasPrefix(after, "@") {      // scheme://word@host
		word = strings.TrimLeft(word, "/")
	}
	mask, ok := m.words[word]
	if !ok || !mask.value(before, after) {
		return stretch
	}
	return strings.Replace(stretch, word, mask.masked, 1)
}

// value reports whether what stands between before and after is a value by
// itself. A usual word must have something that says so: quotes, an equals sign
// or a colon before it, or the @ of a URL behind it.
func (w wordMask) value(before, after string) bool {
	prev, next := lastByte(before), firstByte(after)
	switch {
	case next == '@' && prev == ':':
		return true
	case next == ':' && digit(after[1:]) && prev != '=': // host:port
		return false
	case !w.usual:
		return true
	case prev == '"' || prev == '\'' || prev == '`':
		return next == prev
	case prev == '=':
		return true
	}
	return assigned(before) && ends(after)
}

// assigned reports whether a text ends in a colon, or an equals sign, and blanks.
func assigned(before string) bool {
	b := strings.TrimRight(before, " \t")
	return b != before && (strings.HasSuffix(b, ":") || strings.HasSuffix(b, "="))
}

// ends reports whether a value is over: a command would go on.
func ends(after string) bool {
	after = strings.TrimLeft(after, " \t\r")
	return after == "" || strings.ContainsRune("\n,;)}]#", rune(after[0]))
}

// wordEnd is the length of the stretch at the beginning of s in which no word
// ends: a path, a name with hyphens, what is masked already.
func wordEnd(s string) int {
	for i := range len(s) {
		c := s[i]
		if alnum := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'; !alnum && strings.IndexByte("/.-_*\\", c) < 0 {
			return i
		}
	}
	return len(s)
}

func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func lastByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[len(s)-1]
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}
