package host

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// A way is the pointer of a value, or elsewhere.
type way string

// elsewhere is the way of what is taken over from another place.
const elsewhere way = "*"

// wayOf is the way of a document. A pointer is about the first one.
func wayOf(document int) way {
	if document > 0 {
		return elsewhere
	}
	return ""
}

func (w way) to(key string) way {
	if w == elsewhere {
		return w
	}
	return w + "/" + way(strings.NewReplacer("~", "~0", "/", "~1").Replace(key))
}

// placeOf is where a node stands.
func placeOf(file string, n *yaml.Node, w way) Place {
	if w == elsewhere {
		w = ""
	}
	return Place{File: file, Line: n.Line, Pointer: string(w)}
}
