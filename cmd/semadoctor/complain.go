package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/semadoctor/semadoctor/report"
	"github.com/semadoctor/semadoctor/say"
)

// end says what went wrong besides what was found, and is the exit code.
func (a *app) end(err error, args []string) int {
	lang, style := a.spoken(args), report.ExitStyle(spelled(args, "exit-style"))
	if err != nil {
		a.complain(err, lang)
	}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintln(a.Stderr, say.Sentence("semadoctor --help tells how it is used").In(lang))
		return style.Of(report.ExitUsage, report.Counts{})
	case err != nil && a.code == report.ExitOK:
		return style.Of(report.ExitUnknown, report.Counts{})
	}
	return a.code
}

// spoken is the language of what is said of the command line itself.
func (a *app) spoken(args []string) say.Lang {
	if l := spelled(args, "lang"); l != "" {
		return say.ParseLang(l)
	}
	return a.lang()
}

// spelled is the value of a flag where the command line as a whole may not have
// been understood: the last, as for those that are; "" when it is not there.
func spelled(args []string, flag string) (last string) {
	for i, a := range args {
		name, value, inline := strings.Cut(a, "=")
		switch {
		case a == "--":
			return last
		case name != "--"+flag && name != "-"+flag:
		case inline:
			last = value
		case i+1 < len(args):
			last = args[i+1]
		}
	}
	return last
}

// complain tells what went wrong, a line each, and each once: a full disk is met by
// whoever writes.
func (a *app) complain(err error, lang say.Lang) {
	var all []string
	for _, e := range apartFrom(err) {
		all = append(all, say.Error(e).In(lang))
	}
	for i, text := range all {
		told := func(other string) bool { return other == text || strings.HasSuffix(other, ": "+text) }
		if !slices.ContainsFunc(all[i+1:], told) {
			fmt.Fprintf(a.Stderr, "semadoctor: %s\n", a.safe(text))
		}
	}
}

// apartFrom are the errors that errors.Join has joined, a line each.
func apartFrom(err error) (all []error) {
	joined := say.Apart(err)
	if joined == nil {
		return []error{err}
	}
	for _, e := range joined {
		all = append(all, apartFrom(e)...)
	}
	return all
}
