package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes a text of unknown origin harmless on a terminal and legal in every
// format: control characters, escapes among them, are shown instead of done.
func Clean(s string) string {
	if plainASCII(s) || !strings.ContainsFunc(s, unsafeRune) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case !unsafeRune(r):
			b.WriteRune(r)
		case size == 1: // a byte, of no character too
			fmt.Fprintf(&b, "\\x%02x", s[i])
		default:
			fmt.Fprintf(&b, "\\x%02x", r)
		}
	}
	return b.String()
}

// maxWord is how long a word is shown whole, in bytes. No path is longer (PATH_MAX of
// Linux), nor any URL that works.
const maxWord = 4096

// brief takes the middle out of words that nobody reads to the end, a key of 100 KB
// in a config: beside one all else would not be found.
func brief(s string) string {
	if len(s) <= maxWord {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		if len(w) > maxWord {
			words[i] = strings.ToValidUTF8(w[:maxWord/16], "") + "…" + strings.ToValidUTF8(w[len(w)-maxWord/32:], "")
		}
	}
	return strings.Join(words, " ")
}

// plainASCII reports whether there is nothing in s but letters and signs.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// unsafeRune: everything that moves the cursor, turns the direction of writing
// or is no character at all.
func unsafeRune(r rune) bool {
	return unicode.IsControl(r) || r == unicode.ReplacementChar || r == 0xFFFE || r == 0xFFFF ||
		unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029
}
