package repair

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/semadoctor/semadoctor/internal/jsondoc"
)

// proveSet reads the result of an edit again and demands that the runner finds
// text at pointer, and everything else where and as it was.
func proveSet(old []byte, doc *jsondoc.Value, out []byte, pointer, text string) error {
	now, err := parse(out, pointer)
	if err != nil {
		return fmt.Errorf("set %s: the result cannot be read: %w", pointer, err)
	}
	v := now.Find(pointer)
	if v == nil || string(out[v.Start:v.End]) != text {
		return fmt.Errorf("set %s: the value does not take effect", pointer)
	}
	return proveRest("set", old, doc, out, now, pointer)
}

// proveDrop demands that nothing is left at pointer, and all else as it was.
func proveDrop(old []byte, doc *jsondoc.Value, out []byte, pointer string) error {
	now, err := parse(out, pointer)
	if err != nil {
		return fmt.Errorf("drop %s: the result cannot be read: %w", pointer, err)
	}
	if now.Find(pointer) != nil {
		return fmt.Errorf("drop %s: not a member of an object", pointer)
	}
	return proveRest("drop", old, doc, out, now, pointer)
}

// proveRest compares what is not on the way to pointer and not below it.
func proveRest(op string, old []byte, doc *jsondoc.Value, out []byte, now *jsondoc.Value, pointer string) error {
	var target []string
	if pointer != "" {
		target = keys(pointer)
	}
	before, after := leaves(old, doc, nil, target), leaves(out, now, nil, target)
	if !slices.Equal(before, after) {
		return fmt.Errorf("%s %s: would change other values too", op, pointer)
	}
	if !slices.Equal(old[doc.End:], out[now.End:]) {
		return fmt.Errorf("%s %s: would change what follows the document", op, pointer)
	}
	return nil
}

// leaves is every value below v that has no values below it, as written, with
// its path, in file order. Those related to target are left out.
func leaves(data []byte, v *jsondoc.Value, path, target []string) []string {
	var all []string
	for _, m := range v.Members {
		all = append(all, leaves(data, m.Value, append(slices.Clip(path), m.Key), target)...)
	}
	for i, e := range v.Elems {
		all = append(all, leaves(data, e, append(slices.Clip(path), strconv.Itoa(i)), target)...)
	}
	if len(v.Members)+len(v.Elems) == 0 && !related(path, target) {
		all = append(all, fmt.Sprintf("%q %s", path, data[v.Start:v.End]))
	}
	return all
}

// related reports whether one path is on the way to the other.
func related(a, b []string) bool {
	for i := range min(len(a), len(b)) {
		if !strings.EqualFold(a[i], b[i]) {
			return false
		}
	}
	return true
}
