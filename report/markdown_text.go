package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// mdText is plain text as Markdown. A word with a sign in it that means something,
// to Markdown, to HTML, or to GitHub and GitLab, which make links of @name and #1
// and tell people about them, is written as code: there nothing means anything.
// Escaping with \ would not do: both look for names in what has been rendered.
// begins is true of what stands at the beginning of a line.
func mdText(s string, begins bool) string {
	var b strings.Builder
	for i, word := range strings.FieldsFunc(s, unicode.IsSpace) {
		if i > 0 || startsWithSpace(s) && !begins {
			b.WriteByte(' ')
		}
		if begins && i == 0 && leads(word) {
			b.WriteString(mdCode(word))
			continue
		}
		mdWord(&b, word)
	}
	if endsWithSpace(s) && b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String()
}

func startsWithSpace(s string) bool { return strings.TrimLeftFunc(s, unicode.IsSpace) != s }
func endsWithSpace(s string) bool   { return strings.TrimRightFunc(s, unicode.IsSpace) != s }

// leads reports whether a word makes something of the line that it begins, as "-",
// "1." and "===" do.
func leads(word string) bool {
	rest := strings.TrimLeft(word, "0123456789")
	return strings.ContainsAny(word[:1], "-+=:") || rest != word && (rest == "." || rest == ")")
}

// firstCJK is where the scripts begin that put no blanks between words.
const firstCJK = 0x2E80

// mdWord writes what stands between two blanks. A path in a sentence of Chinese has
// none around it.
func mdWord(b *strings.Builder, word string) {
	for word != "" {
		n := strings.IndexFunc(word, func(r rune) bool { return r >= firstCJK })
		switch n {
		case 0:
			n = strings.IndexFunc(word, func(r rune) bool { return r < firstCJK })
			if n < 0 {
				n = len(word)
			}
			b.WriteString(word[:n])
		case -1:
			n = len(word)
			fallthrough
		default:
			mdBetween(b, word[:n])
		}
		word = word[n:]
	}
}

// mdBetween writes a word, as code if it is tricky; the signs of the sentence around
// it are not.
func mdBetween(b *strings.Builder, word string) {
	if !tricky(word) {
		b.WriteString(word)
		return
	}
	core := strings.TrimLeft(word, `("'`)
	b.WriteString(word[:len(word)-len(core)])
	end := strings.TrimRight(core, `)"',.;:`)
	b.WriteString(mdCode(end))
	b.WriteString(core[len(end):])
}

// tricky reports whether a word has to be written as code. Of a link, a mention, a
// reference or a tag each needs one of these signs; those of GitLab's merge requests
// and milestones, ! and %, need something behind them.
func tricky(word string) bool {
	if strings.ContainsAny(word, "<>[]{}*_`#@|\\~&$^/") || strings.Contains(word, "www.") {
		return true
	}
	ends := strings.TrimRight(word, `!%)"',.;:?`)
	return strings.ContainsAny(ends, "!%") || issueOfGitHub(word) || emoji(word)
}

// emoji reports whether there may be one in a word, as :+1: is. A time has none.
func emoji(word string) bool {
	parts := strings.Split(word, ":")
	return len(parts) > 2 && slices.ContainsFunc(parts[1:], func(s string) bool { return s == "" || !unicode.IsDigit(rune(s[0])) })
}

// issueOfGitHub reports whether GH-1 is in a word, as GitHub writes #1, too.
func issueOfGitHub(word string) bool {
	_, rest, found := strings.Cut(strings.ToUpper(word), "GH-")
	return found && rest != "" && unicode.IsDigit(rune(rest[0]))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// mdCode is text as it stands, between more backticks than it has in a row. A pipe
// would end the cell of a table even there, so that it needs HTML.
func mdCode(s string) string {
	switch {
	case s == "":
		return ""
	case strings.Contains(s, "|"):
		return "<code>" + mdEntities(s) + "</code>"
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

// mdEntities writes every sign by its number.
func mdEntities(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > ' ' && r < 0x80 && !letter(byte(r)) && !unicode.IsDigit(r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func longestRun(s string, c rune) (longest int) {
	n := 0
	for _, r := range s {
		if r != c {
			n = -1
		}
		n++
		longest = max(longest, n)
	}
	return longest
}

// mdURL reports whether an address can stand in a link as it is.
func mdURL(url string) bool {
	return strings.HasPrefix(url, "https://") && strings.IndexFunc(url, func(r rune) bool {
		return r >= 0x80 || !letter(byte(r)) && !unicode.IsDigit(r) && !strings.ContainsRune("/:.-", r)
	}) < 0
}

// maxText is how long one text on a page gets, in bytes.
const maxText = 4 << 10

// clip cuts a text that is longer.
func clip(s string) string {
	if len(s) <= maxText {
		return s
	}
	return strings.ToValidUTF8(s[:maxText], "") + "…"
}
