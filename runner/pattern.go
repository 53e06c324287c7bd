package runner

import (
	"regexp"
	"strings"
	"sync"
)

// pattern is a regular expression that is compiled when it is first used: most
// runs need few of them, and all of them at every start cost 0.4 ms.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// What names, numbers and tokens are made of.
const (
	digits   = "0123456789"
	alphanum = digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// madeOf reports whether there is nothing else in a text than some characters.
// What every check asks is asked this way: to compile a pattern takes longer than
// most checks.
func madeOf(s, characters string) bool { return strings.Trim(s, characters) == "" }
