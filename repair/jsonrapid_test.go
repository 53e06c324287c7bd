package repair

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"pgregory.net/rapid"
)

// A model is a JSON value the tests judge by: an object with its members in order, an
// array, or a scalar as written. The tests judge by it, not by jsondoc.
type model struct {
	object  bool
	members []member
	array   bool
	elems   []*model
	raw     string
}

type member struct {
	key   string
	value *model
}

var keyNames = []string{"a", "A", "b", "runner", "Runner", "ſ", "s", "é", "x/y", "~", ""}

// modelGen draws documents with duplicates, odd keys and nested arrays.
func modelGen(depth int) *rapid.Generator[*model] {
	return rapid.Custom(func(t *rapid.T) *model {
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		if depth == 0 || kind < 2 {
			return &model{raw: rapid.SampledFrom([]string{"null", "true", "0", "1.0e1", "12345678901234567890123", `""`, `"\u002f"`, `"{,:}"`, `"é\\\""`}).Draw(t, "raw")}
		}
		n := rapid.IntRange(0, 3).Draw(t, "n")
		v := &model{object: kind < 5, array: kind == 5}
		for range n {
			child := modelGen(depth-1).Draw(t, "child")
			if v.array {
				v.elems = append(v.elems, child)
				continue
			}
			v.members = append(v.members, member{rapid.SampledFrom(keyNames).Draw(t, "key"), child})
		}
		return v
	})
}

// path walks down the document at random.
func (n *model) path(t *rapid.T) []string {
	i := rapid.IntRange(-1, max(len(n.members), len(n.elems))-1).Draw(t, "step")
	switch {
	case i < 0:
		return nil
	case n.array:
		return append([]string{fmt.Sprint(i)}, n.elems[i].path(t)...)
	}
	return append([]string{n.members[i].key}, n.members[i].value.path(t)...)
}

// write sets a document with white space drawn at random.
func (n *model) write(t *rapid.T, b *strings.Builder) {
	space := func() {
		b.WriteString(rapid.SampledFrom([]string{"", "", " ", "\n", "\r\n\t", "  \n    ", "\t"}).Draw(t, "ws"))
	}
	open, shut := "[", "]"
	if n.object {
		open, shut = "{", "}"
	}
	if n.raw != "" {
		b.WriteString(n.raw)
		return
	}
	b.WriteString(open)
	space()
	for i := range max(len(n.members), len(n.elems)) {
		if i > 0 {
			b.WriteString(",")
			space()
		}
		child := (*model)(nil)
		if n.object {
			key, _ := json.Marshal(n.members[i].key)
			b.Write(key)
			space()
			b.WriteString(":")
			space()
			child = n.members[i].value
		} else {
			child = n.elems[i]
		}
		child.write(t, b)
		space()
	}
	b.WriteString(shut)
}

// read decodes with nothing but encoding/json's tokens, which keep order and duplicates.
func read(dec *json.Decoder) (*model, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	delim, ok := tok.(json.Delim)
	if !ok {
		raw, err := json.Marshal(tok)
		return &model{raw: string(raw)}, err
	}
	n := &model{object: delim == '{', array: delim == '['}
	for dec.More() {
		var key string
		if n.object {
			tok, err := dec.Token()
			if err != nil {
				return nil, err
			}
			key = tok.(string)
		}
		child, err := read(dec)
		if err != nil {
			return nil, err
		}
		if n.object {
			n.members = append(n.members, member{key, child})
		} else {
			n.elems = append(n.elems, child)
		}
	}
	_, err = dec.Token()
	return n, err
}

func (n *model) String() string {
	var b strings.Builder
	if n.raw != "" {
		var v any
		dec := json.NewDecoder(strings.NewReader(n.raw))
		dec.UseNumber()
		_ = dec.Decode(&v)
		return fmt.Sprintf("%T %v", v, v)
	}
	fmt.Fprintf(&b, "%v[", n.object)
	for _, m := range n.members {
		fmt.Fprintf(&b, "%q:%v,", m.key, m.value)
	}
	for _, e := range n.elems {
		fmt.Fprintf(&b, "%v,", e)
	}
	return b.String() + "]"
}

// set is setJSON on the model; false when it must be an error. of duplicate
// objects the last that holds the whole path counts, else the last that holds
// most of it.
func (n *model) set(path []string, raw string) bool {
	for deep := len(path); deep >= 0; deep-- {
		at := n.find(path[:deep])
		if at == nil {
			continue
		}
		if deep == len(path) {
			*at = model{raw: raw}
			return true
		}
		if !at.object && at.raw != "null" {
			return false
		}
		value := &model{raw: raw}
		for _, key := range slices.Backward(path[deep+1:]) {
			value = &model{object: true, members: []member{{key, value}}}
		}
		*at = model{object: true, members: append(at.members, member{path[deep], value})}
		return true
	}
	return false
}

func (n *model) find(path []string) *model {
	if len(path) == 0 {
		return n
	}
	for i, e := range n.elems {
		if fmt.Sprint(i) == path[0] {
			return e.find(path[1:])
		}
	}
	for _, m := range slices.Backward(n.members) {
		if strings.EqualFold(m.key, path[0]) {
			if v := m.value.find(path[1:]); v != nil {
				return v
			}
		}
	}
	return nil
}

