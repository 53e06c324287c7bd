package host

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseEnvFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		text string
		want []EnvVar
		err  string
	}{
		{"plain", "A=1\nB=two words\n", []EnvVar{{"A", "1", 1, false}, {"B", "two words", 2, false}}, ""},
		{"no newline at the end", "A=1", []EnvVar{{"A", "1", 1, false}}, ""},
		{"comments and blanks", "# A=1\n; B=2\n\n  \t\n  # C=3 \\\nD=4\n", []EnvVar{{"D", "4", 6, false}}, ""},
		{"hash in a value", "A=1 # one\n", []EnvVar{{"A", "1 # one", 1, false}}, ""},
		{"blanks around", "  A = \t1 2\t \n", []EnvVar{{"A", "1 2", 1, false}}, ""},
		{"export", "export A=1\nexport\tB=2\nexported=3\n", []EnvVar{{"A", "1", 1, true}, {"B", "2", 2, true}, {"exported", "3", 3, false}}, ""},
		{"empty values", "A=\nB=''\nC=\"\"\nD=", []EnvVar{{"A", "", 1, false}, {"B", "", 2, false}, {"C", "", 3, false}, {"D", "", 4, false}}, ""},
		{"equals in a value", "A=b=c==\n", []EnvVar{{"A", "b=c==", 1, false}}, ""},
		{"single quotes", `A=' a "b" \n $c # '`, []EnvVar{{"A", ` a "b" \n $c # `, 1, false}}, ""},
		{"double quotes", `A="a \"b\" \\ \$c \n 'd'"`, []EnvVar{{"A", `a "b" \ $c \n 'd'`, 1, false}}, ""},
		{"escaped byte that is no rune", "A=\"\\\xc3\xa9\"", []EnvVar{{"A", "\\é", 1, false}}, ""},
		{"pieces", `A="a"'b' c 'd'`, []EnvVar{{"A", "abc 'd'", 1, false}}, ""},
		{"quotes in the middle", `A=a"b"`, []EnvVar{{"A", `a"b"`, 1, false}}, ""},
		{"over lines", "A=\"x\ny\"\nB='p\nq'\nC=1\\\n2\nD=\"3\\\n4\"\nE=5", []EnvVar{
			{"A", "x\ny", 1, false}, {"B", "p\nq", 3, false}, {"C", "12", 5, false}, {"D", "34", 7, false}, {"E", "5", 9, false}}, ""},
		{"escaped blank stays", "A=1\\ \nB=2", []EnvVar{{"A", "1 ", 1, false}, {"B", "2", 2, false}}, ""},
		{"CRLF", "A=1\r\n\r\nB=\"2\"\r\nC='3\r\n4'\r\n", []EnvVar{{"A", "1", 1, false}, {"B", "2", 3, false}, {"C", "3\n4", 4, false}}, ""},
		{"the later of two is there too", "A=1\nA=2\n", []EnvVar{{"A", "1", 1, false}, {"A", "2", 2, false}}, ""},
		{"no equals", "A=1\nsecret\nB=2\n", []EnvVar{{"A", "1", 1, false}, {"B", "2", 3, false}}, "line 2: no = in it"},
		{"no name", "=1\nB=2\n", []EnvVar{{"B", "2", 2, false}}, "line 1: nothing before the ="},
		{"bad name", "A=0\nmy key=1\n1A=2\n", []EnvVar{{"A", "0", 1, false}}, "line 2: not a name before the ="},
		{"byte order mark", "\ufeffA=1\n", nil, "line 1: not a name before the ="},
		{"not closed", "A='x\nB=2\n", []EnvVar{{"B", "2", 2, false}}, "line 1: the ' is not closed"},
		{"NUL", "A=a\x00b\n", nil, "line 1: a NUL byte in the value"},
		{"not UTF-8", "A=1\nB=\xff\n", []EnvVar{{"A", "1", 1, false}}, "line 2: the value is not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseEnvFile([]byte(tt.text))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ParseEnvFile(%q) (-want +got):\n%s", tt.text, diff)
			}
			if want := "parse environment file: " + tt.err; (err == nil) != (tt.err == "") || err != nil && err.Error() != want {
				t.Errorf("ParseEnvFile(%q) = %v, want %q", tt.text, err, want)
			}
		})
	}
}

func TestParseEnvFileBounded(t *testing.T) {
	t.Parallel()
	if _, err := ParseEnvFile(make([]byte, MaxFile+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("ParseEnvFile of more than MaxFile = %v, want ErrTooLarge", err)
	}
	for _, line := range []string{"x\n", "A='", "A=\"\\\"\n", "A=\\\n", "\n"} {
		text := []byte(strings.Repeat(line, MaxFile/len(line)))
		if _, err := ParseEnvFile(text); err != nil && !strings.Contains(err.Error(), "line") {
			t.Errorf("ParseEnvFile of many %q = %v, want the line named", line, err)
		}
	}
}

// FuzzParseEnvFile demands that what comes out is sound, and the same when
// written in double quotes and read again.
func FuzzParseEnvFile(f *testing.F) {
	for _, s := range []string{"A=1\n", "export A='x\ny' \"z\\\"\"\r\n;\n", "A=\\\n\\ ", "=\n#", "A=\"\\\xff\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		vars, _ := ParseEnvFile(data)
		var again strings.Builder
		line := 1
		for i, v := range vars {
			if err := v.check(); err != nil || v.Line < line {
				t.Fatalf("%+v after line %d: %v", v, line, err)
			}
			line = v.Line
			vars[i].Exported = false // is not written again
			vars[i].Line = strings.Count(again.String(), "\n") + 1
			escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`)
			fmt.Fprintf(&again, "%s=\"%s\"\n", v.Name, escape.Replace(v.Value))
		}
		if strings.Contains(again.String(), "\r\n") {
			return // line ends are made the same
		}
		got, err := ParseEnvFile([]byte(again.String()))
		if diff := cmp.Diff(vars, got); diff != "" || err != nil {
			t.Errorf("%q read again: %v (-want +got):\n%s", again.String(), err, diff)
		}
	})
}
