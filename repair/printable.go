package repair

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textPair makes two versions of a file printable. If both end all their lines
// with CRLF, that is left out; else a CR is shown, since it may be the change.
func textPair(old, new []byte) (string, string) {
	from, to := string(old), string(new)
	if onlyCRLF(from) && onlyCRLF(to) {
		from, to = strings.ReplaceAll(from, "\r\n", "\n"), strings.ReplaceAll(to, "\r\n", "\n")
	}
	return printableText(from), printableText(to)
}

func onlyCRLF(s string) bool { return strings.Count(s, "\n") == strings.Count(s, "\r\n") }

// printableText is printable with lines and tabs left alone.
func printableText(s string) string { return escaped(s, "\n\t") }

// printable shows as escapes what a terminal would obey or not show: control
// characters, those that turn the direction of writing, and what is no UTF-8.
func printable(s string) string { return escaped(s, "") }

func escaped(s, keep string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case strings.ContainsRune(keep, r):
			b.WriteRune(r)
		case unicode.IsControl(r) && r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
