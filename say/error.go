package say

import (
	"errors"
	"fmt"
	"strings"
)

// Errorf is fmt.Errorf for an error that people get to read: its own words can be
// said in another language, and so can those of what it wraps, which comes last.
func Errorf(format string, args ...any) error {
	return &spoken{fmt.Errorf(format, args...), Text{format, args}}
}

// spoken is an error with its words not yet said in any language.
type spoken struct {
	error // in English, with what is wrapped
	words Text
}

// Unwrap is for errors.Is and errors.As.
func (e *spoken) Unwrap() error { return e.error }

// In says e in lang.
func (e *spoken) In(lang Lang) string {
	if text := e.Error(); lang == English && !strings.Contains(text, "\n") {
		return text
	}
	return e.words.In(lang)
}

// Error is an error as a Text: semadoctor's own words, and those of the system that
// it knows, are said in the language of the whole; anything else stays as it is.
func Error(err error) Text { return Text{"%s", []any{err}} }

// errorIn says an error. Who wraps an error in Go puts words in front and leaves it as
// it is: they stay, and what is behind them is said.
func errorIn(lang Lang, err error) string {
	if own, ok := err.(interface{ In(Lang) string }); ok {
		return own.In(lang)
	}
	if all := Apart(err); all != nil {
		return inRow(lang, all)
	}
	if words := systemWords(err); lang != English && !words.IsZero() {
		return words.In(lang)
	}
	if inner := errors.Unwrap(err); inner != nil {
		if front, ok := strings.CutSuffix(err.Error(), inner.Error()); ok {
			return front + errorIn(lang, inner)
		}
	}
	return inLine(err)
}
