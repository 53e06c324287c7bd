package runner

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A Version is a Semaphore release as its binary or a person names it.
type Version struct {
	Text  string // as given: "2.9.58", "v2.10.22-e44910d-1721658299", "E2b"
	Era   Era    // "" when the text carries none, as develop-… and undefined-… do
	Major int
	Minor int
	Patch int
	Beta  bool

	Source VersionSource // who says so; "" when nobody was asked yet
}

// A VersionSource says how sure a version is.
type VersionSource string

// Where a version can come from.
const (
	FromFlag   VersionSource = "flag"   // --runner-version
	FromBinary VersionSource = "binary" // "semaphore version" said so
	FromHelp   VersionSource = "help"   // a build without a version; "semaphore runner --help" shows what it can do
	FromImage  VersionSource = "image"  // the tag of a container image
	FromConfig VersionSource = "config" // a guess, from the keys in the config
)

// Published is the word of reports, which are an interface: an image's tag is
// configuration to them.
func (s VersionSource) Published() string {
	switch s {
	case FromImage:
		return string(FromConfig)
	case FromHelp:
		return string(FromBinary)
	}
	return string(s)
}

// Guessed reports whether the era is only a guess.
func (v Version) Guessed() bool {
	return v.Source != FromFlag && v.Source != FromBinary && v.Source != FromImage
}

// ParseVersion reads a version or the name of an era. A development build is a
// version without an era; what is neither is an error.
func ParseVersion(s string) (Version, error) {
	s = strings.TrimSpace(s)
	if e := eraNamed(s); e != "" {
		return Version{Text: string(e), Era: e}, nil
	}
	if strings.HasPrefix(s, "develop-") || strings.HasPrefix(s, "undefined-") || s == "develop" {
		return Version{Text: s}, nil
	}
	v, ok := release(s)
	if !ok {
		return Version{}, say.Errorf("parse runner version %q: want a release like 2.10.22 or an era like E3", s)
	}
	if v.Era = v.era(); v.Era == "" {
		return Version{}, say.Errorf("parse runner version %q: Semaphore has runners from 2.9.1 on", s)
	}
	return v, nil
}

// release reads what "semaphore version" prints: 2.9.x the bare number, later
// releases NUMBER-COMMIT-UNIXDATE, with or without a v (observed 2.9.58,
// 2.10.22, 2.10.32; Docker images have the v). A beta has -beta or -beta2 behind
// its number.
func release(s string) (v Version, ok bool) {
	number, build, _ := strings.Cut(strings.TrimPrefix(s, "v"), "-")
	numbers, rest := strings.Split(number, "."), strings.Split(build, "-")
	v = Version{Text: s}
	for i, to := range []*int{&v.Major, &v.Minor, &v.Patch}[:min(len(numbers), 3)] {
		if n := numbers[i]; n == "" || len(n) > []int{3, 3, 6}[i] || !madeOf(n, digits) {
			return v, false
		}
		*to, _ = strconv.Atoi(numbers[i])
	}
	if after, is := strings.CutPrefix(rest[0], "beta"); is && madeOf(after, digits) {
		v.Beta, rest = true, rest[1:]
	}
	return v, (len(numbers) == 2 || len(numbers) == 3) && builtFrom(rest)
}

// builtFrom reports whether words are a commit, and when it was built.
func builtFrom(words []string) bool {
	return len(words) < 3 && (len(words) < 1 || madeOf(words[0], alphanum)) && (len(words) < 2 || madeOf(words[1], digits))
}

func eraNamed(s string) Era {
	for _, e := range Eras() {
		if strings.EqualFold(s, string(e)) {
			return e
		}
	}
	return ""
}

// num is comparable: 2.10.26 is 2_010_000_026.
func num(major, minor, patch int) int { return (major*1000+minor)*1_000_000 + patch }

// spans maps the last release of each era, read tag by tag up to 2.10.32, from
// dates and migrations after that.
func spans() []struct {
	last int
	era  Era
} {
	return []struct {
		last int
		era  Era
	}{
		{num(2, 9, 40), E1},
		{num(2, 9, 60), E2b},
		{num(2, 10, 25), E3},
		{num(2, 10, 26), E4a},
		{num(2, 10, 27), E4b},
		{num(2, 10, 999_999), E4c},
		{num(2, 17, 999_999), E5},
		{num(2, 18, 999_999), E5b},
		{num(2, 19, 999_999), E6},
	}
}

func (v Version) era() Era {
	n := num(v.Major, v.Minor, v.Patch)
	switch {
	case n == num(2, 9, 40) && v.Beta: // of January 2024, newer than the stable 2.9.40 of October 2023
		return E2a
	case n == num(2, 8, 58), n == num(2, 9, 13) && v.Beta: // mis-numbered snapshots of 2024 code
		return E3
	case n < num(2, 9, 1):
		return ""
	}
	for _, s := range spans() {
		if n <= s.last {
			return s.era
		}
	}
	return E7
}

// Name is the version for people: the release, or the era when only that is known.
func (v Version) Name() string {
	if v.Text == "" {
		return string(v.Era)
	}
	return v.Text
}

// Number is the release without commit and date; "?" when it is not known.
func (v Version) Number() string {
	if !v.Era.Known() || v.Major == 0 {
		return cmp.Or(v.Text, "?")
	}
	number := fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
	if v.Beta {
		number += "-beta"
	}
	return number
}
