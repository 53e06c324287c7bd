package repair

import (
	"io/fs"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/jsondoc"
	"github.com/semadoctor/semadoctor/internal/yamldoc"
	"github.com/semadoctor/semadoctor/say"
)

// A change is what an edit makes of the content of a file, nothing else of which it
// touches.
type change func([]byte) ([]byte, error)

// contentEdit is an edit of which the content alone tells whether it can be made.
type contentEdit interface {
	content() (file string, f change)
}

// Preview is what an edit makes of the content of the file that it names, without a
// file: a check asks before it promises. ok is false for edits that are not about the
// content of a file that is there.
func Preview(e Edit, read func(file string) ([]byte, error)) (file string, data []byte, ok bool, err error) {
	c, ok := e.(contentEdit)
	if !ok {
		return "", nil, false, nil
	}
	file, f := c.content()
	if data, err = read(file); err == nil {
		data, err = f(data)
	}
	return file, data, true, err
}

func (e SetKey) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) {
		if isYAML(e.File, b) {
			return setYAMLKey(b, e.Pointer, e.Value)
		}
		return setJSON(b, e.Pointer, e.Value)
	}
}

func (e DropKey) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) {
		if isYAML(e.File, b) {
			return yamldoc.Drop(b, e.Pointer)
		}
		return dropJSON(b, e.Pointer)
	}
}

func (e SetYAML) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) { return yamldoc.Set(b, e.Pointer, e.Value) }
}

func (e DropYAML) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) { return yamldoc.Drop(b, e.Pointer) }
}

func (e AppendYAML) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) { return yamldoc.Append(b, e.Pointer, e.Value) }
}

func (e SetVariable) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) { return setVariable(b, e.Form, e.Name, e.Value) }
}

func (e RenameVariable) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) { return renameVariable(b, e.Form, e.Name, e.To, e.Value) }
}

func (e DropVariable) content() (string, change) {
	return e.File, func(b []byte) ([]byte, error) { return dropVariable(b, e.Form, e.Name) }
}

func (e SetKey) apply(d *Draft) error         { return d.edit(e.content()) }
func (e DropKey) apply(d *Draft) error        { return d.edit(e.content()) }
func (e SetYAML) apply(d *Draft) error        { return d.edit(e.content()) }
func (e DropYAML) apply(d *Draft) error       { return d.edit(e.content()) }
func (e AppendYAML) apply(d *Draft) error     { return d.edit(e.content()) }
func (e SetVariable) apply(d *Draft) error    { return d.edit(e.content()) }
func (e RenameVariable) apply(d *Draft) error { return d.edit(e.content()) }
func (e DropVariable) apply(d *Draft) error   { return d.edit(e.content()) }

// isYAML tells a YAML config by its name. One that is JSON as well is edited as that:
// before 2.19 it is read as nothing else.
func isYAML(name string, data []byte) bool {
	if !yamldoc.Named(name) {
		return false
	}
	_, err := jsondoc.Parse(data)
	return err != nil
}

// setYAMLKey sets a text: what YAML makes of another value depends on more than it.
func setYAMLKey(data []byte, pointer string, value any) ([]byte, error) {
	text, ok := value.(string)
	if !ok {
		return nil, say.Errorf("set %s: only texts are set in YAML", pointer)
	}
	return yamldoc.Set(data, pointer, &text)
}

// edit changes the content of a file that is one.
func (d *Draft) edit(name string, f change) error {
	return d.change(name, func(s *Snapshot) (err error) {
		s.Data, err = edited(name, s, f)
		return err
	})
}

// edited is the content of a file after an edit; the error names the file.
func edited(name string, s *Snapshot, edit change) ([]byte, error) {
	if !s.Mode.IsRegular() {
		return nil, &fs.PathError{Op: "edit", Path: name, Err: host.ErrNotRegular}
	}
	out, err := edit(s.Data)
	if err != nil {
		return nil, say.Errorf("%s: %w", name, err)
	}
	return out, nil
}
