package host

import "fmt"

// A ynode is a value of a YAML file, as compose and Kubernetes read it: aliases and
// merge keys are followed, and each knows its line. nil is what is not there.
type ynode struct {
	kind   ykind
	text   string // of a scalar
	raw    string // text before variables were filled in
	listed bool   // text is the part behind the = of an item
	tag    string // "!!str", "!reset"
	at     Place
	fields []yfield       // of a mapping, in order
	index  map[string]int // of many fields, by key; nil when they are few or have changed
	items  []*ynode       // of a sequence
	unset  []string       // variables in text that are not set, or set to nothing
}

type yfield struct {
	key   string
	at    Place
	value *ynode
}

type ykind int

const (
	ynull ykind = iota
	yscalar
	ymap
	ylist
)

// field is what a mapping has under a key; nil for nothing.
func (n *ynode) field(key string) *yfield {
	if n == nil {
		return nil
	}
	if len(n.fields) > fewFields {
		return n.indexed(key)
	}
	for i := range n.fields {
		if n.fields[i].key == key {
			return &n.fields[i]
		}
	}
	return nil
}

// fewFields are found without an index.
const fewFields = 16

func (n *ynode) indexed(key string) *yfield {
	if n.index == nil {
		n.index = make(map[string]int, len(n.fields))
		for i, f := range n.fields {
			n.index[f.key] = i
		}
	}
	if i, ok := n.index[key]; ok {
		return &n.fields[i]
	}
	return nil
}

// add puts a field that n does not have behind the others.
func (n *ynode) add(f yfield) {
	if n.index != nil {
		n.index[f.key] = len(n.fields)
	}
	n.fields = append(n.fields, f)
}

// get goes down a way of keys; nil when it ends early, or at a null.
func (n *ynode) get(keys ...string) *ynode {
	for _, k := range keys {
		f := n.field(k)
		if f == nil || f.value.kind == ynull {
			return nil
		}
		n = f.value
	}
	return n
}

// str is the text of a scalar; "" where there is none.
func (n *ynode) str() string {
	if n == nil {
		return ""
	}
	return n.text
}

// written is str with its place.
func (n *ynode) written() Written {
	if n == nil {
		return Written{}
	}
	return Written{n.text, n.at}
}

// truth reads a boolean as YAML 1.1 and Kubernetes do.
func (n *ynode) truth() bool {
	switch n.str() {
	case "true", "True", "TRUE", "yes", "on", "y":
		return true
	}
	return false
}

// strings are the texts of a list, or the one text there is.
func (n *ynode) strings() []string {
	if n == nil {
		return nil
	}
	if n.kind == yscalar {
		return []string{n.text}
	}
	var all []string
	for _, i := range n.items {
		all = append(all, i.text)
	}
	return all
}

// want is an error when n is there and of another kind.
func (n *ynode) want(what string, kinds ...ykind) error {
	if n == nil || n.kind == ynull {
		return nil
	}
	for _, k := range kinds {
		if n.kind == k {
			return nil
		}
	}
	return n.at.wrong("%s is not %s", what, wanted(kinds[0]))
}

func wanted(k ykind) string {
	return fmt.Sprint(map[ykind]string{ymap: "a mapping", ylist: "a list", yscalar: "a text"}[k])
}
