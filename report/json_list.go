package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"io"
)

// A jsonList is a list in the middle of a document. Its elements are kept until what
// stands before them is known.
type jsonList struct {
	key    string // of the list
	indent string // of its elements
	kept   Spool
	n      int
}

func (l *jsonList) add(v any) error {
	b, err := json.MarshalIndent(v, l.indent, jsonIndent)
	if err != nil {
		return err
	}
	sep := ",\n" + l.indent
	if l.n == 0 {
		sep = sep[1:]
	}
	l.n++
	_, err = l.kept.Write(append([]byte(sep), b...))
	return err
}

// writeIn writes the document, in which the list is empty, with the list. No text can
// look like its key: quotes are escaped there.
func (l *jsonList) writeIn(doc any, w io.Writer) error {
	b, err := json.MarshalIndent(doc, "", jsonIndent)
	if err != nil {
		return cmp.Or(err, l.kept.Close())
	}
	list := `"` + l.key + `": [`
	head, tail, _ := bytes.Cut(b, []byte(list+"]"))
	out := bufio.NewWriter(w)
	_, _ = out.Write(head)
	_, _ = out.WriteString(list)
	_, err = l.kept.WriteTo(out)
	if l.n > 0 {
		_, _ = out.WriteString("\n" + l.indent[len(jsonIndent):])
	}
	_, _ = out.WriteString("]" + string(tail) + "\n")
	return cmp.Or(err, out.Flush(), l.kept.Close())
}
