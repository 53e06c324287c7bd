// Package say holds sentences for people: a format and its arguments, kept
// apart so that the same sentence can be said in another language.
package say

import (
	"fmt"
	"reflect"
	"strings"
)

// A Lang is a language semadoctor speaks.
type Lang string

// The languages semadoctor speaks. English is the language of the code; the
// others come from a catalogue keyed by the English format.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// A Text is one sentence, not yet said in any language.
// The zero Text is nothing to say.
type Text struct {
	format string
	args   []any
}

// Textf makes a Text. The format is that of package fmt; an argument that is
// itself a Text, or has a method In like one, is said in the language of the
// whole; so is an error, as far as semadoctor knows its words. What another program
// says of an error is a string: it stays as it is.
func Textf(format string, args ...any) Text {
	if false {
		_ = fmt.Sprintf(format, args...) // lets go vet check the callers' formats
	}
	return Text{format, args}
}

// Sentence is a Text without arguments, as titles are. A percent sign in it is
// only a percent sign.
func Sentence(s string) Text { return Text{format: s} }

// Verbatim is a Text that is the same in every language: a path, a command,
// the words of another program.
func Verbatim(s string) Text { return Text{"%s", []any{s}} }

// Deferred is a Text of which the words are chosen when somebody wants to hear them:
// for what is often found out and seldom said.
func Deferred(words interface{ In(lang Lang) string }) Text { return Text{"%s", []any{words}} }

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.format == "" }

// String says t in English.
func (t Text) String() string { return t.In(English) }

// Format is the English format, the key of the catalogue.
func (t Text) Format() string { return t.format }

// In says t in lang, or in English where the catalogue has no such sentence.
func (t Text) In(lang Lang) string {
	if t.IsZero() {
		return ""
	}
	if len(t.args) == 0 {
		return translate(lang, t.format)
	}
	args := make([]any, len(t.args))
	for i, a := range t.args {
		args[i] = argument(lang, a)
	}
	format := strings.ReplaceAll(translate(lang, t.format), "%w", "%v") // of Errorf
	return fmt.Sprintf(format, args...)
}

// argument is an argument of a sentence in lang: what can be said in a language
// is, so is an error as far as its words are known, and so is a word of a type of its
// own, as the role of a file is, if the catalogue has it.
func argument(lang Lang, a any) any {
	if inner, ok := a.(interface{ In(Lang) string }); ok {
		return inner.In(lang)
	}
	if err, ok := a.(error); ok && (lang != English || strings.Contains(err.Error(), "\n")) {
		return errorIn(lang, err)
	}
	if v := reflect.ValueOf(a); lang != English && v.Kind() == reflect.String && v.Type() != reflect.TypeFor[string]() {
		if _, own := a.(fmt.Stringer); !own {
			return translate(lang, v.String())
		}
	}
	return a
}

func translate(lang Lang, format string) string {
	if lang == Chinese {
		if s, ok := chinese(format); ok {
			return s
		}
	}
	return format
}
