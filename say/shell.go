package say

import "strings"

// harmless are the characters, beside letters and digits, that mean nothing to
// a shell (those of Python's shlex.quote).
const harmless = "@%_-+=:,./"

// Shell is s as one word of a command for a POSIX shell: as it is where that is
// safe, else in single quotes. A command in an advice is there to be copied,
// often by root, and the paths in it may come from somebody else.
func Shell(s string) string {
	special := func(r rune) bool {
		plain := r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		return !plain && !strings.ContainsRune(harmless, r)
	}
	if s != "" && strings.IndexFunc(s, special) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
