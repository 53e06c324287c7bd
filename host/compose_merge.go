package host

import (
	"path"
	"slices"
	"strings"
)

// normal gives what may be written in several ways one form, so that files can
// be laid over each other: an environment that is a list becomes a mapping, and so does
// a build: that is a text, which is its context (compose-spec, build.md).
func normal(root *ynode) *ynode {
	for _, s := range root.get("services").all() {
		for i := range s.value.fields {
			switch f := &s.value.fields[i]; {
			case f.key == "environment" && f.value.kind == ylist:
				f.value = assignments(f.value)
			case f.key == "build":
				f.value = wholeBuild(f.value)
			}
		}
	}
	return root
}

// wholeBuild is build: as a mapping, in which args are one.
func wholeBuild(n *ynode) *ynode {
	if n.kind == yscalar {
		m := &ynode{kind: ymap, at: n.at, tag: n.tag}
		context := *n
		context.tag = ""
		m.add(yfield{"context", n.at, &context})
		return m
	}
	if args := n.field("args"); args != nil && args.value.kind == ylist {
		args.value = assignments(args.value)
	}
	return n
}

// assignments is a list of NAME=VALUE as a mapping; a name alone is null.
func assignments(list *ynode) *ynode {
	m := &ynode{kind: ymap, at: list.at, tag: list.tag}
	for _, item := range list.items {
		name, value, ok := strings.Cut(item.text, "=")
		v := &ynode{at: item.at}
		if ok {
			_, raw, _ := strings.Cut(item.raw, "=")
			v.kind, v.text, v.unset, v.raw, v.listed = yscalar, value, item.unset, raw, true
		}
		m.set(yfield{name, item.at, v})
	}
	return m
}

// all are the fields of a mapping.
func (n *ynode) all() []yfield {
	if n == nil {
		return nil
	}
	return n.fields
}

// set puts a field over one of the same key, or behind the others.
func (n *ynode) set(f yfield) {
	if old := n.field(f.key); old != nil {
		*old = f
		return
	}
	n.add(f)
}

// overlay lays one value over another as docker compose does with override
// files and with extends: mappings key by key, lists one behind the other, or
// by what they are mounted at; commands and texts replace each other
// (compose-spec, 13-merge.md). Neither is changed.
func overlay(base, over *ynode, key string) *ynode {
	switch {
	case over == nil:
		return base
	case base == nil, over.tag == "!override", over.tag == "!reset":
		return over
	case base.kind == ymap && over.kind == ymap:
		return overlayMap(base, over, key)
	case base.kind == ylist && over.kind == ylist && key != "command" && key != "entrypoint":
		return overlayList(base, over, key)
	case over.kind == ynull:
		return base
	}
	return over
}

func overlayMap(base, over *ynode, key string) *ynode {
	out := &ynode{kind: ymap, at: base.at, tag: base.tag, fields: slices.Clone(base.fields)}
	for _, f := range over.fields {
		old := out.field(f.key)
		switch {
		case f.value.tag == "!reset":
			out.fields, out.index = slices.DeleteFunc(out.fields, func(g yfield) bool { return g.key == f.key }), nil
		case old == nil:
			out.add(f)
		case key == "environment":
			*old = f
		default:
			*old = yfield{f.key, f.at, overlay(old.value, f.value, f.key)}
		}
	}
	return out
}

// overlayList appends; of two mounts at one place the later is left.
func overlayList(base, over *ynode, key string) *ynode {
	out := &ynode{kind: ylist, at: base.at, tag: base.tag}
	taken := map[string]bool{}
	for _, item := range over.items {
		taken[mountKey(key, item)] = true
	}
	for _, item := range base.items {
		if k := mountKey(key, item); k == "" || !taken[k] {
			out.items = append(out.items, item)
		}
	}
	out.items = append(out.items, over.items...)
	return out
}

// mountKey is what tells the items of a list of mounts apart: where they are
// mounted. "" means that all of them stay.
func mountKey(key string, item *ynode) string {
	switch key {
	case "volumes":
		if item.kind == ymap {
			return path.Clean(item.get("target").str())
		}
		_, target, _, _ := shortVolume(item.text)
		return path.Clean(target)
	case "secrets", "configs":
		if item.kind == ymap {
			return item.get("source").str() + "\x00" + item.get("target").str()
		}
		return item.text
	}
	return ""
}
