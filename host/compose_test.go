package host

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInterpolate(t *testing.T) {
	t.Parallel()
	vars := func(name string) (string, bool) {
		v, ok := map[string]string{"A": "a", "EMPTY": "", "B_2": "b"}[name]
		return v, ok
	}
	tests := []struct {
		in, want string
		unset    []string
		wrong    string
	}{
		{in: "$A-${A}-$B_2", want: "a-a-b"},
		{in: "$$A $${A}", want: "$A ${A}"},
		{in: "${NO}x$NO", want: "x", unset: []string{"NO", "NO"}},
		{in: "${EMPTY}", want: "", unset: []string{"EMPTY"}},
		{in: "${NO:-x} ${NO-x} ${EMPTY:-x} ${EMPTY-x}", want: "x x x "},
		{in: "${NO:-${A:-y}}/${NO:-${NO-z}}", want: "a/z"},
		{in: "${A:+set}${NO:+set}${EMPTY+set}${EMPTY:+set}", want: "setset"},
		{in: "${A:?no}", want: "a"},
		{in: "${NO:?tell it}", wrong: "NO is required and not set: tell it"},
		{in: "${EMPTY?no}", want: ""},
		{in: "${EMPTY:?no}", wrong: "EMPTY is required"},
		{in: "100$", wrong: "$ that is no variable"},
		{in: "${A", wrong: "not closed"},
		{in: "${A b}", wrong: "is no variable"},
		{in: "${}", wrong: "is no variable"},
		{in: strings.Repeat("${NO:-", 200) + strings.Repeat("}", 200), wrong: ErrTooDeep.Error()},
	}
	for _, tt := range tests {
		got, unset, err := interpolate(tt.in, vars)
		if tt.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("interpolate(%q): %v, want %q", tt.in, err, tt.wrong)
			}
			continue
		}
		if got != tt.want || err != nil || !slices.Equal(unset, tt.unset) {
			t.Errorf("interpolate(%q) = %q, %v, %v, want %q, %v", tt.in, got, unset, err, tt.want, tt.unset)
		}
	}
}

func TestParseDotenv(t *testing.T) {
	t.Parallel()
	const text = "\ufeff# comment\nexport A=1 # one\r\nB = 'raw $A'\nC=\"x\\n$A\"\nD=${A}${NO}\nE\nF=a#b\nG='two\nlines'\nH: colon\n"
	vars, err := parseDotenv("/.env", []byte(text), func(string) (string, bool) { return "", false })
	var got []string
	for _, v := range vars {
		got = append(got, fmt.Sprintf("%d %s=%q %v", v.line, v.name, v.value, v.passed))
	}
	want := []string{
		`2 A="1" false`, `3 B="raw $A" false`, `4 C="x\n1" false`, `5 D="1" false`, `6 E="" true`,
		`7 F="a#b" false`, `8 G="two\nlines" false`, `10 H="colon" false`,
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("parseDotenv: %v (-want +got):\n%s", err, diff)
	}
	if _, err := parseDotenv("/.env", []byte("A=1\nB='x\n"), nil); err == nil || !strings.HasPrefix(err.Error(), "/.env:2: ") {
		t.Errorf("a quote that is not closed: %v, want it in line 2", err)
	}
}

func TestShellFields(t *testing.T) {
	t.Parallel()
	got := shellFields(` semaphore  runner 'a b' "c \"d" e\ f '' `)
	if diff := cmp.Diff([]string{"semaphore", "runner", "a b", `c "d`, "e f", ""}, got); diff != "" {
		t.Errorf("shellFields (-want +got):\n%s", diff)
	}
}

const composeSample = `
x-env: &env
  A: anchored
  B: anchored
services:
  runner:
    image: semaphoreui/runner:${TAG:-v2.19.12}
    environment:
      <<: [*env, {C: second, A: never}]
      B: own
      PASSED:
    env_file: [a.env]
    volumes:
      - ./data:/data:ro,Z
      - named:/named
      - /anonymous
      - ~/home:/home/x
      - {type: tmpfs, target: /cache}
      - {type: volume, source: ext, target: /ext}
      - by-device:/device
    tmpfs: /run:mode=755
    secrets: [file, {source: text, target: /x/text, mode: 0440}]
volumes:
  named:
  ext: {external: true, name: outside}
  by-device: {driver_opts: {type: none, o: bind, device: /srv/device}}
secrets:
  file: {file: ./secret}
  text: {environment: PASSED}
`

