package jsondoc

import "encoding/json"

// JSON is the value as text, on one line.
func (v *Value) JSON() string { return string(v.append(nil)) }

func (v *Value) append(b []byte) []byte {
	switch v.Kind {
	case String:
		return append(b, quoted(v.Text)...)
	case Array:
		b = append(b, '[')
		for i, e := range v.Elems {
			b = e.append(comma(b, i))
		}
		return append(b, ']')
	case Object:
		b = append(b, '{')
		for i, m := range v.Members {
			b = append(comma(b, i), quoted(m.Key)...)
			b = m.Value.append(append(b, ':'))
		}
		return append(b, '}')
	}
	return append(b, v.Text...)
}

func comma(b []byte, i int) []byte {
	if i == 0 {
		return b
	}
	return append(b, ',')
}

func quoted(s string) []byte {
	b, _ := json.Marshal(s) // a text: cannot go wrong
	return b
}
