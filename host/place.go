package host

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/say"
)

// A Place is where something stands in a file.
type Place struct {
	File string
	Line int // from 1; 0 where there is none

	// Pointer is where it stands among the keys of a YAML file, RFC 6901; "" when it is
	// written in another place, from which an anchor or "<<" takes it over.
	Pointer string
}

func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}

// wrong is an error about a place.
func (p Place) wrong(format string, args ...any) error {
	return say.Errorf("%s: %w", p, fmt.Errorf(format, args...))
}

// Written is a text with the place where it is written.
type Written struct {
	Text string
	At   Place
}

// ErrTooDeep reports a file that says too much in too little: aliases of
// aliases, files that include files.
var ErrTooDeep = say.Errorf("larger than any real one: are there aliases of aliases in it?")

// yamlError puts the line that the YAML library names behind the file. It counts
// the lines of what its parser finds from 0, and of what its scanner finds from 1.
func yamlError(file string, data []byte, err error) error {
	m := regexp.MustCompile(`^yaml: (?:line (\d+): )?(?:unknown anchor '(.*)' ref)?.*$`).FindStringSubmatch(err.Error())
	if m == nil {
		return say.Errorf("%s: %w", file, err)
	}
	line, _ := strconv.Atoi(m[1])
	reason := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "line "+m[1]+": ")
	if strings.HasPrefix(reason, "did not find expected ") || strings.HasPrefix(reason, "found duplicate %") {
		line++
	}
	if before, _, ok := strings.Cut(string(data), "*"+m[2]); ok && m[2] != "" {
		line = 1 + strings.Count(before, "\n")
	}
	return Place{File: file, Line: line}.wrong("%s", reason)
}
