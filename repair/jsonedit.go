package repair

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// splice replaces the bytes [start, end) of a file by text.
type splice struct {
	start, end int
	text       string
}

// setJSON sets the value at an RFC 6901 pointer and leaves every other byte of
// data as it was: white space, line ends, order, big numbers, duplicates and
// whatever follows the first JSON value. Keys match as Semaphore matches them:
// case ignored, the last of several wins. A key that is missing is added
// behind its siblings and looks like them; objects that are missing on the way,
// or null, are made. The result is read again and proven before it is returned.
func setJSON(data []byte, pointer string, value any) ([]byte, error) {
	doc, err := parse(data, pointer)
	if err != nil {
		return nil, err
	}
	text, err := encode(value)
	if err != nil {
		return nil, fmt.Errorf("set %s: %w", pointer, err)
	}
	s, err := set(data, doc, pointer, text)
	if err != nil {
		return nil, fmt.Errorf("set %s: %w", pointer, err)
	}
	out := spliced(data, s)
	return out, proveSet(data, doc, out, pointer, text)
}

// dropJSON takes the members at an RFC 6901 pointer out of data, duplicates
// included, each with its comma, and leaves every other byte as it was. A key
// that is not there is no error: the same drop twice is the same as once.
func dropJSON(data []byte, pointer string) ([]byte, error) {
	doc, err := parse(data, pointer)
	if err != nil {
		return nil, err
	}
	if pointer == "" {
		return nil, errors.New("drop: a whole document cannot be dropped")
	}
	out := spliced(data, drops(doc, keys(pointer))...)
	return out, proveDrop(data, doc, out, pointer)
}

// parse reads data and names the line where it cannot be read. The pointer is
// judged too: one without a leading slash is a programmer's slip.
func parse(data []byte, pointer string) (*jsondoc.Value, error) {
	if pointer != "" && pointer[0] != '/' {
		return nil, fmt.Errorf("JSON pointer %q does not begin with a slash", pointer)
	}
	doc, err := jsondoc.Parse(data)
	var syntax *jsondoc.SyntaxError
	if errors.As(err, &syntax) {
		return nil, fmt.Errorf("%s: %w", jsondoc.Position(data, syntax.Offset), err)
	}
	return doc, err
}

// encode is value as encoding/json writes it, but with <, > and & as they are:
// URLs are to be read by people. What JSON cannot hold is ErrNotUTF8, where
// encoding/json would write U+FFFD.
func encode(value any) (string, error) {
	if err := wantUTF8(reflect.ValueOf(value)); err != nil {
		return "", err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// set finds the one place to change: the value itself or, going up, the first
// object on the way that is there.
func set(data []byte, doc *jsondoc.Value, pointer, text string) (splice, error) {
	if v := doc.Find(pointer); v != nil {
		return splice{v.Start, v.End, text}, nil
	}
	var missing []string
	v, rest := (*jsondoc.Value)(nil), pointer
	for v == nil {
		i := strings.LastIndexByte(rest, '/')
		missing = append(missing, jsondoc.Unescape(rest[i+1:]))
		rest = rest[:i]
		v = doc.Find(rest)
	}
	slices.Reverse(missing)
	switch {
	case v.Kind == jsondoc.Object && len(v.Members) > 0:
		return appendMember(data, doc, v, missing, text), nil
	case v.Kind == jsondoc.Object || v.Kind == jsondoc.Null:
		return splice{v.Start, v.End, layoutInside(data, doc, v).nest(missing, text)}, nil
	}
	return splice{}, fmt.Errorf("%s: %q is of type %s, not an object", jsondoc.Position(data, v.Start), rest, v.Kind)
}

// appendMember puts a member behind the last one of object v.
func appendMember(data []byte, doc, v *jsondoc.Value, keys []string, text string) splice {
	l := layoutOf(data, doc, v, len(v.Members)-1)
	at := v.Members[len(v.Members)-1].Value.End
	return splice{at, at, "," + l.eol + l.indent + l.member(keys, text)}
}

// drops finds every member at path below v, in file order.
func drops(v *jsondoc.Value, path []string) []splice {
	if v.Kind == jsondoc.Array {
		if i, err := strconv.Atoi(path[0]); err == nil && i >= 0 && i < len(v.Elems) && len(path) > 1 {
			return drops(v.Elems[i], path[1:])
		}
		return nil
	}
	if len(path) == 1 {
		return dropMembers(v, path[0])
	}
	var all []splice
	for _, m := range v.Members {
		if strings.EqualFold(m.Key, path[0]) {
			all = append(all, drops(m.Value, path[1:])...)
		}
	}
	return all
}

// dropMembers takes runs of members called key out of v: up to the next key
// where there is one, else from the end of the member before, comma included.
func dropMembers(v *jsondoc.Value, key string) []splice {
	var all []splice
	gone := func(i int) bool { return strings.EqualFold(v.Members[i].Key, key) }
	for i, n := 0, len(v.Members); i < n; i++ {
		if !gone(i) {
			continue
		}
		first := i
		for i+1 < n && gone(i+1) {
			i++
		}
		switch {
		case i+1 < n:
			all = append(all, splice{v.Members[first].KeyStart, v.Members[i+1].KeyStart, ""})
		case first > 0:
			all = append(all, splice{v.Members[first-1].Value.End, v.Members[i].Value.End, ""})
		default:
			all = append(all, splice{v.Start + 1, v.End - 1, ""})
		}
	}
	return all
}

// spliced is a copy of data with the splices, given in file order, made.
func spliced(data []byte, splices ...splice) []byte {
	var out []byte
	at := 0
	for _, s := range splices {
		out = append(append(out, data[at:s.start]...), s.text...)
		at = s.end
	}
	return append(out, data[at:]...)
}

// keys splits a pointer that is not empty.
func keys(pointer string) []string {
	parts := strings.Split(pointer[1:], "/")
	for i, p := range parts {
		parts[i] = jsondoc.Unescape(p)
	}
	return parts
}
