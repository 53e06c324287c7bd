package report

import (
	"fmt"
	"strings"
	"unicode"
)

// Clean makes a text of unknown origin harmless on a terminal and legal in every
// format: control characters, escapes among them, are shown instead of done.
func Clean(s string) string {
	if plainASCII(s) || !strings.ContainsFunc(s, unsafeRune) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		if !unsafeRune(r) {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, "\\x%02x", r)
	}
	return b.String()
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
