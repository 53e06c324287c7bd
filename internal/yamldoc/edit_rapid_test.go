package yamldoc

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// A plant is a YAML value the tests judge by, with how it is written.
type plant struct {
	keys  []string // of a mapping, in order
	below []*plant // of a mapping or list
	list  bool
	text  string // of a scalar, as written
	flow  bool
	notes bool // comments and empty lines between its entries
}

func plantGen(depth int, flow bool) *rapid.Generator[*plant] {
	return rapid.Custom(func(t *rapid.T) *plant {
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		if depth == 0 || kind < 2 {
			texts := []string{"x", "http://h:1/a#b", "'it''s'", `"a \"b\" # c"`, "~", "3000", "true", `"ü"`, "{}", "[]", "'a: b'", "ä ö"}
			if !flow {
				texts = append(texts, "", "a b: c"[:3])
			}
			return &plant{text: rapid.SampledFrom(texts).Draw(t, "text")}
		}
		p := &plant{list: kind == 5, flow: flow || rapid.IntRange(0, 4).Draw(t, "flow") == 0, notes: rapid.Bool().Draw(t, "notes")}
		for i := range rapid.IntRange(1, 3).Draw(t, "n") {
			child := plantGen(depth-1, p.flow).Draw(t, "child")
			if !p.list {
				p.keys = append(p.keys, []string{"a", "runner", "Bé"}[i])
			} else if child.text == "" && child.below == nil {
				child.text = "item"
			}
			p.below = append(p.below, child)
		}
		return p
	})
}

func (p *plant) write(b *strings.Builder, indent int) {
	switch {
	case p.below == nil:
		b.WriteString(p.text)
	case p.flow:
		p.inline(b)
	default:
		p.block(b, indent)
	}
}

func (p *plant) inline(b *strings.Builder) {
	open, shut := "{", "}"
	if p.list {
		open, shut = "[", "]"
	}
	b.WriteString(open)
	for i, c := range p.below {
		if i > 0 {
			b.WriteString(", ")
		}
		if !p.list {
			b.WriteString(p.keys[i] + ": ")
		}
		c.write(b, 0)
	}
	b.WriteString(shut)
}

func (p *plant) block(b *strings.Builder, indent int) {
	for i, c := range p.below {
		if p.notes && b.Len() > 0 && strings.HasSuffix(b.String(), "\n") {
			b.WriteString(strings.Repeat(" ", indent) + "# note\n\n")
		}
		b.WriteString(strings.Repeat(" ", indent))
		if p.list {
			b.WriteString("-")
		} else {
			b.WriteString(p.keys[i] + ":")
		}
		if c.below != nil && !c.flow {
			b.WriteString("\n")
			c.write(b, indent+2)
			continue
		}
		b.WriteString(" ")
		c.write(b, indent)
		if p.notes {
			b.WriteString(" # beside")
		}
		b.WriteString("\n")
	}
}

// road walks down at random.
func (p *plant) road(t *rapid.T) []string {
	i := rapid.IntRange(-1, len(p.below)-1).Draw(t, "step")
	switch {
	case i < 0:
		return nil
	case p.list:
		return append([]string{fmt.Sprint(i)}, p.below[i].road(t)...)
	}
	return append([]string{p.keys[i]}, p.below[i].road(t)...)
}

// meant is what a document means, by the library alone.
func meant(t *rapid.T, data []byte) any {
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatalf("no YAML: %v\n%s", err, data)
	}
	return v
}

// changed is v with the value at road replaced, or taken out; ok is false where
// there is no such place.
func changed(v any, road []string, value any, drop bool) (any, bool) {
	if len(road) == 0 {
		return value, !drop
	}
	switch v := v.(type) {
	case map[string]any:
		if _, there := v[road[0]]; drop && len(road) == 1 {
			delete(v, road[0])
			return v, there
		}
		below, ok := changed(v[road[0]], road[1:], value, drop)
		if ok {
			v[road[0]] = below
		}
		return v, ok
	case []any:
		for i := range v {
			if fmt.Sprint(i) != road[0] {
				continue
			}
			if drop && len(road) == 1 {
				return slices.Delete(v, i, i+1), true
			}
			below, ok := changed(v[i], road[1:], value, drop)
			v[i] = below
			return v, ok
		}
		return v, false
	case nil:
		if drop {
			return v, false
		}
		below, _ := changed(nil, road[1:], value, false)
		return map[string]any{road[0]: below}, true
	}
	return v, false
}

