package main

import (
	"fmt"
	"slices"
	"strings"
)

// complain tells what went wrong, a line each, and each once: a full disk is met by
// whoever writes.
func (a *app) complain(err error) {
	all := apartFrom(err)
	for i, text := range all {
		told := func(other string) bool { return other == text || strings.HasSuffix(other, ": "+text) }
		if !slices.ContainsFunc(all[i+1:], told) {
			fmt.Fprintf(a.Stderr, "semadoctor: %s\n", a.safe(text))
		}
	}
}

// apartFrom are the errors that errors.Join has joined. A line break that one of them
// has in it, of a file's name, say, makes no line.
func apartFrom(err error) (all []string) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{err.Error()}
	}
	var lines []string
	for _, e := range joined.Unwrap() {
		lines, all = append(lines, e.Error()), append(all, apartFrom(e)...)
	}
	if strings.Join(lines, "\n") != err.Error() { // fmt.Errorf with several
		return []string{err.Error()}
	}
	return all
}
