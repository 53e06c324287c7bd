package host

import (
	"regexp"
	"slices"
	"strings"
)

// A dockerLine is an instruction with what continues it.
type dockerLine struct {
	text string
	n    int
}

// dockerLines are the instructions: comments and here-documents left out, lines that
// end in a backslash put together.
func dockerLines(text string) (lines []dockerLine) {
	var word []string // what is read so far of one that goes on
	all, begun, endless := strings.Split(text, "\n"), 0, 0
	for i := 0; i < len(all); i++ {
		l := strings.TrimSpace(all[i])
		switch {
		case l == "" || l[0] == '#':
			continue
		case len(word) == 0:
			begun = i + 1
		}
		part, more := strings.CutSuffix(l, `\`)
		if word = append(word, strings.TrimSpace(part)); more {
			continue
		}
		whole := strings.ReplaceAll(strings.Join(word, " "), "\t", " ")
		lines, word = append(lines, dockerLine{whole, begun}), nil
		if endless < maxEndless {
			n, more := pastBodies(all[i+1:], hereDocuments(whole))
			i, endless = i+n, endless+more
		}
	}
	return lines
}

// A hereDocument is a text that an instruction takes from the lines behind it.
type hereDocument struct {
	word   string // what stands behind <<, without its quotes
	tabbed bool   // <<-: tabs may stand before its end
}

var (
	hereWord = regexp.MustCompile(`^\d*<<(-?)([^<]+)$`) // BuildKit, frontend/dockerfile/parser
	metaChar = regexp.MustCompile(`[;&|<>()].*$`)
)

// hereDocuments are those that an instruction begins: RUN cat <<EOF, COPY <<A <<B /x.
// What stands in quotes begins none, and neither does << within a word.
func hereDocuments(line string) (docs []hereDocument) {
	verbs := strings.Fields(strings.ToUpper(line))
	if len(verbs) > 1 && verbs[0] == "ONBUILD" {
		verbs = verbs[1:]
	}
	if !slices.Contains([]string{"RUN", "COPY", "ADD"}, verbs[0]) {
		return nil
	}
	for _, word := range quotedFields(line) {
		if m := hereWord.FindStringSubmatch(word); m != nil {
			docs = append(docs, hereDocument{word: strings.NewReplacer(`"`, "", `'`, "", `\`, "").Replace(m[2]), tabbed: m[1] != ""})
		}
	}
	return docs
}

// quotedFields splits at blanks that do not stand in quotes, and leaves the quotes.
func quotedFields(s string) (fields []string) {
	quote, from := byte(0), 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quote != '\'':
			i++
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		case quote == 0 && c == ' ':
			fields, from = append(fields, s[from:i]), i+1
		}
	}
	return append(fields, s[from:])
}

// maxEndless is how many here-documents without an end are looked for in one file.
const maxEndless = 100

// pastBodies is how many lines here-documents take, one behind the other, and how many of
// them do not end. Such a one takes none, for what would be lost in it may be a setting.
func pastBodies(lines []string, docs []hereDocument) (n, endless int) {
	for _, d := range docs {
		body := d.body(lines[n:])
		if body == 0 {
			endless++
		}
		if n += body; endless > maxEndless {
			break
		}
	}
	return n, endless
}

// body counts the lines up to the end. BuildKit takes the whole word for it, as in <<EOF;
// a shell takes what stands before the ;.
func (d hereDocument) body(lines []string) int {
	for _, end := range []string{d.word, metaChar.ReplaceAllString(d.word, "")} {
		for i, l := range lines {
			if l = strings.TrimSuffix(l, "\r"); d.tabbed {
				l = strings.TrimLeft(l, "\t")
			}
			if l == end && end != "" {
				return i + 1
			}
		}
	}
	return 0
}
