package host

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/semadoctor/semadoctor/say"
)

var (
	// ErrQuote reports a quote in a unit that is not closed.
	ErrQuote = say.Errorf("a quote is not closed")
	// ErrEscape reports a \ in a unit before something that C does not escape.
	ErrEscape = say.Errorf("an escape that C does not know")
)

// SplitWords takes a setting of a unit apart as systemd does
// (extract_first_word, v252): at white space that is not in single or double
// quotes, with the escapes of C. An escape that C does not know stays as it is.
func SplitWords(s string) (words []string, err error) { return split(s, false) }

// SplitAssignments is SplitWords for Environment=, where an escape that C does
// not know is ErrEscape. The words before a mistake count.
func SplitAssignments(s string) (words []string, err error) { return split(s, true) }

func split(s string, strict bool) (words []string, err error) {
	for {
		word, rest, ok, err := firstWord(s, strict)
		if err != nil || !ok {
			return words, err
		}
		words, s = append(words, word), rest
	}
}

// firstWord takes the first word off; ok is false when there is none.
func firstWord(s string, strict bool) (word, rest string, ok bool, err error) {
	s = strings.TrimLeft(s, unitBlanks)
	var b strings.Builder
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			text, n := cEscape(s[i+1:])
			if strict && text == s[i:i+2] {
				return "", "", false, ErrEscape
			}
			b.WriteString(text)
			i += n
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && strings.IndexByte(unitBlanks, c) >= 0:
			return b.String(), s[i:], true, nil
		default:
			b.WriteByte(c)
		}
	}
	if quote != 0 {
		return "", "", false, ErrQuote
	}
	return b.String(), "", s != "", nil
}

// cEscape is what stands behind a \, and how many bytes of s it takes
// (cunescape_one).
func cEscape(s string) (text string, n int) {
	const simple, means = `abfnrtv\"'s`, "\a\b\f\n\r\t\v\\\"' "
	if i := strings.IndexByte(simple, s[0]); i >= 0 {
		return means[i : i+1], 1
	}
	digits, base := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[0]], 16
	from := 1
	if s[0] >= '0' && s[0] <= '7' {
		digits, base, from = 3, 8, 0
	}
	if digits > 0 && len(s) >= from+digits {
		code, err := strconv.ParseUint(s[from:from+digits], base, 32)
		switch {
		case err != nil || code == 0:
		case s[0] == 'u' || s[0] == 'U':
			return string(utf8.AppendRune(nil, rune(code))), from + digits
		case code < 256:
			return string([]byte{byte(code)}), from + digits
		}
	}
	return `\` + s[:1], 1
}
