package host

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseDockerfile(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, target, want string }{
		{name: "instructions", text: "# a comment\nfrom a:1\nWorkDir /x\n env A=1 B=\"two words\"\n\n# between\nENV C three four\nUSER 7:8\n",
			want: "a:1 user 7:8 dir /x A=1@4 B=two words@4 C=three four@7"},
		{name: "commands", text: "FROM a\nENTRYPOINT [\"/init\", \"--\"]\nCMD run it\n", want: `a entry ["/init" "--"]@2 cmd ["/bin/sh" "-c" "run it"]@3`},
		{name: "an entrypoint takes the command below away", text: "FROM a\nENTRYPOINT run\n", want: `a entry ["/bin/sh" "-c" "run"]@2 cmd []@0`},
		{name: "and leaves that above it", text: "FROM a\nCMD []\nENTRYPOINT [\"x\"]\n", want: `a entry ["x"]@3 cmd []@2`},
		{name: "lines that go on", text: "FROM \\\n  # not this\n  a \\\n\n  AS b\r\nUSER \\\n x\n", want: "a user x"},
		{name: "here-documents", text: "FROM a\nRUN <<EOF sh\nUSER no\nEOF\nCOPY --chmod=755 <<-\"END\" /x\n\tCMD no\n\tEND\nUSER yes", want: "a user yes"},
		{name: "several here-documents", text: "FROM a\nCOPY <<A <<B /x/\nUSER no\nB\nA\nCMD no\nB\nONBUILD RUN <<C\nUSER no\nC\nUSER yes", want: "a user yes"},
		{name: "a here-document in a line of a shell", text: "FROM a\nRUN cat 0<<E>/x\nUSER no\nE\nRUN cat <<E|sh\r\nUSER no\r\nE\r\nRUN cat <<E; true\nUSER no\nE\nRUN cat <<E;\nUSER no\nE;\nUSER yes", want: "a user yes"},
		{name: "what begins no here-document", text: "FROM a\nRUN echo $((1<<2))\nRUN bash -c \"cat <<< foo\"\nRUN cat <<<foo\nRUN echo 'see <<E in docs' it\\'s <<\nRUN echo \"a <<E\" a<<E\nENV A=1\nE\nENV B=<<E\nENV C=1\nE\n",
			want: "a A=1@7 B=<<E@9 C=1@10"},
		{name: "a here-document that does not end", text: "FROM a\nRUN cat <<E\n  E\n\tE\nENV A=1\nRUN cat <<-E x <<F\nUSER no\n\tE\nENV B=1", want: "a A=1@5 B=1@9"},
		{name: "arguments", text: "ARG T=1\nARG GIVEN=no\nFROM --platform=$P a:${T}-$GIVEN\nARG GIVEN\nUSER $GIVEN\nENV X=${Y:-z}\n", want: "a:1-given user given X=z@6"},
		{name: "what the image below has is not known", text: "FROM a\nENV PATH=\"/x:$PATH\" N=1\n", want: "a N=1@2"},
		{name: "stages", text: "FROM a AS one\nUSER 1\nENV A=1\nFROM one AS two\nUSER 2\nENV B=2\nFROM c\nCOPY --from=one /x /y\nCOPY --link --from=d:2 /x /y\nCOPY here /y\n",
			want: "c copied a d:2"},
		{name: "a stage on a stage", text: "FROM a AS one\nUSER 1\nENV A=1\nFROM ONE AS two\nENV B=2\nFROM c\n", target: "Two", want: "a user 1 A=1@3 B=2@5"},
		{name: "no such stage", text: "FROM a\n", target: "b", want: "none"},
		{name: "nothing in it", text: "\n# nothing\nUSER x\n", want: "none"},
		{name: "too many stages", text: strings.Repeat("FROM a AS s\n", 3) + manyStages(), want: "none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := parseDockerfile("/Dockerfile", tt.text, tt.target, map[string]string{"GIVEN": "given"})
			if diff := cmp.Diff(tt.want, toldDockerfile(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func manyStages() string {
	var b strings.Builder
	for i := range maxStages + 1 {
		fmt.Fprintf(&b, "FROM a AS s%d\n", i)
	}
	return b.String()
}

func toldDockerfile(d *Dockerfile) string {
	if d == nil {
		return "none"
	}
	said := d.From.Text
	add := func(format string, args ...any) { said += " " + fmt.Sprintf(format, args...) }
	for _, c := range d.Copied[:min(1, len(d.Copied))] {
		add("copied %s", c.Text)
	}
	for _, c := range d.Copied[min(1, len(d.Copied)):] {
		add("%s", c.Text)
	}
	if d.User.Text != "" {
		add("user %s", d.User.Text)
	}
	if d.WorkingDir != "" {
		add("dir %s", d.WorkingDir)
	}
	for _, v := range d.Env {
		add("%s=%s@%d", v.Name, v.Value, v.At.Line)
	}
	if d.Entrypoint != nil {
		add("entry %q@%d", d.Entrypoint, d.EntrypointAt.Line)
	}
	if d.Command != nil {
		add("cmd %q@%d", d.Command, d.CommandAt.Line)
	}
	return said
}

// FuzzDockerfile: no file makes the parser panic, and what it finds is at a line of it.
func FuzzDockerfile(f *testing.F) {
	f.Add("FROM a AS b\nENV A=b C=\"d e\"\nENV X y z\nUSER $A\nCMD [\"a\", \"b\"]\nRUN <<EOF\nx\nEOF\nCOPY --from=b /a /b\n", "b")
	f.Add("ARG V=1\nFROM a:${V:-2}\nENTRYPOINT sh \\\n -c x\nWORKDIR /${V}\nENV A=$A$A\n", "")
	f.Fuzz(func(t *testing.T, text, target string) {
		d := parseDockerfile("Dockerfile", text, target, map[string]string{"V": "3"})
		if d == nil {
			return
		}
		lines := strings.Count(text, "\n") + 1
		for _, v := range append([]Written{d.From, d.User}, d.Copied...) {
			if v.Text != "" && (v.At.Line < 1 || v.At.Line > lines) {
				t.Errorf("%q is at line %d of %d", v.Text, v.At.Line, lines)
			}
		}
	})
}
