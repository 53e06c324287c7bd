package runner

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// fromFile is what Semaphore's decoder puts into one field of its config.
func (c *Config) fromFile(doc *jsondoc.Value, s Setting) (v Value[string]) {
	if doc != nil && doc.Kind == jsondoc.Object && s.Pointer != "" {
		c.fill(&v, s, doc, s.Pointer)
	}
	return v
}

// fill follows a pointer through every member that matches it, in file order,
// as encoding/json fills a struct: a later value replaces an earlier one,
// objects are merged, and each value of a wrong type is an error.
func (c *Config) fill(v *Value[string], s Setting, object *jsondoc.Value, todo string) {
	part, rest, deeper := strings.Cut(todo[1:], "/")
	for _, m := range object.Members {
		switch {
		case !strings.EqualFold(m.Key, part):
		case m.Value.Kind == jsondoc.Null:
			if c.cleared(s, deeper) {
				*v = Value[string]{}
			}
		case !deeper:
			c.take(v, s, m.Value)
		case m.Value.Kind == jsondoc.Object:
			c.fill(v, s, m.Value, todo[1+len(part):])
		default:
			done := strings.TrimSuffix(s.Pointer, "/"+rest)
			c.mismatch(Setting{Pointer: done, Kind: Object}, string(m.Value.Kind), c.File.Origin(done, m.Value))
		}
	}
}

// cleared reports whether null takes away what an earlier duplicate set:
// encoding/json sets pointers, slices and maps to nil and leaves the rest
// alone. The runner object is a pointer from E4 on (util/config.go, 2.10.32).
func (c *Config) cleared(s Setting, object bool) bool {
	if object {
		return !c.Era.Legacy()
	}
	return s.Kind == List || s.Kind == Object || s.Kind == Map || s.Name == ProjectID
}

func (c *Config) take(v *Value[string], s Setting, node *jsondoc.Value) {
	from := c.File.Origin(s.Pointer, node)
	if !fits(s.Kind, node) {
		c.mismatch(s, string(node.Kind), from)
		return
	}
	v.From, v.V = from, node.Text
	if node.Kind == jsondoc.Array || node.Kind == jsondoc.Object {
		v.V = node.JSON()
	}
}

// mismatch notes a value once, however many settings stand below it.
func (c *Config) mismatch(s Setting, got string, from Origin) {
	if !slices.ContainsFunc(c.Mismatches, func(m Mismatch) bool { return m.From == from }) {
		c.Mismatches = append(c.Mismatches, Mismatch{s, got, from})
	}
}

// fits reports whether encoding/json puts a value into a field of that kind.
func fits(k Kind, v *jsondoc.Value) bool {
	switch k {
	case Text:
		return v.Kind == jsondoc.String
	case Number:
		_, err := strconv.ParseInt(v.Text, 10, 64)
		return v.Kind == jsondoc.Number && err == nil
	case Truth:
		return v.Kind == jsondoc.Bool
	case List:
		return v.Kind == jsondoc.Array && !slices.ContainsFunc(v.Elems, func(e *jsondoc.Value) bool {
			return e.Kind != jsondoc.String && e.Kind != jsondoc.Null
		})
	}
	return v.Kind == jsondoc.Object && (k != Map || !slices.ContainsFunc(v.Members, func(m jsondoc.Member) bool {
		return m.Value.Kind != jsondoc.String && m.Value.Kind != jsondoc.Null
	}))
}

// fitsText is fits for a variable: strconv.Atoi for numbers, JSON text for
// lists and objects (CastValueToKind, util/config.go, 2.10.22).
func fitsText(k Kind, text string) bool {
	var err error
	switch k {
	case Number:
		_, err = strconv.Atoi(text)
	case List:
		err = json.Unmarshal([]byte(text), &[]string{})
	case Map:
		err = json.Unmarshal([]byte(text), &map[string]string{})
	case Object:
		err = json.Unmarshal([]byte(text), &map[string]any{})
	}
	return err == nil
}

// viaMap is a document after E6 has decoded it into a generic map and encoded
// that again, which it does before it looks at it (read in source, 2026): of
// equal keys only the last is left, and keys are sorted.
func viaMap(v *jsondoc.Value) *jsondoc.Value {
	if v == nil || v.Kind != jsondoc.Object {
		return v
	}
	last := map[string]jsondoc.Member{}
	for _, m := range v.Members {
		m.Value = viaMap(m.Value)
		last[m.Key] = m
	}
	mapped := *v
	mapped.Members = nil
	for _, key := range slices.Sorted(maps.Keys(last)) {
		mapped.Members = append(mapped.Members, last[key])
	}
	return &mapped
}
