package host

import "strings"

// shellFields splits a command line as docker compose does with one that is a
// text (google/shlex): at blanks, with quotes and backslashes taken off. A quote
// that is not closed ends with the text. Nothing is expanded.
func shellFields(s string) []string {
	var fields []string
	var word strings.Builder
	begun, quote := false, byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quote == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
			if begun {
				fields = append(fields, word.String())
			}
			word.Reset()
			begun = false
		case c == '\\' && quote != '\'' && i+1 < len(s):
			i++
			word.WriteByte(s[i])
			begun = true
		case quote == 0 && (c == '\'' || c == '"'):
			quote, begun = c, true
		case c == quote && quote != 0:
			quote = 0
		default:
			word.WriteByte(c)
			begun = true
		}
	}
	if begun {
		fields = append(fields, word.String())
	}
	return fields
}
