package checks

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/internal/yamldoc"
	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// An IgnoreError is a mistake in an ignore file, and where it is.
type IgnoreError struct {
	At  runner.Origin
	Why say.Text
}

func (e *IgnoreError) Error() string {
	if e.At.Line == 0 {
		return fmt.Sprintf("%s: %s", e.At.File, e.Why)
	}
	return fmt.Sprintf("%s:%d: %s", e.At.File, e.At.Line, e.Why)
}

// ReadAcceptances reads an ignore file that somebody has named. known are the checks
// whose problems can be accepted.
func ReadAcceptances(files host.Files, name string, known []*Check) (*Acceptances, error) {
	data, err := host.ReadThrough(files, name)
	if err != nil {
		return nil, err
	}
	r := ignoreReader{file: name, data: data, known: known}
	list, err := r.read()
	if err != nil {
		return nil, err
	}
	return &Acceptances{File: name, List: list}, nil
}

// ignoreReader reads one ignore file.
type ignoreReader struct {
	file  string
	data  []byte
	known []*Check
}

func (r *ignoreReader) wrong(off int, why say.Text) error { return &IgnoreError{r.at(off), why} }

func (r *ignoreReader) at(off int) runner.Origin {
	line, _ := jsondoc.Pos(r.data, off)
	return runner.Origin{File: r.file, Line: line}
}

func (r *ignoreReader) read() ([]*Acceptance, error) {
	doc, err := yamldoc.Parse(r.data)
	var syntax *jsondoc.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil // nothing but comments: nothing is accepted
	case errors.As(err, &syntax):
		return nil, r.wrong(syntax.Offset, say.Verbatim(syntax.Error()))
	case err != nil:
		return nil, r.wrong(0, say.Verbatim(err.Error()))
	case doc.Kind != jsondoc.Object:
		return nil, r.wrong(doc.Start, say.Textf("want ignore: with a list"))
	}
	var list []*Acceptance
	for _, m := range doc.Members {
		if m.Key != "ignore" {
			return nil, r.wrong(m.KeyStart, say.Textf("there is no key %q, only ignore", m.Key))
		}
		if m.Value.Kind != jsondoc.Array && m.Value.Kind != jsondoc.Null {
			return nil, r.wrong(m.Value.Start, say.Textf("want ignore: with a list"))
		}
		for _, v := range m.Value.Elems {
			a, err := r.entry(v)
			if err != nil {
				return nil, err
			}
			list = append(list, a)
		}
	}
	return list, nil
}

// entry reads one acceptance.
func (r *ignoreReader) entry(v *jsondoc.Value) (*Acceptance, error) {
	if v.Kind != jsondoc.Object {
		return nil, r.wrong(v.Start, say.Textf("want an entry with id, reason and until"))
	}
	a := &Acceptance{At: r.at(v.Start)}
	fields := map[string]*string{"id": &a.ID, "reason": &a.Reason, "until": &a.Until, "target": &a.Target}
	for _, m := range v.Members {
		into := fields[m.Key]
		switch {
		case into == nil:
			return nil, r.wrong(m.KeyStart, say.Textf("there is no key %q, only id, reason, until and target", m.Key))
		case m.Value.Kind != jsondoc.String || strings.TrimSpace(m.Value.Text) == "":
			return nil, r.wrong(m.Value.Start, say.Textf("%s needs a text", m.Key))
		}
		if *into = strings.TrimSpace(m.Value.Text); m.Key == "id" {
			a.At = r.at(m.KeyStart)
		}
		if err := r.sound(m.Key, *into, m.Value.Start); err != nil {
			return nil, err
		}
	}
	for _, key := range []string{"id", "reason", "until"} {
		if *fields[key] == "" {
			return nil, r.wrong(v.Start, say.Textf("an entry needs %s", key))
		}
	}
	a.Until = day(a.Until)
	return a, nil
}

// sound refuses a value that means nothing.
func (r *ignoreReader) sound(key, text string, at int) error {
	switch key {
	case "id":
		return r.problem(text, at)
	case "until":
		if _, err := time.Parse(time.DateOnly, day(text)); err != nil {
			return r.wrong(at, say.Textf("until %s: want a day, like 2027-03-31", text))
		}
	case "target":
		if _, err := path.Match(text, ""); err != nil {
			return r.wrong(at, say.Textf("target %s is no pattern", text))
		}
	}
	return nil
}

// day is a day as YAML gives it, which takes one without quotes for a moment.
func day(text string) string { return strings.TrimSuffix(text, "T00:00:00Z") }

// problem demands an id that can be accepted.
func (r *ignoreReader) problem(id string, at int) error {
	var ids []string
	for _, c := range r.known {
		if c == IgnoreFile {
			continue
		}
		for _, p := range c.Problems {
			ids = append(ids, p.ID)
		}
	}
	if slices.Contains(ids, id) {
		return nil
	}
	if slices.ContainsFunc(IgnoreFile.Problems, func(p *Problem) bool { return p.ID == id }) {
		return r.wrong(at, say.Textf("what is said of ignore files cannot be accepted"))
	}
	if likely := runner.Likely(id, ids); likely != "" {
		return r.wrong(at, say.Textf("there is no problem %q, did you mean %s?", id, likely))
	}
	return r.wrong(at, say.Textf("there is no problem %q: semadoctor checks lists them", id))
}