// drop is dropJSON on the model.
func (n *model) drop(path []string) {
	if len(path) == 1 {
		n.members = slices.DeleteFunc(n.members, func(m member) bool { return strings.EqualFold(m.key, path[0]) })
		return
	}
	for i, e := range n.elems {
		if fmt.Sprint(i) == path[0] {
			e.drop(path[1:])
		}
	}
	for _, m := range n.members {
		if strings.EqualFold(m.key, path[0]) {
			m.value.drop(path[1:])
		}
	}
}

func mustParse(t interface{ Fatalf(string, ...any) }, data []byte) *jsondoc.Value {
	v, err := jsondoc.Parse(data)
	if err != nil {
		t.Fatalf("Parse(%q) = %v", data, err)
	}
	return v
}

// oneRun is what an edit in one place took out and put in: what differs when
// the common beginning and end are set aside.
func oneRun(old, out []byte) (removed, added string) {
	pre := 0
	for pre < min(len(old), len(out)) && old[pre] == out[pre] {
		pre++
	}
	post := 0
	for post < min(len(old), len(out))-pre && old[len(old)-1-post] == out[len(out)-1-post] {
		post++
	}
	return string(old[pre : len(old)-post]), string(out[pre : len(out)-post])
}

func TestEditJSONProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := modelGen(4).Draw(t, "doc")
		var text strings.Builder
		text.WriteString(rapid.SampledFrom([]string{"", " ", "\r\n"}).Draw(t, "before"))
		doc.write(t, &text)
		tail := rapid.SampledFrom([]string{"", "\n", " }{ // no JSON", "\r\n\r\n"}).Draw(t, "after")
		data := []byte(text.String() + tail)
		path := doc.path(t)
		path = append(path, rapid.SliceOfN(rapid.SampledFrom(append([]string{"0", "1", "new"}, keyNames...)), 0, 2).Draw(t, "path")...)
		if len(path) == 0 {
			path = []string{"new"}
		}
		var pointer string
		for _, p := range path {
			pointer += "/" + jsondoc.Escape(p)
		}
		if rapid.Bool().Draw(t, "drop") {
			checkDrop(t, data, pointer, tail, doc, path)
		} else {
			checkSet(t, data, pointer, tail, doc, path)
		}
	})
}

func checkSet(t *rapid.T, data []byte, pointer, tail string, doc *model, path []string) {
	value := rapid.SampledFrom([]any{"http://x/?a&b", "", 7, true, nil, "\u2028\"\\"}).Draw(t, "value")
	raw, _ := json.Marshal(value)
	old := mustParse(t, data).Find(pointer)
	out, err := setJSON(bytes.Clone(data), pointer, value)
	if ok := doc.set(path, string(raw)); ok != (err == nil) {
		t.Fatalf("setJSON(%q, %q) = %q, %v, want ok = %v", data, pointer, out, err, ok)
	}
	if err != nil {
		return
	}
	sameTree(t, data, out, pointer, tail, doc)
	if old != nil {
		want := slices.Concat(data[:old.Start], []byte(mustEncode(t, value)), data[old.End:])
		if diff := cmp.Diff(string(want), string(out)); diff != "" {
			t.Fatalf("setJSON(%q, %q): (-want +got)\n%s", data, pointer, diff)
		}
		return
	}
	// Only white space and a null may make room for a member that is new.
	if removed, _ := oneRun(data, out); strings.Trim(removed, " \t\r\n") != "" && !strings.Contains("null", removed) {
		t.Fatalf("setJSON(%q, %q) = %q, takes out %q", data, pointer, out, removed)
	}
}

func checkDrop(t *rapid.T, data []byte, pointer, tail string, doc *model, path []string) {
	out, err := dropJSON(bytes.Clone(data), pointer)
	doc.drop(path)
	if left := doc.find(path); (left != nil) != (err != nil) { // an element of an array stays
		t.Fatalf("dropJSON(%q, %q) = %q, %v, want an error only for %v", data, pointer, out, err, left)
	}
	if err != nil {
		return
	}
	sameTree(t, data, out, pointer, tail, doc)
	// What is left stands in the file as it stood, in order.
	i := 0
	for _, c := range out {
		for i < len(data) && data[i] != c {
			i++
		}
		if i++; i > len(data) {
			t.Fatalf("dropJSON(%q, %q) = %q: adds bytes", data, pointer, out)
		}
	}
}

func sameTree(t *rapid.T, data, out []byte, pointer, tail string, want *model) {
	dec := json.NewDecoder(bytes.NewReader(out))
	dec.UseNumber()
	got, err := read(dec)
	if err != nil {
		t.Fatalf("edit of %q at %q = %q: %v", data, pointer, out, err)
	}
	if got.String() != want.String() {
		t.Fatalf("edit of %q at %q = %q,\nwhich is %v,\nwant     %v", data, pointer, out, got, want)
	}
	if !bytes.HasSuffix(out, []byte(tail)) {
		t.Fatalf("edit of %q at %q = %q: tail lost", data, pointer, out)
	}
}

func mustEncode(t *rapid.T, v any) string {
	s, err := encode(v)
	if err != nil {
		t.Fatalf("encode(%v) = %v", v, err)
	}
	return s
}