func TestLoadCompose(t *testing.T) {
	t.Parallel()
	files := memory{
		"/srv/My App/compose.yaml": {data: composeSample}, "/srv/My App/a.env": {data: "C=file\nD=file\n"},
		"/srv/My App/.env": {data: "PASSED=env\n"},
	}
	c, err := LoadCompose(files, "/srv/My App/compose.yaml", map[string]string{"HOME": "/home/me"})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Services[0]
	var got []string
	for _, name := range s.Variables() {
		v, ok := s.Var(name)
		got = append(got, fmt.Sprint(name, "=", v.Value, " ", ok, " ", v.At.Line))
	}
	got = append(got, s.Image.Text)
	for _, m := range s.Mounts {
		got = append(got, fmt.Sprint(m.Kind, " ", m.Source, " ", m.Target, " ", m.ReadOnly, " ", string(m.Data)))
	}
	want := []string{
		"A=anchored true 3", "B=own true 10", "C=second true 9", "D=file true 2", "PASSED=env true 11", "semaphoreui/runner:v2.19.12",
		"bind /srv/My App/data /data true ", "volume myapp_named /named false ", "volume  /anonymous false ", "bind /home/me/home /home/x false ",
		"tmpfs  /cache false ", "volume outside /ext false ", "bind /srv/device /device false ", "tmpfs  /run false ",
		"bind /srv/My App/secret /run/secrets/file true ", "content  /x/text false env",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("LoadCompose (-want +got):\n%s", diff)
	}
}

func TestLoadComposeWrong(t *testing.T) {
	t.Parallel()
	bomb := "services: {a: {image: x}}\nx0: &x0 [1,1,1,1,1,1,1,1,1,1]\n"
	for i := range 12 {
		bomb += fmt.Sprintf("x%d: &x%d [%s]\n", i+1, i+1, strings.TrimRight(strings.Repeat(fmt.Sprintf("*x%d,", i), 10), ","))
	}
	tests := []struct{ name, text, want string }{
		{"bomb", bomb, ErrTooDeep.Error()},
		{"alias in itself", "services: &s {a: *s}\n", "compose.yaml:1: "},
		{"twice", "services:\n  a: {image: x}\n  a: {image: y}\n", "compose.yaml:3: a is there twice"},
		{"no mapping", "- a\n", "compose.yaml:1: "},
		{"no services", "version: '3'\n", "no services"},
		{"service is null", "services:\n  a:\n", "compose.yaml:2: the service a is not a mapping"},
		{"extends in a circle", "services:\n  a: {extends: b}\n  b: {extends: {service: a}}\n", "circle"},
		{"extends nothing", "services:\n  a: {extends: z}\n", "compose.yaml:2: "},
		{"include in a circle", "include: [compose.yaml]\nservices: {a: {image: x}}\n", "circle"},
		{"not declared", "services:\n  a:\n    volumes: ['v:/v']\n", "compose.yaml:3: the volume v is not declared"},
		{"relative target", "services:\n  a:\n    volumes:\n    - a:b\n", "compose.yaml:4: "},
		{"environment is text", "services:\n  a:\n    environment: x\n", "compose.yaml:3: environment is not a mapping"},
		{"dollar", "services:\n  a:\n    image: x$\n", "compose.yaml:3: "},
		{"required", "services:\n  a:\n    image: ${X:?say it}\n", "compose.yaml:3: the variable X is required"},
		{"env_file", "services:\n  a:\n    env_file: none.env\n", "compose.yaml:3: env_file none.env: "},
	}
	for _, tt := range tests {
		_, err := LoadCompose(memory{"/w/compose.yaml": {data: tt.text}}, "/w/compose.yaml", nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// FuzzCompose demands that no text takes long or panics, whatever it asks for.
func FuzzCompose(f *testing.F) {
	f.Add(composeSample)
	f.Add("services: &s {a: {extends: b, <<: *s}, b: {environment: [A=$B, '${C:-${D}}']}}\n---\ninclude: [compose.yaml]\n")
	f.Add("services:\n  a:\n    volumes: [x:/y, {type: bind, source: ., target: /}]\n    tmpfs: ['/:mode=9']\n")
	f.Fuzz(func(t *testing.T, text string) {
		files := memory{"/w/compose.yaml": {data: text}, "/w/a.env": {data: text}}
		c, err := LoadCompose(files, "/w/compose.yaml", map[string]string{"HOME": "/h"})
		if err != nil {
			return
		}
		for _, s := range c.Services {
			if v, err := s.View(files, &Sketch{}); err == nil {
				CanRead(v, "/etc/semaphore/config.json", Identity{UID: 1001})
			}
		}
	})
}
