package host

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSole(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"$A": "A", "${A}": "A", "${A:-x}": "A", "${A-${B}}": "A", "$A_1": "A_1",
		"": "", "$": "", "a": "", "$A/b": "", "${A}b": "", "$A$B": "", "$$A": "", "${A": "", "{A}": "",
	} {
		if got := Sole(text); got != want {
			t.Errorf("Sole(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestComposePointers: where a value can be edited is where it is written, and nowhere
// when an anchor or "<<" takes it over from another place.
func TestComposePointers(t *testing.T) {
	t.Parallel()
	const text = `
x-env: &env
  MERGED: m
services:
  runner:
    user: "1001:0"
    environment:
      <<: *env
      OWN: ${URL}
      a/b~c: x
      PASSED:
    env_file: [a.env]
    volumes:
      - ./a:/a:ro
      - {type: bind, source: ./b, target: /b}
  list:
    image: x
    environment: [ "X=1", Y ]
  aliased:
    image: x
    environment: *env
`
	files := memory{"/w/compose.yaml": {data: text}, "/w/a.env": {data: "# note\nFILE='f'\n"}, "/w/.env": {data: "URL=http://h\nPASSED=p\nTWICE=t\n"}}
	c, err := LoadCompose(files, "/w/compose.yaml", map[string]string{"PASSED": "over"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range c.Services {
		for _, v := range s.Env {
			got = append(got, fmt.Sprintf("%s %q %t %s", v.At.Pointer, v.Raw, v.Listed, v.Form))
		}
		for _, m := range s.Mounts {
			got = append(got, m.At.Pointer+" "+m.Raw)
		}
	}
	want := []string{
		` "'f'" false dotenv`, `/services/runner/environment/OWN "${URL}" false `, `/services/runner/environment/a~1b~0c "x" false `,
		`/services/runner/environment/PASSED "" false `, ` "m" false `, `/services/runner/volumes/0 ./a:/a:ro`, `/services/runner/volumes/1 `,
		`/services/list/environment/0 "1" true `, `/services/list/environment/1 "" false `, ` "m" false `,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if at := c.Services[0].User.At; at.Pointer != "/services/runner/user" || at.Line != 6 {
		t.Errorf("user: stands at %+v", at)
	}
	for name, want := range map[string]string{"URL": "/w/.env:1 1 true", "PASSED": " 1 false", "TWICE": "/w/.env:3 0 true", "NONE": " 0 false"} {
		at, uses, ok := c.Own(name)
		if got := fmt.Sprint(at, " ", uses, " ", ok); got != want {
			t.Errorf("Own(%s) = %q, want %q", name, got, want)
		}
	}
}

func TestSecondDocumentHasNoPointers(t *testing.T) {
	t.Parallel()
	files := memory{"/w/compose.yaml": {data: "services:\n  a: {image: x, environment: {A: b}}\n---\nservices:\n  a: {environment: {A: c}}\n"}}
	c, err := LoadCompose(files, "/w/compose.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := c.Services[0].Var("A"); v.Value != "c" || v.At.Pointer != "" {
		t.Errorf("A = %+v, want c of no pointer", v)
	}
}

func TestEnvForms(t *testing.T) {
	t.Parallel()
	const text = "A=\"a b\" # c\nB\nexport C=$A\n"
	for form, want := range map[EnvForm]string{
		SystemdEnv: "", // B is no assignment
		Dotenv:     "[{A a b 1 false} {C a b 3 false}]",
		RawEnv:     "[{A \"a b\" # c 1 false} {export C $A 3 false}]",
	} {
		vars, err := form.Parse([]byte(text))
		if got := fmt.Sprint(vars); got != want && (want != "" || err == nil) {
			t.Errorf("%s: %s, %v, want %s", form, got, err, want)
		}
	}
}
