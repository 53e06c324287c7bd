package checks

import (
	"html"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/semadoctor/semadoctor/runner"
)

// gist is what an answer says for people: the title of a page, or a short text. It is
// "" where that is no more than the status, or Semaphore's own error, which is quoted
// with the status.
func gist(x *runner.Exchange) string {
	words := strings.TrimSpace(x.Body)
	switch {
	case x.JSONError() != "" || x.Packed() != "" || !utf8.ValidString(words):
		return ""
	case x.HTML():
		words = title(words)
	case len(words) > 200:
		return ""
	}
	words = strings.Join(strings.FieldsFunc(words, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	plain := strings.TrimSpace(strings.TrimPrefix(words, strconv.Itoa(x.Status)))
	if plain == "" || strings.EqualFold(plain, http.StatusText(x.Status)) {
		return ""
	}
	return cut(words, 80)
}

// title is that of a page, "" when it has none near its beginning.
func title(page string) string {
	m := regexp.MustCompile(`(?is)<title[^>]*>([^<]*)</title>`).FindStringSubmatch(page[:min(len(page), 4096)])
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}