// TestEditsOfAnyDocument edits random documents at random places: what comes out
// means what was asked and nothing else, all lines but those of the edit are there
// still, and a second time changes nothing. Refusing is allowed, but not often.
func TestEditsOfAnyDocument(t *testing.T) {
	t.Parallel()
	var done, refused int
	rapid.Check(t, func(t *rapid.T) {
		p := plantGen(3, false).Filter(func(p *plant) bool { return p.keys != nil }).Draw(t, "doc")
		var b strings.Builder
		p.flow = false
		p.write(&b, 0)
		src := b.String()
		if rapid.Bool().Draw(t, "crlf") {
			src = strings.ReplaceAll(src, "\n", "\r\n")
		}
		road := p.road(t)
		drop := rapid.Bool().Draw(t, "drop")
		if !drop && rapid.Bool().Draw(t, "new") || len(road) == 0 {
			road = append(road, "new")
		}
		value := rapid.SampledFrom([]string{"v", "/var/lib/x y", "3000", "a: b", "# c", "", "it's \"so\"", "ü\n"}).Draw(t, "value")
		apply := func(data []byte) ([]byte, error) {
			if drop {
				return Drop(data, "/"+strings.Join(road, "/"))
			}
			return Set(data, "/"+strings.Join(road, "/"), &value)
		}
		out, err := apply([]byte(src))
		want, possible := changed(meant(t, []byte(src)), road, value, drop)
		if err != nil {
			refused++
			return
		}
		done++
		if possible && !reflect.DeepEqual(meant(t, out), want) {
			t.Fatalf("%v of %v in\n%s\nmeans %v, want %v:\n%s", drop, road, src, meant(t, out), want, out)
		}
		if !possible && string(out) != src {
			t.Fatalf("there is nothing at %v in\n%s\nand it became\n%s", road, src, out)
		}
		kept(t, src, string(out))
		if again, err := apply(out); err != nil || string(again) != string(out) {
			if !drop || !inList(p, road) { // the next item has moved up
				t.Fatalf("a second time: %v\n%s\nthen\n%s", err, out, again)
			}
		}
	})
	if done < 2*refused {
		t.Errorf("%d edits were made and %d refused", done, refused)
	}
}

// inList reports whether a road ends at an item.
func inList(p *plant, road []string) bool {
	for _, k := range road[:len(road)-1] {
		i := slices.Index(p.keys, k)
		if p.list {
			fmt.Sscan(k, &i)
		}
		if i < 0 || i >= len(p.below) {
			return false
		}
		p = p.below[i]
	}
	return p.list
}

// kept demands that what comes before and behind one stretch is as it was, and that
// no comment of a line of its own is lost from outside of it.
func kept(t *rapid.T, old, now string) {
	from := 0
	for from < min(len(old), len(now)) && old[from] == now[from] {
		from++
	}
	back := 0
	for back < min(len(old), len(now))-from && old[len(old)-1-back] == now[len(now)-1-back] {
		back++
	}
	if gone := old[from : len(old)-back]; strings.Count(gone, "\n") > 0 && strings.Count(now, "# note") < strings.Count(old, "# note")-strings.Count(gone, "# note") {
		t.Fatalf("comments are lost:\n%s\nbecame\n%s", old, now)
	}
}

// FuzzEdit demands that no text makes the editor panic, and that what it returns is
// YAML with the value in it.
func FuzzEdit(f *testing.F) {
	f.Add(compose, "/services/runner/environment/EMPTY", "x")
	f.Add("a: {b: [c, 'd']}\r\ne: |2-\n   f\n", "/a/b/0", "\u2028")
	f.Add("- a\n- !!str &x b\n- *x\n", "/1", "y")
	f.Add("? a\n: b\n", "/a", "c")
	f.Add("a: \n- b\n- \n", "/a/1", "c")
	f.Fuzz(func(t *testing.T, src, pointer, value string) {
		if !strings.HasPrefix(pointer, "/") {
			return
		}
		out, err := Set([]byte(src), pointer, &value)
		if err == nil {
			e, err := newEditor(out)
			if err != nil {
				t.Fatalf("Set made %q of %q: %v", out, src, err)
			}
			if w, err := e.walk(pointer); err != nil || w.last().value.Value != value {
				t.Fatalf("Set made %q of %q: %v", out, src, err)
			}
		}
		if _, err := Drop([]byte(src), pointer); err != nil && !errors.Is(err, ErrShape) {
			return
		}
		_, _ = Append([]byte(src), pointer, value)
	})
}
