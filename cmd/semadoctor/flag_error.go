package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/semadoctor/semadoctor/say"
)

// flagError says what is wrong with a flag as the rest of the program would. The
// package flag has words for it, and no types.
func flagError(err error, flags []cli.Flag) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		written := dashed(strings.TrimPrefix(name, "-"))
		return say.Errorf("there is no flag %s%s", written, meant(written, flagNames(flags), say.Text{}))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return say.Errorf("%s needs a value", dashed(name))
	}
	if name, ok := strings.CutPrefix(text, "bad flag syntax: "); ok {
		return say.Errorf("%s is no flag", name)
	}
	if name, value, ok := refused(text, "invalid boolean value ", " for -"); ok {
		return say.Errorf("--%s is a switch: it takes no value, got %s", name, value)
	}
	if name, value, ok := refused(text, "invalid value ", " for flag -"); ok && strings.HasSuffix(text, ": parse error") {
		return say.Errorf("--%s %s: want a time like 30s or 5m", name, value)
	}
	return err
}

func flagNames(flags []cli.Flag) (names []string) {
	for _, f := range flags {
		for _, n := range f.Names() {
			names = append(names, dashed(n))
		}
	}
	return names
}

// dashed is a flag as it is written; the package flag keeps only its name.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// refused reads the flag and the value, in quotes, from `BEFORE"x"BETWEENname: why`.
func refused(text, before, between string) (name, value string, ok bool) {
	rest, ok := strings.CutPrefix(text, before)
	at := strings.LastIndex(rest, between)
	if !ok || at < 0 {
		return "", "", false
	}
	name, _, ok = strings.Cut(rest[at+len(between):], ": ")
	return name, rest[:at], ok
}
