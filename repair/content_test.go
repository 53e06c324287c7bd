package repair

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/semadoctor/semadoctor/host"
	"github.com/semadoctor/semadoctor/internal/yamldoc"
)

// TestPreview: what an edit of content would come to is known without a draft, and
// whether it can be made at all.
func TestPreview(t *testing.T) {
	t.Parallel()
	read := func(name string) ([]byte, error) {
		text, ok := map[string]string{
			"/c.json": `{"a": 1}`, "/c.yaml": "a: 1\n", "/json.yaml": `{"a": 1}`, "/anchor.yaml": "a: &x {b: c}\nd: *x\n", "/e": "A=1\nB=2\n",
		}[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}
	value := "v"
	tests := []struct {
		edit Edit
		want string
		err  error
	}{
		{SetKey{"/c.json", "/a", "v"}, `{"a": "v"}`, nil},
		{SetKey{"/c.yaml", "/b", "v"}, "a: 1\nb: v\n", nil},
		{SetKey{"/json.yaml", "/b", "v"}, `{"a": 1, "b": "v"}`, nil}, // before 2.19 it is read as JSON
		{DropKey{"/c.yaml", "/a"}, "{}\n", nil},
		{SetYAML{"/anchor.yaml", "/a/b", &value}, "", yamldoc.ErrShape},
		{SetYAML{"/c.yaml", "/x", nil}, "a: 1\nx:\n", nil},
		{DropYAML{"/c.yaml", "/x"}, "a: 1\n", nil},
		{AppendYAML{"/c.yaml", "/l", "v"}, "a: 1\nl:\n  - v\n", nil},
		{SetVariable{"/e", host.SystemdEnv, "A", "v"}, "A=v\nB=2\n", nil},
		{RenameVariable{"/e", host.SystemdEnv, "A", "C", "v"}, "C=v\nB=2\n", nil},
		{DropVariable{"/e", host.SystemdEnv, "B"}, "A=1\n", nil},
		{DropVariable{"/none", host.SystemdEnv, "B"}, "", fs.ErrNotExist},
	}
	for _, tt := range tests {
		file, data, ok, err := Preview(tt.edit, read)
		if !ok || !errors.Is(err, tt.err) || string(data) != tt.want || file == "" {
			t.Errorf("Preview(%+v) = %s, %q, %t, %v, want %q, %v", tt.edit, file, data, ok, err, tt.want, tt.err)
		}
	}
	if _, _, ok, err := Preview(Chmod{"/c.json", 0o600}, read); ok || err != nil {
		t.Errorf("Preview of a Chmod: %t, %v", ok, err)
	}
	if out, err := renameVariable([]byte("A=1\nB=2\n"), host.SystemdEnv, "A", "B", "v"); err == nil {
		t.Errorf("A became B, which was there: %q", out)
	}
}
