package say

import (
	"errors"
	"strings"
)

// Apart are the errors that errors.Join has made one of; nil when err is no such
// error. A line break that one of them has in it, of a file's name, say, parts nothing.
func Apart(err error) (all []error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	var lines []string
	for _, e := range joined.Unwrap() {
		lines, all = append(lines, e.Error()), append(all, e)
	}
	if strings.Join(lines, "\n") != err.Error() { // fmt.Errorf with several
		return nil
	}
	return all
}

// inRow says errors one behind the other: between those that were joined stands a line
// break, and a sentence has none.
func inRow(lang Lang, all []error) string {
	var said []string
	for _, e := range all {
		said = append(said, errorIn(lang, e))
	}
	return strings.Join(said, Sentence("; ").In(lang))
}

// inLine is an error in English, of which the words around what it wraps stay as they
// are.
func inLine(err error) string {
	text := err.Error()
	if !strings.Contains(text, "\n") {
		return text
	}
	for _, e := range wrapped(err) {
		if strings.Contains(e.Error(), "\n") {
			text = strings.Replace(text, e.Error(), errorIn(English, e), 1)
		}
	}
	return text
}

func wrapped(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	if one := errors.Unwrap(err); one != nil {
		return []error{one}
	}
	return nil
}
