package repair

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/semadoctor/semadoctor/host"
)

func TestSetVariable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		form  host.EnvForm
		in    string
		value string
		want  string // "" is an error
	}{
		{"plain", host.SystemdEnv, "A=1\nX=old\r\nB=2\n", "http://h:1", "A=1\nX=http://h:1\r\nB=2\n"},
		{"no end of the last line", host.SystemdEnv, "X=old", "new", "X=new"},
		{"double quotes stay", host.SystemdEnv, "X=\"old\"\n", "a b", "X=\"a b\"\n"},
		{"single quotes stay", host.Dotenv, "X='old' # why\n", "a b", "X='a b' # why\n"},
		{"a comment stays", host.Dotenv, "X=old # why\n", "new", "X=new # why\n"},
		{"what systemd takes for the value", host.SystemdEnv, "X=old # why\n", "new", "X=new\n"},
		{"a blank at the end wants quotes", host.SystemdEnv, "X=old\n", "new ", "X='new '\n"},
		{"a comment sign wants quotes", host.Dotenv, "X=old\n", "a #b", "X='a #b'\n"},
		{"a dollar wants single quotes", host.Dotenv, "X=old\n", "a$b", "X='a$b'\n"},
		{"a colon", host.Dotenv, "X: old\n", "new", "X: new\n"},
		{"export", host.Dotenv, "export X=old\n", "new", "export X=new\n"},
		{"the last counts", host.SystemdEnv, "X=a\nX=b\n", "c", "X=a\nX=c\n"},
		{"raw", host.RawEnv, "X=\"old\"\n", "new # x", "X=new # x\n"},
		{"a byte order mark", host.Dotenv, "\ufeffX=old\n", "new", "\ufeffX=new\n"},
		{"nothing", host.SystemdEnv, "X=\nB=2\n", "new", "X=new\nB=2\n"},
		{"over lines", host.SystemdEnv, "X=a\\\nb\n", "new", ""},
		{"over lines in quotes", host.Dotenv, "X=\"a\nb\"\n", "new", ""},
		{"not there", host.SystemdEnv, "# X=1\n", "new", ""},
		{"another is made of it", host.Dotenv, "X=old\nB=${X}/b\n", "new", ""},
		{"no line break fits", host.SystemdEnv, "X=old\n", "a\nb", ""},
	}
	for _, tt := range tests {
		out, err := setVariable([]byte(tt.in), tt.form, "X", tt.value)
		if string(out) != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s: %q, %v, want %q", tt.name, out, err, tt.want)
		}
	}
}

func TestDropVariable(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"A=1\nX=2 # x\nB=3\n": "A=1\nB=3\n", "X=1\r\nB=2\r\nX=3\r\n": "B=2\r\n", "X=1": "", "A=1\n": "A=1\n",
	} {
		if out, err := dropVariable([]byte(in), host.Dotenv, "X"); err != nil || string(out) != want {
			t.Errorf("drop X of %q: %q, %v, want %q", in, out, err, want)
		}
	}
	if out, err := dropVariable([]byte("X=\"a\nb\"\n"), host.SystemdEnv, "X"); !errors.Is(err, ErrEnvFile) {
		t.Errorf("drop what goes on over lines: %q, %v, want %v", out, err, ErrEnvFile)
	}
}

// TestVariablesOfAnyFile edits random files: what the file's own reader finds is what
// was asked, every other line is as it was, and a second time changes nothing.
func TestVariablesOfAnyFile(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom([]host.EnvForm{host.SystemdEnv, host.Dotenv, host.RawEnv}).Draw(t, "form")
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{
			"# note", "", "A=1", "X=old", "X=\"old one\"", "X='old'", "B=$A", "B=${X}", "X=a # b", " X = c ", "C=\"two", "lines\"", "; x", "X=d\\", "export X=e", "ß=1",
		}), 1, 8).Draw(t, "lines")
		eol := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "eol")
		src := strings.Join(lines, eol) + rapid.SampledFrom([]string{"", eol}).Draw(t, "end")
		value := rapid.SampledFrom([]string{"v", "", "a b", "#", "a#b", " x", "it's", `say "x"`, "$A", `\`, "http://h:1/a", "é"}).Draw(t, "value")
		drop := rapid.Bool().Draw(t, "drop")
		apply := func(data []byte) ([]byte, error) {
			if drop {
				return dropVariable(data, form, "X")
			}
			return setVariable(data, form, "X", value)
		}
		out, err := apply([]byte(src))
		if err != nil {
			return
		}
		last, found := "", false
		var others, before []string
		now, _ := form.Parse(out)
		for _, v := range now {
			if v.Name == "X" {
				last, found = v.Value, true
				continue
			}
			others = append(others, v.Name+"="+v.Value)
		}
		old, _ := form.Parse([]byte(src))
		for _, v := range old {
			if v.Name != "X" {
				before = append(before, v.Name+"="+v.Value)
			}
		}
		if found == drop || !drop && last != value || fmt.Sprint(others) != fmt.Sprint(before) {
			t.Fatalf("drop %v, value %q: %q became %q", drop, value, src, out)
		}
		if again, err := apply(out); err != nil || string(again) != string(out) {
			t.Fatalf("a second time: %q, %v, then %q", out, err, again)
		}
	})
}

func TestSetKeyOfYAML(t *testing.T) {
	t.Parallel()
	disk := newMemDisk(map[string]*memFile{"/etc/config.yml": memRegular("web_host: http://h/ # why\nrunner:\n  token: x\n", 0o640, 0, 0)})
	d := NewDraft(disk)
	mustDraw(t, d, "mend it", SetKey{"/etc/config.yml", "/web_host", "http://h"}, SetKey{"/etc/config.yml", "/runner/token_file", "/t"}, DropKey{"/etc/config.yml", "/runner/token"})
	if got, _ := d.ReadFile("/etc/config.yml"); string(got) != "web_host: http://h # why\nrunner:\n  token_file: /t\n" {
		t.Errorf("the file became %q", got)
	}
	if err := d.Draw(fixOf("number", SetKey{"/etc/config.yml", "/port", 3000})); err == nil {
		t.Error("a number was set in YAML")
	}
}
